// Passing on without JavaScript: a page with a form.

import { meet, messages, say } from "../support/conversation";
import { expect, test } from "../support/test";

test("one passes on by a form", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(other, "The gate is open");
  await page.reload();
  await messages(one, "The gate is open").locator(".message-link").click();
  await page.getByRole("link", { name: "Forward", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Forward message" })).toBeVisible();
  await page.getByRole("button", { name: "Forward", exact: true }).click();
  await expect(page.getByText("Choose at least one conversation.")).toBeVisible();
  await page.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "Forward", exact: true }).click();
  await expect(page).toHaveURL(/\/c\/\d+$/);
  await expect(page.locator(".message-sign")).toHaveText(["Forwarded"]);
});
