// Changing what one said without JavaScript: everything is a link or a form.

import { meet, messages, say } from "../support/conversation";
import { expect, test } from "../support/test";

test("one edits and deletes what one said by forms, and brings it back", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "Good mornin");
  await messages(one, "Good mornin").locator(".message-link").click();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(page.getByLabel("Message", { exact: true })).toHaveValue("Good mornin");
  await page.getByLabel("Message", { exact: true }).fill("   ");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".field-error")).toBeVisible();
  await page.getByLabel("Message", { exact: true }).fill("Good morning");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/\/m\/\d+$/);
  await expect(messages(one, "Good morning")).toHaveCount(1);
  await page.getByRole("link", { name: "edited" }).click();
  await expect(page.locator(".quoted .prose")).toHaveText(["Good morning", "Good mornin"]);
  await page.goBack();

  await page.getByRole("link", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("You deleted this message.")).toBeVisible();
  await other.page.reload();
  await expect(messages(other, "Good morning")).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(messages(one, "Good morning")).toHaveCount(1);
});
