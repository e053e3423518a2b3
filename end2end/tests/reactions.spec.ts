// Reacting to what somebody said.

import AxeBuilder from "@axe-core/playwright";
import { type Locator } from "@playwright/test";
import { expectOnce, meet, messages, say } from "../support/conversation";
import { type Person } from "../support/people";
import { alive, expect, test } from "../support/test";

// What Chromium notes about a network that a test takes away.
test.use({ forgive: /net::ERR_|WebSocket connection to .* failed/ });

const actions = (person: Person): Locator => person.page.getByRole("toolbar");
const sign = (person: Person, emoji: string): Locator => person.page.locator(".reactions").getByRole("button", { name: emoji });

/** Reacts with one of those that are offered first. */
async function react(person: Person, text: string, emoji: string): Promise<void> {
  await messages(person, text).hover();
  await actions(person).getByRole("button", { name: "React" }).click();
  await actions(person).getByRole("button", { name: emoji }).click();
}

test("a reaction stands below the message at once, for both, and is taken back by the same press", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "Look at this");
  await expectOnce(other, "Look at this");

  await react(other, "Look at this", "🎉");
  for (const person of [one, other]) await expect(sign(person, "🎉")).toHaveText("🎉1");
  await expect(sign(other, "🎉")).toHaveAttribute("aria-pressed", "true");
  await expect(sign(one, "🎉")).toHaveAttribute("aria-pressed", "false");
  await sign(one, "🎉").click();
  for (const person of [one, other]) await expect(sign(person, "🎉")).toHaveText("🎉2");
  await react(one, "Look at this", "👍");
  await expect(sign(other, "👍")).toHaveText("👍1");
  await expect(messages(one, "Look at this")).not.toHaveAttribute("data-waiting");
  expect((await new AxeBuilder({ page: one.page }).analyze()).violations).toEqual([]);

  await sign(other, "🎉").click();
  for (const person of [one, other]) await expect(sign(person, "🎉")).toHaveText("🎉1");
  await expect(sign(other, "🎉")).toHaveAttribute("aria-pressed", "false");
  await react(one, "Look at this", "🎉");
  for (const person of [one, other]) await expect(sign(person, "🎉")).toHaveCount(0);
  await page.reload();
  await alive(page);
  await expect(sign(one, "👍")).toHaveAttribute("aria-pressed", "true");
});

test("any emoji can be chosen, and who reacted is named", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "A fox");
  await expectOnce(other, "A fox");
  await messages(other, "A fox").hover();
  await actions(other).getByRole("button", { name: "React" }).click();
  await actions(other).getByRole("link", { name: "Another emoji" }).click();
  await expect(other.page.locator(".quoted")).toContainText("A fox");
  await other.page.getByLabel("Any emoji").fill("fox");
  await other.page.getByRole("button", { name: "React" }).click();
  await expect(other.page.getByText("This is not an emoji.")).toBeVisible();
  await other.page.getByLabel("Any emoji").fill("🦊");
  await other.page.getByRole("button", { name: "React" }).click();
  await expect(other.page).toHaveURL(/\/m\/\d+$/);
  for (const person of [one, other]) await expect(sign(person, "🦊")).toHaveText("🦊1");

  await one.page.getByRole("link", { name: "Who reacted" }).click();
  await expect(one.page.locator(".person")).toContainText(other.username);
  expect((await new AxeBuilder({ page: one.page }).analyze()).violations).toEqual([]);
});

test("a reaction without a connection is told once there is one", async ({ page, context, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(other, "Are you there?");
  await expectOnce(one, "Are you there?");
  await context.setOffline(true);
  await react(one, "Are you there?", "👍");
  await expect(sign(one, "👍")).toHaveText("👍1");
  await expect(sign(other, "👍")).toHaveCount(0);
  await context.setOffline(false);
  await expect(sign(other, "👍")).toHaveText("👍1");
  await expect(sign(one, "👍")).toHaveText("👍1");
});
