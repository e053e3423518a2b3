// Strangers who write: their message waits, is read, and is accepted or declined.

import { bodies, say } from "../support/conversation";
import { signUp } from "../support/people";
import { alive, expect, test } from "../support/test";
import { type Page } from "@playwright/test";

async function takesRequests(page: Page): Promise<void> {
  await page.goto("/settings/privacy");
  await alive(page);
  await page.getByLabel("Who may write to you").selectOption({ label: "Everyone, strangers as a request" });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
}

test("a stranger's message waits until it is accepted", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const dana = await signUp(await arrive(), "dana");
  await takesRequests(amina.page);
  await amina.page.goto("/");
  await alive(amina.page);

  await dana.page.getByRole("link", { name: "Friends", exact: true }).click();
  await dana.page.getByRole("link", { name: "Write to somebody" }).click();
  await dana.page.getByLabel("Username or email").fill(amina.username);
  await dana.page.getByRole("button", { name: "Write" }).click();
  await expect(dana.page).toHaveURL(/\/c\//);
  await say(dana, "Good evening");

  // It appears by itself, and counts as nothing.
  const waiting = amina.page.locator(".requests").filter({ hasText: "Message requests" });
  await expect(waiting).toContainText("Good evening");
  await expect(amina.page).not.toHaveTitle(/\(\d/);
  await waiting.getByRole("link").click();
  await expect(amina.page.getByText("wants to write to you")).toBeVisible();
  await expect(amina.page.getByRole("textbox", { name: "Message", exact: true })).toHaveCount(0);
  await amina.page.getByRole("button", { name: "Accept" }).click();
  await say(amina, "Good evening to you");
  await expect(bodies(dana)).toHaveText(["Good evening", "Good evening to you"]);
  await expect(waiting).toHaveCount(0);
});

test("whoever is declined is told nothing", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const dana = await signUp(await arrive(), "dana");
  await takesRequests(amina.page);
  await dana.page.goto("/write");
  await alive(dana.page);
  await dana.page.getByLabel("Username or email").fill(amina.username);
  await dana.page.getByRole("button", { name: "Write" }).click();
  await expect(dana.page).toHaveURL(/\/c\//);
  await say(dana, "Good evening");
  await amina.page.goto("/");
  await alive(amina.page);
  await amina.page.locator(".requests").getByRole("link").click();
  await amina.page.getByRole("button", { name: "Decline" }).click();
  await expect(amina.page).toHaveURL("/");
  await expect(amina.page.locator(".requests")).toHaveCount(0);
  await dana.page.reload();
  await expect(dana.page.locator(".composer-closed")).toBeVisible();
  await expect(dana.page.getByText("declined")).toHaveCount(0);
});
