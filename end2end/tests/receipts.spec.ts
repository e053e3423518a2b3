// Who is writing, and what has become of what one said: seen at once, by whoever may know, and by nobody else.

import { type Locator, type Page } from "@playwright/test";
import { circle, makeGroup } from "../support/groups";
import { expectOnce, meet, messages, openConversation, say } from "../support/conversation";
import { type Person } from "../support/people";
import { alive, expect, test } from "../support/test";

function box(person: Person): Locator {
  return person.page.getByLabel("Message", { exact: true });
}

/** The line that says who is writing. */
function typing(person: Person): Locator {
  return person.page.locator(".typing");
}

/** What has become of a message of one's own. */
function ticks(person: Person, text: string): Locator {
  return messages(person, text).locator(".ticks");
}

async function choose(person: Person, receipts: "On" | "Off"): Promise<void> {
  await person.page.goto("/settings/privacy");
  await alive(person.page);
  await person.page.getByLabel("Read receipts").selectOption({ label: receipts });
  await person.page.getByRole("button", { name: "Save" }).click();
  await expect(person.page.getByText("Saved.")).toBeVisible();
}

/** Counts the frames of this type that a page sends from here on. */
function countFrames(page: Page, type: string): () => number {
  let count = 0;
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => {
      if (JSON.parse(payload.toString()).type === type) count += 1;
    });
  });
  return () => count;
}

test("the other sees that one is writing, until one sends or gives up", async ({ arrive }) => {
  const { one, other } = await meet(await arrive(), await arrive());
  const before = await box(other).boundingBox();
  await box(one).pressSequentially("Hel");
  await expect(typing(other)).toHaveText(`${one.username} is typing`, { timeout: 1_500 });
  expect(await box(other).boundingBox(), "nothing moves").toEqual(before);
  await expect(typing(one)).toBeEmpty();

  await box(one).fill("");
  await expect(typing(other)).toBeEmpty({ timeout: 1_500 });
  await box(one).pressSequentially("Hello");
  await expect(typing(other)).not.toBeEmpty();
  await box(one).press("Enter");
  await expectOnce(other, "Hello");
  await expect(typing(other)).toBeEmpty({ timeout: 1_500 });

  // Whoever only stops is believed for a few seconds.
  await box(one).pressSequentially("And");
  await expect(typing(other)).not.toBeEmpty();
  await expect(typing(other)).toBeEmpty({ timeout: 7_000 });
});

test("who writes for ten seconds says so four times at most", async ({ arrive }) => {
  const { one, other } = await meet(await arrive(), await arrive());
  const frames = countFrames(one.page, "typing");
  await one.page.reload();
  await alive(one.page);
  await box(one).pressSequentially("a".repeat(50), { delay: 200 });
  await expect(typing(other)).not.toBeEmpty();
  expect(frames()).toBeLessThanOrEqual(4);
});

test("a message is sent, then delivered, then read", async ({ arrive }) => {
  const { one, other } = await meet(await arrive(), await arrive());
  await other.page.goto("about:blank");
  await say(one, "Are you there?");
  await expectOnce(one, "Are you there?");
  await expect(ticks(one, "Are you there?")).toHaveText("Sent");

  await other.page.goto("/friends");
  await alive(other.page);
  await expect(ticks(one, "Are you there?")).toHaveText("Delivered");
  await say(one, "Still?");
  await expect(ticks(one, "Still?")).toHaveText("Delivered");

  await openConversation(other, one);
  await expect(ticks(one, "Are you there?")).toHaveText("Read");
  await expect(ticks(one, "Still?")).toHaveAttribute("data-state", "read");
  await one.page.reload();
  await expect(ticks(one, "Still?")).toHaveText("Read");
  await expect(other.page.locator(".ticks"), "of what others said nothing is shown").toHaveCount(0);
});

test("without receipts one neither tells nor is told", async ({ arrive }) => {
  const { one, other } = await meet(await arrive(), await arrive());
  await choose(other, "Off");
  await openConversation(other, one);
  await say(one, "Have you read this?");
  await expectOnce(other, "Have you read this?");
  await box(other).pressSequentially("No");
  await say(other, "No");
  await expectOnce(one, "No");
  await expect(typing(one)).toBeEmpty();
  await expect(ticks(one, "Have you read this?")).toHaveText("Sent");
  await expect(ticks(other, "No")).toHaveText("Sent");
});

test("in a group it is said how many have read, and a page says who", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  const path = await makeGroup(amina, "Garden", [bruno, chloe]);
  await say(amina, "The apples are ripe");
  await expectOnce(amina, "The apples are ripe");
  const readBy = amina.page.locator(".read-by");
  await expect(readBy).toHaveCount(0);

  await bruno.page.goto(path);
  await alive(bruno.page);
  await expect(readBy).toHaveText("Read by 1");
  await chloe.page.goto(path);
  await alive(chloe.page);
  await expect(readBy).toHaveText("Read by 2");
  await expect(bruno.page.locator(".read-by")).toHaveCount(0);

  await box(bruno).pressSequentially("How");
  await box(chloe).pressSequentially("How");
  await expect(typing(amina)).toHaveText(/ and .* are typing$/);

  await readBy.click();
  await expect(amina.page.getByRole("heading", { level: 1, name: "Read by" })).toBeVisible();
  await expect(amina.page.locator(".person")).toHaveCount(2);
  await expect(amina.page.locator(".person").filter({ hasText: `@${chloe.username}` })).toBeVisible();
});
