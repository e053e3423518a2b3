// What a hand feels, in a real browser against a real server: how long a conversation takes to open that is not loaded,
// and how long a key takes to show. One JSON line for each figure; every opening and every key is checked.

import { befriend, signUp } from "../support/people";
import { Salon } from "../support/server";
import { openConversation, postMany } from "../support/conversation";
import { alive, expect, test } from "../support/test";

const ROUNDS = 20;

function tell(what: string, goal: number, times: number[]): void {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (part: number) => Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1));
  console.log(JSON.stringify({ what, unit: "ms", median: at(0.5), p95: at(0.95), highest: at(1), goal }));
}

test("opening and typing", async ({ arrive }) => {
  const salon = await Salon.prepare();
  await salon.start();
  try {
    const amina = await signUp(await arrive(salon.url), "amina");
    const names: string[] = [];
    for (const name of ["bruno", "chloe"]) {
      const friend = await signUp(await arrive(salon.url), name);
      await befriend(friend, amina);
      await openConversation(friend, amina);
      await postMany(friend, new URL(friend.page.url()).pathname.split("/")[2], 300, `From ${name}`);
      names.push(friend.username);
    }
    const { page } = amina;
    await page.goto("/");
    await alive(page);

    const opened: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = names[round % 2];
      const text = `From ${name.split(".")[0]}`;
      opened.push(
        await page.evaluate(
          async ([name, text]) => {
            const link = [...document.querySelectorAll<HTMLElement>(".conversation-link")].find((link) => link.textContent?.includes(name));
            const begun = performance.now();
            link?.click();
            const shows = () =>
              document.querySelector("main h1")?.textContent === name &&
              [...document.querySelectorAll(".message-body")].some((body) => body.textContent?.startsWith(text));
            while (!shows()) await new Promise((next) => requestAnimationFrame(next));
            return performance.now() - begun;
          },
          [name, text],
        ),
      );
    }
    tell("a conversation that is not loaded: from the click to its messages on the screen", 100, opened);

    const box = page.getByLabel("Message");
    await box.focus();
    const typed = await page.evaluate(() => {
      const times: number[] = ((window as unknown as { typed: number[] }).typed = []);
      document.querySelector("textarea")?.addEventListener("keydown", () => {
        const begun = performance.now();
        requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - begun)));
      });
      return times.length;
    });
    expect(typed).toBe(0);
    const text = "The quick brown fox jumps over the lazy dog, and nobody waits for a letter. ".repeat(4);
    await box.pressSequentially(text, { delay: 15 });
    await expect(box).toHaveValue(text);
    const times = await page.evaluate(() => (window as unknown as { typed: number[] }).typed);
    expect(times.length).toBeGreaterThan(text.length * 0.9);
    tell("a key: from its press to the paint with its letter", 50, times);
  } finally {
    await salon.end();
  }
});
