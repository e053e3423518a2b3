// Every page fits a small phone, in both themes, and can be used by everyone.

import AxeBuilder from "@axe-core/playwright";
import { openConversation, say, expectOnce } from "../support/conversation";
import { askToBeFriends, befriend, signUp } from "../support/people";
import { alive, expect, expectNoSidewaysScroll, test } from "../support/test";

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
  for (const path of ["/", "/friends", "/settings", "/settings/email", "/settings/password"]) {
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

for (const theme of ["light", "dark"] as const) {
  test(`every page can be used by everyone, in the ${theme} theme`, async ({ arrive }) => {
    const visitor = await arrive();
    await visitor.emulateMedia({ colorScheme: theme });
    for (const path of ["/signup", "/login"]) {
      await visitor.goto(path);
      await alive(visitor);
      expect((await new AxeBuilder({ page: visitor }).analyze()).violations).toEqual([]);
    }

    const amina = await signUp(await arrive(), "amina");
    const bruno = await signUp(await arrive(), "bruno");
    const chloe = await signUp(await arrive(), "chloe");
    await befriend(amina, bruno);
    await askToBeFriends(chloe, amina);
    await amina.page.emulateMedia({ colorScheme: theme });
    await openConversation(amina, bruno);
    await say(amina, "**Hello**, `you`\n\n> said\n\n- https://example.org");
    await expectOnce(amina, "Hello");
    const conversation = new URL(amina.page.url()).pathname;
    for (const path of [conversation, "/", "/friends", "/settings", "/settings/email", "/settings/password"]) {
      await amina.page.goto(path);
      await alive(amina.page);
      expect((await new AxeBuilder({ page: amina.page }).analyze()).violations).toEqual([]);
    }
  });
}
