// Passing on what was said.

import AxeBuilder from "@axe-core/playwright";
import { expectOnce, messages, openConversation, say } from "../support/conversation";
import { circle, goTo, makeGroup } from "../support/groups";
import { expect, expectNoSidewaysScroll, test } from "../support/test";

test("what one passes on stands there at once, and says that it was said elsewhere", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  const { page } = amina;
  const group = await makeGroup(amina, "Garden", [bruno, chloe]);
  await goTo(chloe, group);
  await openConversation(amina, bruno);
  await openConversation(bruno, amina);
  await say(bruno, "The gate is *open*");
  await messages(amina, "The gate is").hover();
  await page.getByRole("toolbar").getByRole("link", { name: "Forward", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Forward message" })).toBeFocused();
  await expect(page.locator(".quoted")).toContainText("The gate is open");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.getByRole("button", { name: "Forward", exact: true }).click();
  await expect(page.getByRole("alert")).toHaveText("Choose at least one conversation.");
  await page.getByRole("checkbox", { name: "Garden" }).check();
  await page.getByRole("button", { name: "Forward", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${group}$`));
  for (const person of [amina, chloe]) {
    await expectOnce(person, "The gate is");
    await expect(messages(person, "The gate is").locator(".message-sign")).toHaveText("Forwarded");
  }

  // It is not one's own to reword.
  await messages(amina, "The gate is").hover();
  const toolbar = page.getByRole("toolbar");
  await expect(toolbar.getByRole("button", { name: "Delete", exact: true })).toBeVisible();
  await expect(toolbar.getByRole("button", { name: "Edit", exact: true })).toHaveCount(0);
});

test("some letters leave the conversations that they mean, and what is chosen stays chosen", async ({ arrive }) => {
  const [amina, bruno] = await circle(arrive);
  const { page } = amina;
  for (const name of ["Attic", "Barn", "Cellar", "Den", "Engine room", "Fence", "Garden", "Hall"]) {
    await makeGroup(amina, name, [bruno]);
    await goTo(amina, "/");
  }
  await openConversation(amina, bruno);
  await say(amina, "Where is the key?");
  await messages(amina, "Where is the key?").hover();
  await page.getByRole("toolbar").getByRole("link", { name: "Forward", exact: true }).click();
  await page.getByRole("checkbox", { name: "Cellar" }).check();
  await page.getByRole("searchbox").fill("bar");
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await page.getByRole("checkbox", { name: "Barn" }).check();
  await page.getByRole("searchbox").press("Enter");
  await page.getByRole("searchbox").fill("");
  await expect(page.getByRole("checkbox", { name: "Cellar" })).toBeChecked();
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Forward", exact: true }).click();
  await expectOnce(amina, "Where is the key?");
  await expect(messages(amina, "Where is the key?").locator(".message-sign")).toHaveText("Forwarded");
});
