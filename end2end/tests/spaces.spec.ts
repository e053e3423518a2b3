// A house with several rooms: a space, its channels, and the links that lead into it.

import AxeBuilder from "@axe-core/playwright";
import { expectOnce, messages, say } from "../support/conversation";
import { goTo, unfold } from "../support/groups";
import { befriend, fillInSignUp, newcomer, rowOf, signUp, type Person } from "../support/people";
import { alive, expect, expectNoSidewaysScroll, test } from "../support/test";

/** Makes a space, and stands at its top. */
async function makeSpace(person: Person, name: string): Promise<string> {
  await goTo(person, "/spaces/new");
  await person.page.getByLabel("Space name").fill(name);
  await person.page.getByRole("button", { name: "Create space" }).click();
  await expect(person.page).toHaveURL(/\/s\/\d+$/);
  await alive(person.page);
  return new URL(person.page.url()).pathname;
}

/** Makes a link into the place at `path`. */
async function makeLink(person: Person, path: string): Promise<string> {
  await goTo(person, `${path}/invitations`);
  await person.page.getByRole("button", { name: "Create link" }).click();
  const link = person.page.locator(".link-address").first();
  await expect(link).toBeVisible();
  return (await link.textContent()) ?? "";
}

const channelOf = (person: Person, name: string) => person.page.locator(".channel-link").filter({ hasText: name });

test("somebody new follows an invitation into a space, and talks in its channels", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const space = await makeSpace(amina, "Garden house");
  const invitation = await makeLink(amina, space);

  const bruno = newcomer(await arrive(), "bruno");
  await test.step("signed out, one sees where it leads, signs up, and comes back", async () => {
    await bruno.page.goto(invitation);
    await expect(bruno.page.getByText("Garden house")).toBeVisible();
    await bruno.page.getByRole("link", { name: "Create account" }).click();
    await expect(bruno.page).toHaveURL(/\/signup\?next=/);
    await alive(bruno.page);
    await fillInSignUp(bruno);
    await expect(bruno.page).toHaveURL(new RegExp(`${invitation}$`));
    await alive(bruno.page);
    await bruno.page.getByRole("button", { name: "Join" }).click();
    await expect(bruno.page).toHaveURL(new RegExp(`${space}$`));
    await alive(bruno.page);
    await expect(channelOf(bruno, "general")).toBeVisible();
  });

  await test.step("a new channel stands in everybody's list at once, a private one in some", async () => {
    await goTo(amina, space);
    for (const [name, isPrivate] of [["kitchen", false], ["cellar", true]] as const) {
      await amina.page.getByRole("link", { name: "New channel" }).click();
      await amina.page.getByLabel("Channel name").fill(name);
      if (isPrivate) await amina.page.getByLabel("Private channel").check();
      await amina.page.getByRole("button", { name: "Create channel" }).click();
      await expect(amina.page.getByRole("heading", { level: 1, name })).toBeVisible();
      await alive(amina.page);
    }
    await expect(channelOf(bruno, "kitchen")).toBeVisible();
    await expect(channelOf(amina, "cellar")).toBeVisible();
    await expect(channelOf(bruno, "cellar")).toHaveCount(0);
  });

  await test.step("what is said in a channel is unread there until it is looked at", async () => {
    await channelOf(amina, "kitchen").click();
    await expect(amina.page.getByRole("heading", { level: 1, name: "kitchen" })).toBeVisible();
    await say(amina, "Tea is ready");
    await expect(channelOf(bruno, "kitchen").locator(".conversation-unread")).toHaveText("1");
    await channelOf(bruno, "kitchen").click();
    await expectOnce(bruno, "Tea is ready");
    await expect(channelOf(bruno, "kitchen").locator(".conversation-unread")).toHaveCount(0);
    await say(bruno, "On my way");
    await expectOnce(amina, "On my way");
    await expect(messages(amina, "On my way").locator(".message-author")).toHaveText(bruno.username);
  });

  await test.step("whoever is let go sees nothing of it any more", async () => {
    await goTo(amina, `${space}/people`);
    const row = rowOf(amina.page, bruno);
    await row.getByRole("button", { name: "Make moderator" }).click();
    await expect(row.locator(".person-role")).toHaveText("Moderator");
    await unfold(row, "Remove");
    await row.getByRole("button", { name: "Remove", exact: true }).click();
    await expect(row).toHaveCount(0);
    await expect(bruno.page.getByRole("heading", { level: 1 })).toHaveText("There is nothing here");
    await expect(bruno.page.locator(".channel-link")).toHaveCount(0);
  });
});

test("the pages of a space can be read by everybody, on any screen", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const space = await makeSpace(amina, "A house with a name that is too long for any list on any telephone");
  const invitation = await makeLink(amina, space);
  const { page } = amina;
  for (const size of [{ width: 360, height: 740 }, { width: 1440, height: 900 }]) {
    await page.setViewportSize(size);
    for (const path of ["/", space, `${space}/people`, `${space}/settings`, `${space}/channels/new`, `${space}/invitations`, "/spaces/new", "/settings/privacy", invitation]) {
      await goTo(amina, path);
      await expectNoSidewaysScroll(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((violation) => `${path}: ${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
    }
  }
});

test("whoever is blocked writes no more, and blocks are lifted in the settings", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await befriend(amina, bruno);
  await goTo(amina, "/friends");
  const row = rowOf(amina.page, bruno);
  await unfold(row, "Block");
  await expect(row).toContainText("are not told");
  await row.getByRole("button", { name: "Block", exact: true }).click();
  await expect(row).toHaveCount(0);

  await bruno.page.goto("/friends");
  await alive(bruno.page);
  await bruno.page.getByLabel("Username or email").fill(amina.username);
  await bruno.page.getByRole("button", { name: "Add friend" }).click();
  await expect(bruno.page.getByRole("alert")).toBeVisible();

  await goTo(amina, "/settings/privacy");
  await rowOf(amina.page, bruno).getByRole("button", { name: "Unblock" }).click();
  await expect(rowOf(amina.page, bruno)).toHaveCount(0);
  await befriend(bruno, amina);
});
