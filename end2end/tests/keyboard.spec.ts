// Everything with the keyboard alone: the way from a new account to a sent message, and where the keyboard stands when
// a page has changed.

import { type Locator, type Page } from "@playwright/test";
import { expectOnce, meet, openConversation, say } from "../support/conversation";
import { choiceOf, circle, goTo, makeGroup } from "../support/groups";
import { askToBeFriends, befriend, newcomer, rowOf, signUp, type Person } from "../support/people";
import { alive, expect, test } from "../support/test";

/** Presses Tab until `goal` has the keyboard, and sees to it that this can be seen. */
async function tabTo(page: Page, goal: Locator, key = "Tab"): Promise<void> {
  await expect(goal).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key);
    if (await goal.evaluate((element) => element === document.activeElement)) {
      await expectRing(goal);
      return;
    }
  }
  throw new Error(`Tab does not lead to ${goal}`);
}

/** A ring around the element, or around the box that it stands in. */
async function expectRing(element: Locator): Promise<void> {
  const ringed = await element.evaluate((element) => {
    const has = (one: Element | null) => one !== null && getComputedStyle(one).outlineStyle !== "none";
    return has(element) || has(element.closest(".composer")) || has(element.closest(".choice"));
  });
  expect(ringed, "the focus can be seen").toBe(true);
}

async function press(page: Page, button: Locator): Promise<void> {
  await tabTo(page, button);
  await page.keyboard.press("Enter");
}

async function choose(page: Page, box: Locator): Promise<void> {
  await tabTo(page, box);
  await page.keyboard.press("Space");
  await expect(box).toBeChecked();
}

async function signUpByKeyboard(page: Page, name: string): Promise<Person> {
  const person = newcomer(page, name);
  await page.goto("/signup");
  await alive(page);
  for (const [label, text] of [["Username", person.username], ["Email", person.email], ["Password", person.password]]) {
    await tabTo(page, page.getByLabel(label));
    await page.keyboard.type(text);
  }
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/");
  await alive(page);
  return person;
}

test("from a new account to a message that was answered, without a mouse", async ({ arrive }) => {
  const bruno = await signUp(await arrive(), "bruno");
  const amina = await signUpByKeyboard(await arrive(), "amina");
  const { page } = amina;

  await press(page, page.getByRole("link", { name: "Friends", exact: true }));
  await expect(page.getByRole("heading", { level: 1, name: "Friends" })).toBeFocused();
  await tabTo(page, page.getByLabel("Username or email"));
  await page.keyboard.type(bruno.username);
  await page.keyboard.press("Enter");
  await expect(page.locator(".person")).toContainText(bruno.username);

  await press(bruno.page, bruno.page.getByRole("button", { name: "Accept" }));
  await press(page, page.getByRole("button", { name: "Open conversation" }));
  await expect(page).toHaveURL(/\/c\/\d+$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await tabTo(page, page.getByLabel("Message"));
  await page.keyboard.type("Without a mouse");
  await page.keyboard.press("Enter");
  await expectOnce(amina, "Without a mouse");

  await press(bruno.page, bruno.page.getByRole("link", { name: new RegExp(amina.username) }));
  await expect(bruno.page.getByRole("heading", { level: 1 })).toBeFocused();
  await tabTo(bruno.page, bruno.page.getByLabel("Message"));
  await bruno.page.keyboard.type("Heard");
  await bruno.page.keyboard.press("Enter");
  await expectOnce(amina, "Heard");
});

test("a line of the list keeps the keyboard while it changes and moves", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  await openConversation(amina, bruno);
  const withBruno = new URL(amina.page.url()).pathname;
  await openConversation(chloe, amina);
  await say(chloe, "The latest, for now");
  await amina.page.goto("/");
  await alive(amina.page);
  const line = amina.page.locator(`.list a[href="${withBruno}"]`);
  await tabTo(amina.page, line);
  await openConversation(bruno, amina);
  await say(bruno, "And up it goes");
  await expect(line).toContainText("And up it goes");
  await expect(line).toBeFocused();
  await amina.page.keyboard.press("Enter");
  await expect(amina.page).toHaveURL(withBruno);
});

test("a group is made and somebody added, without a mouse", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  const { page } = amina;
  await page.goto("/");
  await alive(page);
  await press(page, page.getByRole("link", { name: "New group" }));
  await expect(page.getByRole("heading", { level: 1, name: "New group" })).toBeFocused();
  await tabTo(page, page.getByLabel("Group name"));
  await page.keyboard.type("Garden");
  await choose(page, choiceOf(page, bruno));
  await press(page, page.getByRole("button", { name: "Create group" }));
  await expect(page.getByRole("heading", { level: 1, name: "Garden" })).toBeFocused();

  await press(page, page.getByRole("link", { name: "2 people" }));
  await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeFocused();
  await press(page, page.locator("summary").filter({ hasText: "Add people" }));
  await choose(page, choiceOf(page, chloe));
  await press(page, page.getByRole("button", { name: "Add people" }));
  await expect(rowOf(page, chloe)).toBeVisible();
});

test("the first Tab of a page leads past the rail and the list", async ({ arrive }) => {
  const { page } = await signUp(await arrive(), "amina");
  await page.goto("/settings");
  await alive(page);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Display name")).toBeFocused();
});

test("every page has one main part, one heading of the first level, and names for its parts", async ({ arrive }) => {
  const { one, other, conversation } = await meet(await arrive(), await arrive());
  await goTo(one, "/");
  const group = await makeGroup(one, "Garden", [other]);
  const pages = ["/", "/friends", `/c/${conversation}`, "/settings", "/settings/email", "/settings/password"];
  for (const path of [...pages, "/groups/new", group, `${group}/people`, `${group}/settings`]) {
    await one.page.goto(path);
    await expect(one.page.getByRole("main")).toHaveCount(1);
    await expect(one.page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(one.page.getByRole("navigation", { name: "Salon" })).toHaveCount(1);
    await expect(one.page.getByRole("region", { name: "Conversations" })).toHaveCount(1);
  }
});

test("on a phone the way back leads to the conversation in the list", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const { page } = amina;
  await page.setViewportSize({ width: 360, height: 640 });
  const friends: Person[] = [];
  for (const name of ["bruno", "chloe"]) {
    const friend = await signUp(await arrive(), name);
    await befriend(friend, amina);
    await openConversation(amina, friend);
    friends.push(friend);
  }

  const lineOf = (friend: Person) => page.getByRole("link", { name: new RegExp(friend.username) });
  await page.goto("/");
  await alive(page);
  await lineOf(friends[0]).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.getByRole("link", { name: "Back" }).click();
  await expect(page).toHaveURL("/");
  await expect(lineOf(friends[0])).toBeFocused();

  await lineOf(friends[1]).click();
  await expect(page).toHaveURL(/\/c\/\d+$/);
  await page.goBack();
  await expect(lineOf(friends[1])).toBeFocused();
});

test("what is asked before a friend goes can be answered and left by the keyboard", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  const chloe = await signUp(await arrive(), "chloe");
  await befriend(bruno, amina);
  await askToBeFriends(chloe, amina);
  const { page } = amina;
  await page.goto("/friends");
  await alive(page);
  await press(page, page.locator("summary").filter({ hasText: "Remove friend" }));
  await press(page, page.getByRole("button", { name: "Remove", exact: true }));
  await expect(page.locator(".person").filter({ hasText: bruno.username })).toHaveCount(0);
});
