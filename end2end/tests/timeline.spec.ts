// What stands in the timeline, and that it stays under the reader's eyes.

import { type Page } from "@playwright/test";
import { expectOnce, meet, openConversation, postMany, say } from "../support/conversation";
import { befriend, signUp } from "../support/people";
import { alive, expect, test } from "../support/test";

test("whoever is at the end stays there, and further up nothing moves", async ({ page, arrive }) => {
  const { one: amina, other: bruno, conversation } = await meet(page, await arrive());
  await postMany(bruno, conversation, 60);
  await amina.page.goto(`/c/${conversation}?at=latest`);
  await alive(amina.page);
  await say(bruno, "At the end");
  await expectOnce(amina, "At the end");
  await expect(amina.page.locator(".message").last()).toBeInViewport();
  await expect(jump(amina.page)).toHaveCount(0);

  await scrollBy(amina.page, -500);
  await expect(jump(amina.page)).toBeVisible();
  const before = await firstInView(amina.page);
  await postMany(bruno, conversation, 10, "Later");
  await expect(jump(amina.page)).toContainText("10 new");
  expect(Math.abs((await offsetOf(amina.page, before.id)) - before.offset)).toBeLessThanOrEqual(2);

  await jump(amina.page).click();
  await expect(amina.page.locator(".message").last()).toBeInViewport();
  await expect(jump(amina.page)).toHaveCount(0);
});

test("a conversation opens at the first unread message, with a divider for the visit", async ({ page, arrive }) => {
  const { one: amina, other: bruno, conversation } = await meet(page, await arrive());
  await say(bruno, "Read already");
  await amina.page.goto(`/c/${conversation}`);
  await alive(amina.page);
  await expectOnce(amina, "Read already");
  await amina.page.goto("/friends");
  await postMany(bruno, conversation, 50);

  await amina.page.goto(`/c/${conversation}`);
  await alive(amina.page);
  const divider = amina.page.locator("#new");
  await expect(divider).toBeInViewport();
  await expect(amina.page.locator("#new + .message")).toContainText("Message 1");
  await expect(amina.page.locator(".message").last()).not.toBeInViewport();

  await jump(amina.page).click();
  await expect(said(amina.page, "Message 50")).toBeInViewport();
  await expect(divider).toHaveCount(1);
  await amina.page.getByRole("button", { name: "Jump to first unread" }).click();
  await expect(divider).toBeInViewport();
  await jump(amina.page).click();
  await amina.page.locator(".timeline").press("Shift+PageUp");
  await expect(divider).toBeInViewport();

  await amina.page.goto("/friends");
  await amina.page.goto(`/c/${conversation}`);
  await alive(amina.page);
  await expect(said(amina.page, "Message 50")).toBeInViewport();
  await expect(divider).toHaveCount(0);
});

test("older messages come before their edge is seen, without a jump, and the window stays small", async ({ page, arrive }) => {
  const { one: amina, other: bruno, conversation } = await meet(page, await arrive());
  await postMany(bruno, conversation, 420);
  await amina.page.goto(`/c/${conversation}?at=latest`);
  await alive(amina.page);
  await expect(said(amina.page, "Message 420")).toBeInViewport();

  for (let step = 0; step < 20; step += 1) {
    expect(await jumpWhileLoading(amina.page), "pixels that the anchor moved").toBeLessThanOrEqual(2);
  }
  await amina.page.locator(".timeline").press("Home");
  await expect(async () => {
    await scrollBy(amina.page, -5_000);
    await expect(said(amina.page, "Message 1")).toBeInViewport({ timeout: 100 });
  }).toPass();
  expect(await amina.page.locator(".message").count()).toBeLessThanOrEqual(300);
  await expect(jump(amina.page)).toBeVisible();

  // What was let go comes back, on the way down and by the jump.
  await jump(amina.page).click();
  await expect(said(amina.page, "Message 420")).toBeInViewport();
});

test("a link to a message opens around it, and leads on to both ends", async ({ page, arrive }) => {
  const { one: amina, other: bruno, conversation } = await meet(page, await arrive());
  await postMany(bruno, conversation, 200);
  await amina.page.goto(`/c/${conversation}?before=101`);
  await alive(amina.page);
  const message = amina.page.locator(".message").filter({ hasText: /Message 80$/ });
  const link = await message.locator(".message-link").getAttribute("href");
  expect(link).toMatch(/^\/c\/\d+\/m\/\d+$/);

  await amina.page.goto(link!);
  await alive(amina.page);
  await expect(message).toBeInViewport();
  await expect(message).toHaveAttribute("aria-current", "true");
  await expect(amina.page.locator("[aria-current=true].message")).toHaveCount(1);

  await expect(async () => {
    await scrollBy(amina.page, 5_000);
    await expect(said(amina.page, "Message 200")).toBeInViewport({ timeout: 100 });
  }).toPass();
  await say(bruno, "And it goes on");
  await expectOnce(amina, "And it goes on");

  const elsewhere = await amina.page.goto(`/c/${conversation}/m/1`);
  expect(elsewhere?.status()).toBe(404);
});

test("going back leads to the same place", async ({ page, arrive }) => {
  const { one: amina, other: bruno, conversation } = await meet(page, await arrive());
  await postMany(bruno, conversation, 120);
  await amina.page.goto(`/c/${conversation}?at=latest`);
  await alive(amina.page);
  await scrollBy(amina.page, -1_200);
  await expect(jump(amina.page)).toBeVisible();
  const before = await firstInView(amina.page);

  await amina.page.getByRole("link", { name: "Friends" }).click();
  await expect(amina.page.getByRole("heading", { level: 1, name: "Friends" })).toBeVisible();
  await amina.page.goBack();
  await expect(amina.page.locator(`[id="${before.id}"]`)).toBeInViewport();
  await expect.poll(async () => (await firstInView(amina.page)).id).toBe(before.id);
});

test("one may go from conversation to conversation faster than the screen follows", async ({ arrive }) => {
  const { one: amina, other: bruno, conversation } = await meet(await arrive(), await arrive());
  const chloe = await signUp(await arrive(), "chloe");
  await befriend(chloe, amina);
  await openConversation(chloe, amina);
  await postMany(bruno, conversation, 50);
  await postMany(chloe, new URL(chloe.page.url()).pathname.split("/")[2], 50);
  const { page } = amina;
  await page.goto("/");
  await alive(page);
  for (let turn = 0; turn < 12; turn += 1) {
    const name = [bruno, chloe][turn % 2].username;
    // On as soon as it is there, before it is painted.
    await page.evaluate(async (name) => {
      const links = [...document.querySelectorAll<HTMLElement>(".conversation-link")];
      links.find((link) => link.textContent?.includes(name))?.click();
      const shows = () => document.querySelector("main h1")?.textContent === name && document.querySelector(".message-body");
      for (let waited = 0; !shows() && waited < 5_000; waited += 1) await new Promise((next) => setTimeout(next));
    }, name);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  }
});

test("the list of messages is one stop for the Tab key, and the arrow keys lead through it", async ({ page, arrive }) => {
  const { one: amina, other: bruno, conversation } = await meet(page, await arrive());
  await postMany(bruno, conversation, 3);
  await amina.page.goto(`/c/${conversation}`);
  await alive(amina.page);
  await expect(amina.page.locator(".message")).toHaveCount(3);
  const timeline = amina.page.locator(".timeline");

  await timeline.focus();
  await amina.page.keyboard.press("Tab");
  await expect(amina.page.getByLabel("Message")).toBeFocused();
  await timeline.focus();
  await amina.page.keyboard.press("ArrowUp");
  await expect(amina.page.locator(".message").nth(2)).toBeFocused();
  await amina.page.keyboard.press("ArrowUp");
  await expect(amina.page.locator(".message").nth(1)).toBeFocused();
  await expect(amina.page.locator(".message").nth(1)).toHaveAccessibleName(/bruno/);
  await expect(amina.page.locator(".message").nth(1)).toHaveAccessibleDescription("Message 2");
  await amina.page.keyboard.press("Home");
  await expect(amina.page.locator(".message").first()).toBeFocused();
  await amina.page.keyboard.press("End");
  await expect(amina.page.locator(".message").last()).toBeFocused();
  await amina.page.keyboard.press("Enter");
  await expect(amina.page.getByRole("button", { name: "React" })).toBeFocused();
  await amina.page.keyboard.press("Escape");
  await expect(amina.page.locator(".message").last()).toBeFocused();
});

test("what others say is said aloud once, what is read back is not", async ({ page, arrive }) => {
  const { one: amina, other: bruno, conversation } = await meet(page, await arrive());
  await postMany(bruno, conversation, 60);
  await amina.page.goto(`/c/${conversation}?at=latest`);
  await alive(amina.page);
  const voice = amina.page.locator("#announcer");
  await expect(voice).toBeEmpty();

  await scrollBy(amina.page, -3_000);
  await expect(said(amina.page, "Message 1")).toBeAttached();
  await expect(voice).toBeEmpty();
  await say(bruno, "Do you **hear** me");
  await expect(voice).toHaveText(new RegExp(`^${bruno.username}: Do you hear me\\s?$`));
  await say(amina, "Clearly");
  await expect(voice).toHaveText(/^Sent\s?$/);
});

test("times are exact where one looks closer, code can be copied, and emoji alone are large", async ({ page, arrive, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { one: amina } = await meet(page, await arrive());
  await say(amina, "```rust\nfn main() {}\n```");
  await expect(amina.page.locator(".code-head")).toContainText("rust");
  await amina.page.getByRole("button", { name: "Copy", exact: true }).click();
  await expect.poll(() => amina.page.evaluate(() => navigator.clipboard.readText())).toBe("fn main() {}");

  const time = amina.page.locator(".message time").first();
  await expect(time).toHaveText(/^\d\d:\d\d$/);
  await expect(time).toHaveAttribute("title", /\d{4}.*(CET|GMT\+1)/);
  await expect(time).toHaveAttribute("datetime", /^\d{4}-\d\d-\d\dT.*Z$/);

  await say(amina, "🎉");
  await say(amina, "A plain word");
  const size = (text: string) =>
    amina.page.locator(".message-body").filter({ hasText: text }).evaluate((it) => parseFloat(getComputedStyle(it).fontSize));
  await expectOnce(amina, "A plain word");
  expect(await size("🎉")).toBeGreaterThan(1.5 * (await size("A plain word")));
});

/** The message with this very text. */
function said(page: Page, text: string) {
  return page.locator(".messages").getByText(text, { exact: true });
}

function jump(page: Page) {
  return page.getByRole("link", { name: /^Jump to latest/ });
}

/** Turns the wheel, as it were. */
async function scrollBy(page: Page, pixels: number): Promise<void> {
  await page.locator(".timeline").evaluate((area, pixels) => area.scrollBy(0, pixels), pixels);
}

/** The message at the upper edge. */
async function firstInView(page: Page): Promise<{ id: string; offset: number }> {
  return page.locator(".timeline").evaluate((area) => {
    const edge = area.getBoundingClientRect().top;
    const first = [...area.querySelectorAll(".message")].find((it) => it.getBoundingClientRect().bottom > edge)!;
    return { id: first.id, offset: first.getBoundingClientRect().top - edge };
  });
}

async function offsetOf(page: Page, id: string): Promise<number> {
  return page.locator(".timeline").evaluate((area, id) => {
    return document.getElementById(id)!.getBoundingClientRect().top - area.getBoundingClientRect().top;
  }, id);
}

/** Goes up by most of a screen and watches every frame, until a page came or it is clear that none does: how far the
 *  message at the upper edge moved by itself. */
async function jumpWhileLoading(page: Page): Promise<number> {
  return page.locator(".timeline").evaluate(async (area) => {
    const edge = () => area.getBoundingClientRect().top;
    area.scrollBy(0, -0.8 * area.clientHeight);
    const first = [...area.querySelectorAll(".message")].find((it) => it.getBoundingClientRect().bottom > edge())!;
    const offset = () => first.getBoundingClientRect().top - edge();
    const before = offset();
    let farthest = 0;
    for (let frame = 0; frame < 20; frame += 1) {
      await new Promise(requestAnimationFrame);
      farthest = Math.max(farthest, Math.abs(offset() - before));
    }
    return farthest;
  });
}
