// What people do in a conversation.

import { type Locator } from "@playwright/test";
import { rowOf, type Person } from "./people";
import { alive, expect } from "./test";

/** Opens the conversation with a friend, from the page about friends. */
export async function openConversation(person: Person, friend: Person): Promise<void> {
  const { page } = person;
  await page.goto("/friends");
  await alive(page);
  await rowOf(page, friend).getByRole("button", { name: "Open conversation" }).click();
  await expect(page).toHaveURL(/\/c\/\d+$/);
  await alive(page);
}

/** Writes a message and sends it with the button. */
export async function say(person: Person, text: string): Promise<void> {
  await person.page.getByLabel("Message").fill(text);
  await person.page.getByRole("button", { name: "Send" }).click();
}

/** The messages on a person's screen that hold `text`. */
export function messages(person: Person, text: string): Locator {
  return person.page.locator(".message").filter({ hasText: text });
}

/** Exactly one message with this text is on the screen, and the server has it. */
export async function expectOnce(person: Person, text: string): Promise<void> {
  await expect(messages(person, text)).toHaveCount(1);
  await expect(messages(person, text)).toHaveAttribute("data-state", "sent");
}

/** All that was said, in the order of the screen. */
export function bodies(person: Person): Locator {
  return person.page.locator(".message .message-body");
}
