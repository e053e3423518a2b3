// Finding one's way, and choosing how much to hear, by links and forms alone.

import { circle, goTo, lineOf, makeGroup } from "../support/groups";
import { expect, test } from "../support/test";

test("a place is found by its name, and a friend is written to", async ({ arrive }) => {
  const [amina, bruno, chloe] = await circle(arrive);
  const { page } = amina;
  await goTo(amina, "/");
  const group = await makeGroup(amina, "Jardin d’été", [bruno]);
  await goTo(amina, "/");
  await page.getByRole("link", { name: "Find" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Find" })).toBeVisible();
  const found = page.getByRole("main").locator(".found-line");

  await page.getByRole("searchbox").fill("ete");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByRole("searchbox")).toHaveValue("ete");
  await expect(found).toHaveCount(1);
  await found.click();
  await expect(page).toHaveURL(new RegExp(`${group}$`));

  await goTo(amina, `/find?q=${chloe.username}`);
  await found.getByRole("button", { name: "Open conversation" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(chloe.username);
  await goTo(amina, "/find?q=nobody+of+this+name");
  await expect(page.getByText("Nothing here has this name.")).toBeVisible();
});

test("a group is muted, pinned and hidden, and shown again", async ({ arrive }) => {
  const [amina, bruno] = await circle(arrive);
  const { page } = amina;
  await goTo(amina, "/");
  const group = await makeGroup(amina, "Garden", [bruno]);
  await page.getByRole("link", { name: "Notifications" }).click();
  await expect(page.getByText("Not muted.")).toBeVisible();
  await page.getByRole("button", { name: "Mute for 8 hours" }).click();
  await expect(page.getByText(/^Muted until .* UTC\.$/)).toBeVisible();

  await goTo(bruno, group);
  await bruno.page.getByLabel("Message").fill("Good evening");
  await bruno.page.getByRole("button", { name: "Send" }).click();
  await page.reload();
  await expect(page.getByRole("link", { name: /^Garden\s?, muted/ })).toBeVisible();
  await page.getByRole("button", { name: "Unmute", exact: true }).click();
  await expect(page.getByRole("link", { name: /^Garden\s?, 1 unread/ })).toBeVisible();

  await page.getByLabel("Shown as unread").selectOption("Nothing");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("Shown as unread")).toHaveValue("none");
  await page.getByRole("button", { name: "Pin", exact: true }).click();
  await expect(page.getByRole("link", { name: /^Garden\s?, pinned\s?, muted/ })).toBeVisible();
  await page.getByRole("button", { name: "Hide", exact: true }).click();
  await expect(lineOf(page, "Garden")).toHaveCount(0);
  await page.getByRole("button", { name: "Show again" }).click();
  await expect(lineOf(page, "Garden")).toHaveCount(1);
});
