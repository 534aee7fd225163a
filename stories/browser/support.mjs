// What the browser tests share: one Chromium that talks to nobody but the program, and the accessibility check.
// Run by node's own test runner: node --test 'stories/browser/**/*.test.mjs'. CHROMIUM names another browser binary.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The widths every page must hold: a desk, and the smallest phone (= 400 % zoom at 1280). */
export const DESK = { width: 1366, height: 900 };
export const PHONE = { width: 320, height: 700 };

const QUIET = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a browser; the caller closes it. */
export function openBrowser() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: QUIET, chromiumSandbox: false });
}

/**
 * Opens a page and remembers what it complained about: script errors, refused resources, failed requests.
 * `options` go to Playwright: viewport, colorScheme, javaScriptEnabled, forcedColors, reducedMotion …
 */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: DESK, locale: "da-DK", ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  return { page, complaints };
}

/**
 * Fails with a readable list when axe finds a breach of WCAG A or AA, or of good practice. `only` names the rules to look
 * at, where nothing else can have changed.
 */
export async function checkAxe(page, { except = [], only } = {}) {
  // Through the debugger, not a script tag: the content security policy of the pages stays as it is.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const rules = Object.fromEntries(except.map((rule) => [rule, { enabled: false }]));
  const options = only ? { runOnly: { type: "rule", values: only } } : { rules };
  const { violations } = await page.evaluate((asked) => globalThis.axe.run(document, asked), options);
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join("\n  ")}`);
  assert.deepEqual(found, [], `axe on ${page.url()}:\n${found.join("\n")}`);
}

/** Fails when the page itself can be scrolled sideways. */
export async function checkNoSidewaysScroll(page) {
  const { needed, given } = await page.evaluate(() => ({
    needed: document.documentElement.scrollWidth,
    given: document.documentElement.clientWidth,
  }));
  assert.ok(needed <= given, `${page.url()} is ${needed} px wide on a screen of ${given} px`);
}
