// Code in what people write: its colours, which change nothing but colours.

import { type Locator } from "@playwright/test";
import { expectOnce, meet, messages, say } from "../support/conversation";
import { type Person } from "../support/people";
import { alive, expect, test } from "../support/test";

const CODE = 'fn main() {\n    let a = "<b>&"; // why\n}';

const block = (person: Person): Locator => person.page.locator(".code code");

test("code has colours where it comes live and where it is read", async ({ page, arrive, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { one: amina, other: bruno } = await meet(page, await arrive());
  await say(amina, "```rust\n" + CODE + "\n```");

  for (const person of [amina, bruno]) {
    await expectOnce(person, "fn main");
    await expect(person.page.locator(".tok-keyword")).toHaveText(["fn", "let"]);
    await expect(person.page.locator(".tok-string")).toHaveText('"<b>&"');
    expect(await block(person).evaluate((it) => it.textContent)).toBe(CODE);
    expect(await colour(person, ".tok-keyword")).not.toBe(await colour(person, ".code code"));
  }
  await amina.page.getByRole("button", { name: "Copy", exact: true }).click();
  await expect.poll(() => amina.page.evaluate(() => navigator.clipboard.readText())).toBe(CODE);

  // Rendered by the server, and taken over as it is: any mismatch is an error in the console, which fails the test.
  await bruno.page.reload();
  await alive(bruno.page);
  await expect(bruno.page.locator(".tok-comment")).toHaveText("// why");
  expect(await block(bruno).evaluate((it) => it.textContent)).toBe(CODE);
});

test("what is on its way is plain, as high and as wide, and asks for nothing", async ({ page, arrive }) => {
  const { one: amina, other: bruno } = await meet(page, await arrive());
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await amina.page.route("**/do/send_message", async (route) => {
    await held;
    await route.continue();
  });
  const asked: string[] = [];
  amina.page.on("request", (request) => asked.push(new URL(request.url()).pathname));

  await say(amina, "```rust\n" + CODE + "\n```");
  await expect(messages(amina, "fn main")).toHaveAttribute("data-state", "pending");
  await expect(amina.page.locator(".code span[class]")).toHaveCount(0);
  const plain = await size(amina);
  letGo();
  await expectOnce(amina, "fn main");
  await expect(amina.page.locator(".tok-function")).toHaveText("main");
  expect(await size(amina)).toEqual(plain);
  expect(asked.filter((path) => /colour|highlight/.test(path))).toEqual([]);
  await expectOnce(bruno, "fn main");
});

/** How large its block of code is, in whole pixels. */
async function size(person: Person): Promise<{ width: number; height: number }> {
  return person.page.locator(".code pre").evaluate((it) => {
    const { width, height } = it.getBoundingClientRect();
    return { width: Math.round(width), height: Math.round(height) };
  });
}

function colour(person: Person, what: string): Promise<string> {
  return person.page.locator(what).first().evaluate((it) => getComputedStyle(it).color);
}
