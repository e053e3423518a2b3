// Coming in by phone: a number, then the code that was sent to it; and what an account without a password does with codes.

import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { alive, expect, expectNoSidewaysScroll, test } from "../support/test";
import { Salon } from "../support/server";

const GATEWAY = '\n[salon.sms]\ngateway = "outbox"\n';

const NUMBER = "+237670000001";

// The server goes before the pages do.
test.use({ forgive: /net::ERR_|WebSocket connection to .* failed/ });

async function expectAccessible(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await expectNoSidewaysScroll(page);
}

/** Signs up by phone, and comes home. */
async function signUpByPhone(page: Page, salon: Salon, username: string): Promise<void> {
  await page.goto("/signup/phone");
  await page.getByLabel("Phone number").fill(NUMBER);
  await page.getByRole("button", { name: "Send a code" }).click();
  await expect(page.getByLabel("Code", { exact: true })).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill(salon.codeFor(NUMBER));
  await page.getByLabel("Username").fill(username);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL("/");
  await alive(page);
  salon.waitForAnotherCode();
}

test("one signs up by phone, and comes back with a code", async ({ arrive }) => {
  const salon = await Salon.prepare(GATEWAY);
  await salon.start();
  try {
    const page = await arrive(salon.url);
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url()));
    await page.goto("/signup");
    await page.getByRole("link", { name: "Sign up by phone" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Sign up by phone" })).toBeVisible();
    await expectAccessible(page);

    const number = page.getByLabel("Phone number");
    await number.fill("670000001");
    await page.getByRole("button", { name: "Send a code" }).click();
    await expect(number).toHaveAttribute("aria-invalid", "true");
    await expect(number).toBeFocused();
    await expect(number).toHaveValue("670000001");
    await number.fill("+237 670 000 001");
    await page.getByRole("button", { name: "Send a code" }).click();

    const code = page.getByLabel("Code", { exact: true });
    await expect(code).toHaveAccessibleDescription(/\+237670000001/);
    await expect(page.getByRole("status").filter({ hasText: "A message is on its way." })).toBeVisible();
    await expectAccessible(page);
    // Whoever comes back from the message may find the page loaded anew.
    await page.reload();
    await expect(code).toHaveAccessibleDescription(/\+237670000001/);
    await page.getByRole("button", { name: "Send another code" }).click();
    await expect(page.getByRole("alert")).toContainText("That was too often.");

    const sent = salon.codeFor(NUMBER);
    await code.fill(sent === "123456" ? "654321" : "123456");
    await page.getByLabel("Username").fill("jean");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(code).toHaveAttribute("aria-invalid", "true");
    await expect(code).toBeFocused();
    await expect(page.getByLabel("Username")).toHaveValue("jean");
    await expectAccessible(page);
    await code.fill(sent);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page).toHaveURL("/");
    await alive(page);
    salon.waitForAnotherCode();

    const elsewhere = await arrive(salon.url);
    elsewhere.on("request", (request) => addresses.push(request.url()));
    await elsewhere.goto("/friends");
    await elsewhere.getByRole("link", { name: "Log in by phone" }).click();
    await elsewhere.getByLabel("Phone number").fill("+237670000002");
    await elsewhere.getByRole("button", { name: "Send a code" }).click();
    await elsewhere.getByRole("link", { name: "Use another number" }).click();
    await elsewhere.getByLabel("Phone number").fill(NUMBER);
    await elsewhere.getByRole("button", { name: "Send a code" }).click();
    await elsewhere.getByLabel("Code", { exact: true }).fill(salon.codeFor(NUMBER));
    await expectAccessible(elsewhere);
    await elsewhere.getByRole("button", { name: "Log in" }).click();
    await expect(elsewhere).toHaveURL("/friends");
    await alive(elsewhere);
    expect(addresses.filter((address) => /67\D*0000\D*00[12]/.test(decodeURIComponent(address)))).toEqual([]);
  } finally {
    await salon.end();
  }
});

test("where a password would be asked for, a code is", async ({ arrive }) => {
  const salon = await Salon.prepare(GATEWAY);
  await salon.start();
  try {
    const page = await arrive(salon.url);
    await signUpByPhone(page, salon, "jean");
    await page.goto("/settings");
    await alive(page);
    await expect(page.locator(".facts")).toContainText(NUMBER);
    await expect(page.getByText("None yet")).toHaveCount(2);
    await expectAccessible(page);

    // What has been typed stays while the code is sent.
    await page.getByRole("link", { name: "Add an email address" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Add an email address" })).toBeVisible();
    await page.getByLabel("Email").fill("jean@example.org");
    await page.getByRole("button", { name: "Send me a code" }).click();
    await expect(page.getByRole("status").filter({ hasText: "A message is on its way." })).toBeVisible();
    await expect(page.getByLabel("Email")).toHaveValue("jean@example.org");
    await expectAccessible(page);
    await page.getByLabel("Code", { exact: true }).fill("12");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByLabel("Code", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("Code", { exact: true }).fill(salon.codeFor(NUMBER));
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page).toHaveURL("/settings");
    await expect(page.locator(".facts")).toContainText("jean@example.org");

    salon.waitForAnotherCode();
    await page.goto("/settings/password");
    await alive(page);
    await page.getByRole("button", { name: "Send me a code" }).click();
    await expect(page.getByRole("status").filter({ hasText: "A message is on its way." })).toBeVisible();
    await page.getByLabel("Code", { exact: true }).fill(salon.codeFor(NUMBER));
    await page.getByLabel("New password").fill("drawing room of jean");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page).toHaveURL("/settings");
    await page.getByRole("link", { name: "Change password" }).click();
    await expect(page.getByLabel("Current password")).toBeVisible();
    await expect(page.getByRole("button", { name: "Send me a code" })).toHaveCount(0);
  } finally {
    await salon.end();
  }
});

test("where no codes are sent, nothing leads to a phone", async ({ arrive }) => {
  const page = await arrive();
  for (const path of ["/login", "/signup"]) {
    await page.goto(path);
    await expect(page.getByRole("link", { name: /by phone/ })).toHaveCount(0);
    expect((await page.goto(`${path}/phone`))?.status()).toBe(404);
  }
});
