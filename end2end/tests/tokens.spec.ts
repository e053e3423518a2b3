// Access tokens: made in the settings, shown for a while, and ended there.

import { request } from "@playwright/test";
import { alive, expect, test } from "../support/test";
import { meet } from "../support/conversation";

test("a token is made, copied, used by a program, and revoked", async ({ page, arrive }) => {
  const { one } = await meet(page, await arrive());
  await page.goto("/settings");
  await page.getByRole("link", { name: "Access tokens", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Access tokens", exact: true })).toBeVisible();
  await alive(page);

  await page.getByRole("button", { name: "Create token", exact: true }).click();
  await expect(page.getByText("Enter a name.")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Kettle");
  await page.getByLabel("The program may", { exact: true }).selectOption({ label: "Read and write" });
  await page.getByRole("button", { name: "Create token", exact: true }).click();

  const line = page.locator(".link", { hasText: "Kettle" });
  const token = await line.locator("code").innerText();
  expect(token).toMatch(/^salon_[A-Za-z0-9_-]{44}$/);
  await expect(line).toContainText("Never used");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await line.getByRole("button", { name: "Copy token", exact: true }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(token);

  const program = await request.newContext({
    baseURL: new URL(page.url()).origin,
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  });
  try {
    const me = await (await program.get("/api/v1/me")).json();
    expect(me.username).toBe(one.username);
    await page.reload();
    await alive(page);
    await expect(line).toContainText("Last used on");
    await expect(line.locator("code")).toHaveCount(0);

    await line.getByRole("button", { name: "Revoke" }).click();
    await expect(line).toHaveCount(0);
    expect((await program.get("/api/v1/me")).status()).toBe(401);
  } finally {
    await program.dispose();
  }
});
