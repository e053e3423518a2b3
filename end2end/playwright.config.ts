// How the browser tests run: one server, the release build, and Debian's Chromium against it.

import { defineConfig, devices } from "@playwright/test";

export default defineConfig({
  testDir: "tests",
  globalSetup: "./support/server.ts",
  workers: 2,
  fullyParallel: true,
  // A test that passes the second time has still found something.
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    // The global setup has written it where the workers read it.
    baseURL: process.env.SALON_URL,
    locale: "en-GB",
    timezoneId: "Europe/Paris",
    // Recording costs a third of the time: SALON_TRACE=1 asks for it.
    trace: process.env.SALON_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "app", testIgnore: ["**/*.nojs.spec.ts", "**/*.hour.spec.ts"] },
    { name: "no-javascript", testMatch: "**/*.nojs.spec.ts", use: { javaScriptEnabled: false } },
    { name: "dangerous-hour", testMatch: "**/*.hour.spec.ts" },
  ],
});
