// The same without JavaScript: a refused form comes back with what was typed, never the password.

import { fillInLogIn, fillInSignUp, newcomer, signUp } from "../support/people";
import { expect, test } from "../support/test";

test("a refused form comes back filled in, with the error beside its field", async ({ arrive }) => {
  const page = await arrive();
  const person = newcomer(page, "amina");
  await page.goto("/signup");
  await fillInSignUp({ ...person, email: "nowhere</textarea><script>" });

  await expect(page).toHaveURL(/\/signup$/);
  await expect(page.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Email")).toHaveValue("nowhere</textarea><script>");
  await expect(page.getByLabel("Username")).toHaveValue(person.username);
  await expect(page.getByLabel("Password")).toHaveValue("");

  await fillInSignUp(person);
  await expect(page).toHaveURL("/");
});

test("after log-in one lands where one wanted to go, even at the second try", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const page = await arrive();
  await page.goto("/friends");
  await fillInLogIn(page, amina.username, "not the password");
  await expect(page.getByRole("alert")).toBeVisible();
  await fillInLogIn(page, amina.username, amina.password);
  await expect(page).toHaveURL("/friends");
});
