// Answering what somebody said: the line above the answer, where it leads, and the keys.

import AxeBuilder from "@axe-core/playwright";
import { type Locator } from "@playwright/test";
import { meet, openConversation, postMany, say } from "../support/conversation";
import { type Person } from "../support/people";
import { expect, test } from "../support/test";

// What Chromium notes about a network that a test takes away.
test.use({ forgive: /net::ERR_|WebSocket connection to .* failed/ });

const box = (person: Person): Locator => person.page.getByLabel("Message", { exact: true });
const mode = (person: Person): Locator => person.page.locator(".composer-mode");
const said = (person: Person, text: string): Locator =>
  person.page.locator(".message").filter({ has: person.page.locator(".message-body", { hasText: text }) });
const answered = (person: Person, text: string): Locator => said(person, text).locator(".message-answered");

/** Begins to answer with the mouse. */
async function reply(person: Person, text: string): Promise<void> {
  await said(person, text).hover();
  await person.page.getByRole("toolbar").getByRole("button", { name: "Reply", exact: true }).click();
}

test("an answer stands below what it answers, and follows what becomes of it", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "Who comes *along*?");
  await reply(other, "Who comes along?");
  await expect(mode(other)).toContainText(`Replying to ${one.username}`);
  await expect(mode(other)).toContainText("Who comes along?");
  await expect(box(other)).toBeFocused();
  expect((await new AxeBuilder({ page: other.page }).analyze()).violations).toEqual([]);
  await other.page.keyboard.type("I do");
  await other.page.keyboard.press("Enter");
  await expect(mode(other)).toHaveCount(0);

  for (const person of [one, other]) {
    await expect(answered(person, "I do")).toContainText("Who comes along?");
  }
  await said(one, "Who comes along?").hover();
  await one.page.getByRole("toolbar").getByRole("button", { name: "Edit" }).click();
  await box(one).fill("Who stays?");
  await one.page.keyboard.press("Enter");
  await expect(answered(other, "I do")).toContainText("Who stays?");

  await said(one, "Who stays?").hover();
  await one.page.getByRole("toolbar").getByRole("button", { name: "Delete" }).click();
  await expect(answered(other, "I do")).toContainText("The message was deleted.", { timeout: 10_000 });
  await expect(other.page.getByText("Who stays?")).toHaveCount(0);
});

test("Escape answers no more, and what was written stays", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "A question");
  await box(other).fill("Half a thought");
  await reply(other, "A question");
  await expect(box(other)).toHaveValue("Half a thought");
  await box(other).press("Escape");
  await expect(mode(other)).toHaveCount(0);
  await expect(box(other)).toHaveValue("Half a thought");
  await other.page.getByRole("button", { name: "Send" }).click();
  await expect(said(one, "Half a thought")).toHaveCount(1);
  await expect(answered(one, "Half a thought")).toHaveCount(0);

  // By the keyboard: R answers the message that has it.
  await said(other, "A question").focus();
  await other.page.keyboard.press("r");
  await expect(mode(other)).toContainText(`Replying to ${one.username}`);
  await expect(box(other)).toBeFocused();
  await box(other).press("Escape");
  await said(other, "A question").focus();
  await other.page.keyboard.press("+");
  await expect(other.page.getByRole("toolbar").locator("[aria-expanded=true]")).toHaveCount(1);
});

test("a click on the line leads to what is answered, wherever it stands", async ({ page, arrive }) => {
  const { one, other, conversation } = await meet(page, await arrive());
  await say(one, "The beginning");
  await expect(said(other, "The beginning")).toHaveCount(1);
  const id = await said(other, "The beginning").getAttribute("id");
  await postMany(one, conversation, 25);
  await expect(said(other, "Message 25")).toBeVisible();
  await reply(other, "The beginning");
  await box(other).fill("Back to it");
  await other.page.keyboard.press("Enter");
  await expect(answered(other, "Back to it")).toBeVisible();
  await expect(said(other, "The beginning")).not.toBeInViewport();

  const address = other.page.url();
  await answered(other, "Back to it").click();
  await expect(said(other, "The beginning")).toBeInViewport();
  await expect(said(other, "The beginning")).toHaveAttribute("aria-current", "true");
  expect(other.page.url()).toBe(address);

  // From a page that does not hold it, by its address.
  await postMany(one, conversation, 45, "Later");
  await say(one, "The end");
  await openConversation(one, other);
  await expect(said(one, "The beginning")).toHaveCount(0);
  await one.page.evaluate(
    async ([conversation, reply_to]) => {
      const key = crypto.randomUUID().replaceAll("-", "");
      const body = new URLSearchParams({ conversation, key, reply_to, body: "Once more" });
      await fetch("/do/send_message", { method: "POST", body, headers: { accept: "application/json" } });
    },
    [conversation, id!.slice(1)],
  );
  await expect(answered(one, "Once more")).toContainText("The beginning");
  await answered(one, "Once more").click();
  await expect(one.page).toHaveURL(new RegExp(`/m/${id!.slice(1)}$`));
  await expect(said(one, "The beginning")).toBeInViewport();
});

test("an answer that was written without a connection goes once there is one", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "Are you there?");
  await expect(said(other, "Are you there?")).toHaveCount(1);
  await other.page.context().setOffline(true);
  await reply(other, "Are you there?");
  await box(other).fill("Not quite");
  await other.page.keyboard.press("Enter");
  await expect(said(other, "Not quite")).toHaveAttribute("data-state", "pending");
  await expect(answered(other, "Not quite")).toContainText("Are you there?");
  await other.page.context().setOffline(false);
  await expect(said(other, "Not quite")).toHaveAttribute("data-state", "sent", { timeout: 15_000 });
  await expect(answered(one, "Not quite")).toContainText("Are you there?");
});
