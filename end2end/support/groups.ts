// What people do with a group.

import { type Locator, type Page } from "@playwright/test";
import { befriend, rowOf, signUp, type Person } from "./people";
import { alive, expect, hasJavaScript } from "./test";

/** Amina, who is a friend of Bruno and of Chloé; these two do not know each other. */
export async function circle(arrive: () => Promise<Page>): Promise<[Person, Person, Person]> {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  const chloe = await signUp(await arrive(), "chloe");
  for (const friend of [bruno, chloe]) await befriend(friend, amina);
  return [amina, bruno, chloe];
}

/** Makes a group with friends who are chosen from the list, and stands in it. */
export async function makeGroup(person: Person, name: string, friends: Person[]): Promise<string> {
  const { page } = person;
  await page.getByRole("link", { name: "New group" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "New group" })).toBeVisible();
  await page.getByLabel("Group name").fill(name);
  for (const friend of friends) await choiceOf(page, friend).check();
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page).toHaveURL(/\/c\/\d+$/);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await alive(page);
  return new URL(page.url()).pathname;
}

/** The box beside a friend who can be brought in. */
export function choiceOf(page: Page, friend: Person): Locator {
  return page.getByRole("checkbox", { name: new RegExp(`@${friend.username}`) });
}

/** Opens a page about a group, as somebody who types its address. */
export async function goTo(person: Person, path: string): Promise<void> {
  await person.page.goto(path);
  await alive(person.page);
}

/** Opens what is folded away behind `text`, within `place`. */
export async function unfold(place: Locator, text: string): Promise<void> {
  await place.locator("summary").filter({ hasText: text }).click();
}

/** Does something about somebody in the list of people. Removing is asked first. */
export async function act(person: Person, label: string, whom: Person): Promise<void> {
  const row = rowOf(person.page, whom);
  if (label === "Remove") await unfold(row, "Remove");
  await row.getByRole("button", { name: label, exact: true }).click();
}

/** The role that stands beside a name. */
export function roleOf(person: Person, whom: Person): Locator {
  return rowOf(person.page, whom).locator(".person-role").filter({ hasText: "Admin" });
}

/** What was done, as the timeline tells it; names stand in it with marks that cannot be seen. */
export async function expectTold(person: Person, sentence: string): Promise<void> {
  const told = () => person.page.locator(".message-done > span").allTextContents();
  if (!hasJavaScript()) await person.page.reload();
  await expect
    .poll(async () => (await told()).map((text) => text.replace(/[\u2066-\u2069]/g, "")))
    .toContain(sentence);
}

/** The line of a conversation in the list, by its name. */
export function lineOf(page: Page, name: string): Locator {
  return page.locator(".conversation-link").filter({ hasText: name });
}

/** Saves what is filled into the form that has the field `label`; its page may have other forms. */
export async function save(person: Person, label: string): Promise<void> {
  const form = person.page.locator("form").filter({ has: person.page.getByLabel(label) });
  await form.getByRole("button", { name: "Save" }).click();
}
