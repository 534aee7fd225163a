// Somebody at a desk: logs in, counts what they press, and looks at each page at both widths. SCREENSHOTS names a folder
// to keep pictures in; docs/screenshots is made so.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { startProgram } from "./program.mjs";
import { DESK, PHONE, checkAxe, checkNoSidewaysScroll, openBrowser } from "./support.mjs";

/** The program with its demo and a browser, for all tests of a file; both end with the last of them. */
export async function demo(options) {
  const program = await startProgram(options);
  const browser = await openBrowser();
  after(async () => {
    await browser.close();
    await program.stop();
  });
  return { program, browser };
}

/** Logs in as one of the demo's users by role or title. */
export async function logIn(page, program, role) {
  await page.goto(`${program.address}/log-ind`);
  await page.getByRole("button", { name: role }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/log-ind"));
}

/** The page has no faults at any of the widths. */
export async function holds(page, widths = [DESK, PHONE]) {
  const before = page.viewportSize();
  for (const viewport of widths) {
    await page.setViewportSize(viewport);
    await checkAxe(page);
    await checkNoSidewaysScroll(page);
  }
  await page.setViewportSize(before);
}

/** Keeps a picture of the page at a desk and on the smallest phone, when a folder is named for them. */
export async function picture(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize();
  for (const [suffix, viewport] of [["", DESK], ["-320", PHONE]]) {
    await page.setViewportSize(viewport);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(folder, `${name}${suffix}.png`), fullPage: true });
  }
  await page.setViewportSize(before);
}

/** From anywhere to a citizen by name, as staff search. */
export async function findCitizen(page, name) {
  await page.getByRole("searchbox").fill(name);
  await page.keyboard.press("Enter");
  await page.locator("main a", { hasText: name }).first().click();
  await page.waitForURL(/\/borgere\/[0-9a-f-]+/);
}

/** From anywhere to a citizen by name and on to their talk. */
export async function openTalk(page, name) {
  await findCitizen(page, name);
  await page.locator('main a[href^="/kalender/tider/"]:not([href$="/invitation"])').first().click();
  await page.getByRole("link", { name: "Hold samtalen" }).click();
  await page.waitForURL(/\/samtaler\//);
}

/** Today as Denmark has it, some days on. */
export const day = (later = 0) =>
  new Date(Date.now() + later * 86_400_000).toLocaleDateString("sv-SE", { timeZone: "Europe/Copenhagen" });

/**
 * A session that has begun and lasts all day, of the team that is called so; `minute` makes it another than the one
 * before. Its times as they are read.
 */
export async function sessionToday(page, program, team, minute) {
  await page.goto(`${program.address}/hold`);
  await page.locator("main tbody th a", { hasText: team }).first().click();
  const fold = page.locator("details", { hasText: "Læg holdgange ind" });
  if ((await fold.getAttribute("open")) === null) await fold.locator("summary").click();
  await page.getByLabel("Første gang").fill(day());
  await page.getByLabel("Fra kl.").fill("00:00");
  await page.getByLabel("Til kl.").fill(`23:${minute}`);
  const add = page.getByRole("button", { name: "Læg ind", exact: true });
  const added = page.getByText("1 holdgang er lagt ind.");
  const despite = page.getByLabel("Læg dem ind alligevel");
  await add.click();
  // On some weekdays another team has the room for an hour of it.
  await added.or(despite).waitFor();
  if (await despite.isVisible()) {
    await despite.check();
    await add.click();
  }
  await added.waitFor();
  return `0.00–23.${minute}`;
}

/** Asks until it is so; the pages' policy lets no test wait inside them. */
export async function until(isSo) {
  for (let tries = 0; tries < 50; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail("it did not come to be");
}

/** Counts presses, as scenarios.md counts them: each tap or choice is one, typing is none; and the time the program took. */
export class Presses {
  count = 0;
  milliseconds = 0;

  async press(control) {
    this.count += 1;
    const page = control.page();
    const before = page.url();
    await control.click();
    await page.waitForLoadState();
    if (page.url() === before) return;
    // A page that went on meanwhile has taken its timing with it.
    const took = await page.evaluate(() => {
      const [load] = performance.getEntriesByType("navigation");
      return load ? load.responseEnd - load.requestStart : 0;
    }).catch(() => 0);
    this.milliseconds += took;
  }

  /** Within what the scenario promises; the time is told, never asserted. */
  within(budget, scenario) {
    console.log(`${scenario}: ${this.count} of ${budget} presses, system time ${Math.round(this.milliseconds)} ms`);
    assert.ok(this.count <= budget, `${scenario}: ${this.count} presses, ${budget} allowed`);
  }
}
