// A space and its invitation, by links and forms alone.

import { signUp } from "../support/people";
import { expect, test } from "../support/test";

test("a space is made, invited to, joined and left", async ({ arrive }) => {
  const { page } = await signUp(await arrive(), "amina");
  await page.goto("/");
  await page.getByRole("link", { name: "New space" }).first().click();
  await page.getByLabel("Space name").fill("Garden house");
  await page.getByRole("button", { name: "Create space" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Garden house");
  await page.getByRole("link", { name: "Invite people" }).click();
  await page.getByLabel("For how many people").selectOption("1");
  await page.getByRole("button", { name: "Create link" }).click();
  const invitation = (await page.locator(".link-address").textContent()) ?? "";

  const bruno = await signUp(await arrive(), "bruno");
  await bruno.page.goto(invitation);
  await bruno.page.getByRole("button", { name: "Join" }).click();
  await bruno.page.getByRole("link", { name: "Go to general" }).click();
  await bruno.page.getByLabel("Message").fill("Good evening");
  await bruno.page.getByRole("button", { name: "Send" }).click();
  await expect(bruno.page.locator(".message-body")).toHaveText("Good evening");

  const late = await signUp(await arrive(), "chloe");
  expect((await late.page.goto(invitation))?.status()).toBe(404);
  await expect(late.page.getByText("leads nowhere")).toBeVisible();

  await bruno.page.getByRole("link", { name: "Space settings" }).click();
  await bruno.page.locator("summary").filter({ hasText: "Leave space" }).click();
  await bruno.page.getByRole("button", { name: "Leave space" }).click();
  await expect(bruno.page).toHaveURL("/");
  await expect(bruno.page.getByRole("link", { name: "Garden house" })).toHaveCount(0);
});
