// What every test starts from: visitors whose browsers are watched. Anything that the browser complains
// about fails the test, whatever it was about.

import { test as base, expect, type BrowserContext, type ConsoleMessage, type Page, type Response } from "@playwright/test";

export { expect };

type Fixtures = {
  /** Complaints that a test causes on purpose, as by a network that is gone. */
  forgive: RegExp;
  /** Opens the browser of somebody new: no cookies, a tab with nothing in it. At the server of all tests, or at `url`. */
  arrive: (url?: string) => Promise<Page>;
};

export const test = base.extend<Fixtures>({
  // Nothing.
  forgive: [/(?!)/, { option: true }],

  context: async ({ context, forgive }, use) => {
    const complaints = await watch(context);
    await use(context);
    expect(without(forgive, complaints), "what the browser complained about").toEqual([]);
  },

  arrive: async ({ browser, forgive }, use) => {
    const opened: { context: BrowserContext; complaints: string[] }[] = [];
    await use(async (url) => {
      const context = await browser.newContext(url ? { baseURL: url } : {});
      opened.push({ context, complaints: await watch(context) });
      return context.newPage();
    });

    for (const { context } of opened) await context.close();
    const complaints = opened.flatMap((visitor) => visitor.complaints);
    expect(without(forgive, complaints), "what the browsers complained about").toEqual([]);
  },
});

function without(forgiven: RegExp, complaints: string[]): string[] {
  return complaints.filter((complaint) => !forgiven.test(complaint));
}

/** Whether this test's browsers run JavaScript. */
export function hasJavaScript(): boolean {
  return test.info().project.use.javaScriptEnabled !== false;
}

/** Waits until the page has come to life: only then do its scripts answer to what a person does. */
export async function alive(page: Page): Promise<void> {
  if (!hasJavaScript()) return;
  await page.waitForFunction(() => (window as Watched).salonIsConnected || document.querySelector(".field-reveal"));
}

/** Whether the page scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(beyond, `${page.url()} is wider than the screen, in pixels`).toBeLessThanOrEqual(0);
}

type Watched = Window & { salonIsConnected?: boolean };

/** Collects what goes wrong in any page of `context`. */
export async function watch(context: BrowserContext): Promise<string[]> {
  const complaints: string[] = [];
  context.on("weberror", (error) => complaints.push(`uncaught: ${error.error()}`));
  context.on("console", (message) => {
    if (isComplaint(message)) complaints.push(`${message.type()}: ${message.text()} (${message.page()?.url()})`);
  });
  context.on("response", (response) => {
    if (isBroken(response)) complaints.push(`${response.status()}: ${response.url()}`);
  });

  await context.addInitScript(() => {
    const Native = window.WebSocket;
    window.WebSocket = class extends Native {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols);
        this.addEventListener("open", () => ((window as Watched).salonIsConnected = true));
      }
    };
  });
  return complaints;
}

function isComplaint(message: ConsoleMessage): boolean {
  const text = message.text();
  // Chromium's own note beside an answer that a test asked for; `isBroken` looks at the answers.
  if (text.startsWith("Failed to load resource: the server responded with a status of 4")) return false;
  if (message.type() === "error") return true;
  // The framework's warnings about itself, and the browser's about the policy.
  return message.type() === "warning" && /hydrat|reactive|dispos|^At |panick|content security/i.test(text);
}

function isBroken(response: Response): boolean {
  const part = ["script", "stylesheet", "font", "image", "manifest", "other"].includes(response.request().resourceType());
  return response.status() >= (part ? 400 : 500);
}
