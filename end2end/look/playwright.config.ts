// How `bin/look` takes its pictures: as the tests run, but each worker against a server of its own.

import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import base from "../playwright.config";

export default defineConfig({
  ...base,
  testDir: ".",
  testMatch: "*.look.ts",
  globalSetup: undefined,
  projects: [{ name: "look" }],
  timeout: 120_000,
  // Not that of the tests, which empty it.
  outputDir: join(tmpdir(), "salon-look"),
  use: { ...base.use, trace: "off", screenshot: "off" },
});
