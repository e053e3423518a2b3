// Three people talk while their networks, tabs and server come and go at random. At the end everything that was
// written is stored once and in order, and every screen shows exactly what is stored.
//
// SALON_HOUR_SECONDS says how long; SALON_HOUR_SEED repeats a run as far as chance goes.

import { type BrowserContext, type Page } from "@playwright/test";
import { rowOf, befriend, signUp, type Person } from "../support/people";
import { Salon } from "../support/server";
import { alive, expect, test } from "../support/test";

const SECONDS = Number(process.env.SALON_HOUR_SECONDS ?? 40);
const SEED = Number(process.env.SALON_HOUR_SEED ?? Date.now() % 1_000_000);

test.use({ forgive: /net::ERR_|WebSocket connection to .* failed/ });
test.setTimeout((SECONDS + 180) * 1_000);

type Guest = Person & { context: BrowserContext; talks: string[]; offline: boolean; written: { talk: string; text: string }[] };

test("nothing is lost, doubled or out of order, whatever comes and goes", async ({ arrive }) => {
  console.log(`seed ${SEED}, ${SECONDS} s`);
  const chance = randomNumbers(SEED);
  const salon = await Salon.prepare();
  await salon.start();
  try {
    const guests = await threeFriends(arrive, salon.url);
    const end = Date.now() + SECONDS * 1_000;
    const counts = { written: 0, reloads: 0, tabs: 0, outages: 0, kills: 0 };
    await Promise.all([
      ...guests.map((guest) => live(guest, chance, () => Date.now() < end, counts)),
      haunt(salon, chance, () => Date.now() < end, counts),
    ]);

    for (const guest of guests) await calm(guest);
    await compare(salon, guests);
    console.log(JSON.stringify(counts));
    expect(counts.written).toBeGreaterThan(SECONDS / 4);
    expect(counts.kills).toBeGreaterThan(0);
  } finally {
    await salon.end();
  }
});

/** Everybody knows everybody; each pair has its conversation. */
async function threeFriends(arrive: (url?: string) => Promise<Page>, url: string): Promise<Guest[]> {
  const guests: Guest[] = [];
  for (const name of ["amina", "bruno", "chloe"]) {
    const person = await signUp(await arrive(url), name);
    guests.push({ ...person, context: person.page.context(), talks: [], offline: false, written: [] });
  }
  for (const [one, other] of [[0, 1], [0, 2], [1, 2]]) {
    await befriend(guests[one], guests[other]);
    const { page } = guests[one];
    await page.goto("/friends");
    await alive(page);
    await rowOf(page, guests[other]).getByRole("button", { name: "Open conversation" }).click();
    await expect(page).toHaveURL(/\/c\/\d+$/);
    const talk = new URL(page.url()).pathname;
    guests[one].talks.push(talk);
    guests[other].talks.push(talk);
  }
  for (const guest of guests) await visit(guest, guest.talks[0]);
  return guests;
}

type Counts = Record<"written" | "reloads" | "tabs" | "outages" | "kills", number>;

/** One person's use of Salon: mostly writing, sometimes going elsewhere. */
async function live(guest: Guest, chance: Chance, goesOn: () => boolean, counts: Counts): Promise<void> {
  while (goesOn()) {
    const roll = chance();
    if (roll < 0.7) {
      await write(guest, `${guest.username} ${guest.written.length} ${Math.floor(chance() * 1e6)}`);
      counts.written += 1;
    } else if (roll < 0.8) {
      guest.offline = !guest.offline;
      await guest.context.setOffline(guest.offline);
      counts.outages += 1;
    } else if (roll < 0.88) {
      await changeTalk(guest, guest.talks[Math.floor(chance() * guest.talks.length)]);
    } else if (roll < 0.94) {
      await visit(guest, new URL(guest.page.url()).pathname);
      counts.reloads += 1;
    } else {
      await guest.page.close();
      guest.page = await guest.context.newPage();
      await visit(guest, guest.talks[Math.floor(chance() * guest.talks.length)]);
      counts.tabs += 1;
    }
  }
}

/** The server is killed, stays away for a while, and comes back with what it had stored. */
async function haunt(salon: Salon, chance: Chance, goesOn: () => boolean, counts: Counts): Promise<void> {
  while (goesOn()) {
    await pause(2_000 + chance() * 6_000);
    await salon.kill();
    counts.kills += 1;
    await pause(chance() * 1_500);
    await salon.start();
  }
}

/** Writes, and waits until the page has taken it: from then on it must not be lost. */
async function write(guest: Guest, text: string): Promise<void> {
  await guest.page.getByLabel("Message").fill(text);
  await guest.page.getByRole("button", { name: "Send" }).click();
  guest.written.push({ talk: new URL(guest.page.url()).pathname, text });
  await guest.page.waitForFunction(isSafe, text);
}

/** In the page: whether a text is said, or kept in this browser. */
async function isSafe(text: string): Promise<boolean> {
  const shown = [...document.querySelectorAll(".message")].find((it) => it.textContent?.includes(text));
  if (shown?.getAttribute("data-state") === "sent") return true;
  const database = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open("salon");
    opening.onsuccess = () => resolve(opening.result);
  });
  const records = await new Promise<unknown[]>((resolve) => {
    const asking = database.transaction("outbox").objectStore("outbox").getAll();
    asking.onsuccess = () => resolve(asking.result);
  });
  database.close();
  return JSON.stringify(records).includes(text);
}

/** Loads a page, which takes a network and a server. */
async function visit(guest: Guest, path: string): Promise<void> {
  if (guest.offline) {
    guest.offline = false;
    await guest.context.setOffline(false);
  }
  await expect(async () => {
    await guest.page.goto(path, { timeout: 5_000 });
    await guest.page.waitForFunction(() => document.querySelector(".timeline-frame[data-alive]"), null, { timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
}

/** Goes to another conversation by its link, if there is a connection, without loading the page. */
async function changeTalk(guest: Guest, talk: string): Promise<void> {
  await guest.page.locator(`.conversation-link[href="${talk}"]`).click({ timeout: 2_000 }).catch(() => undefined);
  // The address is there before the page: until then one would write where one was.
  const box = guest.page.locator(`form.composer:has(input[name=conversation][value="${talk.slice(3)}"])`);
  const arrived = box.waitFor({ timeout: 2_000 }).then(() => true, () => false);
  if (!(await arrived) || (await guest.page.locator(".timeline-frame[data-alive]").count()) === 0) await visit(guest, talk);
}

/** The network stays, and everything that waits is delivered. */
async function calm(guest: Guest): Promise<void> {
  guest.offline = false;
  await guest.context.setOffline(false);
  if ((await guest.page.getByRole("button", { name: "Retry now" }).count()) > 0) {
    await guest.page.getByRole("button", { name: "Retry now" }).click({ timeout: 1_000 }).catch(() => undefined);
  }
  const waiting = async () => {
    await guest.page.waitForFunction(isSafe, "");
    return guest.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const opening = indexedDB.open("salon");
          opening.onsuccess = () => {
            const count = opening.result.transaction("outbox").objectStore("outbox").count();
            count.onsuccess = () => (opening.result.close(), resolve(count.result));
          };
        }),
    );
  };
  await expect.poll(waiting, { timeout: 60_000, message: `${guest.username} has nothing left to send` }).toBe(0);
}

/** What is stored is what was written, and what every screen shows is what is stored. */
async function compare(salon: Salon, guests: Guest[]): Promise<void> {
  for (const talk of new Set(guests.flatMap((guest) => guest.talks))) {
    const stored = salon.query(`select id, sender_id from message where conversation_id = ${talk.slice(3)} order by position`);
    const members = guests.filter((guest) => guest.talks.includes(talk));
    const written = members.flatMap((guest) => guest.written.filter((it) => it.talk === talk));
    expect(stored, `messages stored in ${talk}`).toHaveLength(written.length);

    for (const guest of members) {
      // First as the screen stands, without a new page, if this conversation is on it.
      if (new URL(guest.page.url()).pathname !== talk) await visit(guest, talk);
      const ids = stored.map(([id]) => `m${id}`);
      // How much of it a screen holds may still grow, by what is older. One that opened at the first of more unread
      // messages than it holds says so, and its reader goes on to the newest.
      await expect(async () => {
        const jump = guest.page.getByRole("link", { name: /^Jump to latest/ });
        if (await jump.isVisible()) await jump.click({ timeout: 2_000 });
        const seen = await shown(guest.page);
        expect(seen.length, `${guest.username} sees something of ${talk}`).toBeGreaterThan(0);
        expect(seen, `${guest.username} sees ${talk}`).toEqual(ids.slice(-seen.length));
      }).toPass({ timeout: 30_000 });
      const said = await guest.page.locator(".message .message-body").allInnerTexts();
      for (const author of members) {
        const texts = author.written.filter((it) => it.talk === talk).map((it) => it.text);
        const seen = said.filter((text) => texts.includes(text));
        expect(seen, `${author.username}'s in ${talk}, in order`).toEqual(texts.slice(-seen.length || texts.length));
      }
    }
  }
}

function shown(page: Page): Promise<string[]> {
  return page.locator(".message").evaluateAll((messages) => messages.map((it) => it.id || it.getAttribute("data-state")!));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

type Chance = () => number;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32, Tommy Ettinger). */
function randomNumbers(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
