// Threads without JavaScript: pages and forms.

import { meet, messages, say } from "../support/conversation";
import { expect, test } from "../support/test";

test("one talks in a thread by forms", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(other, "Who brings what?");
  await page.reload();
  await messages(one, "Who brings what?").locator(".message-link").click();
  await page.getByRole("link", { name: "Reply in thread", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Thread", exact: true })).toBeVisible();
  await page.getByLabel("Message", { exact: true }).fill("I bring tea");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page).toHaveURL(/\/t\/\d+$/);
  await expect(page.locator(".message-body", { hasText: "I bring tea" })).toBeVisible();
  await page.getByRole("button", { name: "Unfollow thread", exact: true }).click();
  await expect(page.getByRole("button", { name: "Follow thread", exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await expect(page.locator(".thread-line")).toContainText("1 reply");
  await expect(page.locator(".message-body", { hasText: "I bring tea" })).toHaveCount(0);
});
