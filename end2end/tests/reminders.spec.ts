// Being reminded of a message: asked for beside it, told under Activity.

import AxeBuilder from "@axe-core/playwright";
import { meet, messages, say } from "../support/conversation";
import { alive, expect, test } from "../support/test";

test("one asks to be reminded in one's own time zone, moves it, and lets go of it", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(other, "Water the plants");
  await messages(one, "Water the plants").hover();
  await page.getByRole("toolbar").getByRole("link", { name: "Remind me", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Remind me of this message", exact: true })).toBeVisible();
  // What only the browser knows.
  await expect(page.getByRole("radio", { name: /^Tomorrow at 9:00 \(/ })).toBeVisible();
  await expect(page.getByRole("radio", { name: /^Next Monday at 9:00 \(/ })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("button", { name: "Set reminder", exact: true }).click();
  await expect(page.getByText("Choose when.", { exact: true })).toBeVisible();

  await page.getByRole("radio", { name: /^Tomorrow at 9:00 \(/ }).check();
  await page.getByLabel("Note (optional)", { exact: true }).fill("the ones upstairs");
  await page.getByRole("button", { name: "Set reminder", exact: true }).click();
  await expect(page).toHaveURL(/\/c\/\d+\/m\/\d+$/);

  await page.goto("/reminders");
  await alive(page);
  const kept = page.locator(".kept");
  await expect(kept).toContainText("the ones upstairs");
  await expect(kept.locator("time").first()).toHaveText(/, 09:00$/);
  await kept.getByRole("link", { name: "Change", exact: true }).click();

  // A time of one's own is meant as the clock on the wall shows it.
  const local = await page.evaluate(() => {
    const then = new Date(Date.now() + 50 * 3_600_000);
    const two = (number: number): string => String(number).padStart(2, "0");
    return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}T17:45`;
  });
  await page.getByLabel("Day and time", { exact: true }).fill(local);
  await expect(page.getByRole("radio", { name: "At another time", exact: true })).toBeChecked();
  await page.getByRole("button", { name: "Set reminder", exact: true }).click();
  await expect(page).toHaveURL(/\/c\/\d+\/m\/\d+$/);
  await page.goto("/reminders");
  await alive(page);
  await expect(kept.locator("time").first()).toHaveText(/, 17:45$/);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("No reminder waits.")).toBeVisible();
});

test("what is due comes up under Activity by itself", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(other, "The oven");
  await expect(messages(one, "The oven")).toBeVisible();
  const path = await messages(one, "The oven").locator(".message-link").getAttribute("href");
  const [, conversation, message] = /\/c\/(\d+)\/m\/(\d+)/.exec(path ?? "") ?? [];
  // Nobody waits for twenty minutes here.
  const status = await page.evaluate(
    async ([conversation, message]) => {
      const body = new URLSearchParams({ conversation, message, when: `@${Date.now() + 1_500}` });
      return (await fetch("/do/set_reminder", { method: "POST", body, headers: { accept: "application/json" } })).status;
    },
    [conversation, message],
  );
  expect(status).toBe(200);
  await expect(page.getByRole("link", { name: /^Activity\s?, \d+ new$/ })).toBeVisible();
  await page.getByRole("link", { name: /^Activity/ }).click();
  await expect(page.locator(".activity-link").filter({ hasText: "Reminder of what" })).toContainText("The oven");
});
