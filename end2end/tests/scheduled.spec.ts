// Sending later: begun in the box, sent at its time.

import AxeBuilder from "@axe-core/playwright";
import { expectOnce, meet, messages } from "../support/conversation";
import { alive, expect, test } from "../support/test";

test("what is begun in the box is scheduled, edited, and sent at once", async ({ page, arrive }) => {
  const { other } = await meet(page, await arrive());
  await page.getByLabel("Message", { exact: true }).fill("Happy birthday");
  await page.getByRole("link", { name: "Send later", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Send later", exact: true })).toBeVisible();
  const text = page.getByLabel("Message", { exact: true });
  await expect(text).toHaveValue("Happy birthday");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("radio", { name: /^Next Monday at 9:00 \(/ }).check();
  await page.getByRole("button", { name: "Schedule", exact: true }).click();

  await expect(page).toHaveURL("/scheduled");
  const kept = page.locator(".kept");
  await expect(kept).toContainText("Happy birthday");
  await expect(kept.locator("time")).toHaveText(/, 09:00$/);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // It is no draft any more.
  await kept.getByRole("link", { name: other.username, exact: true }).click();
  await alive(page);
  await expect(page.getByLabel("Message", { exact: true })).toHaveValue("");
  await expect(messages(other, "Happy birthday")).toHaveCount(0);

  await page.goto("/scheduled");
  await alive(page);
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(text).toHaveValue("Happy birthday");
  await text.fill("Happy birthday, Bruno");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL("/scheduled");
  await expect(kept).toContainText("Happy birthday, Bruno");
  await expect(kept.locator("time")).toHaveText(/, 09:00$/);
  await page.getByRole("button", { name: "Send now", exact: true }).click();
  await expect(page.getByText("Nothing waits to be sent.")).toBeVisible();
  await expectOnce(other, "Happy birthday, Bruno");
});

test("what is due is sent by itself, and what is removed is not", async ({ page, arrive }) => {
  const { one, other, conversation } = await meet(page, await arrive());
  const schedule = (body: string, wait: number): Promise<number> =>
    one.page.evaluate(
      async ([conversation, body, wait]) => {
        const key = crypto.randomUUID().replaceAll("-", "");
        const fields = new URLSearchParams({ conversation, key, body, when: `@${Date.now() + Number(wait)}` });
        const headers = { accept: "application/json" };
        return (await fetch("/do/schedule_message", { method: "POST", body: fields, headers })).status;
      },
      [conversation, body, String(wait)],
    );
  expect(await schedule("Not after all", 3_600_000)).toBe(200);
  expect(await schedule("Right on time", 1_500)).toBe(200);
  await expectOnce(other, "Right on time");
  await expectOnce(one, "Right on time");

  await page.goto("/scheduled");
  await alive(page);
  await page.getByRole("link", { name: "Remove", exact: true }).click();
  await expect(page.locator(".quoted")).toContainText("Not after all");
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("Nothing waits to be sent.")).toBeVisible();
});
