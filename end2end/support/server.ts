// Starts the real server, as bin/build left it, on a free port and an empty folder; stops it afterwards.
// With SALON_URL set, the tests use the server that runs there.

import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

/** Milliseconds to open the database and listen. */
const START = 30_000;

/** Milliseconds in which a server that was asked to must have ended. */
const STOP = 10_000;

/** All tests come from one address, and some people do in a second what others do in a day. */
const SETTINGS = `
[salon.limits]
sign_ups_per_hour = 100000
failed_log_ins_per_quarter = 100000
failures_from_one_address_per_quarter = 100000
friend_requests_per_hour = 100000
sends_per_second = 1000
sends_at_once = 1000
`;

export default async function startSalon(): Promise<(() => Promise<void>) | void> {
  if (process.env.SALON_URL) return;

  const salon = executable();
  const folder = mkdtempSync(join(tmpdir(), "salon-end2end-"));
  const settings = join(folder, "Leptos.toml");
  const log = join(folder, "log");
  writeFileSync(settings, SETTINGS);

  const address = `127.0.0.1:${await freePort()}`;
  const out = openSync(log, "w");
  const flags = ["serve", "--config", settings, "--listen", address, "--data", join(folder, "data")];
  const server = spawn(salon, flags, { stdio: ["ignore", out, out], env: withoutSettings() });

  const url = `http://${address}`;
  if (!(await answers(url, server))) {
    server.kill("SIGKILL");
    throw new Error(`${salon} did not start:\n${readFileSync(log, "utf8")}`);
  }
  process.env.SALON_URL = url;

  return async () => {
    await stop(server);
    const panics = readFileSync(log, "utf8").split("\n").filter((line) => line.includes("panicked"));
    rmSync(folder, { recursive: true, force: true });
    if (panics.length > 0) throw new Error(`The server panicked:\n${panics.join("\n")}`);
  };
}

function executable(): string {
  const cache = process.env.SALON_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "salon");
  const salon = join(process.env.CARGO_TARGET_DIR ?? join(cache, "target"), "release", "salon");
  if (!existsSync(salon)) throw new Error(`There is no ${salon}: run bin/build first.`);
  return salon;
}

/** The environment without what would set up this server as somebody's own. */
function withoutSettings(): NodeJS.ProcessEnv {
  const ours = (name: string) => name.startsWith("SALON_") || name.startsWith("LEPTOS_");
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours(name)));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(address)));
    });
  });
}

async function answers(url: string, server: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + START;
  while (Date.now() < deadline && server.exitCode === null) {
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) throw new Error(`The server ended by itself with code ${server.exitCode}.`);
  const ended = new Promise<number | null>((resolve) => server.once("exit", resolve));
  const late = setTimeout(() => server.kill("SIGKILL"), STOP);
  server.kill("SIGTERM");
  const code = await ended;
  clearTimeout(late);
  if (code !== 0) throw new Error(`The server did not stop as it should: code ${code}.`);
}
