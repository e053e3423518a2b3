// Reacting without JavaScript: everything is a link or a form.

import { meet, messages, say } from "../support/conversation";
import { expect, test } from "../support/test";

test("one reacts by forms, and takes it back by pressing the sign", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "Look at this");
  await messages(one, "Look at this").locator(".message-link").click();
  await page.getByRole("link", { name: "React", exact: true }).click();
  await page.getByRole("button", { name: "🎉" }).click();
  await expect(page.locator(".reactions").getByRole("button", { name: "🎉" })).toHaveText("🎉1");
  await other.page.reload();
  await other.page.locator(".reactions").getByRole("button", { name: "🎉" }).click();
  await expect(other.page.locator(".reactions").getByRole("button", { name: "🎉" })).toHaveText("🎉2");
  await other.page.locator(".reactions").getByRole("button", { name: "🎉" }).click();
  await expect(other.page.locator(".reactions").getByRole("button", { name: "🎉" })).toHaveText("🎉1");
});
