// Drafts on several devices: begun on one, there on the others, and gone from all once it is sent.

import { type Locator, type Page } from "@playwright/test";
import { expectOnce, meet, messages, openConversation, say } from "../support/conversation";
import { befriend, logIn, logOut, signUp, type Person } from "../support/people";
import { alive, expect, test } from "../support/test";

// What Chromium notes about a network that one of these tests takes away.
test.use({ forgive: /net::ERR_|WebSocket connection to .* failed/ });

function box(page: Page): Locator {
  return page.getByLabel("Message", { exact: true });
}

/** The line of the conversation with `other` in the list. */
function line(page: Page, other: Person): Locator {
  return page.locator(".conversation-link").filter({ hasText: other.username });
}

/** Waits until the server keeps exactly these texts for whoever is logged in. */
async function kept(page: Page, texts: string[]): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const answer = await fetch("/read/drafts", { headers: { accept: "application/json" } });
        const { drafts } = (await answer.json()) as { drafts: { text: string }[] };
        return drafts.map((draft) => draft.text).filter((text) => text !== "");
      }),
    )
    .toEqual(texts);
}

test("what one begins on one device goes on at the other, and is gone from both once it is sent", async ({ page, arrive }) => {
  const { one, other, conversation } = await meet(page, await arrive());
  const phone = await logIn(await arrive(), one);
  const path = `/c/${conversation}`;
  await phone.page.goto(path);
  await alive(phone.page);
  await box(phone.page).evaluate((area: HTMLElement) => area.blur());

  await box(page).fill("Dear Bruno,\nwhat I");
  await expect(box(phone.page)).toHaveValue("Dear Bruno,\nwhat I");

  await test.step("elsewhere the list says so, also as the server draws it", async () => {
    await phone.page.goto("/friends");
    await expect(line(phone.page, other).locator(".conversation-preview")).toHaveText(/^Draft:\s*Dear Bruno, what I$/);
    await alive(phone.page);
    await expect(line(phone.page, other).locator(".conversation-draft")).toHaveCount(1);
  });

  await test.step("the list follows while one writes", async () => {
    await box(page).fill("Dear Bruno, at last");
    await expect(line(phone.page, other).locator(".conversation-preview")).toHaveText(/^Draft:\s*Dear Bruno, at last$/);
  });

  await test.step("it goes on at the other device", async () => {
    await phone.page.goto(path);
    await alive(phone.page);
    await expect(box(phone.page)).toHaveValue("Dear Bruno, at last");
    await box(phone.page).fill("Dear Bruno, at last I write");
    await box(page).evaluate((area: HTMLElement) => area.blur());
    await expect(box(page)).toHaveValue("Dear Bruno, at last I write");
  });

  await test.step("what is sent is a draft nowhere", async () => {
    await box(phone.page).press("Enter");
    await expectOnce(other, "Dear Bruno, at last I write");
    await expect(box(page)).toHaveValue("");
    await kept(page, []);
    for (const device of [page, phone.page]) {
      await device.goto("/friends");
      await alive(device);
      await expect(line(device, other).locator(".conversation-draft")).toHaveCount(0);
      await device.goto(path);
      await alive(device);
      await expect(box(device)).toHaveValue("");
    }
  });
});

test("nothing changes under the fingers, and two who write at once lose nothing", async ({ page, arrive }) => {
  const { one, conversation } = await meet(page, await arrive());
  const phone = await logIn(await arrive(), one);
  await phone.page.goto(`/c/${conversation}`);
  await alive(phone.page);

  await box(page).focus();
  await box(phone.page).focus();
  await box(page).pressSequentially("from the desk");
  await kept(page, ["from the desk"]);
  // The keyboard is in both boxes.
  await box(phone.page).pressSequentially("from the phone");
  await expect(box(phone.page)).toHaveValue("from the phone");
  await expect(box(page)).toHaveValue("from the desk");

  await box(phone.page).evaluate((area: HTMLElement) => area.blur());
  await expect(box(phone.page)).toHaveValue("from the desk\nfrom the phone");
  await kept(page, ["from the desk\nfrom the phone"]);
  await box(page).evaluate((area: HTMLElement) => area.blur());
  await expect(box(page)).toHaveValue("from the desk\nfrom the phone");
});

test("what is typed without a network reaches the other devices once there is one", async ({ page, arrive }) => {
  const { one, other, conversation } = await meet(page, await arrive());
  const phone = await logIn(await arrive(), one);
  await phone.page.goto("/friends");
  await alive(phone.page);

  await page.context().setOffline(true);
  await box(page).fill("on the train");
  await box(page).evaluate((area: HTMLElement) => area.blur());
  await expect(box(page)).toHaveValue("on the train");
  await page.context().setOffline(false);
  await expect(line(phone.page, other).locator(".conversation-preview")).toHaveText(/^Draft:\s*on the train$/, {
    timeout: 30_000,
  });

  await test.step("and what is sent without one is a draft no more", async () => {
    await page.context().setOffline(true);
    await say(one, "on the train");
    await expect(messages(one, "on the train")).toHaveAttribute("data-state", "pending");
    await page.context().setOffline(false);
    await expectOnce(other, "on the train");
    await expect(line(phone.page, other).locator(".conversation-draft")).toHaveCount(0, { timeout: 30_000 });
    await page.goto(`/c/${conversation}`);
    await alive(page);
    await expect(box(page)).toHaveValue("");
  });
});

test("who logs out finds it at another browser, and nobody else does", async ({ page, arrive }) => {
  const { one, other, conversation } = await meet(page, await arrive());
  await box(page).fill("half a thought");
  await kept(page, ["half a thought"]);
  await logOut(one);
  const elsewhere = await logIn(await arrive(), one);
  await expect(line(elsewhere.page, other).locator(".conversation-draft")).toHaveCount(1);
  await elsewhere.page.goto(`/c/${conversation}`);
  await alive(elsewhere.page);
  await expect(box(elsewhere.page)).toHaveValue("half a thought");
  await kept(other.page, []);
  // What was written at one browser is not left behind in the other.
  const left = await elsewhere.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("salon-draft-")));
  expect(left).toEqual([]);
});

test("a thread has a draft of its own, on every device", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "Who brings what?");
  await expectOnce(one, "Who brings what?");
  await messages(one, "Who brings what?").focus();
  await page.keyboard.press("t");
  await expect(page).toHaveURL(/\/t\/\d+$/);
  const path = new URL(page.url()).pathname;
  await box(page).fill("I bring tea");
  await kept(page, ["I bring tea"]);

  const phone = await logIn(await arrive(), one);
  await phone.page.goto(path);
  await alive(phone.page);
  await expect(box(phone.page)).toHaveValue("I bring tea");
  await openConversation(phone, other);
  await expect(box(phone.page)).toHaveValue("");
});

test("typing does not wait for the server", async ({ page, arrive }) => {
  await meet(page, await arrive());
  let saves = 0;
  await page.route("**/do/save_draft", async (route) => {
    saves += 1;
    // Never answered.
    if (saves > 1) await route.continue();
  });
  await box(page).pressSequentially("one word");
  await expect.poll(() => saves).toBe(1);
  await box(page).pressSequentially(" after the other");
  await expect(box(page)).toHaveValue("one word after the other");
  await page.reload();
  await expect(box(page)).toHaveValue("one word after the other");
  await kept(page, ["one word after the other"]);
});

test("each conversation has its own", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  const driss = await signUp(await arrive(), "driss");
  await befriend(one, driss);
  await openConversation(one, driss);
  await box(page).fill("to Driss");
  await openConversation(one, other);
  await expect(box(page)).toHaveValue("");
  await box(page).fill("to Bruno");
  await kept(page, ["to Driss", "to Bruno"]);
  const phone = await logIn(await arrive(), one);
  for (const [friend, text] of [
    [driss, "to Driss"],
    [other, "to Bruno"],
  ] as const) {
    await expect(line(phone.page, friend).locator(".conversation-preview")).toContainText(text);
    await openConversation(phone, friend);
    await expect(box(phone.page)).toHaveValue(text);
  }
});
