// Whether everything that is written can be read: the contrast of the colours in style/tokens.css, in every
// theme, as the browser computes them. Ratios are those of WCAG 2.2 (1.4.3, 1.4.6 and 1.4.11).

import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";

const TOKENS = readFileSync(new URL("../../style/tokens.css", import.meta.url), "utf8");

const PAPERS = ["surface", "surface-raised", "surface-sunken", "surface-hover", "accent-tint"];
const INKS = ["ink", "ink-strong", "ink-quiet", "accent-ink"];

const CODE = ["keyword", "type", "function", "string", "number", "comment", "name", "constant", "variable", "added", "removed"];

/** What code stands on, as style/prose.css mixes it. */
const GROUNDS = PAPERS.map(
  (paper) => `--code-on-${paper}: color-mix(in srgb, var(--color-ink) 7%, var(--color-${paper}));`,
).join("");

type Pair = { front: string; back: string };

/** What is read, and what it is read on. */
const WORDS: Pair[] = [
  ...INKS.flatMap((ink) => [...PAPERS, "glow"].map((paper) => colours(ink, paper))),
  ...["surface", "surface-raised", "danger-tint"].map((paper) => colours("danger", paper)),
  ...["accent", "accent-hover", "mention"].map((ground) => colours("on-accent", ground)),
  colours("surface-raised", "danger"),
  ...CODE.flatMap((kind) => PAPERS.map((paper) => ({ front: `--color-code-${kind}`, back: `--code-on-${paper}` }))),
  ...Array.from({ length: 12 }, (_, n) => ({ front: `--person-${n}-ink`, back: `--person-${n}` })),
];

/** What only has to be seen: rings, the edges of boxes, marks. */
const SIGNS: Pair[] = [
  ...PAPERS.map((paper) => colours("focus", paper)),
  ...["surface", "surface-raised", "surface-sunken"].map((paper) => colours("edge", paper)),
  ...["surface", "surface-raised", "surface-sunken"].map((paper) => colours("online", paper)),
];

/** What parts one thing from the next. A hint, which only those who ask for contrast must be able to see. */
const LINES: Pair[] = ["surface", "surface-raised", "surface-sunken", "accent-tint"].map((paper) =>
  colours(paper === "accent-tint" ? "accent-tint-line" : "line", paper),
);

for (const theme of ["light", "dark"] as const) {
  for (const contrast of ["no-preference", "more"] as const) {
    test(`everything can be read in the ${theme} theme, contrast ${contrast}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme === "light" ? "dark" : "light", contrast });
      await page.setContent(`<html data-theme="${theme}"><style>${TOKENS} :root { ${GROUNDS} }</style><body></body></html>`);

      expect(await weak(page, WORDS, contrast === "more" ? 7 : 4.5)).toEqual([]);
      expect(await weak(page, SIGNS, contrast === "more" ? 4.5 : 3)).toEqual([]);
      if (contrast === "more") expect(await weak(page, LINES, 3)).toEqual([]);
    });
  }
}

test("the theme of the device is followed where nobody chose one", async ({ page }) => {
  await page.setContent(`<html data-theme="system"><style>${TOKENS}</style><body></body></html>`);
  const pair = [colours("ink", "surface")];

  await page.emulateMedia({ colorScheme: "light" });
  const [light] = await paint(page, pair);
  await page.emulateMedia({ colorScheme: "dark" });
  const [dark] = await paint(page, pair);

  expect(luminance(light.back)).toBeGreaterThan(0.8);
  expect(luminance(dark.back)).toBeLessThan(0.1);
});

function colours(front: string, back: string): Pair {
  return { front: `--color-${front}`, back: `--color-${back}` };
}

/** The pairs whose contrast is below `least`, written so that a failure says what to change. */
async function weak(page: Page, pairs: Pair[], least: number): Promise<string[]> {
  const painted = await paint(page, pairs);
  return painted
    .map(({ front, back }, n) => ({ ...pairs[n], ratio: ratio(front, back) }))
    .filter((pair) => pair.ratio < least)
    .map((pair) => `${pair.front} on ${pair.back}: ${pair.ratio.toFixed(2)} < ${least}`);
}

type Rgb = [number, number, number];

/** The colours as they reach the screen. A name that stands for no colour fails here. */
function paint(page: Page, pairs: Pair[]): Promise<{ front: Rgb; back: Rgb }[]> {
  return page.evaluate((pairs) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
    const rgb = (name: string): [number, number, number] => {
      document.body.style.color = "";
      document.body.style.color = `var(${name}, #00000000)`;
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = getComputedStyle(document.body).color;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, opacity] = canvas.getImageData(0, 0, 1, 1).data;
      if (opacity !== 255) throw new Error(`${name} is no opaque colour`);
      return [r, g, b];
    };
    return pairs.map(({ front, back }) => ({ front: rgb(front), back: rgb(back) }));
  }, pairs);
}

function ratio(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
