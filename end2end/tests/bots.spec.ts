// Bots: made in the settings, brought into a group, asked something there, and answered for by a program elsewhere.

import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo } from "node:net";
import AxeBuilder from "@axe-core/playwright";
import { messages, say } from "../support/conversation";
import { goTo, makeGroup, unfold } from "../support/groups";
import { befriend, signUp } from "../support/people";
import { Salon } from "../support/server";
import { alive, expect, expectNoSidewaysScroll, test } from "../support/test";

// The server goes before the pages do.
test.use({ forgive: /net::ERR_|WebSocket connection to .* failed/ });

/** A program that answers everything that it is told. */
async function program(): Promise<{ address: string; told: string[]; end: () => void }> {
  const told: string[] = [];
  const read = async (request: IncomingMessage) => {
    let body = "";
    for await (const part of request) body += part;
    return JSON.parse(body);
  };
  const server = createServer(async (request, response) => {
    told.push((await read(request)).data.message.body);
    response.writeHead(200, { "content-type": "text/plain" }).end("In five minutes.");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/tea`, told, end: () => server.close() };
}

test("a bot is made, brought in, asked, and speaks by an address", async ({ arrive }) => {
  const salon = await Salon.prepare('\n[salon.webhooks]\nreach = "anywhere"\n');
  await salon.start();
  const elsewhere = await program();
  try {
    const [amina, bruno] = [await signUp(await arrive(salon.url), "amina"), await signUp(await arrive(salon.url), "bruno")];
    await befriend(bruno, amina);
    const { page } = amina;
    await goTo(amina, "/");
    const group = await makeGroup(amina, "Tea", [bruno]);
    await page.goto("/settings");
    await page.getByRole("link", { name: "Bots", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Bots", exact: true })).toBeVisible();
    await alive(page);
    await page.getByLabel("Display name", { exact: true }).fill("Tea time");
    await page.getByLabel("Username", { exact: true }).fill("tea");
    await page.getByRole("button", { name: "Create bot", exact: true }).click();
    await expect(page.getByText("The username of a bot ends in “bot”, like tea-bot.")).toBeVisible();
    await page.getByLabel("Username", { exact: true }).fill("tea-bot");
    await page.getByRole("button", { name: "Create bot", exact: true }).click();

    await expect(page.getByRole("heading", { level: 1, name: "Tea time", exact: true })).toBeVisible();
    await expect(page.locator("code").first()).toHaveText(/^salon_[A-Za-z0-9_-]{44}$/);
    await expect(page.getByText("The bot is in no conversation yet.")).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    const bot = new URL(page.url()).pathname;

    await test.step("it is brought in like any other friend", async () => {
      await goTo(amina, `${group}/people`);
      await unfold(page.getByRole("main"), "Add people");
      await page.getByRole("checkbox", { name: /@tea-bot/ }).check();
      await page.getByRole("button", { name: "Add people", exact: true }).click();
      await expect(page.locator(".person").filter({ hasText: "@tea-bot" })).toBeVisible();
    });

    await test.step("what is addressed to it is told elsewhere, and answered", async () => {
      await goTo(amina, bot);
      await page.getByLabel("Address of your program", { exact: true }).fill("ftp://example.org");
      await page.getByRole("button", { name: "Create webhook", exact: true }).click();
      await expect(page.getByText("Write an address that begins with https:// or http://.")).toBeVisible();
      await page.getByLabel("Address of your program", { exact: true }).fill(elsewhere.address);
      await page.getByRole("button", { name: "Create webhook", exact: true }).click();
      const line = page.locator(".link").filter({ hasText: elsewhere.address });
      await expect(line).toContainText("Works");
      await expect(line.locator("code")).toHaveText(/^whsec_/);

      await goTo(bruno, group);
      await say(bruno, "@tea-bot when?");
      await expect(messages(bruno, "In five minutes.")).toHaveCount(1);
      await expect(messages(bruno, "In five minutes.").locator(".message-author")).toHaveText("Tea time");
      expect(elsewhere.told).toEqual(["@tea-bot when?"]);
    });

    await test.step("whoever has an address makes it speak", async () => {
      await page.getByRole("button", { name: "Create address", exact: true }).click();
      const line = page.locator(".link").filter({ hasText: "/api/v1/hooks/" });
      await expect(line.locator("code")).toContainText(`${salon.url}/api/v1/hooks/`);
      const address = await line.locator("code").innerText();
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      await expectNoSidewaysScroll(page);
      const said = await page.request.post(address, { data: { text: "The build is green" } });
      expect(said.status()).toBe(201);
      await expect(messages(bruno, "The build is green")).toHaveCount(1);
    });

    await unfold(page.getByRole("main"), "Delete bot");
    await page.locator("details").getByRole("button", { name: "Delete bot", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Bots", exact: true })).toBeVisible();
    await expect(page.getByText("@tea-bot")).toHaveCount(0);
  } finally {
    elsewhere.end();
    await salon.end();
  }
});
