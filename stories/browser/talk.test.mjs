// The clarifying talk in a real browser: one press from part to part (C2), conditions proposed from what is written
// (C3), no text lost without a network or a session, and the whole of it by the keyboard alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support.mjs";
import { Presses, day, demo, findCitizen, holds, logIn, openTalk, picture, until } from "./desk.mjs";

const { browser, program } = await demo();

const saved = (page) => page.locator("[data-saved]").getByText(/^Gemt kl\./).waitFor();
const onDevice = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("forebyg:kladde:")));

test("C2: from part to part in one press each, and a minute without a network loses nothing", async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await openTalk(page, "Muhammed");
  await holds(page);
  await page.getByLabel("Det fortæller borgeren om Funktionsevne").fill("Går med stok.");
  await saved(page);
  await page.context().setOffline(true);
  const parts = [
    ["Hverdagsliv", "Det fortæller borgeren om Hverdagsliv", "Bor på anden sal uden elevator."],
    ["Sygdomssituation", "Det fortæller borgeren om Sygdomssituation", "Fik sukkersyge sidste år."],
    ["Mål", "Mål 1", "Jeg vil kunne gå til købmanden."],
    ["Samtalehjul", "Mad og vægt", "4"],
  ];
  for (const [part, field, text] of parts) {
    const presses = new Presses();
    await presses.press(page.getByRole("navigation", { name: "Samtalens dele" }).getByRole("link", { name: part }));
    presses.within(1, `C2, ${part}`);
    await page.getByLabel(field, { exact: true }).fill(text);
  }
  await page.getByText("Der er ingen forbindelse").waitFor();
  assert.equal((await onDevice(page)).length, 1, "it waits on the device");
  await page.context().setOffline(false);
  await saved(page);
  assert.deepEqual(await onDevice(page), [], "what is saved does not lie on the device");
  await page.reload();
  for (const [, field, text] of parts) assert.equal(await page.getByLabel(field, { exact: true }).inputValue(), text);
  assert.deepEqual(complaints.filter((line) => !/ERR_INTERNET_DISCONNECTED/.test(line)), []);
  await page.context().close();
});

test("C3: what is written proposes its conditions, one press takes one", async () => {
  const { page } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await openTalk(page, "Muhammed");
  await page.getByLabel("Det fortæller borgeren om Risikofaktorer").fill("Springer morgenmad over. Bevæger sig meget lidt.");
  const proposed = page.locator("[data-proposed]");
  const activity = proposed.getByRole("group", { name: "Fysisk aktivitet" });
  await activity.getByText("Bevæger sig").waitFor();
  const presses = new Presses();
  await presses.press(activity.getByRole("radio", { name: "Ja" }));
  presses.within(1, "C3");
  await saved(page);
  await picture(page, "talk");
  await page.getByRole("link", { name: "Borgerens visning" }).click();
  await page.waitForURL(/\/borger$/);
  await picture(page, "talk-citizen");
  await holds(page);
  await page.context().close();
});

test("a lost session keeps the text on the device of the same user alone, and log-out wipes it", async () => {
  const { page } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await openTalk(page, "Muhammed");
  const address = page.url();
  await page.context().clearCookies();
  await page.getByLabel("Sådan holdes det ved lige").fill("Går tur med naboen hver onsdag.");
  await page.getByText("Du er logget ud").waitFor();
  await logIn(page, program, "Fysioterapeut");
  await page.goto(address);
  await saved(page);
  await page.reload();
  assert.equal(await page.getByLabel("Sådan holdes det ved lige").inputValue(), "Går tur med naboen hver onsdag.");
  await page.context().setOffline(true);
  await page.getByLabel("Kommer helst").fill("eftermiddag");
  await until(async () => (await onDevice(page)).length === 1);
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Log ud" }).click();
  await page.waitForURL(/log-ind/);
  assert.deepEqual(await onDevice(page), []);
  await page.context().close();
});

test("the talk is held and ended by the keyboard alone", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await openTalk(page, "Muhammed");
  const type = async (field, text) => {
    await field.focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(text);
  };
  const tick = async (field) => {
    await field.focus();
    await page.keyboard.press("Space");
  };
  for (const area of ["Funktionsevne", "Hverdagsliv", "Risikofaktorer", "Sygdomssituation"]) {
    await type(page.getByLabel(`Det fortæller borgeren om ${area}`), "Det går nogenlunde.");
  }
  for (const factor of ["Rygning", "Alkohol", "Fysisk inaktivitet", "Usund kost", "Mental sundhed"]) {
    await tick(page.getByRole("group", { name: factor }).getByRole("radio").first());
  }
  await type(page.getByLabel("Mål 1"), "Jeg vil kunne gå til købmanden.");
  await type(page.getByLabel("Sådan holdes det ved lige"), "Går tur hver dag.");
  await tick(page.getByLabel("Behov er gennemgået med borgeren"));
  await tick(page.getByRole("checkbox", { name: "Kostvejledning" }));
  await type(page.getByLabel("Hvorfor den? Kostvejledning"), "Vil gerne tale alene.");
  for (const purpose of await page.locator("#del-samtykker").getByRole("group").all()) await tick(purpose.getByRole("radio", { name: "Ja" }));
  // A date field takes its keys by the browser's own language; what it says is the same.
  await page.getByLabel("Dato").fill(day(-1));
  await page.getByLabel("Fra kl.").fill("10:00");
  await page.getByLabel("Til kl.").fill("10:30");
  await saved(page);
  const end = page.getByRole("button", { name: "Afslut samtalen" });
  await end.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/forloeb\//, { timeout: 20_000 });
  assert.match(await page.getByRole("heading", { level: 1 }).textContent(), /Forløb siden/);
  await page.getByText("”Jeg vil kunne gå til købmanden.”").waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("who asks for more is asked whether what was said still holds, one press an answer", async () => {
  const { page, complaints } = await openPage(browser);
  const button = (name, exact = false) => page.getByRole("button", { name, exact });
  await logIn(page, program, "Visitator");
  await findCitizen(page, "Muhammed");
  const cpr = (await page.locator("main").getByText(/^\d{6}-\d{4} · /).textContent()).slice(0, 11);
  await page.goto(`${program.address}/henvisninger/ny`);
  await page.getByRole("textbox", { name: "CPR-nummer", exact: true }).fill(cpr);
  await page.getByRole("textbox", { name: "Efternavn" }).fill("Abdul");
  await page.getByLabel("Fysisk aktivitet").check();
  await button("Opret", true).click();
  await button(/^Ja, opret på/).click();
  await page.waitForURL(/henvisninger\/[0-9a-f]{8}-/);
  await button("Henvisningen er til os").click();
  await button("Truffet", true).click();
  await button("Vælg behovssamtale").click();
  await page.getByRole("status").filter({ hasText: "Indgangen er valgt" }).first().waitFor();
  await findCitizen(page, "Muhammed");
  const book = await page.locator('main a[href^="/kalender/book/"]').first().getAttribute("href");
  await button("Log ud").click();
  await logIn(page, program, "Fysioterapeut");
  await page.goto(program.address + book.replace("/kalender/book/", "/samtaler/"));

  const area = page.getByLabel("Det fortæller borgeren om Funktionsevne");
  assert.equal(await area.inputValue(), "", "nothing is said again by itself");
  await area.fill("Har fået en rollator.");
  const presses = new Presses();
  await presses.press(button("Gælder stadig om Funktionsevne"));
  presses.within(1, "SP-004-21");
  assert.equal(await area.inputValue(), "Har fået en rollator.\nDet går nogenlunde.");
  assert.ok(await area.evaluate((field) => field === document.activeElement));
  await saved(page);
  await holds(page);
  await picture(page, "talk-again");
  await page.reload();
  assert.equal(await area.inputValue(), "Har fået en rollator.\nDet går nogenlunde.");
  assert.deepEqual(complaints, []);
  await page.context().close();
});
