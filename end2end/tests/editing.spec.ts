// Changing what one said: editing it, what it said before, deleting it and bringing it back.

import AxeBuilder from "@axe-core/playwright";
import { type Locator } from "@playwright/test";
import { bodies, expectOnce, meet, messages, say } from "../support/conversation";
import { type Person } from "../support/people";
import { expect, test } from "../support/test";

// What Chromium notes about a network that a test takes away.
test.use({ forgive: /net::ERR_|WebSocket connection to .* failed/ });

const actions = (person: Person): Locator => person.page.getByRole("toolbar");
const box = (person: Person): Locator => person.page.getByLabel("Message", { exact: true });

/** Presses what stands with a message. */
async function act(person: Person, text: string, name: string): Promise<void> {
  await messages(person, text).hover();
  await actions(person).getByRole("button", { name }).click();
}

test("an edit shows at once, for both, with what it said before", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "Good mornin");
  await expectOnce(other, "Good mornin");
  await box(one).fill("A half sentence");

  await act(one, "Good mornin", "Edit");
  await expect(box(one)).toHaveValue("Good mornin");
  await expect(box(one)).toBeFocused();
  await expect(one.page.getByText("Editing message")).toBeVisible();
  await box(one).fill("Good **morning**");
  await one.page.keyboard.press("Enter");

  for (const person of [one, other]) {
    await expect(bodies(person)).toHaveText(["Good morning"]);
    await expect(person.page.locator(".message-body strong")).toHaveText("morning");
    await expect(person.page.getByRole("link", { name: "edited" })).toBeVisible();
  }
  await expect(box(one)).toHaveValue("A half sentence");
  await messages(other, "Good morning").hover();
  await expect(actions(other).getByRole("button", { name: "Edit" })).toHaveCount(0);

  await other.page.getByRole("link", { name: "edited" }).click();
  await expect(other.page.getByRole("heading", { level: 1, name: "What it said before" })).toBeVisible();
  await expect(other.page.locator(".quoted .prose")).toHaveText(["Good morning", "Good mornin"]);
  expect((await new AxeBuilder({ page: other.page }).analyze()).violations).toEqual([]);
});

test("the arrow key edits what was said last, and Escape leaves it as it was", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "First");
  await say(one, "Second");
  await say(other, "Third");
  await expectOnce(one, "Third");

  await box(one).fill("not empty");
  await box(one).press("ArrowUp");
  await expect(box(one)).toHaveValue("not empty");
  await box(one).fill("");
  await box(one).press("ArrowUp");
  await expect(box(one)).toHaveValue("Second");
  expect((await new AxeBuilder({ page: one.page }).analyze()).violations).toEqual([]);
  await box(one).fill("Something else");
  await box(one).press("Escape");
  await expect(box(one)).toHaveValue("");
  await expect(one.page.getByText("Editing message")).toHaveCount(0);

  await box(one).press("ArrowUp");
  await box(one).fill("Second, better");
  await one.page.getByRole("button", { name: "Save" }).click();
  for (const person of [one, other]) await expect(bodies(person)).toHaveText(["First", "Second, better", "Third"]);
});

test("whoever undoes a deletion is never seen to have deleted anything", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "After all");
  await expectOnce(other, "After all");
  await act(one, "After all", "Delete");
  await expect(one.page.getByText("You deleted this message.")).toBeVisible();
  await expect(messages(one, "After all")).toHaveCount(0);
  await one.page.getByRole("button", { name: "Undo" }).click();
  await expectOnce(one, "After all");

  await say(one, "Hasty");
  await expectOnce(other, "Hasty");
  await act(one, "Hasty", "Delete");
  for (const person of [one, other]) {
    await expect(person.page.locator(".message[data-deleted]")).toHaveCount(1);
    await expect(messages(person, "Hasty")).toHaveCount(0);
  }
  await expectOnce(other, "After all");
  await expect(one.page.getByRole("button", { name: "Undo" })).toHaveCount(0);
});

test("what is done without a connection is done once there is one", async ({ page, context, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  for (const text of ["To be edited", "To be deleted", "To stay"]) {
    await say(one, text);
    await expectOnce(other, text);
  }
  await context.setOffline(true);
  await act(one, "To be edited", "Edit");
  await box(one).fill("Edited offline");
  await one.page.keyboard.press("Enter");
  await expect(messages(one, "Edited offline")).toHaveAttribute("data-waiting");
  await act(one, "To be deleted", "Delete");
  await expect(messages(one, "To be deleted")).toHaveCount(0);
  await act(one, "To stay", "Delete");
  await one.page.getByRole("button", { name: "Undo" }).last().click();
  await expect(messages(one, "To stay")).not.toHaveAttribute("data-waiting");
  await expect(messages(other, "To be edited")).toHaveCount(1);

  await context.setOffline(false);
  await expect(messages(other, "Edited offline")).toHaveCount(1);
  await expect(other.page.locator(".message[data-deleted]")).toHaveCount(1);
  await expectOnce(other, "To stay");
  await expect(messages(one, "Edited offline")).not.toHaveAttribute("data-waiting");
});
