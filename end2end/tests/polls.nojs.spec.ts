// Polls without JavaScript: asked, answered and closed by forms.

import { meet } from "../support/conversation";
import { expect, test } from "../support/test";

test("one asks by a form, votes by pressing an answer, and closes it", async ({ page, arrive }) => {
  const { other } = await meet(page, await arrive());
  await page.getByRole("link", { name: "New poll", exact: true }).click();
  await page.getByLabel("Question", { exact: true }).fill("Tea or coffee?");
  await page.getByLabel("Answer 1", { exact: true }).fill("Tea");
  await page.getByRole("button", { name: "Post poll", exact: true }).click();
  await expect(page.getByText("Give at least two answers.")).toBeVisible();
  await expect(page.getByLabel("Answer 1", { exact: true })).toHaveValue("Tea");
  await page.getByLabel("Answer 2", { exact: true }).fill("Coffee");
  await page.getByRole("button", { name: "Post poll", exact: true }).click();

  await other.page.reload();
  const theirs = other.page.locator(".poll");
  await theirs.getByRole("button", { name: "Coffee" }).click();
  await expect(theirs.getByRole("button", { name: "Coffee" })).toHaveAttribute("aria-pressed", "true");
  await expect(theirs).toContainText("1 person voted");
  await theirs.getByRole("button", { name: "Coffee" }).click();
  await expect(theirs).toContainText("0 people voted");

  await page.reload();
  await page.locator(".poll").getByRole("button", { name: "Close poll", exact: true }).click();
  await expect(page.locator(".poll")).toContainText("Closed");
});
