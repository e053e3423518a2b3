// Deleting one's account, by links and forms alone.

import { befriend, fillInLogIn, signUp } from "../support/people";
import { expect, test } from "../support/test";

test("an account is deleted with its name and password, and what was said stays", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await befriend(amina, bruno);
  await bruno.page.goto("/friends");
  await bruno.page.getByRole("button", { name: "Open conversation" }).click();
  await bruno.page.getByLabel("Message").fill("Good evening");
  await bruno.page.getByRole("button", { name: "Send" }).click();

  const { page } = bruno;
  await page.goto("/settings");
  await page.getByRole("link", { name: "Delete account" }).click();
  await page.getByLabel("Your username").fill(bruno.username);
  await page.getByLabel("Current password").fill("not the password");
  await page.getByRole("button", { name: "Delete account" }).click();
  await expect(page.getByText("This is not your current password")).toBeVisible();
  await page.getByLabel("Current password").fill(bruno.password);
  await page.getByRole("button", { name: "Delete account" }).click();
  await expect(page).toHaveURL(/\/login/);
  await fillInLogIn(page, bruno.username, bruno.password);
  await expect(page.getByRole("alert")).toBeVisible();

  await amina.page.goto("/");
  await amina.page.getByRole("link", { name: "Deleted account" }).click();
  await expect(amina.page.getByRole("heading", { level: 1 })).toHaveText("Deleted account");
  await expect(amina.page.locator(".message-body")).toHaveText("Good evening");
  await expect(amina.page.locator(".composer-closed")).toBeVisible();
});
