// Keeping order without JavaScript: everything is a link or a form.

import { expectOnce, messages, say } from "../support/conversation";
import { circle, goTo, makeGroup, save } from "../support/groups";
import { expect, test } from "../support/test";

test("an admin deletes a message by a form, and slows the group down by another", async ({ arrive }) => {
  const [amina, bruno] = await circle(arrive);
  const { page } = amina;
  await goTo(amina, "/");
  const group = await makeGroup(amina, "Garden", [bruno]);
  await goTo(bruno, group);
  await say(bruno, "Buy my seeds");

  await test.step("the address of a message leads to what may be done with it", async () => {
    await goTo(amina, group);
    await messages(amina, "Buy my seeds").locator(".message-link").click();
    await expect(page).toHaveURL(new RegExp(`${group}/m/\\d+$`));
    await page.getByRole("link", { name: "Delete" }).click();
    await expect(page.locator(".quoted")).toContainText("Buy my seeds");
    await page.getByRole("link", { name: "Cancel" }).click();
    await page.getByRole("link", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    await expect(page).toHaveURL(new RegExp(`${group}/m/\\d+$`));
    await expect(page.locator(".message[data-deleted]")).toContainText("Message deleted by you");
    await expect(page.getByRole("link", { name: "Delete" })).toHaveCount(0);
  });

  await test.step("the member sees what remains", async () => {
    await goTo(bruno, group);
    await expect(bruno.page.locator(".message[data-deleted]")).toContainText(`Message deleted by ${amina.username}`);
    await expect(messages(bruno, "Buy my seeds")).toHaveCount(0);
  });

  await test.step("in slow mode a text that comes too early stands in its box again", async () => {
    await goTo(amina, `${group}/settings`);
    await page.getByLabel("Time between two messages").selectOption("1 hour");
    await save(amina, "Time between two messages");
    await expect(page.getByText("Saved.")).toBeVisible();

    await goTo(bruno, group);
    await expect(bruno.page.getByText("Slow mode: one message every hour.", { exact: true })).toBeVisible();
    await say(bruno, "Very good seeds");
    await expect(bruno.page.getByRole("alert")).toHaveText(/^That was too often. Try again in \d+ minutes.$/);
    await expect(bruno.page.getByLabel("Message", { exact: true })).toHaveValue("Very good seeds");
    await goTo(amina, group);
    for (const text of ["No seeds here", "Please"]) {
      await say(amina, text);
      await expectOnce(amina, text);
    }
  });
});
