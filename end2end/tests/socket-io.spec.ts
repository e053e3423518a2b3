// Programs that speak Socket.IO, with its own client: over a WebSocket, over long polls, and from the one to the other.

import { type APIRequestContext } from "@playwright/test";
import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import { expect, test } from "../support/test";

const ROOT = "/dialects/vaultroom";
const WAYS: Record<string, Partial<ManagerOptions & SocketOptions>> = {
  "a WebSocket": { transports: ["websocket"] },
  "long polls": { transports: ["polling"] },
  "long polls that become a WebSocket": { transports: ["polling", "websocket"] },
};

type Program = { id: number; token: string; username: string };

const opened: Socket[] = [];
test.afterEach(() => opened.splice(0).forEach((socket) => socket.disconnect()));

for (const [way, options] of Object.entries(WAYS)) {
  test(`two programs talk over ${way}`, async ({ request, baseURL }) => {
    const [jean, marie] = [await register(request, "jean"), await register(request, "marie")];
    const [his, hers] = [await connect(baseURL!, jean, options), await connect(baseURL!, marie, options)];
    if (options.transports?.length === 2) {
      await expect.poll(() => his.io.engine.transport.name).toBe("websocket");
    }

    // Who is in the room hears it.
    const room = `private_${Math.min(jean.id, marie.id)}_${Math.max(jean.id, marie.id)}`;
    const before = listen(hers, "receive_message");
    await his.emitWithAck("send_message", { recipient_id: marie.id, message: "Too early" });
    expect(await hers.emitWithAck("join_room", { room })).toMatchObject({ room });
    const said = await his.emitWithAck("send_message", { recipient_id: marie.id, message: "Salut !" });
    expect(said).toMatchObject({ status: "success", data: { content: "Salut !", room } });
    await expect.poll(() => before).toEqual([said.data]);
    expect(said.data).toMatchObject({ sender: jean.username, sender_id: jean.id, receiver_id: marie.id });

    // What is said over HTTP is heard there as well.
    const headers = { Authorization: `Bearer ${jean.token}` };
    const data = { recipient_id: String(marie.id), message: "By letter" };
    expect((await request.post(`${ROOT}/send-message`, { data, headers })).status()).toBe(200);
    await expect.poll(() => before.map((message) => message.content)).toEqual(["Salut !", "By letter"]);
    const list = await request.get(`${ROOT}/get-messages?receiver_id=${marie.id}`, { headers });
    expect((await list.json()).map((message: any) => message.content)).toEqual(["Too early", "Salut !", "By letter"]);

    // Who comes and goes, as far as those who are here are told of it.
    expect((await hers.emitWithAck("get_active_users", null)).users).toContain(jean.id);
    const statuses = listen(hers, "user_status");
    his.disconnect();
    await expect.poll(() => statuses).toContainEqual({ user_id: jean.id, status: "offline" });

    // Logged out, it is told to leave, and stays away.
    const left = new Promise((resolve) => hers.on("disconnect", resolve));
    await request.get(`${ROOT}/logout`, { headers: { Authorization: `Bearer ${marie.token}` } });
    expect(await left).toBe("io server disconnect");
    expect(await refusal(baseURL!, marie.token, options)).toBe("Show a token that is valid.");
  });
}

test("a token that opens nothing is refused", async ({ baseURL }) => {
  for (const options of Object.values(WAYS)) {
    expect(await refusal(baseURL!, "x", options)).toBe("Show a token that is valid.");
  }
});

/** Somebody who comes by the document's own routes. */
async function register(request: APIRequestContext, name: string): Promise<Program> {
  const unique = `${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;
  const username = `${name}.${unique}`;
  const account = { username, email: `${username}@example.org`, password: `drawing room of ${unique}` };
  expect((await request.post(`${ROOT}/register`, { data: account })).status()).toBe(201);
  const answer = await request.post(`${ROOT}/login`, { data: { username, password: account.password } });
  const { access_token: token, user } = await answer.json();
  return { id: user.id, token, username };
}

function open(url: string, token: string, options: Partial<ManagerOptions & SocketOptions>): Socket {
  const socket = io(url, { path: `${ROOT}/socket.io`, auth: { token }, forceNew: true, reconnection: false, ...options });
  opened.push(socket);
  return socket;
}

async function connect(url: string, { token }: Program, options: Partial<ManagerOptions & SocketOptions>): Promise<Socket> {
  const socket = open(url, token, options);
  await new Promise<void>((resolve, reject) => socket.on("connect", resolve).on("connect_error", reject));
  return socket;
}

/** Why it cannot connect. */
async function refusal(url: string, token: string, options: Partial<ManagerOptions & SocketOptions>): Promise<string> {
  const socket = open(url, token, options);
  return new Promise((resolve, reject) => {
    socket.on("connect_error", (error) => resolve(error.message));
    socket.on("connect", () => reject(new Error("it is connected")));
  });
}

/** Notes what is heard from now on. */
function listen(socket: Socket, event: string): any[] {
  const heard: any[] = [];
  socket.on(event, (data) => heard.push(data));
  return heard;
}
