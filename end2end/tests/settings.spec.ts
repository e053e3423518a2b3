// The account's settings: each is saved on its own, says so, and applies at once.

import { type Page } from "@playwright/test";
import { accept, askToBeFriends, fillInLogIn, logIn, signUp } from "../support/people";
import { bodies, expectOnce, openConversation, say } from "../support/conversation";
import { alive, expect, test } from "../support/test";

/** Saves the form that holds the field with this label. */
async function save(page: Page, label: string): Promise<void> {
  await page.locator("form").filter({ has: page.getByLabel(label) }).getByRole("button", { name: "Save" }).click();
}

async function changePassword(page: Page, current: string, next: string): Promise<void> {
  await page.getByLabel("Current password").fill(current);
  await page.getByLabel("New password").fill(next);
  await page.getByRole("button", { name: "Save" }).click();
}

test("a new display name is saved and seen by friends", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await askToBeFriends(bruno, amina);
  const { page } = amina;
  await page.goto("/settings");
  await alive(page);

  await page.getByLabel("Display name").fill("");
  await save(page, "Display name");
  await expect(page.getByLabel("Display name")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Display name")).toBeFocused();

  await page.getByLabel("Display name").fill("Amina of the Hills");
  await save(page, "Display name");
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeFocused();
  await expect(page.getByLabel("Display name")).toHaveValue("Amina of the Hills");
  await bruno.page.goto("/friends");
  await expect(bruno.page.getByText("Amina of the Hills")).toBeVisible();

  // It is said once: who leaves the page and comes back has read it.
  await alive(page);
  await page.getByRole("link", { name: "Friends" }).click();
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByLabel("Display name")).toHaveValue("Amina of the Hills");
  await expect(page.getByText("Saved.")).toHaveCount(0);
});

test("language and theme apply at once", async ({ arrive }) => {
  const { page } = await signUp(await arrive(), "chloe");
  await page.goto("/settings");
  await alive(page);
  const html = page.locator("html");

  await page.getByLabel("Theme").selectOption({ label: "Dark" });
  await save(page, "Theme");
  await expect(html).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("meta[name=theme-color]")).toHaveAttribute("content", "#1e1916");
  await expect(page.getByText("Saved.")).toBeVisible();

  await alive(page);
  await page.getByLabel("Language").selectOption({ label: "Français" });
  await save(page, "Language");
  await expect(html).toHaveAttribute("lang", "fr");
  await expect(html).toHaveAttribute("data-theme", "dark");
  await expect(page.getByText("C’est enregistré.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Réglages" })).toBeVisible();

  await alive(page);
  await page.getByLabel("Langue").selectOption({ label: "Celle du navigateur" });
  await page.locator("form").filter({ has: page.getByLabel("Langue") }).getByRole("button").click();
  await expect(html).toHaveAttribute("lang", "en");
});

test("the email address changes with the password alone", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  const { page } = amina;
  await page.goto("/settings");
  await alive(page);
  await page.getByRole("link", { name: "Change email" }).click();
  await expect(page.getByRole("heading", { name: "Change email" })).toBeVisible();
  const email = page.getByLabel("Email");
  await expect(email).toHaveValue(amina.email);
  const change = async (address: string, password: string) => {
    await email.fill(address);
    await page.getByLabel("Current password").fill(password);
    await page.getByRole("button", { name: "Save" }).click();
  };

  await change("nowhere", amina.password);
  await expect(email).toHaveAttribute("aria-invalid", "true");
  await expect(email).toBeFocused();
  await change(`new.${amina.email}`, "not the password");
  await expect(page.getByLabel("Current password")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Current password")).toBeFocused();
  await expect(email).toHaveValue(`new.${amina.email}`);
  await change(bruno.email, amina.password);
  await expect(email).toHaveAccessibleDescription(/exists already/);

  await change(`new.${amina.email}`, amina.password);
  await expect(page).toHaveURL("/settings");
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  await expect(page.getByText(`new.${amina.email}`)).toBeVisible();
  await logIn(await arrive(), { ...amina, username: `new.${amina.email}` });
});

test("a new password logs one out everywhere else", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const elsewhere = await logIn(await arrive(), amina);
  const { page } = amina;
  const next = `${amina.password}, once more`;
  await page.goto("/settings/password");
  await alive(page);

  await changePassword(page, "not the password", next);
  await expect(page.getByLabel("Current password")).toHaveAccessibleDescription(/not your current password/);
  await expect(page.getByLabel("Current password")).toBeFocused();
  await changePassword(page, amina.password, "short");
  await expect(page.getByLabel("New password")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("New password")).toBeFocused();

  const tab = await page.context().newPage();
  await tab.goto("/friends");
  await alive(tab);
  await changePassword(page, amina.password, next);
  await expect(page).toHaveURL("/settings");
  await expect(page.getByRole("status").filter({ hasText: "logged out everywhere else" })).toBeVisible();
  await expect(elsewhere.page).toHaveURL(/\/login/);
  // The other tab of this browser has the new session as well.
  await tab.waitForLoadState("load");
  await expect(tab).toHaveURL("/friends");
  await tab.reload();
  await expect(tab).toHaveURL("/friends");

  await alive(elsewhere.page);
  await fillInLogIn(elsewhere.page, amina.username, amina.password);
  await expect(elsewhere.page.getByRole("alert")).toBeVisible();
  await fillInLogIn(elsewhere.page, amina.username, next);
  await expect(elsewhere.page).toHaveURL("/");
});

test("names and texts run in their own direction", async ({ arrive }) => {
  const dana = await signUp(await arrive(), "dana");
  const bruno = await signUp(await arrive(), "bruno");
  const { page } = dana;
  await page.goto("/settings");
  await alive(page);
  await page.getByLabel("Display name").fill("דנה כהן");
  await save(page, "Display name");
  await expect(page.getByText("Saved.")).toBeVisible();
  await askToBeFriends(dana, bruno);
  await bruno.page.goto("/");
  await alive(bruno.page);
  await accept(bruno, dana);
  await openConversation(bruno, dana);
  await say(bruno, "مرحبا، كيف الحال؟");
  await expectOnce(bruno, "مرحبا");

  const direction = (selector: string) =>
    bruno.page.locator(selector).first().evaluate((element) => getComputedStyle(element).direction);
  await expect(bodies(bruno)).toHaveText(["مرحبا، كيف الحال؟"]);
  expect(await direction(".message-body p")).toBe("rtl");
  expect(await direction(".conversation-header h1")).toBe("rtl");
  expect(await direction(".conversation-handle")).toBe("ltr");
  await bruno.page.getByLabel("Message").fill("שלום");
  expect(await direction("textarea")).toBe("rtl");
  await bruno.page.goto("/friends");
  expect(await direction(".person-name")).toBe("rtl");
  expect(await direction(".conversation-name")).toBe("rtl");
});
