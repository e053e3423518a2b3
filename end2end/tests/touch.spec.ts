// On a phone: what a finger must hit is large enough, and the box to write in never hides.

import { type Page } from "@playwright/test";
import { STATES, show } from "../support/states";
import { alive, expect, expectNoSidewaysScroll, test } from "../support/test";
import { World } from "../support/world";

/** CSS pixels, each way. */
const FINGER = 44;

let world: World;

test.beforeAll(async () => {
  world = await World.build();
});
test.afterAll(() => world?.end());

for (const width of [320, 390]) {
  for (const state of STATES) {
    test(`at ${width} pixels nothing is too small for a finger, or out of reach: ${state.name}`, async ({ browser }) => {
      const viewport = { width, height: 700 };
      const context = await world.visit(browser, state.viewer, { viewport, hasTouch: true, isMobile: true });
      try {
        const page = await context.newPage();
        await show(state, page, world);
        await expect.poll(() => tooSmall(page)).toEqual([]);
        await expectNoSidewaysScroll(page);
        const composer = page.locator("form.composer");
        if (await composer.count()) await expect(composer).toBeInViewport({ ratio: 1 });
      } finally {
        state.after?.(world);
        await context.close();
      }
    });
  }
}

/**
 * What can be pressed and is smaller than a finger. A box is pressed with its label. Links within a sentence may be as
 * low as its line (WCAG 2.5.8).
 */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate((finger) => {
    const controls = document.querySelectorAll<HTMLElement>("a[href], button, input:not([type=hidden]), select, textarea, summary");
    const seen = [...controls].filter((control) => control.checkVisibility() && !control.closest(".skip-link, p, .prose p, .prose li"));
    return seen
      .map((control) => ({ control, box: (control.closest("label") ?? control).getBoundingClientRect() }))
      .filter(({ box }) => box.width < finger - 0.5 || box.height < finger - 0.5)
      .map(({ control, box }) => `${control.outerHTML.slice(0, 90)}: ${Math.round(box.width)} x ${Math.round(box.height)}`);
  }, FINGER);
}

test("the box to write in stays above the keyboard of a phone", async ({ browser }) => {
  const context = await world.visit(browser, "camille", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto(`/c/${world.conversations.amina}`);
  await page.locator("#composer-message").tap();
  // The keyboard takes the lower half.
  await page.setViewportSize({ width: 390, height: 430 });
  await expect(page.locator("form.composer")).toBeInViewport({ ratio: 1 });
  await expect(page.locator(".conversation-header")).toBeInViewport({ ratio: 1 });
  await context.close();
});

test("on a phone what is done less often comes when it is asked for", async ({ browser }) => {
  const context = await world.visit(browser, "camille", { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto(`/c/${world.conversations.amina}`);
  await alive(page);
  await page.locator(".message--mine[data-state=sent]").last().tap();
  const toolbar = page.getByRole("toolbar");
  await expect(toolbar.getByTitle("React", { exact: true })).toBeVisible();
  await expect(toolbar.getByTitle("Copy link", { exact: true })).toBeHidden();
  const bar = await toolbar.boundingBox();
  expect(bar?.height).toBeLessThan(60);
  await toolbar.getByRole("button", { name: "More actions", exact: true }).tap();
  await expect(toolbar.getByTitle("Copy link", { exact: true })).toBeVisible();
  await expect(toolbar).toBeInViewport({ ratio: 1 });
  await context.close();
});
