// The quality standard in a real browser: the proof of all requirements in two presses (Q7), from the whole to who is missing in
// three, a recommendation switched off with a reason, and a declaration; at a desk and on the smallest phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, openPage } from "./support.mjs";
import { Presses, demo, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

test("Q7: every krav with its status, evidence and responsible person, and a file of it, in two presses", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  await page.goto(`${program.address}/kvalitet`);
  await page.getByRole("heading", { level: 1, name: "Kvalitetsstandarden" }).waitFor();
  await holds(page);
  await picture(page, "quality");
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: "Alle krav med bevis" }));
  await page.getByRole("heading", { level: 1, name: "Alle krav med bevis" }).waitFor();
  assert.ok((await page.locator(".fb-demands tbody tr").count()) === 256);
  const download = page.waitForEvent("download");
  await presses.press(page.getByRole("link", { name: "Hent som Excel" }));
  assert.match((await download).suggestedFilename(), /^kvalitetsstandarden-.*\.xlsx$/);
  presses.within(2, "Q7");
  await holds(page);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("from the share of an area to the citizen that something is missing for, in three presses", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  await page.goto(`${program.address}/kvalitet`);
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: "Afklarende samtale", exact: true }));
  await page.getByRole("heading", { level: 1, name: "Afklarende samtale" }).waitFor();
  await holds(page);
  await picture(page, "quality-area");
  const lacking = page.locator("tr", { hasText: /ikke opfyldt|ukendt/ }).getByRole("link").first();
  await presses.press(lacking);
  await page.getByRole("heading", { level: 2, name: "Hvem og hvad mangler" }).waitFor();
  await page.getByRole("heading", { level: 2, name: "Sådan afgøres det" }).waitFor();
  await holds(page);
  await picture(page, "quality-requirement");
  await presses.press(page.locator("section[aria-labelledby=mangler] tbody th a").first());
  await page.waitForURL(/\/(forloeb|henvisninger)\/[0-9a-f-]{36}/);
  presses.within(3, "from an area to a citizen");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a recommendation is switched off with a reason, and a declaration names who and on what", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser, { viewport: PHONE });
  await logIn(page, program, "Leder");
  await page.goto(`${program.address}/kvalitet/krav/KS-3-01`);
  await page.getByRole("button", { name: "Slå fra" }).click();
  await page.getByText("Skriv, hvorfor anbefalingen er slået fra.").first().waitFor();
  await holds(page);
  await page.getByLabel("Hvorfor").fill("Samme afdeling");
  await page.getByRole("button", { name: "Slå fra" }).click();
  await page.getByText("Anbefalingen er slået fra.", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Slå til igen" }).click();
  await page.getByText("Anbefalingen er slået til.", { exact: true }).waitFor();
  await page.goto(`${program.address}/kvalitet/krav/KS-1.1-01`);
  await page.getByLabel("Ansvarlig").fill("Lone Leder");
  await page.getByLabel("Bevis").fill("Referat 12");
  await page.getByRole("button", { name: "Erklær" }).click();
  await page.getByText("Erklæringen er gemt.").waitFor();
  await holds(page);
  await picture(page, "quality-declared");
  await page.goto(`${program.address}/kvalitet/graenser`);
  await page.getByRole("heading", { level: 1, name: "Grænser" }).waitFor();
  await holds(page);
  await picture(page, "quality-limits");
  assert.deepEqual(complaints.filter((text) => !text.includes("422")), []);
  await page.context().close();
});
