// Looking after a Salon without a script: plain forms.

import { expect, test } from "../support/test";
import { signUp } from "../support/people";
import { Salon } from "../support/server";

test("forms alone make staff, give premium and tell everybody", async ({ arrive }) => {
  const salon = await Salon.prepare();
  await salon.start();
  try {
    const amina = await signUp(await arrive(salon.url), "amina");
    const { page } = amina;
    expect((await page.goto("/staff"))?.status()).toBe(403);
    await page.goto("/staff/claim");
    await page.getByLabel("Token", { exact: true }).fill("not this one");
    await page.getByRole("button", { name: "Become staff", exact: true }).click();
    await expect(page.getByText("This is not the token that the server has printed last.")).toBeVisible();
    await page.getByLabel("Token", { exact: true }).fill(salon.staffToken());
    await page.getByRole("button", { name: "Become staff", exact: true }).click();
    await expect(page.getByText("You look after this Salon now.")).toBeVisible();
    await page.getByRole("link", { name: "Staff", exact: true }).click();
    const row = page.locator(".person").filter({ hasText: amina.username });
    await row.getByRole("button", { name: "Give premium", exact: true }).click();
    await expect(row).toContainText("Premium");
    await page.getByLabel("Announcement", { exact: true }).fill("Tea is at five today.");
    await page.getByRole("button", { name: "Announce", exact: true }).click();
    await expect(page.getByText("Everyone who is here has been told.")).toBeVisible();
    await page.getByRole("button", { name: "Announce", exact: true }).click();
    await expect(page.getByText("Write something first.")).toBeVisible();
  } finally {
    await salon.end();
  }
});
