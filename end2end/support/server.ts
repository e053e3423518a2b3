// Starts the real server, as bin/build left it, on a free port and an empty folder; stops it afterwards.
// With SALON_URL set, the tests use the server that runs there. A test that stops its server starts one of its own.

import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

/** Milliseconds to open the database and listen. */
const START = 30_000;

/** Milliseconds in which a server that was asked to must have ended. */
const STOP = 10_000;

/** All tests come from one address, and some people do in a second what others do in a day. */
const SETTINGS = `
[salon]
# Only where a test is about it.
general = false

[salon.limits]
groups_per_hour = 100000
sign_ups_per_hour = 100000
failed_log_ins_per_quarter = 100000
failures_from_one_address_per_quarter = 100000
friend_requests_per_hour = 100000
sends_per_second = 1000
sends_at_once = 1000
`;

/** The server of all tests. */
export default async function startSalon(): Promise<(() => Promise<void>) | void> {
  if (process.env.SALON_URL) return;

  const salon = await Salon.prepare();
  await salon.start();
  process.env.SALON_URL = salon.url;
  return () => salon.end();
}

/** A server with a folder and a port of its own, which can go and come back. */
export class Salon {
  private server: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly address: string,
  ) {}

  /** `settings` are added to those that all tests have. */
  static async prepare(settings = ""): Promise<Salon> {
    const folder = mkdtempSync(join(tmpdir(), "salon-end2end-"));
    writeFileSync(join(folder, "Leptos.toml"), SETTINGS + settings);
    return new Salon(folder, `127.0.0.1:${await freePort()}`);
  }

  get url(): string {
    return `http://${this.address}`;
  }

  private get log(): string {
    return join(this.folder, "log");
  }

  async start(): Promise<void> {
    const salon = executable();
    const out = openSync(this.log, "a");
    const config = join(this.folder, "Leptos.toml");
    const flags = ["serve", "--config", config, "--listen", this.address, "--data", join(this.folder, "data")];
    const server = spawn(salon, flags, { stdio: ["ignore", out, out], env: withoutSettings() });
    closeSync(out);
    if (!(await answers(this.url, server))) {
      server.kill("SIGKILL");
      throw new Error(`${salon} did not start:\n${readFileSync(this.log, "utf8")}`);
    }
    this.server = server;
  }

  /** Gone without a word, as in a power cut. */
  async kill(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGKILL");
    await ended;
  }

  /** What makes whoever shows it staff, as it was printed at the last start. */
  staffToken(): string {
    const printed = [...readFileSync(this.log, "utf8").matchAll(/log in, and show (\S+) at/g)];
    const last = printed.at(-1)?.[1];
    if (!last) throw new Error("No token for staff was printed.");
    return last;
  }

  /** The code in the last message to a telephone: for servers whose gateway is the outbox. */
  codeFor(number: string): string {
    const lines = readFileSync(join(this.folder, "data", "sms-outbox.jsonl"), "utf8").split("\n").filter(Boolean);
    const sent = lines.map((line) => JSON.parse(line) as { to: string; text: string });
    const code = sent.findLast((message) => message.to === number)?.text.match(/\b\d{6}\b/)?.[0];
    if (!code) throw new Error(`No code was sent to ${number}.`);
    return code;
  }

  /** As if a minute had gone by since the last code: another is sent then. */
  waitForAnotherCode(): void {
    this.change("update phone_code set created_at = created_at - 60000");
  }

  /** The rows that a query finds in its database, as texts. */
  query(sql: string): string[][] {
    const database = join(this.folder, "data", "salon.sqlite3");
    const rows = execFileSync("sqlite3", ["-readonly", "-separator", "\t", database, sql], { encoding: "utf8" });
    return rows.split("\n").filter(Boolean).map((row) => row.split("\t"));
  }

  /** Changes its database behind its back. */
  change(...statements: string[]): void {
    const input = [".timeout 5000", "begin immediate;", ...statements.map((statement) => `${statement};`), "commit;"].join("\n");
    execFileSync("sqlite3", ["-bail", join(this.folder, "data", "salon.sqlite3")], { input });
  }

  /** Stopped in order, and its folder removed. */
  async end(): Promise<void> {
    if (this.server) await stop(this.server);
    const panics = readFileSync(this.log, "utf8").split("\n").filter((line) => line.includes("panicked"));
    rmSync(this.folder, { recursive: true, force: true });
    if (panics.length > 0) throw new Error(`The server panicked:\n${panics.join("\n")}`);
  }
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
