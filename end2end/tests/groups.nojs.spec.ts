// Groups without JavaScript: everything is a link or a form.

import { expectOnce, say } from "../support/conversation";
import { act, choiceOf, circle, expectTold, goTo, lineOf, makeGroup, roleOf, save, unfold } from "../support/groups";
import { befriend, rowOf, signUp } from "../support/people";
import { expect, test } from "../support/test";

test("a group is made, talked in and looked after by forms", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  const { page } = amina;
  await goTo(amina, "/");
  const group = await makeGroup(amina, "Garden", [bruno]);

  await test.step("friends are added by their usernames", async () => {
    await page.getByRole("link", { name: "2 people" }).click();
    await unfold(page.getByRole("main"), "Add people");
    await page.getByLabel("Friends by username").fill(`@${chloe.username}`);
    await page.getByRole("button", { name: "Add people" }).click();
    await expect(rowOf(page, chloe)).toBeVisible();
  });

  await test.step("they talk, and read who said what", async () => {
    await goTo(chloe, "/");
    await lineOf(chloe.page, "Garden").click();
    await expectTold(chloe, `${amina.username} added you.`);
    await say(chloe, "Good evening");
    await goTo(bruno, group);
    await expectOnce(bruno, "Good evening");
    await expect(bruno.page.locator(".message-author")).toHaveText(chloe.username);
  });

  await test.step("it gets another name and a topic", async () => {
    await goTo(amina, group);
    await page.getByRole("link", { name: "Group settings" }).click();
    await page.getByLabel("Group name").fill("Orchard");
    await page.getByLabel("Topic").fill("Apples");
    await save(amina, "Group name");
    await expect(page.getByText("Saved.")).toBeVisible();
    await goTo(bruno, group);
    await expect(bruno.page.getByRole("heading", { level: 1 })).toHaveText("Orchard");
    await expect(bruno.page.locator(".conversation-topic")).toHaveText("Apples");
  });

  await test.step("the last admin is told why they cannot leave, and hands over", async () => {
    const refusal = "You are the only admin. Make somebody else admin first.";
    const leave = async () => {
      await goTo(amina, `${group}/settings`);
      await unfold(page.getByRole("main"), "Leave group");
      await page.getByRole("button", { name: "Leave group" }).click();
    };
    await leave();
    await expect(page).toHaveURL(`${group}/settings`);
    await expect(page.getByRole("alert")).toHaveText(refusal);

    await goTo(amina, `${group}/people`);
    await act(amina, "Make admin", bruno);
    await expect(page).toHaveURL(`${group}/people`);
    await expect(roleOf(amina, bruno)).toBeVisible();
    await act(amina, "Remove", chloe);
    await expect(rowOf(page, chloe)).toHaveCount(0);
    expect((await chloe.page.goto(group))?.status()).toBe(404);

    await leave();
    await expect(page).toHaveURL("/");
    await expect(lineOf(page, "Orchard")).toHaveCount(0);
    await goTo(bruno, group);
    await expectTold(bruno, `${amina.username} left.`);
  });
});

test("a form that is refused comes back as it was filled in", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await befriend(bruno, amina);
  const { page } = amina;

  await goTo(amina, "/groups/new");
  await page.getByLabel("Group name").fill("Garden");
  await choiceOf(page, bruno).check();
  await page.getByLabel("Friends by username").fill("nobody.at.all");
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page).toHaveURL("/groups/new");
  await expect(page.getByRole("alert")).toHaveText("Only friends can be brought in. Check the names.");
  await expect(page.getByLabel("Group name")).toHaveValue("Garden");
  await expect(choiceOf(page, bruno)).toBeChecked();
  await expect(page.getByLabel("Friends by username")).toHaveValue("nobody.at.all");

  await page.getByLabel("Friends by username").fill("");
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page).toHaveURL(/\/c\/\d+$/);

  await test.step("also where people are added, which is unfolded then", async () => {
    const group = new URL(page.url()).pathname;
    await goTo(amina, `${group}/people`);
    await unfold(page.getByRole("main"), "Add people");
    await page.getByLabel("Friends by username").fill("nobody.at.all");
    await page.getByRole("button", { name: "Add people" }).click();
    await expect(page).toHaveURL(`${group}/people`);
    await expect(page.getByRole("alert")).toHaveText("Only friends can be brought in. Check the names.");
    await expect(page.getByLabel("Friends by username")).toHaveValue("nobody.at.all");
  });
});
