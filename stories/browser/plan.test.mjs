// From what was agreed in a talk to its places (C5): a seat in a team and a series of times, with the plan in the
// citizen's hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support.mjs";
import { Presses, day, demo, holds, logIn, openTalk, picture } from "./desk.mjs";

const { browser, program } = await demo();

test("C5: two interventions get a team and a series of times, and the warning is answered", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await openTalk(page, "Muhammed");
  for (const area of ["Funktionsevne", "Hverdagsliv", "Sygdomssituation"]) {
    await page.getByLabel(`Det fortæller borgeren om ${area}`).fill("Det går nogenlunde.");
  }
  await page.getByLabel("Det fortæller borgeren om Risikofaktorer").fill("Utilsigtet vægttab, seks kilo siden sommer.");
  for (const factor of ["Rygning", "Alkohol", "Fysisk inaktivitet", "Usund kost", "Mental sundhed"]) {
    await page.getByRole("group", { name: factor }).getByRole("radio").first().check();
  }
  await page.getByLabel("Behov er gennemgået med borgeren").check();
  await page.getByLabel("Mål 1").fill("Jeg vil kunne gå til købmanden.");
  await page.getByLabel("Sådan holdes det ved lige").fill("Går tur med naboen.");
  for (const purpose of await page.locator("#del-samtykker").getByRole("group").all()) {
    await purpose.getByRole("radio", { name: "Ja" }).check();
  }
  await page.getByLabel("Dato").fill(day());
  await page.getByLabel("Fra kl.").fill("00:00");
  await page.getByLabel("Til kl.").fill("00:01");

  const presses = new Presses();
  const saved = page.locator("[data-saved]").getByText(/^Gemt kl\./);
  await presses.press(page.getByRole("checkbox", { name: "Sygdomshåndtering" }));
  presses.count += 1;
  await page.getByLabel("Form for Sygdomshåndtering").selectOption(
    await page.getByLabel("Form for Sygdomshåndtering").locator("optgroup option").first().getAttribute("value"),
  );
  await page.getByLabel("Hvorfor den? Sygdomshåndtering").fill("Vil lære sammen med andre.");
  await presses.press(page.getByRole("checkbox", { name: "Fysisk træning" }));
  await page.getByLabel("Hvorfor den? Fysisk træning").fill("Vil helst træne alene.");
  // Training with a loss of weight that nobody planned, and nothing about food: said at once, set aside with a reason.
  const warned = page.locator("[data-warnings]");
  await warned.getByText(/vægttab/).first().waitFor();
  await warned.getByRole("textbox").first().fill("Lægen er i gang med at finde årsagen.");
  await picture(page, "plan-warning");
  await saved.waitFor();
  await presses.press(page.getByRole("button", { name: "Afslut samtalen" }));
  await page.waitForURL(/\/forloeb\//, { timeout: 20_000 });
  await presses.press(page.getByRole("link", { name: /^Book tid/ }).first());
  await page.waitForURL(/\/kalender\/book\//);
  presses.count += 1;
  await page.getByLabel("Hvor mange gange?").selectOption("4");
  await holds(page);
  await picture(page, "plan-series");
  await presses.press(page.getByRole("button", { name: "Book tiden" }));
  await page.waitForURL(/\/kalender\/tider\//);
  presses.within(8, "C5");
  await page.getByText(/4 tider er booket/).waitFor();
  assert.equal(await page.getByRole("heading", { name: "Andre tider" }).locator("xpath=..").getByRole("link").count(), 3);
  await holds(page);
  await page.getByRole("link", { name: "Åbn journalen" }).click();
  await page.getByRole("link", { name: /^Forløb siden/ }).first().click();
  await page.getByRole("link", { name: "Borgerens plan" }).click();
  await page.waitForURL(/\/borger$/);
  await page.getByText(/^Næste gang .* kl\. /).waitFor();
  await holds(page);
  await picture(page, "plan-citizen");
  assert.deepEqual(complaints, []);
  await page.context().close();
});
