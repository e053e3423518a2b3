// The box to write in: what keys do, how it grows, and what becomes of a text that is not sent yet.

import { devices, type Locator, type Page } from "@playwright/test";
import { expectOnce, messages, openConversation, say } from "../support/conversation";
import { befriend, logIn, logOut, signUp, type Person } from "../support/people";
import { alive, expect, expectNoSidewaysScroll, test } from "../support/test";

/** Characters that one message may have. */
const MOST = 8_000;

type Talk = { amina: Person; bruno: Person; box: Locator };

/** Amina has a conversation with Bruno before her. */
async function talk(arrive: () => Promise<Page>): Promise<Talk> {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await befriend(amina, bruno);
  await openConversation(amina, bruno);
  return { amina, bruno, box: amina.page.getByLabel("Message") };
}

function all(person: Person): Locator {
  return person.page.locator(".message");
}

/** Selects `part` of what stands in the box. */
async function select(box: Locator, part: string): Promise<void> {
  await box.evaluate((area: HTMLTextAreaElement, part) => {
    const from = area.value.indexOf(part);
    area.focus();
    area.setSelectionRange(from, from + part.length);
  }, part);
}

/** What is selected, or `|` with what stands around the cursor. */
async function selection(box: Locator): Promise<string> {
  return box.evaluate((area: HTMLTextAreaElement) => {
    const { value, selectionStart: from, selectionEnd: to } = area;
    return from === to ? `${value.slice(0, from)}|${value.slice(to)}` : value.slice(from, to);
  });
}

async function copy(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
}

/** Waits until what was typed is stored. */
async function stored(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (text) => Object.keys(localStorage).some((key) => key.startsWith("salon-draft-") && localStorage[key].endsWith(`\n${text}`)),
    text,
  );
}

async function noDraftStored(page: Page): Promise<void> {
  await page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("salon-draft-")));
}

test("the Enter that ends a composition sends nothing", async ({ arrive }) => {
  const { amina, box } = await talk(arrive);
  await box.fill("こんにちは");
  await box.dispatchEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, isComposing: true, bubbles: true });
  // Safari says that the composition is over, and then sends this.
  await box.dispatchEvent("keydown", { key: "Enter", code: "Enter", keyCode: 229, bubbles: true });
  await expect(box).toHaveValue("こんにちは");
  await expect(all(amina)).toHaveCount(0);

  await box.press("Enter");
  await expectOnce(amina, "こんにちは");
  await expect(all(amina)).toHaveCount(1);
});

test("blanks are not sent", async ({ arrive }) => {
  const { amina, box } = await talk(arrive);
  const send = amina.page.getByRole("button", { name: "Send" });
  await expect(send).toBeDisabled();
  await box.fill("  \n \t ");
  await expect(send).toBeDisabled();
  await box.press("Enter");
  await box.press("Control+Enter");
  await expect(all(amina)).toHaveCount(0);

  await box.fill("words");
  await expect(send).toBeEnabled();
});

test("after the button the keyboard is in the box again", async ({ arrive }) => {
  const { amina, box } = await talk(arrive);
  await say(amina, "by the button");
  await expectOnce(amina, "by the button");
  await expect(box).toBeFocused();
  await amina.page.keyboard.type("and on");
  await expect(box).toHaveValue("and on");
});

test("Tab leaves the box", async ({ arrive }) => {
  const { amina, box } = await talk(arrive);
  await box.fill("words");
  await box.press("Tab");
  await expect(amina.page.getByRole("button", { name: "Send" })).toBeFocused();
  await expect(box).toHaveValue("words");
});

test("thirty lines leave room for the timeline, and typing keeps its end in view", async ({ arrive }) => {
  const { amina, box } = await talk(arrive);
  for (let number = 1; number <= 3; number++) await say(amina, Array(12).fill(`line ${number}`).join("\n"));
  await expectOnce(amina, "line 3");
  await expect.poll(() => fromEnd(amina.page)).toBeLessThanOrEqual(1);
  const { height } = amina.page.viewportSize()!;
  const low = (await box.boundingBox())!.height;

  await box.fill(Array.from({ length: 30 }, (_, number) => `line ${number}`).join("\n"));
  await expect.poll(async () => (await box.boundingBox())!.height).toBeGreaterThan(low * 3);
  expect((await box.boundingBox())!.height).toBeLessThanOrEqual(height * 0.41);
  expect(await box.evaluate((area) => area.scrollHeight > area.clientHeight)).toBe(true);
  expect((await amina.page.locator(".timeline").boundingBox())!.height).toBeGreaterThan(height * 0.3);
  await expect(all(amina).last()).toBeInViewport();
  await expect.poll(() => fromEnd(amina.page)).toBeLessThanOrEqual(1);
  await expectNoSidewaysScroll(amina.page);

  await box.fill("");
  await expect.poll(async () => (await box.boundingBox())!.height).toBe(low);
});

// The timeline lies the other way round: it rests at 0.
function fromEnd(page: Page): Promise<number> {
  return page.locator(".timeline").evaluate((area) => -area.scrollTop);
}

test("the box grows also where the style alone cannot do it", async ({ arrive }) => {
  const { amina, box } = await talk(arrive);
  await amina.page.addInitScript(() => {
    // As in a browser without `field-sizing`.
    const { has } = Reflect;
    Reflect.has = (target, name) => name !== "fieldSizing" && has(target, name);
    document.addEventListener("DOMContentLoaded", () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(".composer-input { field-sizing: fixed !important }");
      document.adoptedStyleSheets = [sheet];
    });
  });
  await amina.page.reload();
  await alive(amina.page);
  expect(await box.evaluate((area) => getComputedStyle(area).getPropertyValue("field-sizing"))).toBe("fixed");

  const low = (await box.boundingBox())!.height;
  await box.fill("one\ntwo\nthree");
  await expect.poll(async () => (await box.boundingBox())!.height).toBeGreaterThan(low * 1.5);
  await box.fill("");
  await expect.poll(async () => (await box.boundingBox())!.height).toBe(low);
});

test("typing leaves the timeline alone", async ({ arrive }) => {
  const { amina, box } = await talk(arrive);
  await say(amina, "something to look at");
  await expectOnce(amina, "something to look at");
  // The last that happens to it: it is at the other's screen.
  await expect(messages(amina, "something to look at").locator(".ticks")).toHaveText("Delivered");
  await amina.page.locator(".timeline").evaluate((area) => {
    const changes = { count: 0 };
    (window as unknown as { changes: typeof changes }).changes = changes;
    new MutationObserver((records) => (changes.count += records.length)).observe(area, {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  await box.pressSequentially("twenty letters or so");
  await stored(amina.page, "twenty letters or so");
  expect(await amina.page.evaluate(() => (window as unknown as { changes: { count: number } }).changes.count)).toBe(0);
});

test("near the limit the box counts, and beyond it nothing is sent and nothing lost", async ({ arrive }) => {
  const { amina, box } = await talk(arrive);
  const composer = amina.page.locator(".composer");
  await box.fill("a".repeat(MOST * 0.9 - 1));
  await expect(composer.locator(".field-hint")).toHaveCount(0);

  await box.fill("a".repeat(MOST * 0.9));
  await expect(composer.locator(".field-hint")).toHaveText("800 characters left");
  await expect(composer.locator("[aria-live=polite]")).toHaveText("800 characters left");
  await box.press("End");
  await box.pressSequentially("b");
  await expect(composer.locator(".field-hint")).toHaveText("799 characters left");
  await expect(composer.locator("[aria-live=polite]")).toHaveText("800 characters left");

  const tooLong = "a".repeat(MOST + 1);
  await box.fill(tooLong);
  await expect(composer.locator(".field-error")).toHaveText("1 character too many");
  await expect(box).toHaveAttribute("aria-invalid", "true");
  await box.press("Enter");
  await expect(composer.getByRole("alert")).toHaveText("Use at most 8,000 characters.");
  await expect(box).toHaveValue(tooLong);
  await expect(all(amina)).toHaveCount(0);

  await box.press("Backspace");
  await expect(composer.getByRole("alert")).toHaveCount(0);
  await box.press("Enter");
  await expect(box).toHaveValue("");
  await expect(all(amina)).toHaveCount(1);
});

test("keys give what is selected a form, and the browser's undo takes it back", async ({ arrive }) => {
  const { amina, box } = await talk(arrive);
  await box.pressSequentially("some words 🎉 here");

  await test.step("each key, there and back", async () => {
    for (const [key, mark] of [
      ["Control+b", "**"],
      ["Control+i", "*"],
      ["Control+Shift+X", "~~"],
      ["Control+e", "`"],
      ["Control+Shift+C", "`"],
    ] as const) {
      await select(box, "words 🎉");
      await box.press(key);
      await expect(box, key).toHaveValue(`some ${mark}words 🎉${mark} here`);
      expect(await selection(box)).toBe("words 🎉");
      await box.press(key);
      await expect(box, key).toHaveValue("some words 🎉 here");
    }
  });

  await test.step("undo, step by step", async () => {
    await select(box, "words");
    await box.press("Control+b");
    await expect(box).toHaveValue("some **words** 🎉 here");
    await box.press("Control+z");
    await expect(box).toHaveValue("some words 🎉 here");
    await box.press("Control+Shift+Z");
    await expect(box).toHaveValue("some **words** 🎉 here");
  });

  await test.step("a link waits for its address", async () => {
    await select(box, "here");
    await box.press("Control+Shift+L");
    await expect(box).toHaveValue("some **words** 🎉 [here]()");
    await box.pressSequentially("https://example.org");
    await expect(box).toHaveValue("some **words** 🎉 [here](https://example.org)");
  });

  await test.step("what was formatted by keys is sent", async () => {
    await box.press("Enter");
    await expectOnce(amina, "some words");
    await expect(messages(amina, "some words").locator("strong")).toHaveText("words");
    await expect(messages(amina, "some words").getByRole("link", { name: "here" })).toHaveAttribute("href", /example\.org/);
  });

  await test.step("several lines of code are a block", async () => {
    await box.fill("let a = 1;\nlet b = 2;");
    await box.press("Control+a");
    await box.press("Control+e");
    await expect(box).toHaveValue("```\nlet a = 1;\nlet b = 2;\n```");
    await box.press("Control+z");
    await expect(box).toHaveValue("let a = 1;\nlet b = 2;");
  });
});

test("an address that is pasted upon words makes a link of them", async ({ arrive }) => {
  const { amina, box } = await talk(arrive);
  const { page } = amina;
  await box.fill("see this page");
  await copy(page, "https://example.org/a?b=1\n");
  await select(box, "this");
  await box.press("Control+v");
  await expect(box).toHaveValue("see [this](https://example.org/a?b=1) page");
  expect(await selection(box)).toBe("see [this](https://example.org/a?b=1)| page");
  await box.press("Control+z");
  await expect(box).toHaveValue("see this page");

  await test.step("without form it is pasted as it is", async () => {
    await copy(page, "https://example.org/c");
    await select(box, "this");
    await box.press("Control+Shift+V");
    await expect(box).toHaveValue("see https://example.org/c page");
  });

  await test.step("other words take the place of those that were selected", async () => {
    await copy(page, "no address");
    await select(box, "page");
    await box.press("Control+v");
    await expect(box).toHaveValue("see https://example.org/c no address");
  });
});

test("a draft survives another conversation, a reload and a new tab", async ({ arrive }) => {
  const { amina, bruno, box } = await talk(arrive);
  const { page } = amina;
  const driss = await signUp(await arrive(), "driss");
  await befriend(amina, driss);
  await openConversation(amina, bruno);
  const place = page.url();
  const line = page.locator(".conversation-link").filter({ hasText: bruno.username });
  await box.fill("Dear Bruno,\nwhat I");

  await test.step("elsewhere the list shows it, and the other box is empty", async () => {
    await expect(line.locator(".conversation-draft")).toHaveCount(0);
    await openConversation(amina, driss);
    await expect(box).toHaveValue("");
    await expect(line.locator(".conversation-preview")).toHaveText(/^Draft:\s*Dear Bruno, what I$/);
  });

  await test.step("going back brings it back", async () => {
    await line.click();
    await expect(page).toHaveURL(place);
    await expect(box).toHaveValue("Dear Bruno,\nwhat I");
    await expect(line.locator(".conversation-draft")).toHaveCount(0);
  });

  await test.step("so does a reload at once after a key", async () => {
    await box.press("Control+End");
    await box.pressSequentially(" mean");
    await page.reload();
    await expect(box).toHaveValue("Dear Bruno,\nwhat I mean");
  });

  await test.step("a second tab has it, and follows while nobody writes in it", async () => {
    const second = await page.context().newPage();
    await second.goto(place);
    await alive(second);
    await expect(second.getByLabel("Message")).toHaveValue("Dear Bruno,\nwhat I mean");
    await box.fill("Dear Bruno");
    await expect(second.getByLabel("Message")).toHaveValue("Dear Bruno");

    await box.press("Enter");
    await expectOnce(amina, "Dear Bruno");
    await expect(second.getByLabel("Message")).toHaveValue("");
    await second.close();
  });

  await test.step("what is sent is no draft", async () => {
    await noDraftStored(page);
    await page.reload();
    await alive(page);
    await expect(box).toHaveValue("");
  });
});

test("a draft survives logging out, and is nobody else's", async ({ arrive }) => {
  const { amina, bruno, box } = await talk(arrive);
  const { page } = amina;
  const place = page.url();
  await box.fill("half a thought");
  await logOut(amina);

  await test.step("somebody else in the same browser does not see it", async () => {
    await logIn(page, bruno);
    await expect(page.locator(".conversation-draft")).toHaveCount(0);
    await page.goto(place);
    await alive(page);
    await expect(box).toHaveValue("");
    await logOut({ ...bruno, page });
  });

  await logIn(page, amina);
  await expect(page.locator(".conversation-draft")).toHaveCount(1);
  await page.goto(place);
  await expect(box).toHaveValue("half a thought");
});

test("a draft survives being logged out elsewhere", async ({ arrive }) => {
  const { amina, box } = await talk(arrive);
  const { page } = amina;
  const place = page.url();
  await box.fill("not yet said");
  // The same session, ended in another tab.
  const second = await page.context().newPage();
  await second.goto("/");
  await alive(second);
  await logOut({ ...amina, page: second });
  await second.close();
  await expect(page).toHaveURL(/\/login\?next=/);
  await alive(page);

  await page.getByLabel("Username").fill(amina.username);
  await page.getByLabel("Password").fill(amina.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(place);
  await expect(box).toHaveValue("not yet said");
});

test("what was typed before the page came to life is kept beside the draft", async ({ arrive }) => {
  const { amina, box } = await talk(arrive);
  const { page } = amina;
  await box.fill("the draft");
  await stored(page, "the draft");

  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => {
    await released;
    await route.continue();
  });
  await page.reload({ waitUntil: "commit" });
  await box.fill("early words");
  release();
  await expect(box).toHaveValue("the draft\nearly words");
});

test("drafts are kept for a while, not for ever", async ({ arrive }) => {
  const { amina, box } = await talk(arrive);
  await amina.page.evaluate(() => {
    for (let number = 1; number <= 205; number++) localStorage.setItem(`salon-draft-1-${number}`, `${number}\nold`);
  });
  await box.fill("the newest");
  await stored(amina.page, "the newest");
  const kept = () => amina.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("salon-draft-")));
  await expect.poll(async () => (await kept()).length).toBe(200);
  expect(await kept()).not.toContain("salon-draft-1-6");
  expect(await kept()).toContain("salon-draft-1-7");
});

test("Enter begins a line where one chose so", async ({ arrive }) => {
  const { amina, box } = await talk(arrive);
  const { page } = amina;
  const place = page.url();
  await expect(box).toHaveAttribute("enterkeyhint", "send");
  await page.goto("/settings");
  await page.getByLabel("Send with").selectOption({ label: "Ctrl+Enter" });

  await page.goto(place);
  await alive(page);
  await expect(box).toHaveAttribute("enterkeyhint", "enter");
  await box.pressSequentially("one");
  await box.press("Enter");
  await box.pressSequentially("two");
  await expect(box).toHaveValue("one\ntwo");
  await expect(all(amina)).toHaveCount(0);
  await box.press("Control+Enter");
  await expectOnce(amina, "one");

  await page.goto("/settings");
  await expect(page.getByLabel("Send with").locator("option:checked")).toHaveText("Ctrl+Enter");
  await page.getByLabel("Send with").selectOption({ label: "Enter" });
  await page.goto(place);
  await alive(page);
  await box.fill("three");
  await box.press("Enter");
  await expectOnce(amina, "three");
});

test.describe("on a telephone", () => {
  const { defaultBrowserType: _, ...telephone } = devices["Pixel 7"];
  test.use(telephone);

  test("Enter begins a line, and the button sends and leaves the keyboard where it is", async ({ arrive }) => {
    const { amina, box } = await talk(arrive);
    await box.tap();
    await box.pressSequentially("one");
    await box.press("Enter");
    await box.pressSequentially("two");
    await expect(box).toHaveValue("one\ntwo");
    await expect(all(amina)).toHaveCount(0);
    await expect(box).toHaveAttribute("enterkeyhint", "enter");

    await amina.page.getByRole("button", { name: "Send" }).tap();
    await expectOnce(amina, "one");
    await expect(box).toBeFocused();
    await expect(box).toHaveValue("");
    expect((await amina.page.getByRole("button", { name: "Send" }).boundingBox())!.height).toBeGreaterThanOrEqual(44);
  });

  test("the box stands above a keyboard that covers the page", async ({ arrive }) => {
    const { amina, box } = await talk(arrive);
    const left = 420;
    await amina.page.evaluate((left) => {
      Object.defineProperty(window.visualViewport, "height", { get: () => left, configurable: true });
      window.visualViewport!.dispatchEvent(new Event("resize"));
    }, left);
    const bottom = async () => {
      const { y, height } = (await box.boundingBox())!;
      return y + height;
    };
    await expect.poll(bottom).toBeLessThanOrEqual(left);

    await amina.page.evaluate(() => {
      Object.defineProperty(window.visualViewport, "height", { get: () => window.innerHeight, configurable: true });
      window.visualViewport!.dispatchEvent(new Event("resize"));
    });
    await expect.poll(bottom).toBeGreaterThan(left);
  });
});
