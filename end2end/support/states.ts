// Every page of Salon in every state that it has, each shown in the small world. Who looks at them may have any screen,
// language and theme: nothing here goes by words.

import { type Page, type WebSocketRoute } from "@playwright/test";
import { alive, expect } from "./test";
import { type Viewer, type World } from "./world";

export type State = {
  name: string;
  viewer?: Viewer;
  /** Opens it. What it takes away from the server it gives back in `after`. */
  show: (page: Page, world: World) => Promise<void>;
  after?: (world: World) => void;
};

export const STATES: State[] = [
  { name: "sign-up", show: (page) => open(page, "/signup") },
  { name: "sign-up-errors", show: signUpWrongly },
  { name: "log-in", show: (page) => open(page, "/login") },
  { name: "log-in-refused", show: logInWrongly },
  { name: "home-empty", viewer: "robin", show: (page) => open(page, "/") },
  { name: "home-requests", viewer: "sacha", show: (page) => open(page, "/") },
  { name: "home", viewer: "camille", show: (page) => open(page, "/") },
  { name: "friends", viewer: "camille", show: (page) => open(page, "/friends") },
  { name: "friends-empty", viewer: "robin", show: (page) => open(page, "/friends") },
  { name: "conversation-empty", viewer: "camille", show: (page, world) => converse(page, world, "bruno") },
  { name: "conversation-busy", viewer: "camille", show: (page, world) => converse(page, world, "amina") },
  { name: "conversation-unread", viewer: "camille", show: converseFarBack },
  { name: "conversation-offline", viewer: "camille", show: converseOffline },
  { name: "conversation-failed", viewer: "camille", show: converseInVain },
  { name: "permalink", viewer: "camille", show: followLink },
  { name: "conversation-editing", viewer: "camille", show: editLast },
  { name: "conversation-replying", viewer: "camille", show: replyToFirst },
  { name: "message-reply", viewer: "camille", show: (page, world) => openAbout(page, world, "reply") },
  { name: "poll-new", viewer: "camille", show: (page, world) => open(page, `/c/${world.group}/poll`) },
  { name: "poll-votes", viewer: "camille", show: (page, world) => open(page, `/c/${world.group}/m/${world.poll}/votes`) },
  { name: "pins", viewer: "camille", show: (page, world) => open(page, `/c/${world.group}/pins`) },
  { name: "saved", viewer: "camille", show: (page) => open(page, "/saved") },
  { name: "message-forward", viewer: "camille", show: (page, world) => openAbout(page, world, "forward") },
  { name: "thread", viewer: "camille", show: openThread },
  { name: "message-remind", viewer: "camille", show: (page, world) => openAbout(page, world, "remind") },
  { name: "reminders", viewer: "camille", show: (page) => open(page, "/reminders") },
  { name: "send-later", viewer: "camille", show: (page, world) => open(page, `/c/${world.group}/later`) },
  { name: "scheduled", viewer: "camille", show: (page) => open(page, "/scheduled") },
  { name: "scheduled-edit", viewer: "camille", show: revise },
  { name: "unread", viewer: "camille", show: (page) => open(page, "/unread") },
  { name: "activity", viewer: "camille", show: (page) => open(page, "/activity") },
  { name: "message-edit", viewer: "camille", show: (page, world) => openAbout(page, world, "edit") },
  { name: "message-delete", viewer: "camille", show: (page, world) => openAbout(page, world, "delete") },
  { name: "message-history", viewer: "camille", show: (page, world) => openAbout(page, world, "history") },
  { name: "message-reactions", viewer: "camille", show: (page, world) => openAbout(page, world, "reactions") },
  { name: "group-new", viewer: "camille", show: (page) => open(page, "/groups/new") },
  { name: "group-new-refused", viewer: "camille", show: makeNoGroup },
  { name: "group", viewer: "camille", show: (page, world) => open(page, `/c/${world.group}`) },
  { name: "group-people", viewer: "camille", show: (page, world) => open(page, `/c/${world.group}/people`) },
  { name: "group-people-asked", viewer: "camille", show: askAboutPeople },
  { name: "group-people-member", viewer: "theo", show: (page, world) => open(page, `/c/${world.group}/people`) },
  { name: "group-settings", viewer: "camille", show: (page, world) => open(page, `/c/${world.group}/settings`) },
  { name: "group-leaving", viewer: "theo", show: thinkOfLeaving },
  { name: "settings", viewer: "camille", show: (page) => open(page, "/settings") },
  { name: "notifications", viewer: "camille", show: (page, world) => open(page, `/c/${world.group}/notifications`) },
  { name: "find", viewer: "camille", show: (page) => open(page, "/find?q=a") },
  { name: "here", viewer: "camille", show: (page) => open(page, "/here") },
  { name: "write", viewer: "camille", show: (page) => open(page, "/write") },
  { name: "settings-tokens", viewer: "camille", show: makeToken },
  { name: "settings-bots", viewer: "camille", show: (page) => open(page, "/settings/bots") },
  { name: "settings-bot", viewer: "camille", show: makeBot },
  { name: "settings-privacy", viewer: "camille", show: (page) => open(page, "/settings/privacy") },
  { name: "settings-delete", viewer: "theo", show: (page) => open(page, "/settings/delete") },
  { name: "settings-duties", viewer: "camille", show: (page) => open(page, "/settings/delete") },
  { name: "settings-email", viewer: "camille", show: (page) => open(page, "/settings/email") },
  { name: "settings-password", viewer: "camille", show: (page) => open(page, "/settings/password") },
  { name: "not-found", show: (page) => open(page, "/no/such/page", false) },
  { name: "forbidden", viewer: "camille", show: comeFromElsewhere },
  {
    name: "server-error",
    viewer: "camille",
    show: async (page, world) => {
      world.salon.change("alter table session rename to session_away");
      await open(page, "/", false);
    },
    after: (world) => world.salon.change("alter table session_away rename to session"),
  },
];

export function stateOf(name: string): State {
  const state = STATES.find((state) => state.name === name);
  if (!state) throw new Error(`there is no state ${name}`);
  return state;
}

/** Shows a state, once its letters are there and nothing moves. */
export async function show(state: State, page: Page, world: World): Promise<void> {
  await world.forgetWhatWasRead();
  await state.show(page, world);
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(async () => {
    const moves = document.getAnimations().filter((move) => move.effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(moves.map((move) => move.finished));
  });
}

async function open(page: Page, path: string, comesAlive = true): Promise<void> {
  await page.goto(path);
  if (comesAlive) await alive(page);
}

async function converse(page: Page, world: World, friend: string): Promise<void> {
  await open(page, `/c/${world.conversations[friend]}`);
  await expect(page.locator(".timeline-frame")).toHaveAttribute("data-alive");
}

async function editLast(page: Page, world: World): Promise<void> {
  await converse(page, world, "amina");
  await page.locator("#composer-message").press("ArrowUp");
  await expect(page.locator(".composer-mode")).toBeVisible();
}

async function replyToFirst(page: Page, world: World): Promise<void> {
  await converse(page, world, "amina");
  const last = page.locator(".message[data-state=sent]").last();
  await last.hover();
  await page.getByRole("toolbar").getByRole("button", { name: /^(Reply|Répondre)$/ }).click();
  await page.locator("#composer-message").fill("Yes, that one");
  await expect(page.locator(".composer-mode")).toBeVisible();
}

/** A page about the last of camille's own messages to amina. */
async function openAbout(page: Page, world: World, what: string): Promise<void> {
  await converse(page, world, "amina");
  const link = await page.locator(".message--mine[data-state=sent] .message-link").last().getAttribute("href");
  await open(page, `${link}/${what}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** What was said about the chairs. */
async function openThread(page: Page, world: World): Promise<void> {
  await open(page, `/c/${world.group}`);
  await page.locator(".thread-line").first().click();
  await expect(page.locator(".thread-header")).toBeVisible();
}

async function revise(page: Page): Promise<void> {
  await open(page, "/scheduled");
  await page.locator('.kept a[href^="/scheduled/"]:not([href$="/cancel"])').first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
}

/** One that was just made, and can be copied. */
async function makeToken(page: Page): Promise<void> {
  await open(page, "/settings/tokens");
  await page.locator("[name=name]").fill("Backup");
  await page.locator("main form.form button[type=submit]").click();
  await expect(page.locator("code.link-address").first()).toBeVisible();
}

/** One with a token that can be copied. There are never too many: it is made once. */
async function makeBot(page: Page): Promise<void> {
  await open(page, "/settings/bots");
  const there = page.locator(".people a[href^='/settings/bots/']");
  if ((await there.count()) > 0) {
    await there.first().click();
    await page.locator("form[action$=renew_bot_token] button[type=submit]").click();
  } else {
    await page.locator("[name=display_name]").fill("Kettle");
    await page.locator("[name=username]").fill(`kettle-${Date.now().toString(36)}-bot`);
    await page.locator("main form.form button[type=submit]").click();
  }
  await expect(page.locator("code.link-address").first()).toBeVisible();
}

async function signUpWrongly(page: Page): Promise<void> {
  await open(page, "/signup");
  await page.locator("[name=username]").fill("c");
  await page.locator("[name=email]").fill("camille@example.org");
  await page.locator("[name=password]").fill("the lamp beside the armchair");
  await page.locator("button[type=submit]").click();
  await expect(page.locator("[aria-invalid=true]")).toBeFocused();
}

async function logInWrongly(page: Page): Promise<void> {
  await open(page, "/login");
  await page.locator("[name=username]").fill("camille");
  await page.locator("[name=password]").fill("not the password at all");
  await page.locator("button[type=submit]").click();
  await expect(page.locator("[role=alert]").first()).toBeVisible();
}

/** Twenty new messages: the divider is in view, and the end is not. */
async function converseFarBack(page: Page, world: World): Promise<void> {
  await converse(page, world, "grace");
  await expect(page.locator(".divider")).toBeInViewport();
}

async function write(page: Page, text: string): Promise<void> {
  await page.locator("#composer-message").fill(text);
  await page.locator(".composer button[type=submit]").click();
  await expect(page.locator("#composer-message")).toHaveValue("");
}

/** The clock stands still, so that no silence is ever too long: the socket has to be taken away. */
async function converseOffline(page: Page, world: World): Promise<void> {
  const sockets: WebSocketRoute[] = [];
  await page.routeWebSocket("**/ws", (socket) => {
    sockets.push(socket);
    if (sockets.length === 1) socket.connectToServer();
  });
  await open(page, `/c/${world.conversations.theo}`, false);
  await expect(page.locator(".timeline-frame")).toHaveAttribute("data-alive");
  await expect.poll(() => sockets.length).toBe(1);
  await page.context().setOffline(true);
  await sockets[0].close();
  await write(page, "L’eau bout. Je sors les tasses.");
  await expect(page.locator(".banner .button")).toBeVisible();
}

/** The server does not take it, and says why. */
async function converseInVain(page: Page, world: World): Promise<void> {
  await converse(page, world, "theo");
  await page.route("**/do/send_message", (route) => route.fulfill({ status: 413, json: { error: "too_much" } }));
  await write(page, "Prenez aussi du sucre, si la boutique est ouverte.");
  await expect(page.locator(".message-failure")).toBeVisible();
}

async function followLink(page: Page, world: World): Promise<void> {
  await open(page, world.permalink("amina", 12));
  await expect(page.locator("[aria-current=true]")).toBeInViewport();
}

/** Nobody is chosen, and it has no name. */
async function makeNoGroup(page: Page): Promise<void> {
  await open(page, "/groups/new");
  await page.locator("main button[type=submit]").click();
  await expect(page.locator("[aria-invalid=true]")).toBeFocused();
}

/** Whom to bring in, and whether somebody is to go. */
async function askAboutPeople(page: Page, world: World): Promise<void> {
  await open(page, `/c/${world.group}/people`);
  await page.locator(".adding > summary").click();
  await page.locator(".confirm > summary").first().click();
  await expect(page.locator(".confirm[open]")).toBeVisible();
}

async function thinkOfLeaving(page: Page, world: World): Promise<void> {
  await open(page, `/c/${world.group}/settings`);
  await page.locator(".confirm > summary").click();
  await expect(page.locator(".confirm[open]")).toBeVisible();
}

/** A page that is not ours sends a form here. */
async function comeFromElsewhere(page: Page, world: World): Promise<void> {
  const form = `<form method="post" action="${world.salon.url}/do/log_out"><button>Go</button></form>`;
  await page.route("http://elsewhere.test/", (route) => route.fulfill({ contentType: "text/html", body: form }));
  await page.goto("http://elsewhere.test/");
  await page.getByRole("button").click();
  await expect(page.locator("main")).toBeVisible();
}
