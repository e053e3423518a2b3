// What people do in a conversation.

import { type Locator, type Page } from "@playwright/test";
import { befriend, rowOf, signUp, type Person } from "./people";
import { alive, expect } from "./test";

/** Opens the conversation with a friend, from the page about friends. */
export async function openConversation(person: Person, friend: Person): Promise<void> {
  const { page } = person;
  await page.goto("/friends");
  await alive(page);
  await rowOf(page, friend).getByRole("button", { name: "Open conversation" }).click();
  await expect(page).toHaveURL(/\/c\/\d+$/);
  // The address comes first, then what stands there.
  await expect(page.locator(".timeline")).toBeVisible();
  await alive(page);
}

/** Writes a message and sends it with the button. */
export async function say(person: Person, text: string): Promise<void> {
  await person.page.getByLabel("Message", { exact: true }).fill(text);
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

/** Two new people who are friends and have their conversation open. */
export async function meet(page: Page, otherPage: Page): Promise<{ one: Person; other: Person; conversation: string }> {
  const one = await signUp(page, "amina");
  const other = await signUp(otherPage, "bruno");
  await befriend(one, other);
  await openConversation(other, one);
  await openConversation(one, other);
  return { one, other, conversation: new URL(page.url()).pathname.split("/")[2] };
}

/** Posts `${text} 1` to `${text} ${count}`, in order, as fast as the server takes them. */
export async function postMany(person: Person, conversation: string, count: number, text = "Message"): Promise<void> {
  const failed = await person.page.evaluate(
    async ([conversation, count, text]) => {
      for (let number = 1; number <= Number(count); number += 1) {
        const key = crypto.randomUUID().replaceAll("-", "");
        const body = new URLSearchParams({ conversation, key, body: `${text} ${number}` });
        const answer = await fetch("/do/send_message", { method: "POST", body, headers: { accept: "application/json" } });
        if (!answer.ok) return `${answer.status} at ${number}`;
      }
      return "";
    },
    [conversation, String(count), text],
  );
  expect(failed).toBe("");
}
