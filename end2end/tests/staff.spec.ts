// Those who look after a Salon: the printed token, the accounts, and what everybody is told.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../support/test";
import { signUp } from "../support/people";
import { Salon } from "../support/server";

// The server goes before the pages do.
test.use({ forgive: /net::ERR_|WebSocket connection to .* failed/ });

test("whoever has the token looks after the Salon, and tells everybody", async ({ arrive }) => {
  const salon = await Salon.prepare();
  await salon.start();
  try {
    const [amina, bruno] = [await signUp(await arrive(salon.url), "amina"), await signUp(await arrive(salon.url), "bruno")];
    const { page } = amina;
    await page.goto("/settings");
    await expect(page.getByRole("link", { name: "Staff", exact: true })).toHaveCount(0);
    await page.goto("/staff/claim");
    await page.getByLabel("Token", { exact: true }).fill("not this one");
    await page.getByRole("button", { name: "Become staff", exact: true }).click();
    await expect(page.getByText("This is not the token that the server has printed last.")).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByLabel("Token", { exact: true }).fill(salon.staffToken());
    await page.getByRole("button", { name: "Become staff", exact: true }).click();
    await expect(page.getByText("You look after this Salon now.")).toBeVisible();

    await page.getByRole("link", { name: "Staff", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Staff", exact: true })).toBeVisible();
    const row = page.locator(".person").filter({ hasText: bruno.username });
    await row.getByRole("button", { name: "Give premium", exact: true }).click();
    await expect(row).toContainText("Premium ·");
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    // On every screen, wherever one is, until it is sent away.
    await bruno.page.goto("/friends");
    await expect(bruno.page.getByRole("heading", { level: 1 })).toBeVisible();
    await bruno.page.waitForFunction(() => (window as any).salonIsConnected);
    await page.getByLabel("Announcement", { exact: true }).fill("Tea is at five today.");
    await page.getByRole("button", { name: "Announce", exact: true }).click();
    await expect(page.getByText("Everyone who is here has been told.")).toBeVisible();
    const told = bruno.page.getByRole("status").filter({ hasText: "Tea is at five today." });
    await expect(told).toContainText(`${amina.username} tells everyone:`);
    expect((await new AxeBuilder({ page: bruno.page }).analyze()).violations).toEqual([]);
    await told.getByRole("button", { name: "Close", exact: true }).click();
    await expect(bruno.page.getByText("Tea is at five today.")).toHaveCount(0);
    await bruno.page.goto("/settings");
    await expect(bruno.page.getByText("You have the premium pass.")).toBeVisible();

    await row.getByRole("button", { name: "Make staff", exact: true }).click();
    await expect(row).toContainText("Staff ·");
    await bruno.page.goto("/staff");
    await expect(bruno.page.getByRole("heading", { level: 1, name: "Staff", exact: true })).toBeVisible();
  } finally {
    await salon.end();
  }
});
