// How Salon looks, held fast: the same people at the same moment. `playwright test snapshots --update-snapshots` takes
// the pictures anew once somebody has looked at what has changed.

import { fileURLToPath } from "node:url";
import { show, stateOf } from "../support/states";
import { expect, test } from "../support/test";
import { World } from "../support/world";

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 740 };

type Look = { state: string; viewport: typeof DESK; colorScheme: "light" | "dark"; locale: string };

const LOOKS: Look[] = [
  { state: "sign-up", viewport: PHONE, colorScheme: "light", locale: "en-GB" },
  { state: "sign-up-errors", viewport: DESK, colorScheme: "light", locale: "fr-FR" },
  { state: "log-in", viewport: DESK, colorScheme: "dark", locale: "fr-FR" },
  { state: "home-empty", viewport: DESK, colorScheme: "light", locale: "en-GB" },
  { state: "home-requests", viewport: PHONE, colorScheme: "dark", locale: "fr-FR" },
  { state: "home", viewport: PHONE, colorScheme: "light", locale: "en-GB" },
  { state: "friends", viewport: DESK, colorScheme: "light", locale: "fr-FR" },
  { state: "conversation-busy", viewport: DESK, colorScheme: "light", locale: "en-GB" },
  { state: "conversation-busy", viewport: PHONE, colorScheme: "dark", locale: "fr-FR" },
  { state: "conversation-unread", viewport: PHONE, colorScheme: "light", locale: "en-GB" },
  { state: "group", viewport: DESK, colorScheme: "light", locale: "en-GB" },
  { state: "group-people", viewport: PHONE, colorScheme: "dark", locale: "fr-FR" },
  { state: "settings", viewport: DESK, colorScheme: "dark", locale: "en-GB" },
  { state: "not-found", viewport: PHONE, colorScheme: "light", locale: "fr-FR" },
];

let world: World;

test.describe.configure({ mode: "serial", timeout: 120_000 });
test.beforeAll(async () => {
  world = await World.build();
});
test.afterAll(() => world?.end());

for (const { state, viewport, colorScheme, locale } of LOOKS) {
  const name = `${state}.${viewport.width}.${colorScheme}.${locale.slice(0, 2)}`;
  test(name, async ({ browser }) => {
    // The policy would keep out the sheet that evens out what differs from world to world.
    const context = await world.visit(browser, stateOf(state).viewer, { viewport, colorScheme, locale, bypassCSP: true });
    const page = await context.newPage();
    await show(stateOf(state), page, world);
    await expect(page).toHaveScreenshot(`${name}.png`, {
      maxDiffPixelRatio: 0.01,
      stylePath: fileURLToPath(new URL("../support/snapshots.css", import.meta.url)),
    });
    await context.close();
  });
}
