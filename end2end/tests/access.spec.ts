// Every page in every state can be used by everyone, as far as axe can tell: light and dark, on a phone and on a desk.

import AxeBuilder from "@axe-core/playwright";
import { STATES, show } from "../support/states";
import { expect, test } from "../support/test";
import { World } from "../support/world";

let world: World;

test.beforeAll(async () => {
  world = await World.build();
});
test.afterAll(() => world?.end());

const SCREENS = [
  { name: "a phone by day", viewport: { width: 360, height: 740 }, colorScheme: "light", locale: "en-GB" },
  { name: "a desk by night", viewport: { width: 1440, height: 900 }, colorScheme: "dark", locale: "fr-FR" },
] as const;

for (const { name, ...options } of SCREENS) {
  for (const state of STATES) {
    test(`axe finds nothing on ${name}: ${state.name}`, async ({ browser }) => {
      const context = await world.visit(browser, state.viewer, options);
      try {
        const page = await context.newPage();
        await show(state, page, world);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
        expect(found).toEqual([]);
      } finally {
        state.after?.(world);
        await context.close();
      }
    });
  }
}
