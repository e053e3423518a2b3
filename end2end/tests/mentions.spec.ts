// Turning to somebody: the list behind an `@`, what is told before a text goes, and how the one who is named sees it.

import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { expectOnce, messages, say } from "../support/conversation";
import { circle, goTo, lineOf, makeGroup } from "../support/groups";
import { type Person } from "../support/people";
import { alive, expect, test } from "../support/test";

const box = (page: Page) => page.getByLabel("Message");
const list = (page: Page) => page.getByRole("listbox", { name: "Suggestions" });
const options = (page: Page) => list(page).getByRole("option");
const chosen = (page: Page) => list(page).getByRole("option", { selected: true });

/** Amina has the group Garden with Bruno before her; Chloe is a friend who is not in it. */
async function garden(arrive: () => Promise<Page>): Promise<{ people: [Person, Person, Person]; group: string }> {
  const people = await circle(arrive);
  const [amina, bruno] = people;
  await goTo(amina, "/");
  const group = await makeGroup(amina, "Garden", [bruno]);
  await expect(box(amina.page)).toBeVisible();
  return { people, group };
}

test("a few letters and Enter name somebody, and send nothing", async ({ arrive }) => {
  const { people: [amina, bruno, chloe] } = await garden(arrive);
  const { page } = amina;
  await box(page).focus();
  await page.keyboard.type("Hello @");
  await expect(options(page).first()).toContainText(`@${bruno.username}`);
  await expect(options(page).last()).toContainText("@here");
  await expect(options(page).filter({ hasText: chloe.username })).toContainText("not in this conversation");
  await expect(box(page)).toHaveAttribute("aria-controls", (await list(page).getAttribute("id"))!);
  await expect(box(page)).toHaveAttribute("aria-activedescendant", (await chosen(page).getAttribute("id"))!);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);

  await test.step("the arrows go round", async () => {
    await page.keyboard.press("ArrowUp");
    await expect(options(page).last()).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("ArrowDown");
    await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
  });

  await test.step("Enter chooses, and can be taken back", async () => {
    await page.keyboard.press("Enter");
    await expect(box(page)).toHaveValue(`Hello @${bruno.username} `);
    await expect(list(page)).toBeHidden();
    await expect(page.locator(".message:not(.message--done)")).toHaveCount(0);
    await page.keyboard.press("Control+z");
    await expect(box(page)).toHaveValue("Hello @");
    await page.keyboard.press("End");
    await page.keyboard.type(bruno.username.slice(0, 3));
    await expect(options(page).first()).toContainText(`@${bruno.username}`);
    await page.keyboard.press("Tab");
    await expect(box(page)).toHaveValue(`Hello @${bruno.username} `);
    await expect(box(page)).toBeFocused();
  });

  await test.step("with nothing open Enter sends, and the name is drawn", async () => {
    await page.keyboard.press("Enter");
    await expectOnce(amina, `@${bruno.username}`);
    await expect(messages(amina, `@${bruno.username}`).locator(".mention")).toHaveText(`@${bruno.username}`);
    await expect(messages(amina, `@${bruno.username}`).locator(".mention--me")).toHaveCount(0);
  });
});

test("Esc closes the list and nothing else", async ({ arrive }) => {
  const { people: [amina] } = await garden(arrive);
  const { page } = amina;
  await say(amina, "First");
  await expectOnce(amina, "First");
  await box(page).press("ArrowUp");
  await expect(box(page)).toHaveValue("First");
  await page.keyboard.type(" @");
  await expect(options(page).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list(page)).toBeHidden();
  await expect(box(page)).toHaveValue("First @");
  await page.keyboard.press("Escape");
  await expect(box(page)).toHaveValue("");
});

test("one may leave while something is offered", async ({ arrive }) => {
  const { people: [amina], group } = await garden(arrive);
  const { page } = amina;
  await goTo(amina, "/friends");
  await lineOf(page, "Garden").click();
  await expect(page).toHaveURL(new RegExp(`${group}$`));
  for (const begun of ["@", "/", ":ta"]) {
    await box(page).fill("");
    await box(page).focus();
    await page.keyboard.type(begun);
    await expect(options(page).first()).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1, name: "Friends" })).toBeVisible();
    await page.goForward();
    await expect(box(page)).toBeVisible();
    await expect(options(page)).toHaveCount(0);
  }
});

test("who is named sees it in the list, in the title and in the message", async ({ arrive }) => {
  const { people: [amina, bruno], group } = await garden(arrive);
  await bruno.page.goto("/");
  await alive(bruno.page);
  await say(amina, "Nothing special");
  await say(amina, `Come, @${bruno.username.toUpperCase()}!`);
  const line = lineOf(bruno.page, "Garden");
  await expect(line).toHaveAccessibleName(/Garden\s?, 2 unread\s?, 1 mention/);
  await expect(line.locator(".conversation-unread")).toHaveAttribute("data-mentioned", "");
  await expect(bruno.page).toHaveTitle("(2) Home · Salon");

  await goTo(bruno, group);
  const said = messages(bruno, "Come");
  await expect(said).toHaveAttribute("data-mentions-me", "");
  await expect(said).toHaveAccessibleName(/mentions you/);
  await expect(said.locator(".mention--me")).toHaveText(`@${bruno.username.toUpperCase()}`);
  await expect(messages(bruno, "Nothing special")).not.toHaveAttribute("data-mentions-me", "");
});

test("before a text goes it is told who will not hear of it", async ({ arrive }) => {
  const { people: [amina, bruno, chloe] } = await garden(arrive);
  const { page } = amina;
  await box(page).fill(`@${chloe.username} and @${bruno.username}: `);
  const warning = page.getByText(`@${chloe.username} is not in this conversation and will not be told.`);
  await expect(warning).toBeVisible();
  await expect(page.locator(".composer").getByRole("link", { name: "Add people" })).toHaveAttribute("href", /\/people$/);
  await box(page).fill(`@${bruno.username}: `);
  await expect(warning).toHaveCount(0);
  // In code nobody is named.
  await box(page).fill(`\`@${chloe.username}\` `);
  await expect(page.locator(".composer-warnings")).toHaveText("");
});

test("codes become emoji, but not in code", async ({ arrive }) => {
  const { people: [amina] } = await garden(arrive);
  const { page } = amina;
  await box(page).focus();
  await page.keyboard.type("So :smil");
  await expect(options(page).first()).toBeVisible();
  await page.keyboard.type("e:");
  await expect(box(page)).toHaveValue("So 😄");
  await page.keyboard.type(" and `:smile:` and :tad");
  await expect(chosen(page)).toContainText(":tada:");
  await page.keyboard.press("Enter");
  await expect(box(page)).toHaveValue("So 😄 and `:smile:` and 🎉");
});
