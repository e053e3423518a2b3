// Without JavaScript nobody sees that one looks: one says that one has read.

import { expectOnce, openConversation, say } from "../support/conversation";
import { accept, askToBeFriends, signUp } from "../support/people";
import { expect, test } from "../support/test";

test("what is unread is counted, and marked as read by a button", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await askToBeFriends(amina, bruno);
  await bruno.page.goto("/");
  await accept(bruno, amina);
  await openConversation(amina, bruno);
  for (const text of ["One", "Two"]) {
    await say(amina, text);
    await expectOnce(amina, text);
  }

  await bruno.page.goto("/");
  const line = bruno.page.getByRole("link", { name: new RegExp(`${amina.username}\\s?, 2 unread`) });
  await line.click();
  await expectOnce(bruno, "Two");
  // To look at a page changes nothing.
  await bruno.page.reload();
  await expect(line).toBeVisible();

  await bruno.page.getByRole("button", { name: "Mark as read" }).click();
  await expectOnce(bruno, "Two");
  await expect(line).toHaveCount(0);
  await expect(bruno.page.getByRole("button", { name: "Mark as read" })).toHaveCount(0);
});
