// Sending later without JavaScript: pages with forms, and a time in UTC that says so.

import { meet, messages } from "../support/conversation";
import { expect, test } from "../support/test";

test("one schedules, edits and removes by forms", async ({ page, arrive }) => {
  const { other } = await meet(page, await arrive());
  await page.getByRole("link", { name: "Send later", exact: true }).click();
  await page.getByLabel("Message", { exact: true }).fill("Tea at five");
  await page.getByRole("button", { name: "Schedule", exact: true }).click();
  await expect(page.getByText("Choose when.", { exact: true })).toBeVisible();
  await expect(page.getByLabel("Message", { exact: true })).toHaveValue("Tea at five");
  const soon = new Date(Date.now() + 48 * 3_600_000).toISOString().slice(0, 16);
  await page.getByRole("radio", { name: "At another time", exact: true }).check();
  await page.getByLabel("Day and time (UTC)", { exact: true }).fill(soon);
  await page.getByRole("button", { name: "Schedule", exact: true }).click();
  await expect(page).toHaveURL("/scheduled");
  await expect(page.locator(".kept time")).toHaveText(new RegExp(`, ${soon.slice(11)} UTC$`));

  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await page.getByLabel("Message", { exact: true }).fill("Tea at six");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator(".kept")).toContainText("Tea at six");
  await page.getByRole("link", { name: "Remove", exact: true }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("Nothing waits to be sent.")).toBeVisible();
  await expect(messages(other, "Tea")).toHaveCount(0);
});
