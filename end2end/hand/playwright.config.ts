// How `bin/bench hand` measures what a hand feels: one worker, a server of its own, nothing else at the same time.

import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import base from "../playwright.config";

export default defineConfig({
  ...base,
  testDir: ".",
  testMatch: "*.hand.ts",
  globalSetup: undefined,
  projects: [{ name: "hand" }],
  reporter: "line",
  workers: 1,
  timeout: 300_000,
  outputDir: join(tmpdir(), "salon-hand"),
  use: { ...base.use, trace: "off", screenshot: "off" },
});
