// The same without JavaScript: every setting is a form, and the page that follows says what became of it.

import { accept, askToBeFriends, logIn, rowOf, signUp } from "../support/people";
import { expect, test } from "../support/test";

test("each setting is saved, applies at once, and says so", async ({ arrive }) => {
  const { page } = await signUp(await arrive(), "amina");
  await page.goto("/settings");
  const form = (label: string) => page.locator("form").filter({ has: page.getByLabel(label) });

  await page.getByLabel("Display name").fill("Amina of the Hills");
  await form("Display name").getByRole("button", { name: "Save" }).click();
  await expect(form("Display name").getByRole("status")).toHaveText("Saved.");
  await expect(page.getByLabel("Display name")).toHaveValue("Amina of the Hills");

  await page.getByLabel("Theme").selectOption({ label: "Light" });
  await form("Theme").getByRole("button", { name: "Save" }).click();
  await expect(form("Theme").getByRole("status")).toHaveText("Saved.");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");

  await page.getByLabel("Language").selectOption({ label: "Français" });
  await form("Language").getByRole("button", { name: "Save" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await expect(page.getByText("C’est enregistré.")).toHaveCount(1);
  await page.reload();
  await expect(page.getByText("C’est enregistré.")).toHaveCount(0);
});

test("email and password change with the current password", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const { page } = amina;
  await page.goto("/settings");
  await page.getByRole("link", { name: "Change email" }).click();
  await page.getByLabel("Email").fill(`new.${amina.email}`);
  await page.getByLabel("Current password").fill("not the password");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL("/settings/email");
  await expect(page.getByLabel("Current password")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Current password")).toHaveValue("");
  await expect(page.getByLabel("Email")).toHaveValue(`new.${amina.email}`);
  await page.getByLabel("Current password").fill(amina.password);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL("/settings");
  await expect(page.getByRole("status").filter({ hasText: "Your email address has changed." })).toBeVisible();

  const next = `${amina.password}, once more`;
  await page.getByRole("link", { name: "Change password" }).click();
  await page.getByLabel("Current password").fill(amina.password);
  await page.getByLabel("New password").fill(next);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL("/settings");
  await expect(page.getByRole("status").filter({ hasText: "logged out everywhere else" })).toBeVisible();
  await logIn(await arrive(), { ...amina, username: `new.${amina.email}`, password: next });
});

test("what goes wrong is a page with a way out", async ({ arrive, page: visitor }) => {
  const answer = await visitor.request.get("/do/log_out", { headers: { accept: "text/html" } });
  expect(answer.status()).toBe(405);

  const { page } = await signUp(await arrive(), "amina");
  await page.goto("/do/log_out");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing here");
  await page.getByRole("link", { name: "Back to home" }).click();
  await expect(page).toHaveURL("/");
});

test("nobody loses a friend by one click", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const bruno = await signUp(await arrive(), "bruno");
  await askToBeFriends(amina, bruno);
  await bruno.page.goto("/");
  await accept(bruno, amina);

  await amina.page.goto("/friends");
  const row = rowOf(amina.page, bruno);
  await expect(row.getByRole("button", { name: "Remove" })).toBeHidden();
  await row.getByText("Remove friend").click();
  await expect(row).toContainText("stays to be read");
  await row.getByRole("button", { name: "Remove" }).click();
  await expect(row).toHaveCount(0);
});
