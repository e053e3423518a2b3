// Access tokens by forms alone.

import { expect, test } from "../support/test";
import { signUp } from "../support/people";

test("a token is made and revoked by forms", async ({ arrive }) => {
  const { page } = await signUp(await arrive(), "amina");
  await page.goto("/settings/tokens");
  await page.getByLabel("Name", { exact: true }).fill("Kettle");
  await page.getByRole("button", { name: "Create token", exact: true }).click();
  const line = page.locator(".link", { hasText: "Kettle" });
  await expect(line.locator("code")).toHaveText(/^salon_[A-Za-z0-9_-]{44}$/);
  await line.getByRole("button", { name: "Revoke" }).click();
  await expect(line).toHaveCount(0);
});
