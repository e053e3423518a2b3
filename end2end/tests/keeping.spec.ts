// What stands out in a conversation for everybody, and what one keeps for oneself.

import AxeBuilder from "@axe-core/playwright";
import { type Locator } from "@playwright/test";
import { meet, messages, say } from "../support/conversation";
import { type Person } from "../support/people";
import { alive, expect, test } from "../support/test";

const pin = (person: Person, text: string): Locator => messages(person, text).locator(".message-sign");

/** Presses what stands with a message. */
async function act(person: Person, text: string, name: string): Promise<void> {
  await messages(person, text).hover();
  await person.page.getByRole("toolbar").getByRole("button", { name, exact: true }).click();
}

test("what one pins, both see at once, and find on a page of its own", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "Tea at five");
  await say(one, "Something else");
  await expect(messages(other, "Tea at five")).toBeVisible();
  await act(one, "Tea at five", "Pin");
  for (const person of [one, other]) await expect(pin(person, "Tea at five")).toBeVisible();
  await expect(pin(other, "Something else")).toHaveCount(0);

  await other.page.getByRole("link", { name: "Pinned messages" }).click();
  await expect(other.page.getByRole("heading", { level: 1, name: "Pinned messages" })).toBeVisible();
  await expect(other.page.locator(".quoted .prose")).toHaveText(["Tea at five"]);
  expect((await new AxeBuilder({ page: other.page }).analyze()).violations).toEqual([]);
  await other.page.getByRole("button", { name: "Unpin" }).click();
  await expect(other.page.getByText("Nothing is pinned here yet.")).toBeVisible();
  await expect(pin(one, "Tea at five")).toHaveCount(0);
});

test("what one saves stands on a page for oneself, and leads back", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(other, "The door code is 4711");
  await act(one, "The door code", "Save");
  await one.page.getByRole("navigation").getByRole("link", { name: "Saved" }).click();
  await expect(one.page.locator(".quoted .prose")).toHaveText(["The door code is 4711"]);
  expect((await new AxeBuilder({ page: one.page }).analyze()).violations).toEqual([]);
  await one.page.locator(".kept").getByRole("link", { name: "Bruno" }).click();
  await expect(messages(one, "The door code")).toHaveAttribute("aria-current", "true");

  await one.page.goto("/saved");
  await alive(one.page);
  await one.page.getByRole("button", { name: "Remove" }).click();
  await expect(one.page.getByText("You have saved nothing yet.")).toBeVisible();
});
