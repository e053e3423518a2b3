// The example for browsers, as it stands: a page beside Salon's own, at the same origin.

import { readFileSync } from "node:fs";
import { befriend, signUp } from "../support/people";
import { Salon } from "../support/server";
import { expect, test } from "../support/test";

// The server goes away for a while.
test.use({ forgive: /net::ERR_|WebSocket connection to .* failed/ });

const file = (name: string) => readFileSync(new URL(`../../docs/examples/${name}`, import.meta.url), "utf8");
const FILES = [
  { name: "browser.html", contentType: "text/html" },
  { name: "salon.mjs", contentType: "text/javascript" },
];

test("the page of the example listens, and goes on after a lost connection", async ({ arrive }) => {
  const salon = await Salon.prepare();
  await salon.start();
  try {
    const [amina, bruno] = [await signUp(await arrive(salon.url), "amina"), await signUp(await arrive(salon.url), "bruno")];
    await befriend(amina, bruno);
    const { page } = bruno;
    // What a test puts in the place of an answer has no address, and such a page may not connect to this machine.
    await page.context().grantPermissions(["local-network-access"], { origin: salon.url });
    // As the proxy in front of Salon would.
    for (const { name, contentType } of FILES) {
      await page.route(`${salon.url}/examples/${name}`, (route) => route.fulfill({ contentType, body: file(name) }));
    }

    await page.goto("/examples/browser.html");
    await page.getByPlaceholder("username").fill(bruno.username);
    await page.getByPlaceholder("password").fill(bruno.password);
    await page.getByPlaceholder("to whom").fill(amina.username);
    const begun = page.waitForEvent("websocket");
    await page.getByRole("button", { name: "Begin" }).click();
    await begun;
    await page.locator("#say input").fill("The kettle is on.");
    await page.getByRole("button", { name: "Say" }).click();
    const lines = page.locator("#talk li");
    await expect(lines).toHaveText([/: The kettle is on\.$/]);

    const { request } = amina.page;
    const login = { data: { login: amina.username, password: amina.password } };
    const { access_token } = await (await request.post("/api/v1/tokens", login)).json();
    const headers = { Authorization: `Bearer ${access_token}` };
    const talk = await request.post("/api/v1/conversations", { headers, data: { with: bruno.username } });
    const messages = `/api/v1/conversations/${(await talk.json()).id}/messages`;
    const says = async (body: string) =>
      expect((await request.post(messages, { headers, data: { body } })).status()).toBe(201);
    await says("At last");
    await expect(lines).toHaveText([/kettle/, /: At last$/]);

    await salon.kill();
    await salon.start();
    await says("Still there?");
    await expect(lines).toHaveText([/kettle/, /At last/, /: Still there\?$/]);
  } finally {
    await salon.end();
  }
});
