// Drafts without JavaScript: the box comes with what was begun elsewhere, and sending it ends it.

import { expectOnce, meet, messages } from "../support/conversation";
import { expect, test } from "../support/test";

test("what was begun elsewhere stands in the box, and is sent from there", async ({ page, arrive }) => {
  const { one, other, conversation } = await meet(page, await arrive());
  // As a device with a script keeps it.
  const kept = await page.request.post("/do/save_draft", {
    form: { conversation, text: "Dear Bruno,\nwhat I </textarea>", writer: "a-device-with-a-script" },
    headers: { accept: "application/json", origin: new URL(page.url()).origin },
  });
  expect(kept.status()).toBe(200);

  await page.goto("/friends");
  const line = page.locator(".conversation-link").filter({ hasText: other.username });
  await expect(line.locator(".conversation-preview")).toHaveText(/^Draft:\s*Dear Bruno, what I <\/textarea>$/);
  await line.click();
  const box = page.getByLabel("Message", { exact: true });
  await expect(box).toHaveValue("Dear Bruno,\nwhat I </textarea>");

  await test.step("what is refused stays, and the draft too", async () => {
    await box.fill("x".repeat(8_001));
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page.locator(".field-error")).toBeVisible();
    await expect(box).toHaveValue("x".repeat(8_001));
    await page.goto(`/c/${conversation}`);
    await expect(box).toHaveValue("Dear Bruno,\nwhat I </textarea>");
  });

  await box.fill("Dear Bruno, at last");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expectOnce(one, "Dear Bruno, at last");
  await expect(box).toHaveValue("");
  await page.goto("/friends");
  await expect(line.locator(".conversation-draft")).toHaveCount(0);
  await other.page.goto(`/c/${conversation}`);
  await expect(messages(other, "Dear Bruno, at last")).toHaveCount(1);
});
