// What people ask of every page: less movement, colours of their own, everything twice as large.

import { stateOf, show } from "../support/states";
import { expect, expectNoSidewaysScroll, test } from "../support/test";
import { World } from "../support/world";

let world: World;

test.describe.configure({ timeout: 120_000 });
test.beforeAll(async () => {
  world = await World.build();
});
test.afterAll(() => world?.end());

const PAGES = ["home", "conversation-busy", "permalink", "group-people", "settings"];

test("whoever asks for less movement sees none", async ({ browser }) => {
  const context = await world.visit(browser, "camille", { reducedMotion: "reduce" });
  const page = await context.newPage();
  for (const name of PAGES) {
    await show(stateOf(name), page, world);
    const moving = await page.evaluate(() => {
      const lasts = (move: Animation) => Number(move.effect?.getComputedTiming().activeDuration ?? 0);
      return document.getAnimations().filter((move) => lasts(move) > 10).length;
    });
    expect(moving, name).toBe(0);
  }
  await context.close();
});

test("in colours of one's own everything still has an edge, and the keyboard is seen", async ({ browser }) => {
  const context = await world.visit(browser, "camille", { forcedColors: "active" });
  const page = await context.newPage();
  for (const name of PAGES) {
    await show(stateOf(name), page, world);
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement ?? document.body);
      return { style: style.outlineStyle, width: parseFloat(style.outlineWidth) };
    });
    expect(outline.style, name).not.toBe("none");
    expect(outline.width, name).toBeGreaterThanOrEqual(1);
  }
  await show(stateOf("conversation-busy"), page, world);
  for (const part of [".message-body", "form.composer", ".composer .button"]) {
    const border = await page.locator(part).first().evaluate((it) => parseFloat(getComputedStyle(it).borderTopWidth));
    expect(border, part).toBeGreaterThanOrEqual(1);
  }
  await context.close();
});

test("twice as large nothing is lost", async ({ browser }) => {
  // As a browser zooms: half the pixels, each twice as large.
  const context = await world.visit(browser, "camille", { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  const page = await context.newPage();
  for (const name of PAGES) {
    await show(stateOf(name), page, world);
    await expectNoSidewaysScroll(page);
  }
  await show(stateOf("conversation-busy"), page, world);
  await expect(page.locator("form.composer")).toBeInViewport({ ratio: 1 });
  await expect(page.locator(".message").last()).toBeInViewport();
  await context.close();
});
