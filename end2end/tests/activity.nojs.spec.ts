// Without JavaScript nobody sees that one looks: a button says it.

import { expectOnce, meet, say } from "../support/conversation";
import { expect, test } from "../support/test";

test("what concerns one is a page with a button that marks it as read", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(other, `Are you there, @${one.username}?`);
  await expectOnce(other, "Are you there");

  const link = page.getByRole("link", { name: /^Activity/ });
  await page.goto("/");
  await expect(link).toHaveAccessibleName(/Activity\s?, \d+ new/);
  await link.click();
  await expect(page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
  const line = page.locator(".activity-link").filter({ hasText: "mentioned you" });
  await expect(line).toContainText("Are you there");
  await expect(line).toHaveAttribute("data-new", "");
  // To look at a page changes nothing.
  await page.reload();
  await expect(line).toHaveAttribute("data-new", "");

  await page.getByRole("button", { name: "Mark as read" }).click();
  await expect(page).toHaveURL("/activity");
  await expect(line).not.toHaveAttribute("data-new", "");
  await expect(page.getByRole("button", { name: "Mark as read" })).toHaveCount(0);
  await expect(link).toHaveAccessibleName("Activity");

  await line.click();
  await expect(page.locator(".message[aria-current=true]")).toContainText("Are you there");
});
