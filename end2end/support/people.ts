// What people do to get in, and to know each other.

import { type Locator, type Page } from "@playwright/test";
import { alive, expect } from "./test";

export type Person = { page: Page; username: string; email: string; password: string };

/** A name that nobody has yet. */
export function newcomer(page: Page, name: string): Person {
  const unique = `${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;
  const username = `${name}.${unique}`;
  return { page, username, email: `${username}@example.org`, password: `drawing room of ${unique}` };
}

/** Fills in the form for a new account, wherever it is open, and sends it. */
export async function fillInSignUp(person: Person): Promise<void> {
  const { page } = person;
  await page.getByLabel("Username").fill(person.username);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Create account" }).click();
}

/** Somebody new, with an account, at home. */
export async function signUp(page: Page, name: string): Promise<Person> {
  const person = newcomer(page, name);
  await page.goto("/signup");
  await alive(page);
  await fillInSignUp(person);
  await expect(page).toHaveURL("/");
  await alive(page);
  return person;
}

/** Fills in the log-in form that is open, and sends it. */
export async function fillInLogIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel("Username").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}

/** Comes back in another browser. */
export async function logIn(page: Page, person: Person): Promise<Person> {
  await page.goto("/login");
  await alive(page);
  await fillInLogIn(page, person.username, person.password);
  await expect(page).toHaveURL("/");
  await alive(page);
  return { ...person, page };
}

export async function logOut(person: Person): Promise<void> {
  await person.page.getByRole("button", { name: "Log out" }).click();
  await expect(person.page).toHaveURL(/\/login/);
}

/** Asks to be friends, by username. */
export async function askToBeFriends(person: Person, other: Person): Promise<void> {
  await person.page.goto("/friends");
  await alive(person.page);
  await person.page.getByLabel("Username or email").fill(other.username);
  await person.page.getByRole("button", { name: "Add friend" }).click();
  await expect(rowOf(person.page, other)).toBeVisible();
}

/** Accepts the request that is shown on the page. */
export async function accept(person: Person, other: Person): Promise<void> {
  await rowOf(person.page, other).getByRole("button", { name: "Accept" }).click();
  await expect(rowOf(person.page, other).getByRole("button", { name: "Accept" })).toHaveCount(0);
}

/** From strangers to friends. */
export async function befriend(person: Person, other: Person): Promise<void> {
  await askToBeFriends(person, other);
  await other.page.goto("/");
  await alive(other.page);
  await accept(other, person);
}

/** The line about somebody in a list of people. */
export function rowOf(page: Page, person: Person): Locator {
  return page.locator(".person").filter({ hasText: `@${person.username}` });
}
