// What one has not seen yet: how many, where it says so, and how it goes away on every screen at once.

import { type Page } from "@playwright/test";
import { expectOnce, messages, openConversation, say } from "../support/conversation";
import { befriend, signUp, type Person } from "../support/people";
import { alive, expect, test } from "../support/test";

/** How long a screen may take to learn what another one did. */
const AT_ONCE = { timeout: 4_000 };

/** Two friends who have a conversation; the first has it open, the second is at home. */
async function friends(arrive: () => Promise<Page>): Promise<[Person, Person]> {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await befriend(amina, bruno);
  await openConversation(amina, bruno);
  return [amina, bruno];
}

/** The line of a friend in the list, by what a screen reader says of it. */
function line(page: Page, friend: Person, unread: string) {
  return page.getByRole("link", { name: new RegExp(`${friend.username}\\s?, ${unread}`) });
}

async function anotherTab(person: Person, path: string): Promise<Page> {
  const page = await person.page.context().newPage();
  await page.goto(path);
  await alive(page);
  return page;
}

const icon = (page: Page) => page.locator("link[rel=icon]");

test("what is unread is counted in the list, in the title and by the icon of every tab", async ({ arrive }) => {
  const [amina, bruno] = await friends(arrive);
  const tab = await anotherTab(bruno, "/friends");
  await expect(tab).toHaveTitle("Friends · Salon");
  await expect(icon(tab)).toHaveAttribute("href", "/icon.svg");

  for (const text of ["One", "Two", "Three"]) await say(amina, text);
  await expect(line(bruno.page, amina, "3 unread")).toBeVisible();
  await expect(line(bruno.page, amina, "3 unread").locator(".conversation-unread")).toHaveText("3");
  await expect(bruno.page).toHaveTitle("(3) Home · Salon");
  await expect(tab).toHaveTitle("(3) Friends · Salon");
  await expect(icon(tab)).toHaveAttribute("href", "/icon-unread.svg");
  await expect(amina.page).not.toHaveTitle(/^\(/);

  await test.step("the count goes along from page to page", async () => {
    await tab.getByRole("link", { name: "Settings" }).click();
    await expect(tab).toHaveTitle("(3) Settings · Salon");
    await tab.reload();
    await expect(tab).toHaveTitle("(3) Settings · Salon");
  });

  await test.step("reading it on one screen clears the others at once", async () => {
    await line(bruno.page, amina, "3 unread").click();
    await expectOnce(bruno, "Three");
    await expect(tab).toHaveTitle("Settings · Salon", AT_ONCE);
    await expect(icon(tab)).toHaveAttribute("href", "/icon.svg", AT_ONCE);
    await expect(tab.locator(".conversation-unread")).toHaveCount(0, AT_ONCE);
    await expect(bruno.page).not.toHaveTitle(/^\(/);
  });
});

test("what one is looking at is never called unread", async ({ arrive }) => {
  const [amina, bruno] = await friends(arrive);
  await openConversation(bruno, amina);
  await bruno.page.evaluate(() => {
    const seen = ((window as unknown as { titles: string[] }).titles = [] as string[]);
    new MutationObserver(() => seen.push(document.title)).observe(document.head, { subtree: true, childList: true });
  });
  for (const text of ["One", "Two", "Three"]) {
    await say(amina, text);
    await expectOnce(bruno, text);
  }
  // The list has been read again by now.
  await expect(bruno.page.locator(".conversation-preview")).toHaveText("Three");
  const titles = await bruno.page.evaluate(() => (window as unknown as { titles: string[] }).titles);
  expect(titles.filter((title) => title.startsWith("("))).toEqual([]);
  await bruno.page.getByRole("link", { name: "Friends" }).click();
  await expect(bruno.page).toHaveTitle("Friends · Salon");
});

test("a message that was marked unread stays so while it is in view", async ({ arrive }) => {
  const [amina, bruno] = await friends(arrive);
  const tab = await anotherTab(bruno, "/friends");
  await openConversation(bruno, amina);
  for (const text of ["One", "Two", "Three"]) {
    await say(amina, text);
    await expectOnce(bruno, text);
  }
  await expect(tab).toHaveTitle("Friends · Salon");

  await messages(bruno, "Two").hover();
  await bruno.page.getByRole("button", { name: "Mark unread" }).click();
  await expect(bruno.page).toHaveTitle(/^\(2\) /, AT_ONCE);
  await expect(tab).toHaveTitle("(2) Friends · Salon", AT_ONCE);

  // What comes now is seen, and counted none the less: one wants to come back here.
  await say(amina, "Four");
  await expectOnce(bruno, "Four");
  await expect(tab).toHaveTitle("(3) Friends · Salon");
  await expect(line(bruno.page, amina, "3 unread")).toBeVisible();

  await test.step("until the conversation is opened again", async () => {
    await bruno.page.getByRole("link", { name: "Friends" }).click();
    await expect(bruno.page).toHaveTitle("(3) Friends · Salon");
    await line(bruno.page, amina, "3 unread").click();
    await expectOnce(bruno, "Four");
    await expect(tab).toHaveTitle("Friends · Salon", AT_ONCE);
  });
});
