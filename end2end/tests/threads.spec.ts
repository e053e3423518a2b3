// What is said about one message, beside what else is said: where it stands, what the room shows of it, and the keys.

import AxeBuilder from "@axe-core/playwright";
import { type Locator } from "@playwright/test";
import { expectOnce, meet, openConversation, postMany, say } from "../support/conversation";
import { type Person } from "../support/people";
import { alive, expect, test } from "../support/test";

// What Chromium notes about a network that a test takes away.
test.use({ forgive: /net::ERR_|WebSocket connection to .* failed/ });

const box = (person: Person): Locator => person.page.getByLabel("Message", { exact: true });
const said = (person: Person, text: string): Locator =>
  person.page.locator(".message").filter({ has: person.page.locator(".message-body", { hasText: text }) });
const line = (person: Person, text: string): Locator => said(person, text).locator(".thread-line");
const inThread = (person: Person): Locator => person.page.getByRole("heading", { level: 1, name: "Thread", exact: true });
const news = (person: Person): Locator => person.page.locator(".conversation-threads");

/** Goes to the thread of a message with the mouse. */
async function openThread(person: Person, text: string): Promise<void> {
  await said(person, text).hover();
  await person.page.getByRole("toolbar").getByRole("link", { name: "Reply in thread", exact: true }).click();
  await expect(inThread(person)).toBeVisible();
}

test("a thread stands beside the room, which shows what becomes of it", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "Who brings what?");
  await openThread(other, "Who brings what?");
  await say(other, "I bring tea");
  await expect(line(one, "Who brings what?")).toContainText("1 reply");
  await expect(line(one, "Who brings what?")).toContainText("New");
  await expect(said(one, "I bring tea")).toHaveCount(0);
  await expect(news(one)).toHaveCount(1);

  await line(one, "Who brings what?").click();
  await expect(inThread(one)).toBeVisible();
  await expect(said(one, "I bring tea")).toBeVisible();
  await expect(news(one)).toHaveCount(0);
  expect((await new AxeBuilder({ page: one.page }).analyze()).violations).toEqual([]);
  await say(one, "Thank you");
  await expect(said(other, "Thank you")).toBeVisible();

  // Back in the room, at the message that it is about.
  await one.page.getByRole("link", { name: "Back", exact: true }).click();
  await expect(one.page.locator(".message[aria-current=true]")).toContainText("Who brings what?");
  await expect(line(one, "Who brings what?")).toContainText("2 replies");
  await expect(line(one, "Who brings what?")).not.toContainText("New");
  await say(one, "Tomorrow at six");
  await expect(said(other, "Tomorrow at six")).toHaveCount(0);
});

test("one lets a thread go, and hears no more of it", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "Who brings what?");
  await openThread(other, "Who brings what?");
  await say(other, "I bring tea");
  await line(one, "Who brings what?").click();
  await one.page.getByRole("button", { name: "Unfollow thread", exact: true }).focus();
  await one.page.keyboard.press("Enter");
  await expect(one.page.getByRole("button", { name: "Follow thread", exact: true })).toBeFocused();
  await openConversation(one, other);
  await say(other, "And cups");
  await expect(line(one, "Who brings what?")).toContainText("2 replies");
  await expect(line(one, "Who brings what?")).not.toContainText("New");
  await expect(news(one)).toHaveCount(0);
});

test("what is written in a thread stays there: a draft, and what waits for a connection", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "Who brings what?");
  await openThread(other, "Who brings what?");
  const path = new URL(other.page.url()).pathname;
  await box(other).fill("Half a thought");
  await other.page.getByRole("link", { name: "Back", exact: true }).click();
  await expect(inThread(other)).toHaveCount(0);
  await expect(box(other)).toHaveValue("");
  await line(other, "Who brings what?").waitFor({ state: "detached" });
  await openThread(other, "Who brings what?");
  await expect(box(other)).toHaveValue("Half a thought");

  await other.page.context().setOffline(true);
  await box(other).fill("I bring tea");
  await box(other).press("Enter");
  await expect(other.page.locator(".message[data-state=pending]")).toContainText("I bring tea");
  await other.page.context().setOffline(false);
  await expect(line(one, "Who brings what?")).toContainText("1 reply", { timeout: 30_000 });
  await expect(other.page.locator(".message[data-state=pending]")).toHaveCount(0);
  await other.page.goto(path);
  await alive(other.page);
  await expect(said(other, "I bring tea")).toHaveCount(1);
});

test("addresses and keys lead into threads", async ({ page, arrive }) => {
  const { one, other, conversation } = await meet(page, await arrive());
  await say(one, "Who brings what?");
  await expectOnce(one, "Who brings what?");
  await said(one, "Who brings what?").focus();
  await one.page.keyboard.press("t");
  await expect(inThread(one)).toBeVisible();
  await say(one, "I bring tea");
  const link = await said(one, "I bring tea").locator(".message-link").getAttribute("href");
  await postMany(other, conversation, 60);
  await other.page.goto(link ?? "");
  await alive(other.page);
  await expect(inThread(other)).toBeVisible();
  await expect(other.page.locator(".message[aria-current=true]")).toContainText("I bring tea");
  // Quoting in a thread stays in it.
  await said(other, "I bring tea").hover();
  await other.page.getByRole("toolbar").getByRole("button", { name: "Reply", exact: true }).click();
  await box(other).fill("Green?");
  await box(other).press("Enter");
  await expect(said(one, "Green?").locator(".message-answered")).toContainText("I bring tea");
});

test("where there is room a thread stands beside the room, which stays as it is", async ({ page, arrive }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const { one, other } = await meet(page, await arrive());
  await say(one, "Who brings what?");
  await expectOnce(one, "Who brings what?");
  const room = page.locator(".conversation:not(.conversation--beside)");
  const thread = page.locator(".conversation--beside");
  await room.locator(".composer textarea").fill("Half a thought");
  // It is the very same box as before, not another with the same text.
  await room.locator(".composer textarea").evaluate((box) => box.setAttribute("data-same", ""));

  await said(one, "Who brings what?").hover();
  await page.getByRole("toolbar").getByRole("link", { name: "Reply in thread", exact: true }).click();
  await expect(page).toHaveURL(/\/c\/\d+\/t\/\d+$/);
  await expect(thread.getByRole("heading", { level: 2, name: "Thread" })).toBeFocused();
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(room.locator(".composer textarea[data-same]")).toHaveValue("Half a thought");
  await expect(thread.locator(".message")).toHaveCount(1);
  await thread.locator(".composer textarea").fill("I bring tea");
  await thread.locator(".composer textarea").press("Enter");
  await expect(thread.locator(".message").filter({ hasText: "I bring tea" })).toHaveAttribute("data-state", "sent");
  await expect(room.locator(".thread-line")).toContainText("1 reply");
  await expect(room.locator(".message").filter({ hasText: "I bring tea" })).toHaveCount(0);
  await say(other, "And the room goes on");
  await expect(room.locator(".message").filter({ hasText: "And the room goes on" })).toHaveCount(1);
  await expect(thread.locator(".message").filter({ hasText: "And the room goes on" })).toHaveCount(0);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  // The keys of each work in it.
  await thread.locator(".message").last().focus();
  await page.keyboard.press("r");
  await expect(thread.locator(".composer-mode")).toBeVisible();
  await expect(room.locator(".composer-mode")).toHaveCount(0);

  await thread.getByRole("link", { name: "Close", exact: true }).click();
  await expect(thread).toHaveCount(0);
  await expect(page).toHaveURL(/\/c\/\d+$/);
  await expect(room.locator(".message").filter({ hasText: "Who brings what?" })).toBeFocused();
  await expect(room.locator(".composer textarea[data-same]")).toHaveValue("Half a thought");

  // An address leads to both, and a narrower window shows the thread alone.
  await page.goBack();
  await expect(thread.locator(".message")).toHaveCount(2);
  await page.reload();
  await alive(page);
  await expect(thread.locator(".message")).toHaveCount(2);
  await expect(room.locator(".thread-line")).toContainText("1 reply");
  await page.setViewportSize({ width: 1000, height: 900 });
  await expect(page.locator(".conversation")).toHaveCount(1);
  await expect(page.getByRole("heading", { level: 1, name: "Thread" })).toBeVisible();
});
