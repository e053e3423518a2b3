// What one says of oneself, and who may see it, by forms alone.

import { befriend, rowOf, signUp } from "../support/people";
import { expect, test } from "../support/test";

test("a status is saved, refused where it is too long, and read by friends", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await befriend(amina, bruno);
  const { page } = bruno;
  await page.goto("/settings");
  await page.getByLabel("Status").fill("In the garden");
  await page.locator("form").filter({ has: page.getByLabel("Status") }).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("Status")).toHaveValue("In the garden");

  await page.getByLabel("Status").evaluate((field: HTMLInputElement) => {
    field.removeAttribute("maxlength");
    field.value = "x".repeat(81);
  });
  await page.locator("form").filter({ has: page.getByLabel("Status") }).getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#field-line-error")).toContainText("80");

  await amina.page.goto("/friends");
  await expect(rowOf(amina.page, bruno)).toContainText("In the garden");
  await amina.page.getByRole("link", { name: "Here now" }).click();
  await expect(amina.page.getByText("Nobody you know is connected at the moment.")).toBeVisible();
});
