// Keeping order: deleting what others said, and slow mode.

import AxeBuilder from "@axe-core/playwright";
import { type Locator } from "@playwright/test";
import { expectOnce, messages, say } from "../support/conversation";
import { circle, expectTold, goTo, lineOf, makeGroup, save } from "../support/groups";
import { type Person } from "../support/people";
import { alive, expect, expectNoSidewaysScroll, test } from "../support/test";

const actions = (person: Person): Locator => person.page.getByRole("toolbar");

/** Chooses how long members wait between two messages. */
async function slowDown(person: Person, group: string, time: string): Promise<void> {
  await goTo(person, `${group}/settings`);
  await person.page.getByLabel("Time between two messages").selectOption(time);
  await save(person, "Time between two messages");
  await expect(person.page.getByText("Saved.")).toBeVisible();
}

test("an admin deletes what a member said, and everybody sees at once that it is gone", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  await goTo(amina, "/");
  const group = await makeGroup(amina, "Garden", [bruno, chloe]);
  await goTo(bruno, group);
  await say(bruno, "Good evening");
  await say(bruno, "Buy my seeds");
  await expectOnce(amina, "Buy my seeds");
  await goTo(chloe, "/");
  await expect(lineOf(chloe.page, "Garden")).toContainText("Buy my seeds");
  await expect(lineOf(chloe.page, "Garden").locator(".conversation-unread")).toHaveText("2");

  await test.step("the way there stands with the message, for whoever may", async () => {
    await messages(bruno, "Good evening").hover();
    await expect(actions(bruno).getByRole("button", { name: "Copy link" })).toBeVisible();
    await expect(actions(bruno).getByRole("link", { name: "Delete" })).toHaveCount(0);

    await messages(amina, "Buy my seeds").focus();
    await amina.page.keyboard.press("Enter");
    for (const name of ["React", "Reply", "Reply in thread", "Copy link", "Mark unread", "Forward", "Remind me", "Save", "Pin"]) {
      await expect(actions(amina).getByTitle(name, { exact: true })).toBeFocused();
      await amina.page.keyboard.press("Tab");
    }
    await expect(actions(amina).getByRole("link", { name: "Delete" })).toBeFocused();
    await amina.page.keyboard.press("Enter");
    await expect(amina.page.getByRole("heading", { level: 1, name: "Delete message" })).toBeVisible();
    await expect(amina.page.locator(".quoted")).toContainText("Buy my seeds");
  });

  await test.step("it is asked first", async () => {
    await amina.page.getByRole("link", { name: "Cancel" }).click();
    await expectOnce(amina, "Buy my seeds");
    await messages(amina, "Buy my seeds").hover();
    await actions(amina).getByRole("link", { name: "Delete" }).click();
    await amina.page.getByRole("button", { name: "Delete" }).click();
    await expect(amina.page).toHaveURL(new RegExp(`${group}/m/\\d+$`));
  });

  await test.step("what remains is that it was deleted, and by whom", async () => {
    await expect(amina.page.locator(".message[data-deleted]")).toContainText("Message deleted by you");
    for (const person of [bruno, chloe]) {
      if (person === chloe) {
        await expect(lineOf(chloe.page, "Garden")).toContainText("Good evening");
        await expect(lineOf(chloe.page, "Garden").locator(".conversation-unread")).toHaveText("1");
        await goTo(chloe, group);
      }
      await expect(person.page.locator(".message[data-deleted]")).toContainText(`Message deleted by ${amina.username}`);
      await expect(messages(person, "Buy my seeds")).toHaveCount(0);
      await expectOnce(person, "Good evening");
    }
    await amina.page.locator(".message[data-deleted]").hover();
    await expect(actions(amina).getByRole("button", { name: "Copy link" })).toBeVisible();
    await expect(actions(amina).getByRole("link", { name: "Delete" })).toHaveCount(0);
  });

  await test.step("a member who comes to the page is told that they may not", async () => {
    await say(amina, "Thank you");
    await expectOnce(bruno, "Thank you");
    const link = await messages(bruno, "Thank you").locator(".message-link").getAttribute("href");
    await goTo(bruno, `${link}/delete`);
    await expect(bruno.page.getByText("You may not do this here.")).toBeVisible();
  });
});

test("in slow mode a text waits for its turn, and goes by itself", async ({ arrive }) => {
  const [amina, bruno] = await circle(arrive);
  await goTo(amina, "/");
  const group = await makeGroup(amina, "Garden", [bruno]);
  await goTo(bruno, group);
  const said = (person: Person) => person.page.getByText("Slow mode: one message every 5 seconds.", { exact: true });

  await slowDown(amina, group, "5 seconds");
  await expect(said(bruno)).toBeVisible();
  await expectTold(bruno, `${amina.username} turned on slow mode: one message every 5 seconds.`);
  await say(bruno, "apples");
  await expectOnce(bruno, "apples");
  await say(bruno, "pears");
  await expect(messages(bruno, "pears")).toHaveAttribute("data-state", "pending");
  await expect(messages(bruno, "pears")).toHaveAttribute("data-state", "sent");

  await test.step("whoever keeps order reads it too, and does not wait", async () => {
    await goTo(amina, group);
    await expect(said(amina)).toBeVisible();
    for (const text of ["plums", "figs"]) {
      await say(amina, text);
      await expectOnce(amina, text);
    }
  });

  await test.step("when it is switched off, what waits goes at once", async () => {
    await slowDown(amina, group, "6 hours");
    await say(bruno, "quinces");
    await expect(messages(bruno, "quinces")).toHaveAttribute("data-state", "pending");
    await slowDown(amina, group, "Off");
    await expectOnce(bruno, "quinces");
    await expect(bruno.page.locator(".composer .field-hint")).toHaveCount(0);
  });
});

test("the pages for keeping order can be read by everybody, on any screen", async ({ arrive }) => {
  const [amina, bruno] = await circle(arrive);
  await goTo(amina, "/");
  const group = await makeGroup(amina, "Garden", [bruno]);
  await goTo(bruno, group);
  await say(bruno, `A word without an end: ${"seed".repeat(60)}`);
  await expectOnce(bruno, "A word without an end");
  await slowDown(amina, group, "6 hours");
  await goTo(amina, group);
  const link = await messages(amina, "A word without").locator(".message-link").getAttribute("href");
  const { page } = amina;
  for (const state of ["asked", "deleted"]) {
    if (state === "deleted") {
      await goTo(amina, `${link}/delete`);
      await page.getByRole("button", { name: "Delete" }).click();
      await expect(page.locator(".message[data-deleted]")).toBeVisible();
      await alive(page);
    }
    for (const size of [{ width: 360, height: 740 }, { width: 1440, height: 900 }]) {
      await page.setViewportSize(size);
      for (const path of [group, `${group}/settings`, `${link}/delete`]) {
        await goTo(amina, path);
        await expectNoSidewaysScroll(page);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map((violation) => `${path}: ${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
      }
    }
  }
});
