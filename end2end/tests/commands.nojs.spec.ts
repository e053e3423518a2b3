// Commands without JavaScript: the box is a form, and what stands in it is said.

import { meet, say } from "../support/conversation";
import { expect, test } from "../support/test";

test("what somebody does is drawn, and other commands are text", async ({ page, arrive }) => {
  const { one, other } = await meet(page, await arrive());
  await say(one, "/me waves");
  await say(one, "/shrug");
  await other.page.reload();
  await expect(other.page.locator(".message-body")).toHaveText([`* ${one.username} waves`, "/shrug"]);
});
