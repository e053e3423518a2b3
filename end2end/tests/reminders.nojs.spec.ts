// Without JavaScript nobody knows one's time zone: times to wait, and a time in UTC that says so.

import { meet, messages, say } from "../support/conversation";
import { expect, test } from "../support/test";

test("one asks to be reminded by a form", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(other, "Water the plants");
  await page.reload();
  await messages(one, "Water the plants").locator(".message-link").click();
  await page.getByRole("link", { name: "Remind me", exact: true }).click();
  await expect(page.getByRole("radio", { name: /^Tomorrow/ })).toHaveCount(0);
  await expect(page.getByLabel("Day and time (UTC)", { exact: true })).toBeVisible();
  await page.getByRole("radio", { name: "In 3 hours", exact: true }).check();
  await page.getByRole("button", { name: "Set reminder", exact: true }).click();
  await expect(page).toHaveURL(/\/c\/\d+\/m\/\d+$/);

  await page.goto("/activity");
  await page.getByRole("link", { name: "Reminders", exact: true }).click();
  await expect(page.locator(".kept")).toContainText("Water the plants");
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("No reminder waits.")).toBeVisible();
});
