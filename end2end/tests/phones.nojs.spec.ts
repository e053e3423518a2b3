// Coming in by phone, and deleting an account that has no password, by links and forms alone.

import { expect, test } from "../support/test";
import { Salon } from "../support/server";

const NUMBER = "+237670000001";

test("forms alone sign up, log in and delete with codes", async ({ arrive }) => {
  const salon = await Salon.prepare('\n[salon.sms]\ngateway = "outbox"\n');
  await salon.start();
  try {
    const page = await arrive(salon.url);
    await page.goto("/friends");
    await page.getByRole("link", { name: "Create account" }).click();
    await page.getByRole("link", { name: "Sign up by phone" }).click();
    await page.getByLabel("Phone number").fill("670000001");
    await page.getByRole("button", { name: "Send a code" }).click();
    await expect(page.getByLabel("Phone number")).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("Phone number").fill("+237 670-000-001");
    await page.getByRole("button", { name: "Send a code" }).click();
    await expect(page.getByText("A message is on its way.")).toBeVisible();
    await page.reload();
    await page.getByLabel("Code", { exact: true }).fill("12");
    await page.getByLabel("Username").fill("jean");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByText("The code has six digits.")).toBeVisible();
    await expect(page.getByLabel("Username")).toHaveValue("jean");
    await page.getByLabel("Code", { exact: true }).fill(salon.codeFor(NUMBER));
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page).toHaveURL("/friends");

    salon.waitForAnotherCode();
    const elsewhere = await arrive(salon.url);
    await elsewhere.goto("/login/phone?next=/settings");
    await elsewhere.getByLabel("Phone number").fill(NUMBER);
    await elsewhere.getByRole("button", { name: "Send a code" }).click();
    await elsewhere.getByLabel("Code", { exact: true }).fill(salon.codeFor(NUMBER));
    await elsewhere.getByRole("button", { name: "Log in" }).click();
    await expect(elsewhere).toHaveURL("/settings");

    salon.waitForAnotherCode();
    await elsewhere.getByRole("link", { name: "Delete account" }).click();
    await elsewhere.getByRole("button", { name: "Send me a code" }).click();
    await expect(elsewhere.getByText("A message is on its way.")).toBeVisible();
    await elsewhere.getByLabel("Your username").fill("jean");
    await elsewhere.getByLabel("Code", { exact: true }).fill("000000");
    await elsewhere.getByRole("button", { name: "Delete account" }).click();
    await expect(elsewhere.getByText("This is not the code, or no longer.")).toBeVisible();
    await expect(elsewhere.getByLabel("Your username")).toHaveValue("jean");
    await elsewhere.getByLabel("Code", { exact: true }).fill(salon.codeFor(NUMBER));
    await elsewhere.getByRole("button", { name: "Delete account" }).click();
    await expect(elsewhere).toHaveURL("/login");
  } finally {
    await salon.end();
  }
});
