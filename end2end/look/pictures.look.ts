// Takes a picture of every state into docs/images, as phones, tablets and desks show it. No test: somebody must look.

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "@playwright/test";
import { STATES, show, stateOf, type State } from "../support/states";
import { World } from "../support/world";

const FOLDER = process.env.SALON_LOOK ?? fileURLToPath(new URL("../../docs/images", import.meta.url));

type Screen = { width: number; height: number; theme: "light" | "dark"; locale: "en-GB" | "fr-FR"; contrast?: "more" };

const PHONE: Screen = { width: 360, height: 740, theme: "light", locale: "en-GB" };
const TABLET: Screen = { width: 820, height: 1100, theme: "dark", locale: "fr-FR" };
const DESK: Screen = { width: 1440, height: 900, theme: "light", locale: "en-GB" };
const DESK_AT_NIGHT: Screen = { ...DESK, theme: "dark", locale: "fr-FR" };
const DESK_IN_CONTRAST: Screen = { ...DESK, contrast: "more" };

/** These differ too little from another to be looked at three times. The tests see them all. */
const LEFT_OUT = ["log-in-refused", "friends-empty"];

let world: World;

test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  world = await World.build();
});
test.afterAll(() => world?.end());

for (const state of STATES.filter(({ name }) => !LEFT_OUT.includes(name))) {
  for (const screen of [PHONE, TABLET, DESK]) picture(state, screen);
}
for (const name of ["home", "conversation-busy"]) {
  for (const screen of [DESK_AT_NIGHT, DESK_IN_CONTRAST]) picture(stateOf(name), screen);
}

function picture(state: State, screen: Screen): void {
  const { width, height, theme, locale, contrast } = screen;
  const name = [state.name, width, theme, ...(contrast ? ["contrast"] : []), locale.slice(0, 2), "jpg"].join(".");

  test(name, async ({ browser }) => {
    const context = await world.visit(browser, state.viewer, { viewport: { width, height }, locale, colorScheme: theme, contrast });
    try {
      const page = await context.newPage();
      await show(state, page, world);
      await page.screenshot({ path: `${FOLDER}/${name}`, type: "jpeg", quality: 80, caret: "hide" });
    } finally {
      state.after?.(world);
      await context.close();
    }
  });
}
