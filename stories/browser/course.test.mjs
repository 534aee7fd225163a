// A course in a real browser: its picture, a note corrected (C10), closed and the doctor told in as few presses as
// promised (C8); what is typed survives a lost session; paper has the letter and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support.mjs";
import { Presses, demo, findCitizen, holds, logIn, picture, until } from "./desk.mjs";

const { browser, program } = await demo();

async function openCourse(page, name) {
  await findCitizen(page, name);
  await page.getByRole("link", { name: /^Forløb siden/ }).click();
  await page.waitForURL(/\/forloeb\//);
}

async function unfold(page) {
  await page.locator("main details").evaluateAll((all) => all.forEach((fold) => (fold.open = true)));
}

test("the picture of a course can be read, scrolled by keyboard, and printed", async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await openCourse(page, "Schwendlund");
  const timeline = page.getByRole("img", { name: "Forløbet som tidslinje" });
  assert.match(await timeline.locator("desc").textContent(), /Sygdomshåndtering: 2 af 3 gange/);
  await picture(page, "course");
  await page.getByRole("region", { name: /Tidslinje/ }).focus();
  await unfold(page);
  assert.equal(await page.getByRole("row", { name: /Udeblevet/ }).count(), 1, "the same as a table");
  await holds(page);
  await page.emulateMedia({ media: "print" });
  assert.equal(await timeline.isVisible(), true);
  assert.equal(await page.getByRole("button", { name: "Gem kontakten" }).isVisible(), false);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("C10: a note is corrected, and what it said can still be read", async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await openCourse(page, "Schwendlund");
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: /^Afklarende samtale/ }));
  await page.getByRole("textbox", { name: "Notat" }).fill("Klarer trapper med pauser.");
  await page.getByLabel("Hvorfor rettes det?").fill("Skrevet på den forkerte");
  await presses.press(page.getByRole("button", { name: "Gem rettelsen" }));
  presses.within(3, "C10");
  const versions = page.getByRole("article");
  assert.match(await versions.nth(0).textContent(), /Rettet.*Fysioterapeut AL.*Klarer trapper med pauser/s);
  assert.match(await versions.nth(1).textContent(), /Tidligere.*Fysioterapeut AL.*Fastholdelse/s);
  await holds(page);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("what is typed survives a lost session, is told about, and goes at log-out", async () => {
  const { page } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await openCourse(page, "Schwendlund");
  await page.getByRole("link", { name: "Forbered afslutning" }).click();
  await page.getByLabel("Udbytte").fill("Går tre kilometer om dagen.");
  await until(() => page.evaluate(() => Object.keys(localStorage).some((key) => key.endsWith("/afslut"))));
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Afslut uden at sende" }).click();
  await logIn(page, program, "Fysioterapeut");
  await openCourse(page, "Schwendlund");
  await page.getByRole("link", { name: "Forbered afslutning" }).click();
  assert.equal(await page.getByLabel("Udbytte").inputValue(), "Går tre kilometer om dagen.");
  await page.getByText("er hentet frem").waitFor();
  await page.getByRole("button", { name: "Log ud" }).click();
  await page.waitForURL(/log-ind/);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
  await page.context().close();
});

test("C8: a course is closed and the doctor told, the letter read on the way", async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await openCourse(page, "Ruddi");
  await page.getByText("Afslut eller pause").click();
  await page.getByRole("button", { name: "Indsatsen er gennemført" }).click();
  await page.getByRole("status").getByText("Indsatsen er gennemført").waitFor();
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: "Forbered afslutning" }));
  const letter = page.getByRole("article", { name: "Brevet til lægen" });
  await page.getByLabel("Det beder vi lægen om").fill("Tal om nikotinplastre ved næste besøg.");
  await page.getByLabel("Fra", { exact: true }).fill("00:01");
  await page.getByLabel("Til", { exact: true }).fill("00:02");
  await presses.press(page.getByRole("radio", { name: "Ja", exact: true }));
  await letter.getByText("Tal om nikotinplastre").waitFor();
  await presses.press(page.getByLabel(/Om 3 måneder/));
  await letter.getByText("Kommunen følger op").waitFor();
  await holds(page);
  await picture(page, "closing");
  await presses.press(page.getByRole("button", { name: "Afslut og send til lægen" }));
  await page.waitForURL(/\/kopi$/);
  presses.within(4, "C8");
  // Taken back within the ten seconds: what was written stands ready to be sent again.
  await page.getByRole("status").getByRole("button", { name: "Fortryd" }).click();
  await page.getByText("Brevet er ikke sendt").waitFor();
  await findCitizen(page, "Ruddi");
  await page.getByRole("link", { name: "Skriv til lægen" }).click();
  await page.waitForURL(/\/afslut$/);
  assert.equal(await page.getByLabel("Det beder vi lægen om").inputValue(), "Tal om nikotinplastre ved næste besøg.");
  await page.getByRole("button", { name: "Send til lægen" }).click();
  await page.waitForURL(/\/kopi$/);
  assert.match(await page.getByRole("status").first().textContent(), /Status er på vej til/);
  await picture(page, "copy");
  await holds(page);
  // Back and send again: nothing is sent twice.
  await page.goBack();
  await page.goto(page.url().replace("/kopi", "/afslut"));
  assert.equal(await page.getByRole("button", { name: "Afslut og send til lægen" }).count(), 0);
  await page.goto(page.url().replace("/afslut", "/kopi"));
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("button", { name: "Print kopien" }).isVisible(), false);
  assert.equal(await page.getByText("Det har vi skrevet til din læge").isVisible(), true);
  assert.deepEqual(complaints, []);
  await page.context().close();
});
