// The same without JavaScript: everything is a link or a form.

import { bodies, expectOnce, openConversation, say } from "../support/conversation";
import { accept, askToBeFriends, logIn, logOut, rowOf, signUp } from "../support/people";
import { expect, test } from "../support/test";

test("two people sign up, become friends, and talk", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");

  await askToBeFriends(amina, bruno);
  await bruno.page.goto("/");
  await expect(rowOf(bruno.page, amina)).toBeVisible();
  await accept(bruno, amina);

  await openConversation(amina, bruno);
  await say(amina, "Good evening, Bruno");
  await expectOnce(amina, "Good evening, Bruno");

  await openConversation(bruno, amina);
  await expectOnce(bruno, "Good evening, Bruno");
  await say(bruno, "Good evening\nto you");
  await amina.page.reload();
  await expect(bodies(amina)).toHaveText(["Good evening, Bruno", /Good evening\s*to you/]);
});

test("a form that is sent again by a reload says it once", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await askToBeFriends(amina, bruno);
  await bruno.page.goto("/");
  await accept(bruno, amina);
  await openConversation(amina, bruno);

  await say(amina, "Only once");
  await expectOnce(amina, "Only once");
  await amina.page.reload();
  await expectOnce(amina, "Only once");
});

test("older messages are behind a link", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await askToBeFriends(amina, bruno);
  await bruno.page.goto("/");
  await accept(bruno, amina);
  await openConversation(amina, bruno);

  for (let number = 1; number <= 42; number++) {
    await say(amina, `Number ${number}.`);
    await expectOnce(amina, `Number ${number}.`);
  }
  await expect(bodies(amina).filter({ hasText: /^Number 1\.$/ })).toHaveCount(0);
  await amina.page.getByRole("link", { name: "Older messages" }).click();
  await expect(bodies(amina).filter({ hasText: /^Number 1\.$/ })).toHaveCount(1);
});

test("one logs out and in again, by the email address as well", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  await logOut(amina);
  await amina.page.goto("/friends");
  await expect(amina.page).toHaveURL(/\/login\?next=/);
  await logIn(await arrive(), { ...amina, username: amina.email });
});
