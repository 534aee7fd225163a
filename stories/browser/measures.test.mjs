// C7: AUDIT, ten answers and one press, with score, band and way at once. I3: a test round of a whole class in one grid.
// K7: then and now in two pictures. The citizen's own screen, one question at a time. Press budgets are those of the scenarios.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Presses, demo, holds, logIn, picture, sessionToday } from "./desk.mjs";

const { program, browser } = await demo();
const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "da-DK" });
const page = await context.newPage();

/** The demo's team. */
async function openTeam() {
  await page.goto(`${program.address}/hold`);
  await page.locator("main tbody th a").first().click();
  await page.waitForURL(/\/hold\/[0-9a-f-]+$/);
}

/** To the measures of somebody on the team. */
async function openMeasures() {
  await logIn(page, program, "Fysioterapeut");
  await openTeam();
  await page.locator(".fb-seats strong a").first().click();
  await page.waitForURL(/\/borgere\/[0-9a-f-]+/);
  await page.getByRole("link", { name: "Målinger", exact: true }).first().click();
  await page.waitForURL(/maalinger$/);
}

/** The grid of a session that lasts all day; `minute` makes it another than the one before. */
async function openGrid(minute, isNew) {
  if (isNew) await sessionToday(page, program, /./, minute);
  else await openTeam();
  await page.locator(".fb-sessions li", { hasText: `23.${minute}` }).getByRole("link", { name: /^Test/ }).click();
  await page.waitForURL(/gange\/[0-9a-f-]+\/maalinger$/);
}

test("C7: AUDIT is ten answers and one press, and says band and way at once", async () => {
  await openMeasures();
  await holds(page);
  await page.getByRole("link", { name: /^AUDIT/ }).click();
  await picture(page, "measures-audit");
  await holds(page);
  const presses = new Presses();
  for (const [no, points] of [[1, 4], [2, 4], [3, 4], [4, 3], [5, 2], [6, 0], [7, 2], [8, 0], [9, 0], [10, 4]]) {
    await presses.press(page.locator(`#sp-${no}-${points}`));
  }
  await presses.press(page.getByRole("button", { name: "Gem og se resultat" }));
  presses.within(11, "C7");
  assert.match(page.url(), /\/maalinger\/[0-9a-f-]+$/);
  const main = page.getByRole("main");
  for (const text of ["23 af 40", "Mulig afhængighed", "Frit valg mellem behandlingssteder", "Der skal handles i dag"]) {
    assert.ok((await main.innerText()).includes(text), text);
  }
  assert.ok(await page.getByLabel(/Henvisning til alkoholbehandling/).isChecked());
  await picture(page, "measures-audit-result");
  await holds(page);
  await page.getByLabel("Borgeren er gravid").check();
  await page.getByRole("button", { name: "Gem og se rådet" }).click();
  assert.ok((await main.innerText()).includes("Er underretning til børne- og familieområdet vurderet?"));
  await holds(page);
});

test("C7: the citizen answers on the screen, a press a question, and reaches nothing else", async () => {
  await page.getByRole("navigation", { name: "Sti" }).getByRole("link").click();
  await page.getByRole("link", { name: /^WHO-5/ }).click();
  await page.getByRole("button", { name: "Giv skærmen til borgeren" }).click();
  await page.waitForURL(/\/svar/);
  await picture(page, "measures-tablet");
  await holds(page);
  const presses = new Presses();
  for (let no = 1; no <= 5; no += 1) await presses.press(page.getByRole("button", { name: "Det meste af tiden" }));
  await presses.press(page.getByRole("button", { name: "Send mine svar" }));
  presses.within(6, "C7 on the tablet");
  assert.ok((await page.getByRole("main").innerText()).includes("Giv skærmen tilbage"));
  await page.goto(`${program.address}/borgere`);
  assert.match(page.url(), /log-ind/);
});

test("I3: a whole class is measured in one grid with place and equipment kept", async () => {
  await logIn(page, program, "Fysioterapeut");
  await openGrid("56", true);
  for (const place of await page.getByRole("textbox", { name: /^Sted/ }).all()) await place.fill("Sal 2");
  for (const one of await page.getByRole("textbox", { name: /^Udstyr/ }).all()) await one.fill("Stol 43 cm");
  const chairs = page.locator("input[id^='tal-sts30']");
  const walks = page.locator("input[id^='tal-sixmwt']");
  const people = await chairs.count();
  assert.ok(people > 0);
  for (let one = 0; one < people; one += 1) {
    await chairs.nth(one).fill(String(9 + one));
    await walks.nth(one).fill(String(380 + 10 * one));
  }
  await chairs.first().fill("99");
  const presses = new Presses();
  await presses.press(page.getByRole("button", { name: "Gem målinger" }));
  assert.ok((await page.getByRole("main").innerText()).includes("Skriv et tal fra 0 til 60."));
  await picture(page, "measures-grid");
  await holds(page);
  await chairs.first().fill("9");
  await presses.press(page.getByRole("button", { name: "Gem målinger" }));
  presses.within(2, "I3");
  assert.ok((await page.getByRole("main").innerText()).includes("målinger er gemt"));
  // Another session of the class: the earlier value stands beside.
  await openGrid("57", true);
  assert.ok((await page.getByRole("main").innerText()).includes("Før: 9"));
  assert.equal(await page.getByRole("textbox", { name: /^Udstyr/ }).first().inputValue(), "Stol 43 cm");
  await chairs.first().fill("13");
  await walks.first().fill("415");
  await page.getByRole("button", { name: "Gem målinger" }).click();
});

test("K7: then and now in two pictures with one sentence, one press away", async () => {
  await page.locator(".fb-grid-table th a").first().click();
  await page.waitForURL(/maalinger$/);
  await picture(page, "measures-list");
  await holds(page);
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: "Vis borgeren fremgangen" }));
  presses.within(1, "K7");
  const text = await page.getByRole("main").innerText();
  assert.ok(text.includes("Før rejste du dig 9 gange på 30 sekunder. Nu rejser du dig 13 gange."));
  await picture(page, "measures-progress");
  await holds(page);
});
