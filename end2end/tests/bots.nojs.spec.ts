// Bots by forms alone.

import { expect, test } from "../support/test";
import { newcomer, signUp } from "../support/people";

test("a bot is made, given another token and deleted by forms", async ({ arrive }) => {
  const { page } = await signUp(await arrive(), "amina");
  const name = `${newcomer(page, "tea").username.replaceAll(".", "-").slice(0, 28)}-bot`;
  await page.goto("/settings/bots");
  await page.getByLabel("Display name", { exact: true }).fill("Tea time");
  await page.getByLabel("Username", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create bot", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Tea time", exact: true })).toBeVisible();
  const token = await page.locator("code").first().innerText();
  expect(token).toMatch(/^salon_/);

  await page.getByRole("button", { name: "New token", exact: true }).click();
  await expect(page.locator("code").first()).toHaveText(/^salon_/);
  expect(await page.locator("code").first().innerText()).not.toBe(token);
  await page.locator("summary").filter({ hasText: "Delete bot" }).click();
  await page.locator("details").getByRole("button", { name: "Delete bot", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Bots", exact: true })).toBeVisible();
  await expect(page.getByText(`@${name}`)).toHaveCount(0);
});
