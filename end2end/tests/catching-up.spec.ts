// What is unread and why, and being done with all of it at once.

import AxeBuilder from "@axe-core/playwright";
import { openConversation, say } from "../support/conversation";
import { circle, goTo, lineOf, makeGroup } from "../support/groups";
import { type Person } from "../support/people";
import { alive, expect, expectNoSidewaysScroll, test } from "../support/test";

const toast = (person: Person) => person.page.locator(".toast").filter({ hasText: "Everything is marked as read." });

test("every number is explained, and all of them go and come back at once", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  const { page } = amina;
  const group = await makeGroup(amina, "Garden", [bruno, chloe]);
  await goTo(amina, "/");
  await goTo(chloe, group);
  await say(chloe, "Who waters today?");
  await openConversation(bruno, amina);
  await say(bruno, "Are you there?");
  await say(bruno, "Hello?");
  const number = (name: string) => lineOf(page, name).locator(".conversation-unread");
  await expect(number("Garden")).toHaveText("1");
  await expect(number(bruno.username)).toHaveText("2");

  await test.step("the page tells what is unread, and leads to it", async () => {
    await page.getByRole("link", { name: "Unread", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Unread" })).toBeFocused();
    await expect(page.locator(".unread-name a")).toHaveText([bruno.username, "Garden"]);
    await expect(page.locator(".unread-text")).toHaveText(["Are you there?", "Hello?", "Who waters today?"]);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  await test.step("Shift and Escape, and what it did is undone", async () => {
    await page.keyboard.press("Shift+Escape");
    await expect(toast(amina)).toBeVisible();
    await expect(number("Garden")).toHaveCount(0);
    await expect(number(bruno.username)).toHaveCount(0);
    await expect(page).toHaveTitle(/^Unread/);
    await toast(amina).getByRole("button", { name: "Undo" }).click();
    await expect(number("Garden")).toHaveText("1");
    await expect(number(bruno.username)).toHaveText("2");
    await expect(toast(amina)).toHaveCount(0);
  });

  await test.step("the button does the same, and all tabs agree", async () => {
    const other = await page.context().newPage();
    await other.goto("/friends");
    await alive(other);
    await expect(lineOf(other, "Garden").locator(".conversation-unread")).toHaveText("1");
    await page.getByRole("button", { name: "Mark all as read" }).click();
    await expect(page.getByText("You marked", { exact: false })).toBeVisible();
    await expect(lineOf(other, "Garden").locator(".conversation-unread")).toHaveCount(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.locator(".unread-name a")).toHaveText([bruno.username, "Garden"]);
    await expect(lineOf(other, "Garden").locator(".conversation-unread")).toHaveText("1");
    await page.locator(".unread-place").filter({ hasText: "Garden" }).getByRole("button", { name: "Mark as read" }).click();
    await expect(page.locator(".unread-name a")).toHaveText([bruno.username]);
    await page.locator(".unread-line").first().click();
    await expect(page.locator(".message[aria-current=true]")).toContainText("Are you there?");
  });
});
