// Programs that were written for the document Garrix: its two printed clients, as they stand, in a browser each.

import { readFileSync } from "node:fs";
import { type Page } from "@playwright/test";
import { newcomer, type Person } from "../support/people";
import { expect, test } from "../support/test";

const CLIENTS = readFileSync(new URL("../support/garrix.clients.js", import.meta.url), "utf8");
const ROOT = "/dialects/garrix";

type Told = { kind: string; data: any };
type Program = Person & { id: number };

test("the clients that the document prints work as they stand", async ({ arrive }) => {
  const [jean, marie] = [await register(await arrive(), "jean"), await register(await arrive(), "marie")];
  await start(jean);
  await start(marie);
  await hears(jean, "status", { user: marie.id, status: "online" });

  // Over HTTP: both of a talk see the same.
  const said = await jean.page.evaluate((to) => (window as any).api.sendMessage(to, "Salut !"), marie.id);
  expect(said).toMatchObject({ sender_id: jean.id, receiver_id: marie.id, content: "Salut !" });
  await hears(jean, "new", { id: said.id });
  await hears(marie, "new", { id: said.id, content: "Salut !", sender_id: jean.id, receiver_id: marie.id });
  const talk = await marie.page.evaluate((other) => (window as any).api.getConversation(other), jean.id);
  expect(talk).toEqual([expect.objectContaining({ id: said.id, content: "Salut !" })]);
  const active = await marie.page.evaluate(() => (window as any).api.getActiveUsers());
  expect(active.active_users).toEqual(expect.arrayContaining([jean.id, marie.id]));

  // Over the socket.
  await marie.page.evaluate((to) => (window as any).client.sendMessage(to, "Bonjour, ça va ?"), jean.id);
  const answer = await hears(jean, "new", { content: "Bonjour, ça va ?", sender_id: marie.id });

  // The client has no method for these; it hears of them.
  const edit = { data: { content: "Bonjour !" }, headers: await bearer(marie) };
  expect((await marie.page.request.put(`${ROOT}/messages/${answer.id}`, edit)).status()).toBe(200);
  await hears(jean, "updated", { id: answer.id, content: "Bonjour !" });
  await marie.page.request.delete(`${ROOT}/messages/${answer.id}`, { headers: await bearer(marie) });
  await hears(jean, "deleted", { id: answer.id });

  await jean.page.request.post(`${ROOT}/auth/logout`, { headers: await bearer(jean) });
  await expect.poll(() => jean.page.evaluate(() => (window as any).client.messageWs.readyState)).toBe(3);
  await hears(marie, "status", { user: jean.id, status: "offline" });
});

/** Somebody who comes by the document's own route. */
async function register(page: Page, name: string): Promise<Program> {
  const person = newcomer(page, name);
  const data = { name: person.username, email: person.email, password: person.password };
  const made = await page.request.post(`${ROOT}/auth/register`, { data });
  expect(made.status()).toBe(201);
  return { ...person, id: (await made.json()).id };
}

/** Loads the clients, logs in, and connects; everything that they are told is noted. */
async function start(program: Program): Promise<void> {
  await program.page.goto("/login");
  await program.page.evaluate(`${CLIENTS}; Object.assign(window, { GarrixAPI, GarrixClient, told: [] });`);
  await program.page.evaluate(
    async ({ root, email, password }) => {
      const page = window as any;
      page.api = new page.GarrixAPI(`${location.origin}${root}`);
      await page.api.login(email, password);
      page.client = new page.GarrixClient(`${location.origin.replace("http", "ws")}${root}`, page.api.token);
      const note = (kind: string) => (data: any) => page.told.push({ kind, data });
      page.client.onActiveUsersUpdate = (users: number[]) => note("active")({ users });
      page.client.onUserStatusChange = (user: number, status: string) => note("status")({ user, status });
      page.client.onNewMessage = note("new");
      page.client.onMessageUpdated = note("updated");
      page.client.onMessageDeleted = (id: number) => note("deleted")({ id });
      page.client.connectActivity();
      page.client.connectMessages();
    },
    { root: ROOT, email: program.email, password: program.password },
  );
  await hears(program, "active", {});
  await expect.poll(() => program.page.evaluate(() => (window as any).client.messageWs.readyState)).toBe(1);
}

/** Waits until the client was told this; what it was told. */
async function hears(program: Program, kind: string, about: Record<string, unknown>): Promise<any> {
  const told = async () => {
    const all: Told[] = await program.page.evaluate(() => (window as any).told);
    return all.filter((it) => it.kind === kind).map((it) => it.data);
  };
  await expect.poll(told, { message: `${program.username} is told: ${kind}` }).toContainEqual(expect.objectContaining(about));
  return (await told()).find((data) => Object.entries(about).every(([key, value]) => data[key] === value));
}

async function bearer(program: Program): Promise<Record<string, string>> {
  const token = await program.page.evaluate(() => localStorage.getItem("user_token"));
  return { Authorization: `Bearer ${token}` };
}
