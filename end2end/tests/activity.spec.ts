// What others did that concerns one: it comes by itself, is counted beside the way there, and leads to where it was.

import AxeBuilder from "@axe-core/playwright";
import { type Locator, type Page } from "@playwright/test";
import { expectOnce, meet, messages, say } from "../support/conversation";
import { circle, goTo, makeGroup } from "../support/groups";
import { askToBeFriends, signUp, type Person } from "../support/people";
import { alive, expect, expectNoSidewaysScroll, test } from "../support/test";

const rail = (page: Page): Locator => page.getByRole("navigation", { name: "Salon", exact: true });
const link = (page: Page): Locator => rail(page).getByRole("link", { name: /^Activity/ });
const count = (page: Page): Locator => link(page).locator(".conversation-unread");
const lines = (page: Page): Locator => page.locator(".activity-link");
const line = (page: Page, told: string): Locator => lines(page).filter({ hasText: told });

/** Looks at everything that is new by now. */
async function hasLooked(person: Person): Promise<void> {
  await goTo(person, "/activity");
  await expect(count(person.page)).toHaveCount(0);
}

async function react(person: Person, text: string, emoji: string): Promise<void> {
  await messages(person, text).first().hover();
  const actions = person.page.getByRole("toolbar");
  await actions.getByRole("button", { name: "React" }).click();
  await actions.getByRole("button", { name: emoji }).click();
}

async function answer(person: Person, text: string, reply: string): Promise<void> {
  await messages(person, text).first().hover();
  await person.page.getByRole("toolbar").getByRole("button", { name: "Reply", exact: true }).click();
  await say(person, reply);
  await expectOnce(person, reply);
}

test("a mention, an answer and a reaction are counted as they come, and each leads to its message", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  await goTo(amina, "/");
  const group = await makeGroup(amina, "Garden", [bruno, chloe]);
  await say(amina, "Tea at five");
  await expectOnce(amina, "Tea at five");
  await hasLooked(amina);
  await goTo(amina, "/friends");

  await goTo(bruno, group);
  await say(bruno, `Come, @${amina.username}!`);
  await expect(count(amina.page)).toHaveText("1");
  await expect(link(amina.page)).toHaveAccessibleName(/Activity\s?, 1 new/);
  await answer(bruno, "Tea at five", "I bring cake");
  await expect(count(amina.page)).toHaveText("2");
  await goTo(chloe, group);
  await react(chloe, "Tea at five", "🎉");
  await expect(count(amina.page)).toHaveText("3");

  await test.step("the newest stands first, and opening the page says that one has looked", async () => {
    await link(amina.page).click();
    await expect(amina.page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
    await expect(lines(amina.page).nth(0)).toContainText(`${chloe.username} reacted 🎉 to what you said`);
    await expect(lines(amina.page).nth(0)).toContainText("Tea at five");
    await expect(lines(amina.page).nth(1)).toContainText(`${bruno.username} answered you`);
    await expect(lines(amina.page).nth(1)).toContainText("I bring cake");
    await expect(lines(amina.page).nth(2)).toContainText(`${bruno.username} mentioned you`);
    await expect(lines(amina.page).nth(2)).toContainText("Garden");
    await expect(count(amina.page)).toHaveCount(0);
    // What was new when one came stays marked as long as one is there.
    await expect(amina.page.locator(".activity-link[data-new]")).toHaveCount(3);
    await expect(amina.page.getByRole("button", { name: "Mark as read" })).toHaveCount(0);
    const { violations } = await new AxeBuilder({ page: amina.page }).analyze();
    expect(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
  });

  await test.step("it fits on the narrowest screen", async () => {
    const size = amina.page.viewportSize()!;
    await amina.page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScroll(amina.page);
    await expect(link(amina.page)).toBeVisible();
    await amina.page.setViewportSize(size);
  });

  await test.step("a line leads to the message", async () => {
    await line(amina.page, "I bring cake").click();
    await expect(messages(amina, "I bring cake")).toHaveAttribute("aria-current", "true");
    await goTo(amina, "/activity");
    await expect(lines(amina.page)).toHaveCount(3);
    await expect(amina.page.locator(".activity-link[data-new]")).toHaveCount(0);
  });
});

test("what happens while the page is open appears on it, and goes when it is taken back", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "Look at this");
  await expectOnce(other, "Look at this");
  await hasLooked(one);
  const before = await lines(one.page).count();

  await react(other, "Look at this", "👍");
  await expect(lines(one.page).first()).toContainText(`${other.username} reacted 👍 to what you said`);
  await expect(lines(one.page).first()).toHaveAttribute("data-new", "");
  await expect(count(one.page)).toHaveCount(0);
  await other.page.locator(".reactions").getByRole("button", { name: "👍" }).click();
  await expect(lines(one.page)).toHaveCount(before);
});

test("all tabs count alike, and a request to be friends counts too", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  const second = { ...bruno, page: await bruno.page.context().newPage() };
  await goTo(second, "/settings");
  await askToBeFriends(amina, bruno);
  for (const screen of [bruno, second]) await expect(count(screen.page)).toHaveText("1");

  await link(bruno.page).click();
  await expect(line(bruno.page, "asks to be friends")).toHaveAttribute("href", "/friends");
  for (const screen of [bruno, second]) await expect(count(screen.page)).toHaveCount(0);
  await alive(second.page);
});

test("what was read where it was said is not new", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await hasLooked(one);
  await goTo(one, "/friends");
  await say(other, `Are you there, @${one.username}?`);
  await expect(count(one.page)).toHaveText("1");
  await one.page.locator(".conversation-link").filter({ hasText: other.username }).click();
  await expect(messages(one, "Are you there")).toBeVisible();
  await expect(count(one.page)).toHaveCount(0);
});
