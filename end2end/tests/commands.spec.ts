// What one has done by a word behind a slash: the list of commands, what becomes of each, and what is not sent.

import AxeBuilder from "@axe-core/playwright";
import { type Locator, type Page } from "@playwright/test";
import { expectOnce, meet, messages, say } from "../support/conversation";
import { circle, expectTold, goTo, lineOf, makeGroup } from "../support/groups";
import { type Person } from "../support/people";
import { alive, expect, expectNoSidewaysScroll, test } from "../support/test";

// What Chromium notes about a network that a test takes away.
test.use({ forgive: /net::ERR_|WebSocket connection to .* failed/ });

const box = (person: Person): Locator => person.page.getByLabel("Message", { exact: true });
const options = (person: Person): Locator =>
  person.page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");
const names = (person: Person): Locator => options(person).locator(".completion-name");
const help = (person: Person): Locator => person.page.getByRole("region", { name: "Commands", exact: true });
const said = (person: Person): Locator => person.page.locator(".message:not(.message--done)");
const refusal = (person: Person): Locator => person.page.locator(".composer").getByRole("alert");

/** Types `text` into the box, and sends it by Enter. */
async function order(person: Person, text: string): Promise<void> {
  await box(person).fill(text);
  await box(person).press("Enter");
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
}

/** Amina has the group Garden with Bruno before her, and Bruno too; Chloe is a friend who is not in it. */
async function garden(arrive: () => Promise<Page>): Promise<{ people: [Person, Person, Person]; group: string }> {
  const people = await circle(arrive);
  const [amina, bruno] = people;
  await goTo(amina, "/");
  const group = await makeGroup(amina, "Garden", [bruno]);
  await goTo(bruno, group);
  return { people, group };
}

test("a slash in an empty box lists what can be done here", async ({ arrive }) => {
  const { people: [amina, bruno] } = await garden(arrive);
  const { page } = amina;
  await box(amina).focus();
  await page.keyboard.type("/");
  await expect(names(amina)).toHaveText(["/me", "/shrug", "/poll", "/topic", "/invite", "/leave", "/mute", "/help"]);
  await expect(options(amina).nth(3)).toContainText("Says what this conversation is for.");
  await expect(box(amina)).toHaveAttribute("aria-activedescendant", (await options(amina).first().getAttribute("id"))!);
  await expectAccessible(page);

  await test.step("letters narrow it, and Enter completes", async () => {
    await page.keyboard.type("to");
    await expect(names(amina)).toHaveText(["/topic"]);
    await page.keyboard.press("Enter");
    await expect(box(amina)).toHaveValue("/topic ");
    await expect(options(amina)).toHaveCount(0);
    await expect(said(amina)).toHaveCount(0);
  });

  await test.step("Escape closes it", async () => {
    await box(amina).fill("");
    await page.keyboard.type("/");
    await expect(names(amina).first()).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(options(amina)).toHaveCount(0);
    await expect(box(amina)).toHaveValue("/");
  });

  await test.step("members may do less", async () => {
    await box(bruno).focus();
    await bruno.page.keyboard.type("/");
    await expect(names(bruno)).toHaveText(["/me", "/shrug", "/poll", "/leave", "/mute", "/help"]);
  });

  await test.step("nowhere but at the beginning", async () => {
    await box(bruno).fill("");
    await bruno.page.keyboard.type("either /");
    await expect(options(bruno)).toHaveCount(0);
  });
});

test("what somebody does is drawn with their name, on both screens and in the list", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await other.page.goto("/");
  await alive(other.page);
  await order(one, "/me waves at *everyone*");
  const sentence = `* ${one.username} waves at everyone`;
  await expect(said(one)).toHaveAttribute("data-state", "sent");
  await expect(said(one).locator(".message-body")).toHaveText(sentence);
  await expect(said(one)).toHaveAccessibleDescription(`${one.username} waves at everyone`);
  await expect(said(one).locator("em")).toHaveText("everyone");
  await expect(lineOf(one.page, other.username)).toContainText(sentence);
  const line = lineOf(other.page, one.username);
  await expect(line.locator(".conversation-preview")).toHaveText(sentence);

  await line.click();
  await expect(said(other).locator(".message-body")).toHaveText(sentence);
  await expectAccessible(other.page);

  await test.step("an answer quotes it so", async () => {
    await said(other).hover();
    await other.page.getByRole("toolbar").getByRole("button", { name: "Reply", exact: true }).click();
    await order(other, "/me waves back");
    await expect(said(one).last().locator(".message-body")).toHaveText(`* ${other.username} waves back`);
    await expect(said(one).last().locator(".message-answered-text")).toHaveText(sentence);
  });

  await test.step("edited, it is what was typed", async () => {
    await box(one).press("ArrowUp");
    await expect(box(one)).toHaveValue("/me waves at *everyone*");
    await order(one, "/foo is text here");
    await expect(said(other).first().locator(".message-body")).toHaveText("/foo is text here");
  });
});

test("a shrug is shown whole", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await order(one, "/shrug no _idea");
  await expect(said(other).locator(".message-body")).toHaveText("no _idea ¯\\_(ツ)_/¯");
  // Whole in the list, it is left to Enter.
  await box(one).focus();
  await page.keyboard.type("/shrug");
  await expect(options(one)).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(said(other).last().locator(".message-body")).toHaveText("¯\\_(ツ)_/¯");
});

test("a topic is set, and people are brought in, from the box", async ({ arrive }) => {
  const { people: [amina, bruno, chloe], group } = await garden(arrive);
  await order(amina, "/topic Apples, mostly");
  await expect(box(amina)).toHaveValue("");
  await expect(box(amina)).toBeFocused();
  await expect(amina.page.locator(".composer .field-hint")).toHaveText("The topic is set.");
  await expectTold(bruno, `${amina.username} changed the topic: “Apples, mostly”.`);
  await expect(bruno.page.locator(".conversation-topic")).toHaveText("Apples, mostly");
  await expect(said(bruno)).toHaveCount(0);

  await box(amina).focus();
  await amina.page.keyboard.type("/inv");
  await amina.page.keyboard.press("Tab");
  await expect(box(amina)).toHaveValue("/invite ");
  await expect(amina.page.locator(".composer .field-hint")).toHaveCount(0);
  await amina.page.keyboard.type(`@${chloe.username.slice(0, 5)}`);
  await expect(options(amina).filter({ hasText: `@${chloe.username}` })).toBeVisible();
  await amina.page.keyboard.press("Enter");
  await expect(box(amina)).toHaveValue(`/invite @${chloe.username} `);
  await amina.page.keyboard.press("Enter");
  await expectTold(bruno, `${amina.username} added ${chloe.username}.`);
  await expect(amina.page).toHaveURL(group);

  await test.step("who is no friend is not, and the text stays", async () => {
    await order(amina, "/invite @nobody.at.all");
    await expect(refusal(amina)).toBeVisible();
    await expect(box(amina)).toHaveValue("/invite @nobody.at.all");
  });

  await test.step("without a name, and to leave, one is led to the page that asks", async () => {
    await order(amina, "/invite");
    await expect(amina.page).toHaveURL(`${group}/people`);
    await goTo(amina, group);
    await expect(box(amina)).toHaveValue("");
    await order(bruno, "/leave");
    await expect(bruno.page).toHaveURL(`${group}/settings`);
    await expect(bruno.page.locator("summary").filter({ hasText: "Leave group" })).toBeVisible();
  });
});

test("a conversation is muted, and muted no more", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  const told = page.locator(".composer .field-hint");
  const line = lineOf(page, other.username);
  await order(one, "/mute");
  await expect(told).toHaveText("Muted until you unmute it.");
  await expect(page.locator("#announcer")).toContainText("Muted until you unmute it.");
  await expect(line).toHaveAccessibleName(/muted/);
  await order(one, "/mute");
  await expect(told).toHaveText("Not muted.");
  await expect(line).not.toHaveAccessibleName(/muted/);
});

test("what is no command is kept, and said with two slashes", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await order(one, "/foo bar");
  await expect(refusal(one)).toHaveText("There is no command /foo. To say it anyway, write //foo.");
  await expect(box(one)).toHaveValue("/foo bar");
  await expect(box(one)).toHaveAttribute("aria-invalid", "true");
  await order(one, "/topic Apples");
  await expect(refusal(one)).toHaveText("/topic does nothing here. To say it anyway, write //topic.");
  await expect(said(one)).toHaveCount(0);

  for (const [typed, shown] of [
    ["//foo bar", "/foo bar"],
    ["//me waves", "/me waves"],
    ["/etc/passwd is a file", "/etc/passwd is a file"],
  ]) {
    await order(one, typed);
    await expect(refusal(one)).toHaveCount(0);
    await expectOnce(one, shown);
    await expect(messages(other, shown).locator(".message-body")).toHaveText(shown);
  }
});

test("help explains in place, and gives the keyboard back", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await page.setViewportSize({ width: 360, height: 640 });
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await order(one, "/help");
    await expect(help(one)).toBeFocused();
    await expect(help(one).locator("dt")).toHaveText([/^\/me/, /^\/shrug/, /^\/poll/, "/mute", "/help"]);
    await expect(box(one)).toHaveValue("");
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(help(one)).toHaveCount(0);
    await expect(box(one)).toBeFocused();
  }

  await order(one, "/help");
  await help(one).getByRole("button", { name: "Close", exact: true }).click();
  await expect(help(one)).toHaveCount(0);
  await expect(box(one)).toBeFocused();
  await say(one, "only this");
  await expectOnce(other, "only this");
  await expect(said(other)).toHaveCount(1);
});

test("without a connection what would be done stays, and what is said goes later", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await page.context().setOffline(true);
  await order(one, "/mute");
  await expect(refusal(one)).toBeVisible();
  await expect(box(one)).toHaveValue("/mute");
  await order(one, "/me comes back");
  await expect(said(one).locator(".message-body")).toHaveText(`* ${one.username} comes back`);
  await page.context().setOffline(false);
  await expect(said(other).locator(".message-body")).toHaveText(`* ${one.username} comes back`);
});
