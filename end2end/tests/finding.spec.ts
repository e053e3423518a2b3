// Finding one's way: the quick switcher, the keys through the list, and what one chooses for a conversation.

import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { expectOnce, openConversation, say } from "../support/conversation";
import { circle, goTo, lineOf, makeGroup } from "../support/groups";
import { befriend, signUp, type Person } from "../support/people";
import { alive, expect, expectNoSidewaysScroll, test } from "../support/test";

const switcher = (page: Page) => page.getByRole("dialog", { name: "Find" });
const box = (page: Page) => page.getByRole("combobox", { name: "A conversation, a space or a friend" });
const options = (page: Page) => switcher(page).getByRole("option");
const chosen = (page: Page) => switcher(page).getByRole("option", { selected: true });

/** Opens the switcher; what there is to choose has been read. */
async function find(page: Page): Promise<void> {
  const read = page.waitForResponse((response) => response.url().includes("/read/places"));
  await page.keyboard.press("Control+k");
  await expect(box(page)).toBeFocused();
  await read;
}

test("the keyboard alone leads anywhere, also out of a half-written message", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  const { page } = amina;
  const group = await makeGroup(amina, "Jardin d’été", [bruno]);
  await openConversation(amina, bruno);

  await test.step("while one writes: type, Enter, and the draft stays where it was", async () => {
    await page.getByLabel("Message").fill("Half a tho");
    await find(page);
    await page.keyboard.type("ETE");
    await expect(options(page)).toHaveCount(1);
    await expect(chosen(page)).toContainText("Jardin d’été");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`${group}$`));
    await expect(switcher(page)).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1, name: "Jardin d’été" })).toBeFocused();
    await expect(lineOf(page, bruno.username)).toContainText("Half a tho");
  });

  await test.step("without a text the last active stand there, and the arrows go round", async () => {
    await find(page);
    await expect(options(page).first()).toContainText(bruno.username);
    await expect(box(page)).toHaveAttribute("aria-activedescendant", (await chosen(page).getAttribute("id"))!);
    await page.keyboard.press("End");
    await expect(options(page).last()).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("ArrowDown");
    await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Home");
    await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
    await expect(box(page)).toHaveAttribute("aria-activedescendant", (await chosen(page).getAttribute("id"))!);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
  });

  await test.step("Esc gives the keyboard back", async () => {
    await page.keyboard.press("Escape");
    await page.getByLabel("Message").focus();
    await find(page);
    await page.keyboard.type("nobody of this name");
    await expect(options(page)).toHaveCount(0);
    await expect(page.getByText("Nothing here has this name.")).toBeVisible();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await expect(switcher(page)).toHaveCount(0);
    await expect(page.getByLabel("Message")).toBeFocused();
  });

  await test.step("a friend without a talk gets one", async () => {
    await find(page);
    await page.keyboard.type(`@${chloe.username}`);
    await expect(options(page)).toHaveCount(1);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(chloe.username);
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect(switcher(page)).toHaveCount(0);
    await say(amina, "Hello");
    await expectOnce(amina, "Hello");
  });

  await test.step("Alt and the arrows go through the list", async () => {
    await page.keyboard.press("Alt+ArrowDown");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(bruno.username);
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await page.keyboard.press("Alt+ArrowUp");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(chloe.username);
    await openConversation(bruno, amina);
    await say(bruno, "Are you there?");
    await expect(lineOf(page, bruno.username).locator(".conversation-unread")).toHaveText("1");
    await page.keyboard.press("Alt+Shift+ArrowUp");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(bruno.username);
    await expectOnce(amina, "Are you there?");
    await expect(page.getByLabel("Message")).toHaveValue("Half a tho");
  });
});

test("the list has a way in for fingers, and a space is found too", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const { page } = amina;
  await goTo(amina, "/spaces/new");
  await page.getByLabel("Space name").fill("Garden house");
  await page.getByRole("button", { name: "Create space" }).click();
  await expect(page).toHaveURL(/\/s\/\d+$/);
  await page.setViewportSize({ width: 360, height: 740 });
  await goTo(amina, "/");
  await page.getByRole("link", { name: "Find" }).click();
  await expect(box(page)).toBeFocused();
  await page.keyboard.type("garden");
  // Its one channel is found by the name of the space, which comes first.
  await expect(options(page)).toHaveCount(2);
  await expectNoSidewaysScroll(page);
  await options(page).first().click();
  await expect(page).toHaveURL(/\/s\/\d+$/);
  await expect(switcher(page)).toHaveCount(0);
});

/** A friend of the first, with the talk of the two open at the other end. */
async function friendOf(person: Person, page: Page, name: string): Promise<Person> {
  const friend = await signUp(page, name);
  await befriend(friend, person);
  await openConversation(friend, person);
  return friend;
}

test("what is muted is quiet on every tab, and what is pinned stands first", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const [bruno, chloe] = [await friendOf(amina, await arrive(), "bruno"), await friendOf(amina, await arrive(), "chloe")];
  const { page } = amina;
  const tab = await page.context().newPage();
  await tab.goto("/friends");
  await alive(tab);
  const lines = page.locator(".conversation-list .conversation-link").filter({ hasNotText: "general" });
  const named = (friend: Person) => tab.getByRole("link", { name: new RegExp(`${friend.username}\\s?, muted`) });

  await openConversation(amina, bruno);
  await page.getByRole("link", { name: "Notifications" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Notifications" })).toBeFocused();
  await expect(page.getByText("Not muted.")).toBeVisible();

  await test.step("muted for an hour", async () => {
    await page.getByRole("button", { name: "Mute for 1 hour" }).click();
    await expect(page.getByText(/^Muted until /)).toBeFocused();
    await expect(named(bruno)).toBeVisible();
    await say(bruno, "Psst");
    await expect(named(bruno).locator(".conversation-preview")).toHaveText("Psst");
    await expect(named(bruno).locator(".conversation-unread")).toHaveCount(0);
    await expect(tab).toHaveTitle("Friends · Salon");
    await say(chloe, "Hello");
    await expect(tab).toHaveTitle("(1) Friends · Salon");
  });

  await test.step("heard again", async () => {
    await page.getByRole("button", { name: "Unmute", exact: true }).click();
    await expect(page.getByText("Not muted.")).toBeFocused();
    await expect(tab).toHaveTitle("(2) Friends · Salon");
    await expect(named(bruno)).toHaveCount(0);
  });

  await test.step("in bold letters, and in no number", async () => {
    await page.getByLabel("Shown as unread").selectOption("Mentions");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeFocused();
    await alive(page);
    await expect(page.getByLabel("Shown as unread")).toHaveValue("mentions");
    await expect(tab).toHaveTitle("(1) Friends · Salon");
    const line = tab.getByRole("link", { name: new RegExp(`${bruno.username}\\s?, unread`) });
    await expect(line).toHaveClass(/conversation-link--unread/);
  });

  await test.step("pinned, it stands first", async () => {
    await expect(lines.first()).toContainText(chloe.username);
    await page.getByRole("button", { name: "Pin", exact: true }).click();
    await expect(page.getByText("stands first in the list")).toBeFocused();
    await expect(lines.first()).toContainText(bruno.username);
    await say(chloe, "Still there?");
    await expect(lines.nth(1)).toContainText("Still there?");
    await expect(lines.first()).toHaveAccessibleName(new RegExp(`${bruno.username}.*, pinned`));
  });

  await test.step("hidden, it is gone until something new is said", async () => {
    await page.getByRole("button", { name: "Hide", exact: true }).click();
    await expect(page.getByText("Hidden from the list.")).toBeFocused();
    await expect(lineOf(tab, bruno.username)).toHaveCount(0);
    await find(tab);
    await tab.keyboard.type(bruno.username);
    await expect(options(tab)).toHaveCount(1);
    await tab.keyboard.press("Escape");
    await say(bruno, "Hello again");
    await expect(lineOf(tab, bruno.username)).toContainText("Hello again");
    await expect(page.getByText("neither pinned nor hidden")).toBeVisible();
  });
});

test("the pages about it can be read by everybody, on any screen", async ({ arrive }) => {
  const [amina, bruno] = await circle(arrive);
  const group = await makeGroup(amina, "A group with a name that is too long for any list on any telephone at all", [bruno]);
  const { page } = amina;
  for (const size of [{ width: 360, height: 740 }, { width: 1440, height: 900 }]) {
    await page.setViewportSize(size);
    for (const path of [`${group}/notifications`, "/find", "/find?q=nobody", group]) {
      await goTo(amina, path);
      await expectNoSidewaysScroll(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((violation) => `${path}: ${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
    }
  }
});
