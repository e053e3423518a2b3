// What the API says of itself, as pages: everything is here, and nothing is loaded from elsewhere.

import { expect, test } from "../support/test";

test("every route is described on both pages, without a word from elsewhere", async ({ page, request }) => {
  // Each route is looked for on both pages.
  test.slow();
  const document = await (await request.get("/api/v1/openapi.json")).json();
  const routes = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ path, method })),
  );
  expect(routes.length).toBeGreaterThan(30);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));

  await page.goto("/docs");
  // Only what is near the window is drawn.
  const seen = new Set<string>();
  const drawn = () =>
    page.locator(".opblock").evaluateAll((blocks) =>
      blocks.map((block) => {
        const text = (part: string) => block.querySelector(`.opblock-summary-${part}`);
        return `${text("method")?.textContent?.toLowerCase()} ${text("path")?.getAttribute("data-path")}`;
      }),
    );
  const all = new Set(routes.map(({ path, method }) => `${method} ${path}`));
  await expect(page.locator(".opblock").first()).toBeVisible();
  await page.mouse.move(600, 400);
  await expect
    .poll(
      async () => {
        for (const one of await drawn()) seen.add(one);
        await page.mouse.wheel(0, 500);
        return [...all].filter((one) => !seen.has(one));
      },
      { intervals: [50], timeout: 60_000 },
    )
    .toEqual([]);
  await page.goto("/docs");
  await page.locator(".opblock", { hasText: "/api/v1/tokens/refresh" }).getByRole("button").first().click();
  await expect(page.getByText("Exchanges a refresh token for the next pair").first()).toBeVisible();

  await page.goto("/redoc");
  for (const { path, method } of routes) {
    await expect(page.locator("span", { hasText: new RegExp(`^${method}$`, "i") }).first()).toBeAttached();
    await expect(page.getByText(path, { exact: true }).first()).toBeAttached();
  }
  const here = new URL("/", page.url()).href;
  expect(asked.filter((url) => !url.startsWith(here) && !url.startsWith("data:"))).toEqual([]);
});
