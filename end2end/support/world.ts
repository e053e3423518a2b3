// A small world with people who have known each other for a while: on a server of its own, the same every time, and
// at a moment that stands still. For pictures, which must not change with the day on which they are taken.

import { request, type APIRequestContext, type BrowserContext, type BrowserContextOptions, type Browser } from "@playwright/test";
import { Salon } from "./server";
import { watch } from "./test";
import { GATHERING, MINUTES_PER_DAY, TALKS, type Asking, type Line } from "./talks";

/** The moment at which all pictures are taken: a Thursday evening in Paris. */
export const NOW = new Date("2026-03-12T18:42:00+01:00");

/** The one whose screens are shown, a plain member of a group, and two who have just come: one to nobody, one to requests. */
export type Viewer = "camille" | "theo" | "robin" | "sacha";

const PASSWORD = "the lamp beside the armchair";

/** Who lives here: how one is found, and how one is called. */
const PEOPLE: Record<string, string> = {
  camille: "Camille Laurent",
  amina: "Amina Diallo",
  theo: "Théo Lefèvre",
  maximiliane: "Maximiliane Freifrau von Hohenstein-Sigmaringen",
  nour: "نور الهدى",
  grace: "Grace Adeyemi",
  bruno: "Bruno Okafor",
  ines: "Inês Castro",
  oskar: "Oskar Lindqvist",
  lena: "Léna Garnier",
  robin: "Robin",
  sacha: "Sacha Morel",
};

/** Who asked whom, and has no answer yet. */
const REQUESTS: [string, string][] = [
  ["ines", "camille"],
  ["camille", "lena"],
  ["oskar", "sacha"],
  ["ines", "sacha"],
];

/** A server with people in it, who are remembered by their log-ins. */
export class World {
  /** The conversation of camille with each of the others. */
  readonly conversations: Record<string, string> = {};
  /** The group of camille and most of them, and what was asked in it. */
  group = "";
  poll = "";
  private readonly clients: Record<string, APIRequestContext> = {};
  private readonly accounts: Record<string, string> = {};
  /** The messages of the group, by what they say: where they are stored, nobody can read that. */
  private readonly said: Record<string, string> = {};

  private constructor(readonly salon: Salon) {}

  static async build(): Promise<World> {
    const world = new World(await Salon.prepare());
    try {
      await world.populate();
    } catch (error) {
      await world.end();
      throw error;
    }
    return world;
  }

  private async populate(): Promise<void> {
    await this.salon.start();
    for (const [username, name] of Object.entries(PEOPLE)) await this.settle(username, name);
    for (const [from, to] of REQUESTS) await this.ask(from, to);
    for (const [friend, lines] of Object.entries(TALKS)) await this.talk(friend, lines);
    this.movePast();
    await this.gather();
    await this.planAhead();
  }

  async end(): Promise<void> {
    for (const client of Object.values(this.clients)) await client.dispose();
    await this.salon.end();
  }

  /** Makes what is new to camille new again, whoever has looked at it meanwhile. */
  async forgetWhatWasRead(): Promise<void> {
    for (const [friend, lines] of Object.entries(TALKS)) {
      const first = lines.findIndex((line) => line.isNew) + 1;
      if (first === 0) continue;
      const message = this.permalink(friend, first).split("/").at(-1)!;
      await this.post("camille", "mark_unread", { conversation: this.conversations[friend], message });
    }
  }

  /** A browser in which `viewer` is logged in, or nobody, and in which it is always now. */
  async visit(browser: Browser, viewer: Viewer | undefined, options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const storageState = viewer && (await this.clients[viewer].storageState());
    const context = await browser.newContext({ baseURL: this.salon.url, storageState, timezoneId: "Europe/Paris", ...options });
    await context.clock.setFixedTime(NOW);
    await watch(context);
    return context;
  }

  /** The path of the message of that position in the conversation with `friend`. */
  permalink(friend: string, position: number): string {
    const conversation = this.conversations[friend];
    const [[message]] = this.salon.query(
      `select id from message where conversation_id = ${conversation} and position = ${position}`,
    );
    return `/c/${conversation}/m/${message}`;
  }

  private async settle(username: string, name: string): Promise<void> {
    const { url } = this.salon;
    const headers = { accept: "application/json", origin: url };
    this.clients[username] = await request.newContext({ baseURL: url, extraHTTPHeaders: headers });
    await this.post(username, "sign_up", { username, email: `${username}@example.org`, password: PASSWORD });
    await this.post(username, "save_name", { display_name: name });
    [[this.accounts[username]]] = this.salon.query(`select id from account where username = '${username}'`);
  }

  private async ask(from: string, to: string): Promise<void> {
    await this.post(from, "add_friend", { person: to });
  }

  /** Friends, who have said this to each other. Camille has read all but the last lines that are marked as new. */
  private async talk(friend: string, lines: Line[]): Promise<void> {
    await this.ask(friend, "camille");
    await this.post("camille", "accept_friend", { account: this.accounts[friend] });
    await this.post("camille", "open_conversation", { account: this.accounts[friend] });
    const ids = [this.accounts.camille, this.accounts[friend]].map(BigInt).sort((a, b) => (a < b ? -1 : 1));
    const [[conversation]] = this.salon.query(`select id from conversation where direct_key = '${ids.join(":")}'`);
    this.conversations[friend] = conversation;

    for (const line of lines) {
      const key = crypto.randomUUID().replaceAll("-", "");
      await this.post(line.by === "me" ? "camille" : friend, "send_message", { conversation, key, body: line.text });
    }
    const read = lines.filter((line) => !line.isNew).length;
    if (read > 0) await this.post("camille", "mark_read", { conversation, position: String(read) });
  }

  /** The group, in which camille has read everything. */
  private async gather(): Promise<void> {
    const { name, topic, people, ago, since } = GATHERING;
    // Who is not a friend cannot be brought in.
    await this.ask("amina", "grace");
    await this.post("grace", "accept_friend", { account: this.accounts.amina });
    await this.post("camille", "create_group", { name, usernames: people.join(" ") });
    [[this.group]] = this.salon.query("select id from conversation where kind = 'group'");
    const conversation = this.group;
    await this.post("camille", "describe_group", { conversation, name, topic });

    const last = () => Number(this.salon.query(`select max(position) from message where conversation_id = ${conversation}`)[0][0]);
    const moments = [[last(), ago]];
    for (const event of since) {
      if ("text" in event) {
        const key = crypto.randomUUID().replaceAll("-", "");
        const thread = event.under && this.said[event.under];
        await this.post(event.by, "send_message", { conversation, key, body: event.text, ...(thread && { thread }) });
        [[this.said[event.text]]] = this.salon.query(
          `select id from message where conversation_id = ${conversation} and position = ${last()}`,
        );
      } else if ("poll" in event) {
        await this.ballot(conversation, event, last);
      } else {
        const whom: Record<string, string> =
          event.form === "set_role" ? { account: this.accounts[event.whom], role: "admin" } : { usernames: event.whom };
        await this.post(event.by, event.form, { conversation, ...whom });
      }
      moments.push([last(), event.ago]);
    }
    await this.post("camille", "mark_read", { conversation, position: String(last()) });

    const at = (ago: number) => NOW.getTime() - ago * 60_000;
    // The last first: what is older is moved once more.
    const changes = moments.reverse().map(
      ([through, ago]) => `update message set created_at = ${at(ago)} where conversation_id = ${conversation} and position <= ${through}`,
    );
    const replied = since.filter((event) => "under" in event).at(-1)!;
    changes.push(`update message set replied_at = ${at(replied.ago)} where conversation_id = ${conversation} and replies > 0`);
    this.salon.change(...changes, `update conversation set active_at = ${at(since.at(-1)!.ago)} where id = ${conversation}`);
  }

  /** Asks, and has everybody choose. */
  private async ballot(conversation: string, { by, poll: question, answers }: Asking, last: () => number): Promise<void> {
    const key = crypto.randomUUID().replaceAll("-", "");
    const boxes = Object.fromEntries(answers.map(([text], place) => [`answers[${place}]`, text]));
    await this.post(by, "create_poll", { conversation, key, question, ...boxes });
    [[this.poll]] = this.salon.query(`select id from message where conversation_id = ${conversation} and position = ${last()}`);
    for (const [answer, [, people]] of answers.entries()) {
      for (const who of people) await this.post(who, "add_vote", { conversation, message: this.poll, answer: String(answer) });
    }
  }

  /** What camille wants to be reminded of, and what she has sent later: in days that have not come yet anywhere. */
  private async planAhead(): Promise<void> {
    const [conversation, bruno] = [this.group, this.conversations.bruno];
    const message = this.said["Please do. After the nonet, before the *canelés*."];
    const after = (days: number) => `@${Date.now() + days * MINUTES_PER_DAY * 60_000}`;
    await this.post("camille", "set_reminder", { conversation, message, when: after(1), note: "Ask who brings the canelés" });
    const body = "Shall we walk there together? I carry the fern, if you carry the *score*.";
    const key = crypto.randomUUID().replaceAll("-", "");
    await this.post("camille", "schedule_message", { conversation: bruno, key, body, when: after(2) });
  }

  /** Puts everything that was said into the days before now. */
  private movePast(): void {
    const changes: string[] = [];
    for (const [friend, lines] of Object.entries(TALKS)) {
      const conversation = this.conversations[friend];
      let at = NOW.getTime();
      for (const [number, line] of lines.entries()) {
        at = NOW.getTime() - line.ago * 60_000;
        changes.push(`update message set created_at = ${at} where conversation_id = ${conversation} and position = ${number + 1}`);
      }
      // Nobody has spoken yet: the oldest of all.
      if (lines.length === 0) at -= 30 * MINUTES_PER_DAY * 60_000;
      changes.push(`update conversation set active_at = ${at} where id = ${conversation}`);
    }
    this.salon.change(...changes);
  }

  private async post(who: string, form: string, fields: Record<string, string>): Promise<void> {
    const answer = await this.clients[who].post(`/do/${form}`, { form: fields });
    if (!answer.ok()) throw new Error(`${form} by ${who}: ${answer.status()} ${await answer.text()}`);
  }
}
