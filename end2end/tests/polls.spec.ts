// Polls: asked beside the box, answered by everybody, counted live.

import AxeBuilder from "@axe-core/playwright";
import { meet } from "../support/conversation";
import { alive, expect, test } from "../support/test";

test("a poll is asked, answered, changed and closed, live for both", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await page.getByLabel("Message", { exact: true }).fill("Tea or coffee?");
  await page.getByRole("link", { name: "New poll", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "New poll", exact: true })).toBeVisible();
  const question = page.getByLabel("Question", { exact: true });
  await expect(question).toHaveValue("Tea or coffee?");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  // Boxes come as they are needed.
  await expect(page.getByLabel("Answer 4", { exact: true })).toBeHidden();
  await page.getByLabel("Answer 1", { exact: true }).fill("Tea");
  await page.getByRole("button", { name: "Post poll", exact: true }).click();
  await expect(page.getByText("Give at least two answers.")).toBeVisible();
  await page.getByLabel("Answer 2", { exact: true }).fill("Coffee");
  await page.getByLabel("Answer 3", { exact: true }).fill("Water");
  await expect(page.getByLabel("Answer 4", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Post poll", exact: true }).click();
  await alive(page);
  await expect(page.getByLabel("Message", { exact: true })).toHaveValue("");

  const [mine, theirs] = [one, other].map((person) => person.page.locator(".poll"));
  const answer = (poll: typeof mine, text: string) => poll.getByRole("button", { name: text });
  await answer(theirs, "Coffee").click();
  await expect(answer(theirs, "Coffee")).toHaveAttribute("aria-pressed", "true");
  await expect(answer(mine, "Coffee")).toContainText("100%");
  await expect(answer(mine, "Coffee")).toHaveAttribute("aria-pressed", "false");

  // Whoever is choosing keeps their place while others vote.
  await answer(mine, "Tea").focus();
  await page.keyboard.press("ArrowDown");
  await expect(answer(mine, "Coffee")).toBeFocused();
  await answer(theirs, "Tea").click();
  await expect(answer(mine, "Tea")).toContainText("100%");
  await expect(answer(mine, "Coffee")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(answer(mine, "Coffee")).toHaveAttribute("aria-pressed", "true");
  await expect(answer(mine, "Coffee")).toBeFocused();
  await expect(mine).toContainText("2 people voted");
  await page.keyboard.press("Enter");
  await expect(answer(mine, "Coffee")).toHaveAttribute("aria-pressed", "false");
  await expect(theirs).toContainText("1 person voted");
  expect((await new AxeBuilder({ page }).include(".poll").analyze()).violations).toEqual([]);

  await expect(theirs.getByRole("button", { name: "Close poll" })).toHaveCount(0);
  await mine.getByRole("button", { name: "Close poll", exact: true }).click();
  await expect(mine).toContainText("Closed");
  await expect(theirs).toContainText("Closed");
  await expect(answer(theirs, "Tea")).toHaveAttribute("aria-disabled", "true");

  await mine.getByRole("link", { name: "Votes", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Votes", exact: true })).toBeVisible();
  await expect(page.locator(".person")).toContainText(other.username);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test("/poll leads to the page, with what stands behind it", async ({ page, arrive }) => {
  await meet(page, await arrive());
  const box = page.getByLabel("Message", { exact: true });
  await box.fill("/poll Where to?");
  await box.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "New poll", exact: true })).toBeVisible();
  await expect(page.getByLabel("Question", { exact: true })).toHaveValue("Where to?");
});

test("on a narrow screen the ways on stand behind one button, and a poll has room", async ({ page, arrive }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await meet(page, await arrive());
  await expect(page.getByRole("link", { name: "New poll", exact: true })).toBeHidden();
  await page.locator(".composer-more > summary").click();
  await page.getByRole("link", { name: "New poll", exact: true }).click();
  await page.getByLabel("Question", { exact: true }).fill("Which of these?");
  await page.getByLabel("Answer 1", { exact: true }).fill("One that is rather long, and goes on for a while");
  await page.getByLabel("Answer 2", { exact: true }).fill("Another");
  await page.getByRole("button", { name: "Post poll", exact: true }).click();
  await alive(page);
  const first = page.locator(".poll-answer").first();
  const before = await first.boundingBox();
  await first.click();
  await expect(first).toHaveAttribute("aria-pressed", "true");
  // While the news of its delivery comes in the message is drawn once more.
  await expect.poll(() => first.boundingBox()).toEqual(before);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
