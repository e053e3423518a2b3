// Nothing that is written is lost: without a network, without a server, across tabs and log-ins; and the page says
// what it knows of the connection.

import { type Page, type Route } from "@playwright/test";
import { bodies, expectOnce, messages, openConversation, say } from "../support/conversation";
import { befriend, fillInLogIn, signUp, type Person } from "../support/people";
import { Salon } from "../support/server";
import { alive, expect, test } from "../support/test";

// What Chromium notes about a network that these tests take away, and about answers that they make up.
// The part that home looks ahead for is fetched from a server that is gone, too.
test.use({ forgive: /net::ERR_|Failed to fetch|WebSocket connection to .* failed|status of 5\d\d|^5\d\d: .*\/do\/send_message/ });

const SEND = "**/do/send_message";

type Arrive = (url?: string) => Promise<Page>;

/** Two friends, each in their conversation. */
async function twoInTalk(arrive: Arrive, url?: string): Promise<[Person, Person]> {
  const amina = await signUp(await arrive(url), "amina");
  const bruno = await signUp(await arrive(url), "bruno");
  await befriend(amina, bruno);
  await openConversation(amina, bruno);
  await openConversation(bruno, amina);
  return [amina, bruno];
}

/** How many texts this browser keeps. */
function kept(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open("salon");
        opening.onsuccess = () => {
          const database = opening.result;
          const count = database.transaction("outbox").objectStore("outbox").count();
          count.onsuccess = () => {
            database.close();
            resolve(count.result);
          };
        };
      }),
  );
}

function pending(person: Person): ReturnType<typeof messages> {
  return person.page.locator(".message[data-state=pending]");
}

/** Writes while nothing can be delivered, and waits until it is kept. */
async function write(person: Person, texts: string[]): Promise<void> {
  for (const text of texts) await say(person, text);
  await expect(pending(person)).toHaveCount(texts.length);
  await expect.poll(() => kept(person.page)).toBe(texts.length);
}

async function expectDelivered(texts: string[], ...people: Person[]): Promise<void> {
  for (const person of people) {
    for (const text of texts) await expectOnce(person, text);
    await expect(bodies(person)).toHaveText(texts);
  }
}

test("what is written offline is sent once and in order when the network is back", async ({ arrive }) => {
  const [amina, bruno] = await twoInTalk(arrive);
  await amina.page.context().setOffline(true);
  await write(amina, ["one", "two", "three"]);
  await expect(amina.page.getByLabel("Message")).toHaveValue("");

  await amina.page.context().setOffline(false);
  await expectDelivered(["one", "two", "three"], amina, bruno);
  await expect.poll(() => kept(amina.page)).toBe(0);
});

test("what is written offline outlives its tab", async ({ arrive }) => {
  const [amina, bruno] = await twoInTalk(arrive);
  const context = amina.page.context();
  const address = amina.page.url();
  await context.setOffline(true);
  await write(amina, ["one", "two"]);
  await amina.page.close();
  await context.setOffline(false);

  amina.page = await context.newPage();
  await amina.page.goto(address);
  await alive(amina.page);
  await expectDelivered(["one", "two"], amina, bruno);
  await amina.page.reload();
  await expectDelivered(["one", "two"], amina);
  await expect.poll(() => kept(amina.page)).toBe(0);
});

test("what a closed tab left is sent by another one that was open", async ({ arrive }) => {
  const [amina, bruno] = await twoInTalk(arrive);
  const context = amina.page.context();
  const other = await context.newPage();
  await other.goto("/");
  await alive(other);

  await context.setOffline(true);
  await write(amina, ["one", "two"]);
  await amina.page.close();
  await context.setOffline(false);
  await expectDelivered(["one", "two"], bruno);
});

test("a message stands there at once, as pending, however long the answer takes", async ({ arrive }) => {
  const [amina, bruno] = await twoInTalk(arrive);
  const answer = gate();
  await amina.page.route(SEND, async (route) => {
    await answer.opened;
    await route.continue();
  });

  await say(amina, "Is anybody there?");
  await expect(messages(amina, "Is anybody there?")).toHaveAttribute("data-state", "pending", { timeout: 3_000 });
  await say(amina, "I shall wait");
  await expect(messages(amina, "I shall wait")).toHaveAttribute("data-state", "pending", { timeout: 3_000 });
  answer.open();
  await expectDelivered(["Is anybody there?", "I shall wait"], amina, bruno);
});

test("a message that fails can be retried, copied and deleted", async ({ arrive }) => {
  const [amina, bruno] = await twoInTalk(arrive);
  const { page } = amina;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const answers = await refuse(page);

  await say(amina, "Once more");
  await say(amina, "Never mind");
  for (const text of ["Once more", "Never mind"]) {
    await expect(messages(amina, text)).toHaveAttribute("data-state", "failed");
  }
  expect(answers.count).toBe(2);

  await test.step("the next page, and another tab, still know of it", async () => {
    await page.reload();
    await alive(page);
    await expect(messages(amina, "Once more")).toHaveAttribute("data-state", "failed");
    expect(answers.count).toBe(2);
  });

  const tab = { ...amina, page: await page.context().newPage() };
  await tab.page.goto(page.url());
  await expect(messages(tab, "Never mind")).toHaveAttribute("data-state", "failed");

  const failed = messages(amina, "Once more");
  await failed.getByRole("button", { name: "Copy" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("Once more");

  await messages(amina, "Never mind").getByRole("button", { name: "Delete" }).click();
  await expect(messages(amina, "Never mind")).toHaveCount(0);
  await expect(messages(tab, "Never mind")).toHaveCount(0);

  await page.unroute(SEND);
  await failed.getByRole("button", { name: "Retry" }).click();
  await expectDelivered(["Once more"], amina, bruno, tab);
  await expect.poll(() => kept(page)).toBe(0);
});

test("a lost server is told after five seconds, with a countdown, and forgotten at once when it is back", async ({ arrive }) => {
  const salon = await Salon.prepare();
  await salon.start();
  try {
    const [amina, bruno] = await twoInTalk(arrive, salon.url);
    const banner = amina.page.locator(".banner[role=status]");
    await expect(banner).toHaveText("");

    await salon.kill();
    const lost = Date.now();
    await expect(banner).toContainText("No connection");
    const told = Date.now() - lost;
    expect(told).toBeGreaterThan(4_500);
    expect(told).toBeLessThan(9_000);
    await expect(banner.locator("[aria-hidden=true]")).toHaveText(/Next try in \d+ s|Trying now/);

    await write(amina, ["Written without a server"]);
    await salon.start();
    await banner.getByRole("button", { name: "Retry now" }).click();
    await expect(banner).toHaveText("", { timeout: 4_000 });
    await bruno.page.evaluate(() => window.dispatchEvent(new Event("online")));
    await expectDelivered(["Written without a server"], amina, bruno);
  } finally {
    await salon.end();
  }
});

test("it is tried again at once when the network returns or the page is seen", async ({ arrive }) => {
  const salon = await Salon.prepare();
  await salon.start();
  try {
    const page = await arrive(salon.url);
    // Every wait is as long as it may be.
    await page.addInitScript(() => (Math.random = () => 0.999));
    await signUp(page, "amina");
    await salon.kill();
    // Half a second, one, two, four: the next wait takes eight.
    for (let attempt = 0; attempt < 4; attempt++) await page.waitForEvent("websocket");

    for (const event of ["online", "visibilitychange"]) {
      await Promise.all([
        page.waitForEvent("websocket", { timeout: 4_000 }),
        page.evaluate((name) => window.dispatchEvent(new Event(name)), event),
      ]);
    }
  } finally {
    await salon.end();
  }
});

test("a hundred messages that came during a sleep are all there, in order", async ({ arrive }) => {
  const [amina, bruno] = await twoInTalk(arrive);
  const line = await cut(bruno.page);
  const texts = Array.from({ length: 100 }, (_, number) => `Number ${number}.`);
  for (const text of texts) await say(amina, text);
  await expect(amina.page.locator(".message[data-state=sent]")).toHaveCount(texts.length);

  line.mend();
  await bruno.page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(bodies(bruno)).toHaveText(texts);
});

test("whoever is logged out elsewhere logs in again, and what they wrote is sent", async ({ arrive }) => {
  const [amina, bruno] = await twoInTalk(arrive);
  const { page } = amina;
  await page.route(SEND, (route) => route.abort());
  await write(amina, ["Before I was thrown out"]);

  const origin = new URL(page.url()).origin;
  const goodbye = await page.context().request.post("/do/log_out", { headers: { origin }, form: {} });
  expect(goodbye.ok()).toBe(true);
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.unroute(SEND);
  await alive(page);
  await fillInLogIn(page, amina.username, amina.password);
  await expect(page).toHaveURL(/\/c\/\d+$/);
  await expectDelivered(["Before I was thrown out"], amina, bruno);
});

test("what one person could not send waits for them, and is nobody else's on the same device", async ({ arrive }) => {
  const [amina, bruno] = await twoInTalk(arrive);
  const { page } = amina;
  const address = page.url();
  await page.route(SEND, (route) => route.abort());
  await write(amina, ["For your eyes only"]);
  await page.goto("/");
  await alive(page);
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.unroute(SEND);

  await alive(page);
  await fillInLogIn(page, bruno.username, bruno.password);
  await expect(page).toHaveURL("/");
  await page.goto(address);
  await alive(page);
  const asBruno = { ...bruno, page };
  await say(asBruno, "I am Bruno");
  await expectDelivered(["I am Bruno"], asBruno, bruno);
  await expect.poll(() => kept(page)).toBe(1);
});

test("a page of another build offers to be loaded anew, and may be kept", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const { page } = amina;
  // Behind that of announcements.
  const toast = page.locator(".toast[role=status]").nth(1);
  await expect(toast).toHaveText("");

  await page.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((frame) => socket.send(String(frame).replace(/"version":"[^"]*"/, '"version":"another"')));
  });
  await page.reload();
  await expect(toast).toContainText("A new version of Salon is here.");
  await toast.getByRole("button", { name: "Not now" }).click();
  await expect(toast).toHaveText("");

  await page.reload();
  await expect(toast).toContainText("A new version of Salon is here.");
  const loaded = page.waitForEvent("load");
  await toast.getByRole("button", { name: "Reload" }).click();
  await loaded;
});

/** Something that happens when the test says so. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** From now on the server says of every message that it cannot. */
async function refuse(page: Page): Promise<{ count: number }> {
  const answers = { count: 0 };
  await page.route(SEND, async (route: Route) => {
    answers.count += 1;
    await route.fulfill({ status: 500, contentType: "application/json", body: '{"error":"unavailable"}' });
  });
  return answers;
}

/** Reloads the page on a line that is dead until it is mended. */
async function cut(page: Page): Promise<{ mend: () => void }> {
  let dead = false;
  const open = new Set<() => void>();
  await page.routeWebSocket(/\/ws$/, (socket) => {
    if (dead) return void socket.close();
    socket.connectToServer();
    open.add(() => void socket.close());
  });
  await page.reload();
  await alive(page);
  dead = true;
  for (const close of open) close();
  return { mend: () => (dead = false) };
}
