// Answering without JavaScript: a page with a form.

import { meet, messages, say } from "../support/conversation";
import { expect, test } from "../support/test";

test("one answers by a form, which keeps what was refused", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(other, "Who comes along?");
  await page.reload();
  await messages(one, "Who comes along?").locator(".message-link").click();
  await page.getByRole("link", { name: "Reply", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Reply to message" })).toBeVisible();
  await expect(page.locator(".quoted")).toContainText("Who comes along?");
  await page.getByLabel("Message", { exact: true }).fill("  ");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.locator(".field-error")).toBeVisible();
  await page.getByLabel("Message", { exact: true }).fill("I do");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page).toHaveURL(/\/c\/\d+$/);
  await expect(page.locator(".message-answered")).toContainText("Who comes along?");
  await page.locator(".message-answered").click();
  await expect(page.locator(".message[aria-current=true]")).toContainText("Who comes along?");
});
