// Several people in one place: making a group, talking in it, and looking after it, while others watch.

import AxeBuilder from "@axe-core/playwright";
import { expectOnce, messages, openConversation, postMany, say } from "../support/conversation";
import { act, choiceOf, circle, expectTold, goTo, lineOf, makeGroup, roleOf, save, unfold } from "../support/groups";
import { befriend, rowOf, signUp, type Person } from "../support/people";
import { alive, expect, test } from "../support/test";

const author = (person: Person, text: string) => messages(person, text).locator(".message-author");

const heading = (person: Person) => person.page.getByRole("heading", { level: 1 });

/** How many are in the group, as the header of the conversation says. */
const peopleIn = (person: Person) => person.page.locator(".conversation-header a[href$='/people']");

test("three people make a group and talk live", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  await goTo(amina, "/");
  const group = await makeGroup(amina, "Garden", [bruno, chloe]);

  await test.step("it comes into the lists of those who were brought in, and is not unread", async () => {
    for (const friend of [bruno, chloe]) {
      await expect(lineOf(friend.page, "Garden")).toBeVisible();
      await lineOf(friend.page, "Garden").click();
      await expect(heading(friend)).toHaveText("Garden");
      await expect(friend.page.locator(".divider")).toHaveCount(0);
      await expect(friend.page).toHaveTitle("Garden · Salon");
      await expect(peopleIn(friend)).toHaveText("3 people");
    }
    await expectTold(amina, "You created the group “Garden”.");
    await expectTold(bruno, `${amina.username} created the group “Garden”.`);
  });

  await test.step("everybody reads who said what, also of people whom they do not know", async () => {
    await say(amina, "The beans are up");
    await say(bruno, "So are the snails");
    await say(chloe, "I bring a lantern");
    const said: [Person, string][] = [[amina, "The beans are up"], [bruno, "So are the snails"], [chloe, "I bring a lantern"]];
    for (const reader of [amina, bruno, chloe]) {
      for (const [writer, text] of said) {
        await expectOnce(reader, text);
        await expect(author(reader, text)).toHaveText(reader === writer ? "You" : writer.username);
      }
    }
    await expect(lineOf(bruno.page, "Garden").locator(".conversation-preview")).toContainText(chloe.username);
  });

  await test.step("somebody who came later has a name at once, on pages that were open before", async () => {
    const driss = await signUp(await arrive(), "driss");
    await befriend(driss, amina);
    await goTo(amina, `${group}/people`);
    await unfold(amina.page.getByRole("main"), "Add people");
    await expect(choiceOf(amina.page, bruno)).toHaveCount(0);
    await choiceOf(amina.page, driss).check();
    await amina.page.getByRole("button", { name: "Add people" }).click();
    await expect(rowOf(amina.page, driss)).toBeVisible();
    await expect(amina.page.getByRole("heading", { level: 2, name: "4 people" })).toBeVisible();

    await expectTold(bruno, `${amina.username} added ${driss.username}.`);
    await expect(peopleIn(bruno)).toHaveText("4 people");
    await lineOf(driss.page, "Garden").click();
    await expectOnce(driss, "The beans are up");
    await expectTold(driss, `${amina.username} added you.`);
    await say(driss, "Good evening, all");
    await expectOnce(bruno, "Good evening, all");
    await expect(author(bruno, "Good evening, all")).toHaveText(driss.username);
  });

  await test.step("it is all told in the reader's language", async () => {
    await goTo(amina, "/settings");
    await amina.page.getByLabel("Language").selectOption("fr");
    const form = amina.page.locator("form").filter({ has: amina.page.getByLabel("Language") });
    await form.getByRole("button", { name: "Save" }).click();
    await expect(amina.page.locator("html")).toHaveAttribute("lang", "fr");
    await goTo(amina, group);
    await expectTold(amina, "Vous avez créé le groupe «\u202fGarden\u202f».");
  });
});

test("admins look after a group while others watch", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  await goTo(amina, "/");
  const group = await makeGroup(amina, "Garden", [bruno, chloe]);
  await goTo(bruno, group);
  await goTo(chloe, group);

  await test.step("what it is called and what it is for changes under everybody's eyes", async () => {
    await amina.page.getByRole("link", { name: "Group settings" }).click();
    await expect(heading(amina)).toHaveText("Group settings");
    await amina.page.getByLabel("Group name").fill("Orchard");
    await amina.page.getByLabel("Topic").fill("Apples and pears");
    await save(amina, "Group name");
    await expect(amina.page.getByText("Saved.")).toBeFocused();
    await expect(amina.page.locator(".page-of")).toHaveText("Orchard");

    for (const friend of [bruno, chloe]) {
      await expect(heading(friend)).toHaveText("Orchard");
      await expect(friend.page.locator(".conversation-topic")).toHaveText("Apples and pears");
      await expect(lineOf(friend.page, "Orchard")).toBeVisible();
      await expect(lineOf(friend.page, "Garden")).toHaveCount(0);
      await expect(friend.page).toHaveTitle("Orchard · Salon");
    }
    await expectTold(bruno, `${amina.username} renamed the group “Orchard”.`);
    await expectTold(bruno, `${amina.username} changed the topic: “Apples and pears”.`);
  });

  await test.step("a plain member sees who is there, and no way to change it", async () => {
    await peopleIn(bruno).click();
    await expect(heading(bruno)).toHaveText("People");
    await expect(rowOf(bruno.page, chloe)).toBeVisible();
    await expect(roleOf(bruno, amina)).toBeVisible();
    await expect(bruno.page.getByRole("main").getByRole("button")).toHaveCount(0);
    await expect(bruno.page.getByRole("main").locator("summary")).toHaveCount(0);
  });

  await test.step("whoever is made admin can act at once, and may be made a member again", async () => {
    await goTo(amina, `${group}/people`);
    await act(amina, "Make admin", bruno);
    await expect(roleOf(amina, bruno)).toBeVisible();
    await expect(rowOf(bruno.page, chloe).getByRole("button", { name: "Make admin" })).toBeVisible();
    await expectTold(chloe, `${amina.username} made ${bruno.username} admin.`);

    await act(bruno, "Make member", amina);
    await expect(roleOf(bruno, amina)).toHaveCount(0);
    await expect(amina.page.getByRole("button", { name: "Make admin" })).toHaveCount(0);
    await expectTold(chloe, `${bruno.username} made ${amina.username} a member.`);
  });

  await test.step("the last admin is told why they cannot leave, or step down", async () => {
    const refusal = "You are the only admin. Make somebody else admin first.";
    await act(bruno, "Make member", bruno);
    await expect(rowOf(bruno.page, bruno).getByRole("alert")).toHaveText(refusal);

    await goTo(bruno, `${group}/settings`);
    await unfold(bruno.page.getByRole("main"), "Leave group");
    await bruno.page.getByRole("button", { name: "Leave group" }).click();
    await expect(bruno.page.getByRole("alert")).toHaveText(refusal);
  });

  await test.step("whoever is removed sees it at once, and the group is gone from their list", async () => {
    await goTo(bruno, `${group}/people`);
    await act(bruno, "Remove", chloe);
    await expect(rowOf(bruno.page, chloe)).toHaveCount(0);
    await expect(heading(chloe)).toHaveText("There is nothing here");
    await expect(lineOf(chloe.page, "Orchard")).toHaveCount(0);
    await expect(chloe.page.getByText("Apples and pears")).toHaveCount(0);
  });

  await test.step("one leaves after a question, and is home", async () => {
    await goTo(bruno, group);
    await goTo(amina, `${group}/settings`);
    await expect(amina.page.getByLabel("Group name")).toHaveCount(0);
    await unfold(amina.page.getByRole("main"), "Leave group");
    await expect(amina.page.getByText(/You can come back only if an admin adds you/)).toBeVisible();
    await amina.page.getByRole("button", { name: "Leave group" }).click();
    await expect(amina.page).toHaveURL("/");
    await expect(lineOf(amina.page, "Orchard")).toHaveCount(0);
    await expectTold(bruno, `${amina.username} left.`);
    await expect(peopleIn(bruno)).toHaveText("1 person");
  });
});

test("what is half chosen or half written stays while other things happen", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  await goTo(amina, "/");
  const group = await makeGroup(amina, "Garden", [bruno]);
  await goTo(bruno, group);

  await goTo(amina, `${group}/people`);
  await unfold(amina.page.getByRole("main"), "Add people");
  await choiceOf(amina.page, chloe).check();
  await amina.page.getByLabel("Friends by username").fill("somebody.else");
  await say(bruno, "Are you there?");
  await expect(lineOf(amina.page, "Garden").locator(".conversation-preview")).toContainText("Are you there?");
  await expect(choiceOf(amina.page, chloe)).toBeChecked();
  await expect(amina.page.getByLabel("Friends by username")).toHaveValue("somebody.else");

  await test.step("whoever cannot be brought in is named as such, beside the field", async () => {
    await amina.page.getByRole("button", { name: "Add people" }).click();
    await expect(amina.page.getByRole("alert")).toHaveText("Only friends can be brought in. Check the names.");
    await expect(amina.page.getByLabel("Friends by username")).toBeFocused();
    await expect(choiceOf(amina.page, chloe)).toBeChecked();
  });

  await amina.page.getByLabel("Friends by username").fill("");
  await amina.page.getByRole("button", { name: "Add people" }).click();
  await expect(rowOf(amina.page, chloe)).toBeVisible();
});

test("what others say in a group is counted until it is read; what is done is not", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  await goTo(amina, "/");
  const group = await makeGroup(amina, "Garden", [bruno, chloe]);
  await goTo(bruno, "/friends");
  await expect(lineOf(bruno.page, "Garden")).toBeVisible();
  await expect(bruno.page).toHaveTitle("Friends · Salon");

  await goTo(chloe, group);
  await postMany(amina, group.split("/")[2], 2, "From Amina");
  await say(chloe, "From Chloe");
  const line = bruno.page.getByRole("link", { name: /Garden\s?, 3 unread/ });
  await expect(line).toBeVisible();
  await expect(line.locator(".conversation-unread")).toHaveText("3");
  await expect(bruno.page).toHaveTitle("(3) Friends · Salon");

  await goTo(amina, `${group}/people`);
  await act(amina, "Make admin", chloe);
  await expectTold(chloe, `${amina.username} made you admin.`);
  await expect(line).toBeVisible();

  await line.click();
  await expectOnce(bruno, "From Chloe");
  await expect(bruno.page.locator(".divider")).toHaveCount(1);
  await expect(lineOf(bruno.page, "Garden").locator(".conversation-unread")).toHaveCount(0);
  await expect(bruno.page).toHaveTitle("Garden · Salon");
});

test("the way in a group leads on without a reload, and every page of it is sound", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  await goTo(amina, "/");
  const { page } = amina;
  const group = await makeGroup(amina, "Garden", [bruno, chloe]);
  await goTo(bruno, group);
  await say(bruno, "Good evening");
  await expectOnce(amina, "Good evening");

  const sound = async (name: string) => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`), name).toEqual([]);
    await expect(page.getByRole("main")).toHaveCount(1);
    await expect(heading(amina)).toHaveCount(1);
  };
  await page.evaluate(() => ((window as unknown as { same: boolean }).same = true));
  await sound("conversation");
  await peopleIn(amina).click();
  await expect(heading(amina)).toBeFocused();
  await expect(page).toHaveTitle("People · Garden · Salon");
  await unfold(page.getByRole("main"), "Add people");
  await sound("people");
  await page.locator(".page-of > a").click();
  await expect(heading(amina)).toHaveText("Garden");
  await page.getByRole("link", { name: "Group settings" }).click();
  await expect(page).toHaveTitle("Group settings · Garden · Salon");
  await unfold(page.getByRole("main"), "Leave group");
  await sound("settings");
  await page.getByRole("link", { name: "New group" }).click();
  await expect(page).toHaveTitle("New group · Salon");
  await sound("new group");
  expect(await page.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true);

  await test.step("and on a conversation between two nothing of it appears", async () => {
    await openConversation(amina, bruno);
    await expect(page.getByRole("link", { name: "Group settings" })).toHaveCount(0);
    await expect(peopleIn(amina)).toHaveCount(0);
    await expect((await page.goto(`${new URL(page.url()).pathname}/people`))?.status()).toBe(404);
    await alive(page);
  });
});
