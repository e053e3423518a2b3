// Code in what people write, without JavaScript: its colours come with the page.

import { meet, say } from "../support/conversation";
import { expect, test } from "../support/test";

test("code has its colours without a script", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(other, '```sql\nselect "a" from b -- why\n```\n\n```\nselect\n```');
  await page.reload();
  await expect(one.page.locator(".tok-keyword")).toHaveText(["select", "from"]);
  await expect(one.page.locator(".tok-comment")).toHaveText("-- why");
  await expect(one.page.locator(".code code").first()).toHaveText('select "a" from b -- why');
  await expect(one.page.locator(".code code").last()).toHaveText("select");
});
