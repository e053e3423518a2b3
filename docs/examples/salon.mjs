// One conversation of one person, over the API: nothing is said twice, nothing is missed, nothing is shown twice.
// For Node 22, and for browsers on a page of the same origin. README.md says why.

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Salon {
  /** The changes of the conversation up to this number have been shown. */
  number = 0;
  /** Those that have come and cannot be shown yet, by their numbers. */
  waiting = new Map();
  resuming = true;

  /** `open` opens a WebSocket, given the access token; `show` is called with each message, new or changed. */
  constructor({ origin, login, password, open, show }) {
    Object.assign(this, { api: `${origin}/api/v1`, login, password, open, show });
  }

  async logIn() {
    const { login, password } = this;
    this.tokens = await this.ask("POST", "/tokens", { login, password }, false);
  }

  /** The refresh token is good once: if the answer gets lost, so is the log-in. */
  async renew() {
    const { refresh_token } = this.tokens;
    const answer = await this.fetch("POST", "/tokens/refresh", { refresh_token }, false).catch(() => undefined);
    if (answer?.ok) this.tokens = await answer.json();
    else await this.logIn();
  }

  fetch(method, path, body, shows) {
    const headers = { "Content-Type": "application/json" };
    if (shows) headers.Authorization = `Bearer ${this.tokens.access_token}`;
    return fetch(this.api + path, { method, headers, body: body && JSON.stringify(body) });
  }

  /** Asks until there is an answer. To be used for what may be asked twice. */
  async ask(method, path, body, shows = true) {
    for (let wait = 500; ; wait = Math.min(wait * 2, 30_000)) {
      const answer = await this.fetch(method, path, body, shows).catch(() => undefined);
      if (answer?.ok) return answer.json();
      if (answer?.status === 401 && shows) await this.renew();
      else if (answer?.status === 429) await sleep(1000 * Number(answer.headers.get("Retry-After")));
      else if (!answer || answer.status >= 500) await sleep(wait * Math.random());
      else throw new Error(`${method} ${path}: ${(await answer.json()).detail}`);
    }
  }

  /** The talk with somebody. */
  async talkWith(person) {
    this.conversation = (await this.ask("POST", "/conversations", { with: person })).id;
  }

  /** Said once, however often it has to be asked: that is what the key is for. */
  say(body) {
    const client_key = crypto.randomUUID();
    return this.ask("POST", `/conversations/${this.conversation}/messages`, { body, client_key });
  }

  /** Listens from now on, for ever. */
  async listen() {
    for (let wait = 500; ; wait = Math.min(wait * 2, 30_000)) {
      // Waits for the server, and renews the tokens if they have ended.
      await this.ask("GET", "/me");
      if (await this.hear()) wait = 500;
      await sleep(wait * Math.random());
    }
  }

  /** Until the connection is lost; whether there was one. */
  hear() {
    return new Promise((resolve) => {
      const socket = this.open(this.tokens.access_token);
      let [heard, greeted] = [Date.now(), false];
      this.tell = (command) => socket.send(JSON.stringify(command));
      // Half a minute of silence is a question, two are a lost connection.
      const watch = setInterval(() => {
        if (Date.now() - heard > 60_000) end();
        else if (greeted) this.tell({ type: "ping" });
      }, 25_000);
      const end = () => {
        clearInterval(watch);
        socket.onmessage = null;
        socket.close();
        resolve(greeted);
      };
      socket.onclose = socket.onerror = end;
      socket.onmessage = ({ data }) => {
        [heard, greeted] = [Date.now(), true];
        this.take(JSON.parse(data));
      };
    });
  }

  take(frame) {
    if (frame.type === "hello") return this.resume();
    if (frame.conversation !== this.conversation) return;
    if (frame.type === "resumed") return this.resumed(frame);
    if (frame.revision > this.number) this.waiting.set(frame.revision, frame);
    if (!this.resuming) this.shown();
  }

  resume() {
    this.resuming = true;
    this.waiting.clear();
    this.tell({ type: "resume", conversations: { [this.conversation]: this.number } });
  }

  /** All that has changed up to `through` has come; or it was too much, and is to be read. */
  async resumed({ through, limited }) {
    if (limited) await this.readFrom(this.number);
    for (const [revision, frame] of [...this.waiting].sort(([one], [other]) => one - other)) {
      if (revision > through) break;
      this.waiting.delete(revision);
      if (!limited) this.pass(frame);
    }
    this.number = Math.max(this.number, through);
    this.resuming = false;
    this.shown();
  }

  /** Shows what follows without a hole. A hole is a reason to ask. */
  shown() {
    for (let next; (next = this.waiting.get(this.number + 1)); ) {
      this.waiting.delete(++this.number);
      this.pass(next);
    }
    if (this.waiting.size > 0) this.resume();
  }

  pass(frame) {
    if (frame.type === "message") this.show(frame);
  }

  /** Messages behind a position, from the newest page backwards. */
  async readFrom(position) {
    const [found, path] = [[], `/conversations/${this.conversation}/messages`];
    for (let page = await this.ask("GET", path); ; page = await this.ask("GET", `${path}?cursor=${page.older}`)) {
      found.unshift(...page.items);
      if (!page.older || page.items[0].position <= position) break;
    }
    found.filter((message) => message.position > position).forEach(this.show);
  }
}
