// The demo's second municipality in a real browser: it comes to the log-in page when its past is simulated, has charts with
// points and figures of equity, and neither municipality sees anything of the other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support.mjs";
import { demo, holds, picture } from "./desk.mjs";

// Long enough for a chart with some months behind it, and short enough for a program that is built to be tested.
const { browser, program } = await demo({ days: 100 });

const TESTBY = "Testby Kommune";
const MODELBY = "Modelby Kommune";
const READY = 300_000;

/** Logs in as a role of one of the two; the second comes when it is done. */
async function logInTo(page, place, role) {
  for (let tries = 0; tries < READY / 500; tries += 1) {
    await page.goto(`${program.address}/log-ind`);
    const button = page.getByRole("region", { name: place }).getByRole("button", { name: role });
    if (await button.count()) {
      await button.click();
      return page.waitForURL((url) => !url.pathname.startsWith("/log-ind"));
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  assert.fail(`${place} did not come to the log-in page`);
}

/** Opens a page until what is counted by itself is on it. */
async function openCounted(page, path, isThere) {
  for (let tries = 0; tries < READY / 500; tries += 1) {
    await page.goto(program.address + path);
    if (await isThere()) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  assert.fail(`${path} has no figures`);
}

test("its charts have points, its equity figures, and its nicotine courses stand in STOPbasen", { timeout: 2 * READY }, async () => {
  const { page, complaints } = await openPage(browser);
  await logInTo(page, MODELBY, "Leder");
  const points = page.locator("figure.fb-chart .fb-chart-wide .fb-chart-point");
  await openCounted(page, "/maaltal/R01", async () => (await points.count()) > 2);
  await holds(page);
  await picture(page, "simulated-indicator");
  const groups = page.locator("section[aria-labelledby=grupper] tbody tr");
  await openCounted(page, "/lighed", async () => /\b0101\b/.test((await groups.allInnerTexts()).join(" ")));
  await page.getByRole("heading", { level: 2, name: "Manglende borgere", exact: true }).waitFor();
  const modelby = await groups.filter({ hasText: "0101" }).innerText();
  assert.match(modelby, /10\.800/, "the residents of the district");
  await holds(page);
  await picture(page, "simulated-equity");
  const levels = page.getByRole("heading", { level: 2, name: "Niveauer" });
  await openCounted(page, "/lighed/model", async () => (await levels.count()) === 1);
  await holds(page);
  await picture(page, "simulated-drift");
  await page.goto(`${program.address}/stopbasen`);
  await page.getByRole("heading", { level: 1, name: "STOPbasen" }).waitFor();
  await holds(page);
  await picture(page, "simulated-stopbasen");
  for (const path of ["/kapacitet", "/pakker", "/samarbejde"]) {
    await page.goto(program.address + path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await holds(page);
    await picture(page, `simulated${path.replace("/", "-")}`);
  }
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("the log-in page names both municipalities, and neither finds a citizen of the other", { timeout: 2 * READY }, async () => {
  const { page, complaints } = await openPage(browser);
  await logInTo(page, MODELBY, "Visitator");
  const found = (name) => page.locator("main a[href^='/borgere/']", { hasText: name });
  const search = async (name) => {
    await page.getByRole("searchbox", { name: "Søg borger på navn eller CPR" }).fill(name);
    // What is sought stands in no address, so the next page is waited for as such.
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  };
  await search("Prøve");
  await found("Prøve").first().waitFor();
  const theirs = await found("Prøve").first().getAttribute("href");
  await search("Einer");
  assert.equal(await found("Einer").count(), 0);
  await page.context().clearCookies();
  await page.goto(`${program.address}/log-ind`);
  for (const place of [TESTBY, MODELBY]) await page.getByRole("heading", { level: 3, name: place }).waitFor();
  await holds(page);
  await picture(page, "log-in-two");
  await logInTo(page, TESTBY, "Visitator");
  await search("Prøve");
  assert.equal(await found("Prøve").count(), 0);
  assert.equal((await page.request.get(program.address + theirs)).status(), 404);
  assert.deepEqual(complaints, []);
  await page.context().close();
});
