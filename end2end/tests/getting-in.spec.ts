// Signing up and logging in: what is wrong stands beside its field, and one lands where one wanted to go.

import { fillInLogIn, fillInSignUp, logIn, logOut, newcomer, signUp } from "../support/people";
import { alive, expect, test } from "../support/test";

test("what is wrong with a new account stands beside its field", async ({ arrive }) => {
  const known = await signUp(await arrive(), "amina");
  const page = await arrive();
  const person = newcomer(page, "bruno");
  await page.goto("/signup");
  await alive(page);

  await fillInSignUp({ ...person, username: "No spaces" });
  await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Username")).toHaveAccessibleDescription(/letters|characters/i);
  await expect(page.getByLabel("Username")).toHaveValue("No spaces");

  await fillInSignUp({ ...person, email: "nowhere" });
  await expect(page.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");

  await fillInSignUp({ ...person, password: "short" });
  await expect(page.getByLabel("Password")).toHaveAttribute("aria-invalid", "true");

  await fillInSignUp({ ...person, username: known.username });
  await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");

  await fillInSignUp(person);
  await expect(page).toHaveURL("/");
});

test("a wrong password and an unknown name are answered alike", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const page = await arrive();
  await page.goto("/login");
  await alive(page);

  await fillInLogIn(page, amina.username, "not the password");
  const wrong = await page.getByRole("alert").innerText();
  await page.reload();
  await alive(page);
  await fillInLogIn(page, "nobody.of.that.name", "not the password");
  await expect(page.getByRole("alert")).toHaveText(wrong);
});

test("after log-in one lands where one wanted to go", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const page = await arrive();
  await page.goto("/friends");
  await expect(page).toHaveURL(/\/login\?next=/);
  await alive(page);
  await fillInLogIn(page, amina.username, amina.password);
  await expect(page).toHaveURL("/friends");
});

test("nobody is led to another site by the log-in form", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const page = await arrive();
  for (const next of ["https://thief.example/", "//thief.example/", "/\\thief.example/"]) {
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await alive(page);
    await fillInLogIn(page, amina.username, amina.password);
    await expect(page).toHaveURL("/");
    await alive(page);
    await logOut({ ...amina, page });
  }
});

test("a password can be looked at", async ({ page }) => {
  await page.goto("/login");
  await page.getByLabel("Password").fill("drawing room");
  await expect(page.getByLabel("Password")).toHaveAttribute("type", "password");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByLabel("Password")).toHaveAttribute("type", "text");
});

test("after log-out nothing of the person is left to see", async ({ arrive }) => {
  const amina = await signUp(await arrive(), "amina");
  const elsewhere = await logIn(await arrive(), amina);
  await logOut(amina);

  await amina.page.goto("/settings");
  await expect(amina.page).toHaveURL(/\/login/);
  await elsewhere.page.goto("/settings");
  await expect(elsewhere.page).toHaveURL("/settings");
});
