// The main thing people do with Salon: two of them meet, and talk live.

import { bodies, expectOnce, messages, openConversation, say } from "../support/conversation";
import { accept, askToBeFriends, befriend, rowOf, signUp } from "../support/people";
import { alive, expect, test } from "../support/test";

test("two people sign up, become friends, and talk live", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");

  await test.step("a request appears by itself on a home page that is open", async () => {
    await askToBeFriends(amina, bruno);
    await expect(rowOf(bruno.page, amina)).toBeVisible();
    await accept(bruno, amina);
  });

  await test.step("what one says the other reads at once", async () => {
    await openConversation(amina, bruno);
    await openConversation(bruno, amina);
    await say(amina, "Good evening, Bruno");
    await expectOnce(amina, "Good evening, Bruno");
    await expectOnce(bruno, "Good evening, Bruno");
    await expect(amina.page.getByLabel("Message")).toHaveValue("");

    await say(bruno, "Good evening to you");
    await expectOnce(amina, "Good evening to you");
    await expect(messages(amina, "Good evening, Bruno")).toHaveClass(/message--mine/);
    await expect(messages(amina, "Good evening to you")).not.toHaveClass(/message--mine/);
  });

  await test.step("my second tab sees each message once", async () => {
    const tab = { ...amina, page: await amina.page.context().newPage() };
    await tab.page.goto(amina.page.url());
    await alive(tab.page);
    await say(amina, "From the first tab");
    await expectOnce(tab, "From the first tab");
    await say(tab, "From the second tab");
    await expectOnce(amina, "From the second tab");
    await tab.page.close();
  });

  await test.step("it is all there, in order, after a reload", async () => {
    await bruno.page.reload();
    await expect(bodies(bruno)).toHaveText([
      "Good evening, Bruno",
      "Good evening to you",
      "From the first tab",
      "From the second tab",
    ]);
  });
});

test("a message is sent by Enter, and Shift+Enter begins a line", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await befriend(amina, bruno);
  await openConversation(amina, bruno);

  const box = amina.page.getByLabel("Message");
  await box.pressSequentially("one");
  await box.press("Shift+Enter");
  await box.pressSequentially("two");
  await box.press("Enter");

  await expectOnce(amina, "one");
  await expect(messages(amina, "one").locator("br")).toHaveCount(1);
});

test("marks become form, and markup stays text", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await befriend(amina, bruno);
  await openConversation(amina, bruno);
  await openConversation(bruno, amina);

  await say(amina, "**bold** <script>alert(1)</script> </textarea> https://example.org/a_b_c.");
  for (const person of [amina, bruno]) {
    const body = messages(person, "bold").locator(".message-body");
    await expect(body.locator("strong")).toHaveText("bold");
    await expect(body).toContainText("<script>alert(1)</script> </textarea>");
    await expect(body.getByRole("link")).toHaveAttribute("href", "https://example.org/a_b_c");
    await expect(body.getByRole("link")).toHaveAttribute("rel", /noopener noreferrer/);
  }

  await bruno.page.reload();
  await alive(bruno.page);
  await expectOnce(bruno, "<script>alert(1)</script>");
});

test("a conversation is nobody else's", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  const driss = await signUp(await arrive(), "driss");
  await befriend(amina, bruno);
  await openConversation(amina, bruno);
  await say(amina, "Between us");
  await expectOnce(amina, "Between us");

  const answer = await driss.page.goto(amina.page.url());
  expect(answer?.status()).toBe(404);
  await expect(driss.page.getByText("Between us")).toHaveCount(0);
});
