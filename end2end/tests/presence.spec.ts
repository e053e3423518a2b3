// Who is here: seen by friends without a reload, and by nobody whom one did not choose.

import { type Page } from "@playwright/test";
import { befriend, rowOf, signUp } from "../support/people";
import { meet } from "../support/conversation";
import { Salon } from "../support/server";
import { alive, expect, test } from "../support/test";

/** What somebody sees of a friend in the list beside the page. */
function markIn(page: Page) {
  return page.locator(".conversation-link .mark");
}

async function sayOfOneself(page: Page, line: string, availability: string): Promise<void> {
  await page.goto("/settings");
  await alive(page);
  await page.getByLabel("Status").fill(line);
  await page.getByLabel("Availability").selectOption({ label: availability });
  await page.locator("form").filter({ has: page.getByLabel("Status") }).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
}

test("a friend is seen to come, to say something, not to be disturbed, and to go", async ({ arrive }) => {
  const { one, other } = await meet(await arrive(), await arrive());
  await expect(markIn(one.page)).toHaveText(", Online");
  await expect(one.page.locator(".conversation-header")).toContainText("Online");

  // Another tab, and the first one closed: still the same person, still here.
  const second = await other.page.context().newPage();
  await sayOfOneself(second, "Back on Monday", "Available");
  await expect(one.page.locator(".conversation-header")).toContainText("Back on Monday");
  await other.page.close();
  await sayOfOneself(second, "Back on Monday", "Do not disturb");
  await expect(markIn(one.page)).toHaveText(", Do not disturb");

  await one.page.goto("/friends");
  await expect(rowOf(one.page, other)).toContainText("Back on Monday");
  await one.page.getByRole("link", { name: "Here now" }).click();
  await expect(rowOf(one.page, other)).toBeVisible();
  await second.close();
  await expect(one.page.getByText("Nobody you know is connected at the moment.")).toBeVisible();
  await expect(markIn(one.page)).toHaveCount(0);
});

test("whoever is not to be seen sees nobody", async ({ arrive }) => {
  const { one, other } = await meet(await arrive(), await arrive());
  await expect(markIn(one.page)).toHaveText(", Online");
  await other.page.goto("/settings/privacy");
  await alive(other.page);
  await expect(markIn(other.page)).toHaveText(", Online");
  await other.page.getByLabel("Who sees when you are here").selectOption({ label: "Nobody" });
  await other.page.getByRole("button", { name: "Save" }).click();
  await expect(other.page.getByText("Saved.")).toBeVisible();
  await expect(markIn(one.page)).toHaveCount(0);
  await expect(markIn(other.page)).toHaveCount(0);
});

test.describe("at a server of its own", () => {
  // It ends before the pages do.
  test.use({ forgive: /net::ERR_|WebSocket connection to .* failed/ });

  test("whoever does nothing is idle, until they do something", async ({ arrive }) => {
    const salon = await Salon.prepare("\n[salon.presence]\nidle_seconds = 2\n");
    await salon.start();
    try {
      const amina = await signUp(await arrive(salon.url), "amina");
      const bruno = await signUp(await arrive(salon.url), "bruno");
      await befriend(amina, bruno);
      await amina.page.goto("/friends");
      const mark = rowOf(amina.page, bruno).locator(".mark");
      await expect(mark).toHaveText(", Idle");
      await bruno.page.keyboard.press("Shift");
      await expect(mark).toHaveText(", Online");
      await expect(mark).toHaveText(", Idle");
    } finally {
      await salon.end();
    }
  });
});
