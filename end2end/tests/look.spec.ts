// Every page fits a small phone, in both themes.

import { openConversation, say, expectOnce } from "../support/conversation";
import { goTo, makeGroup } from "../support/groups";
import { befriend, signUp } from "../support/people";
import { expect, expectNoSidewaysScroll, test } from "../support/test";

const LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3);

test("no page is wider than a small phone", async ({ arrive }) => {
  const visitor = await arrive();
  await visitor.setViewportSize({ width: 360, height: 640 });
  for (const path of ["/signup", "/login", "/no/such/page"]) {
    await visitor.goto(path);
    await expectNoSidewaysScroll(visitor);
  }

  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await befriend(amina, bruno);
  await amina.page.setViewportSize({ width: 360, height: 640 });
  await openConversation(amina, bruno);
  await say(amina, `${LONG}\n\n\`\`\`\n${LONG}\n\`\`\``);
  await expectOnce(amina, "Donau");
  await expectNoSidewaysScroll(amina.page);
  await expect(amina.page.getByLabel("Message")).toBeInViewport();
  for (const path of ["/", "/friends", "/settings", "/settings/email", "/settings/password", "/groups/new"]) {
    await amina.page.goto(path);
    await expectNoSidewaysScroll(amina.page);
  }

  await goTo(amina, "/");
  const group = await makeGroup(amina, LONG.slice(0, 80), [bruno]);
  await expectNoSidewaysScroll(amina.page);
  for (const path of [`${group}/people`, `${group}/settings`]) {
    await amina.page.goto(path);
    await expectNoSidewaysScroll(amina.page);
  }
});

test("the theme of the device is followed", async ({ page }) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.goto("/login");
  await page.emulateMedia({ colorScheme: "light" });
  const light = await ground();
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await ground()).not.toBe(light);
});
