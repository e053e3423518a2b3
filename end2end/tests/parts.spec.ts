// The browser's part of Salon comes in parts: each when it is needed, and a page whose part does not arrive says so.

import { type Page } from "@playwright/test";
import { openConversation, say, bodies } from "../support/conversation";
import { befriend, signUp, type Person } from "../support/people";
import { alive, expect, test } from "../support/test";

// What Chromium and the loader of parts note about the files that these tests take away.
test.use({ forgive: /net::ERR_|Failed to fetch/ });

/** The parts that `page` fetches from now on, by name. */
function fetched(page: Page): string[] {
  const parts: string[] = [];
  page.on("request", (request) => {
    const part = /split_(\w+)\..*wasm$/.exec(request.url());
    if (part) parts.push(part[1]!);
  });
  return parts;
}

async function twoFriends(arrive: () => Promise<Page>): Promise<[Person, Person]> {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await befriend(amina, bruno);
  return [amina, bruno];
}

test("home comes without other pages, which are fetched when somebody goes there", async ({ arrive }) => {
  const { page } = await signUp(await arrive(), "amina");
  const parts = fetched(page);
  await page.goto("/");
  await alive(page);
  expect(parts).toEqual([]);
  // What people open next is there before they do.
  await expect.poll(() => parts).toContain("talk");

  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
  expect(parts).toContain("house");
  expect(parts).not.toContain("messages");
});

test("a part that does not arrive is said, with a way out", async ({ arrive }) => {
  const { page } = await signUp(await arrive(), "amina");
  await page.goto("/");
  await alive(page);
  await page.route("**/split_house.*.wasm", (route) => route.abort());
  await page.getByRole("link", { name: "Settings" }).click();
  const again = page.getByRole("link", { name: "Try again" });
  await expect(again).toBeVisible();
  await expect(page).toHaveURL("/settings");

  await page.unroute("**/split_house.*.wasm");
  await again.click();
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
  await alive(page);
});

test("a part that did not arrive is fetched again when its page is gone to again", async ({ arrive }) => {
  const { page } = await signUp(await arrive(), "amina");
  await page.goto("/");
  await alive(page);
  await page.route("**/split_house.*.wasm", (route) => route.abort());
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("link", { name: "Try again" })).toBeVisible();

  await page.unroute("**/split_house.*.wasm");
  await page.getByRole("link", { name: "Friends" }).click();
  await expect(page.getByRole("heading", { name: "Friends", exact: true })).toBeVisible();
});

test("a page whose part is late stays as it was drawn, and comes to life with it", async ({ arrive }) => {
  const [amina, bruno] = await twoFriends(arrive);
  await openConversation(amina, bruno);
  await say(amina, "Here before the part");
  const { page } = amina;
  let attempts = 0;
  await page.route("**/split_talk.*.wasm", async (route) => {
    attempts += 1;
    if (attempts > 2) await route.continue();
    else await route.abort();
  });
  await page.reload({ waitUntil: "commit" });
  await expect(bodies(amina)).toHaveText(["Here before the part"]);
  await alive(page);
  expect(attempts).toBeGreaterThan(2);
  await say(amina, "And after it");
  await expect(bodies(amina)).toHaveText(["Here before the part", "And after it"]);
});

test("what is typed into the switcher before its part is here is found, and Enter leads there", async ({ arrive }) => {
  const [{ page }, bruno] = await twoFriends(arrive);
  let arrives = () => {};
  const held = new Promise<void>((resolve) => (arrives = resolve));
  await page.route("**/split_talk.*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/");
  await alive(page);
  await page.keyboard.press("Control+k");
  const box = page.getByRole("combobox", { name: "A conversation, a space or a friend" });
  await expect(box).toBeFocused();
  await page.keyboard.type("bru");
  await expect(box).toHaveValue("bru");

  arrives();
  const found = page.getByRole("option", { selected: true });
  await expect(found).toContainText(bruno.username);
  await expect(box).toBeFocused();
  await page.keyboard.type("no");
  await expect(box).toHaveValue("bruno");
  await expect(found).toContainText(bruno.username);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: bruno.username })).toBeVisible();
});

test("a switcher whose part does not arrive says so, and tries again when it is opened again", async ({ arrive }) => {
  const [{ page }, bruno] = await twoFriends(arrive);
  await page.route("**/split_talk.*.wasm", (route) => route.abort());
  await page.goto("/");
  await alive(page);
  await page.keyboard.press("Control+k");
  const window = page.getByRole("dialog", { name: "Find" });
  await expect(window.getByRole("alert")).toContainText("could not be reached");
  await window.getByRole("button", { name: "Close" }).click();
  await expect(window).toHaveCount(0);

  await page.unroute("**/split_talk.*.wasm");
  await page.keyboard.press("Control+k");
  await expect(window.getByRole("option").first()).toContainText(bruno.username);
  await expect(window.getByRole("alert")).toHaveCount(0);
});

test("what one goes to is said to be on its way while it is", async ({ arrive }) => {
  const { page } = await signUp(await arrive(), "amina");
  await page.goto("/");
  await alive(page);
  let arrives = () => {};
  const held = new Promise<void>((resolve) => (arrives = resolve));
  await page.route("**/split_house.*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  const pane = page.locator("#main");
  await expect(pane).toHaveAttribute("aria-busy", "false");
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(pane).toHaveAttribute("aria-busy", "true");
  arrives();
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
  await expect(pane).toHaveAttribute("aria-busy", "false");
});

test("whoever goes back before a page has come to life sees the page of that address", async ({ arrive }) => {
  const { page } = await signUp(await arrive(), "amina");
  await page.goto("/");
  await alive(page);
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
  let arrives = () => {};
  const held = new Promise<void>((resolve) => (arrives = resolve));
  await page.route("**/split_house.*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.reload({ waitUntil: "commit" });
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
  await page.evaluate(() => history.back());
  await expect(page).toHaveURL("/");
  arrives();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Good to see you");
  await alive(page);
});
