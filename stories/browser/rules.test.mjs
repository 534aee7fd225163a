// Safety and support in a real browser: a level in a few presses with its reasons (C4), a mark that changes the letters
// (C6), and diet treatment that leads everybody else to a dietitian (C9).
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support.mjs";
import { Presses, day, demo, findCitizen, holds, logIn, openTalk, picture, until } from "./desk.mjs";

const { browser, program } = await demo();

async function openCourse(page, name) {
  await findCitizen(page, name);
  await page.getByRole("link", { name: /^Forløb siden/ }).click();
  await page.waitForURL(/\/forloeb\//);
}

test("C4: a level is chosen with its reasons, another one with a reason", async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await openCourse(page, "Schwendlund");
  await picture(page, "rules-course");
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: "Vurdér støtte og hensyn" }));
  const model = page.getByRole("region", { name: "Mestringsevne og kompleksitet" });
  await presses.press(model.getByRole("group", { name: "Mestringsevne" }).getByRole("radio", { name: "Middel" }));
  await presses.press(model.getByText("Vælg et andet niveau"));
  await presses.press(model.getByRole("radio", { name: "Udvidet forløbskoordination" }));
  await model.getByLabel("Hvorfor?").fill("Er lige blevet alene.");
  await presses.press(model.getByRole("button", { name: /^Gem niveauet/ }));
  presses.within(5, "C4");
  await model.getByText("Fordi:").waitFor();
  await model.getByText("”Er lige blevet alene.”").waitFor();
  assert.equal(await page.getByText("Foreslået").count(), 2, "the level proposes company and a smaller team");
  await picture(page, "rules-support");
  await holds(page);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("C6: hard to read becomes a call, a letter with pictures and reading aloud", async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await findCitizen(page, "Muhammed");
  const time = await page.locator('main a[href^="/kalender/tider/"]:not([href$="/invitation"])').first().getAttribute("href");
  await page.getByRole("link", { name: /^Forløb siden/ }).click();
  await page.getByRole("link", { name: "Vurdér støtte og hensyn" }).click();
  const presses = new Presses();
  await presses.press(page.getByRole("checkbox", { name: "Svært at forstå skriftlig information" }));
  await presses.press(page.getByRole("button", { name: "Se forslag" }));
  await presses.press(page.getByRole("button", { name: "Godkend" }));
  presses.within(3, "C6");
  for (const name of ["Opkald i stedet for brev", "Brev med billeder og stor skrift", "Oplæsning af breve"]) {
    assert.equal(await page.getByRole("checkbox", { name }).isChecked(), true, name);
  }
  await page.goto(`${program.address}${time}/invitation`);
  await page.getByText("Ring til borgeren i stedet for at sende brev.").waitFor();
  await page.getByRole("region", { name: "Brev til borgeren" }).getByText("Vil du have brevet læst op?").waitFor();
  assert.ok((await page.locator(".fb-letter--pictures svg").count()) >= 4, "a picture at each");
  await picture(page, "rules-letter");
  await holds(page);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("C9: diet treatment shows who can, and a dietitian is booked in three presses", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await openTalk(page, "Muhammed");
  for (const area of ["Funktionsevne", "Hverdagsliv", "Risikofaktorer", "Sygdomssituation"]) {
    await page.getByLabel(`Det fortæller borgeren om ${area}`).fill("Det går nogenlunde.");
  }
  for (const factor of ["Rygning", "Alkohol", "Fysisk inaktivitet", "Usund kost", "Mental sundhed"]) {
    await page.getByRole("group", { name: factor }).getByRole("radio").first().check();
  }
  await page.getByLabel("Mål 1").fill("Jeg vil tage på igen.");
  await page.getByLabel("Sådan holdes det ved lige").fill("Spiser tre måltider.");
  await page.getByLabel("Behov er gennemgået med borgeren").check();
  await page.getByRole("checkbox", { name: "Fysisk træning" }).check();
  const warnings = page.locator("[data-warnings]");
  await warnings.getByText("KS-6.4-02").waitFor();
  await warnings.getByLabel(/^Gå videre, fordi: Der er ikke spurgt, om borgeren har en sygdom/).fill("Spørges ved starten.");
  await page.getByRole("checkbox", { name: "Diætbehandling" }).check();
  await warnings.getByText("Diætist KR").waitFor();
  await until(async () => (await warnings.getByText("Kvitteret").count()) === 1);
  await picture(page, "rules-talk");
  await holds(page);
  for (const purpose of await page.locator("#del-samtykker").getByRole("group").all()) await purpose.getByRole("radio", { name: "Ja" }).check();
  await page.getByLabel("Dato").fill(day(-1));
  await page.getByLabel("Fra kl.").fill("10:00");
  await page.getByLabel("Til kl.").fill("10:30");
  await page.locator("[data-saved]").getByText(/^Gemt kl\./).waitFor();
  await page.getByRole("button", { name: "Afslut samtalen" }).click();
  await page.waitForURL(/\/forloeb\//, { timeout: 20_000 });
  await page.getByText("”Spørges ved starten.”").waitFor();
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: "Book en diætist" }));
  await presses.press(page.getByRole("button", { name: "Book tiden" }));
  presses.within(3, "C9");
  await page.waitForURL(/\/kalender\/tider\//);
  await page.getByText("Diætist KR").first().waitFor();
  await page.goBack();
  await page.goto(`${program.address}/`);
  await openCourse(page, "Muhammed");
  assert.equal(await page.getByText("KS-7.5-03").count(), 0, "it is settled");
  await page.locator("main details").evaluateAll((all) => all.forEach((fold) => (fold.open = true)));
  await picture(page, "rules-course-plan");
  await holds(page);
  await page.getByRole("link", { name: "Sikkerhed: spørgsmål og svar" }).click();
  await picture(page, "rules-safety");
  await holds(page);
  assert.deepEqual(complaints, []);
  await page.context().close();
});
