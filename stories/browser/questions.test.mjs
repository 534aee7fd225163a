// Own questions in a real browser: measure, split, filter and period without code, then saved, shared and answered by itself in
// eight presses (Q8); the answer on the smallest phone; a research extract that too few share.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support.mjs";
import { Presses, demo, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

/** A choice is one press, as scenarios.md counts them. */
async function choose(presses, control, option) {
  presses.count += 1;
  await control.selectOption(option);
}

test("Q8: an own question is put together, answered, saved, shared and scheduled in eight presses", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  await page.goto(`${program.address}/spoergsmaal`);
  await page.getByRole("heading", { level: 1, name: "Spørgsmål" }).waitFor();
  await holds(page);
  await picture(page, "questions");
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: "Antal henvisninger", exact: true }));
  await page.getByRole("heading", { level: 2, name: "Svar" }).waitFor();
  await choose(presses, page.getByLabel("Opdel efter", { exact: true }), { label: "Hvem henviser" });
  await choose(presses, page.getByLabel("Kun", { exact: true }), { label: "Telefon" });
  await choose(presses, page.getByLabel("Periode", { exact: true }), { label: "De sidste 12 måneder" });
  await presses.press(page.getByRole("button", { name: "Vis svar" }));
  await page.getByRole("columnheader", { name: "Hvem henviser" }).waitFor();
  await holds(page);
  await picture(page, "question");
  // Typing is no press.
  await page.getByLabel("Navn", { exact: true }).fill("Hvem ringer");
  await presses.press(page.getByLabel("Del med kolleger i kommunen"));
  await presses.press(page.getByLabel("Gem svaret som fil, hver gang perioden er slut"));
  await presses.press(page.getByRole("button", { name: "Gem spørgsmålet" }));
  await page.getByText("Spørgsmålet er gemt.").waitFor();
  presses.within(8, "Q8");
  await page.getByText("Sådan er det regnet ud").click();
  await page.getByText("group by split_1").waitFor();
  await holds(page);
  await picture(page, "question-saved");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Hent som Excel" }).click();
  assert.match((await download).suggestedFilename(), /^henvisninger-.*\.xlsx$/);
  const { page: colleague } = await openPage(browser);
  await logIn(colleague, program, "Kvalitet");
  await colleague.goto(`${program.address}/spoergsmaal`);
  await colleague.getByRole("link", { name: "Hvem ringer" }).click();
  await colleague.getByRole("heading", { level: 2, name: "Gem som dit eget" }).waitFor();
  await colleague.context().close();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("an extract that too few share is refused with what it is about, and nothing is handed over", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  await page.goto(`${program.address}/spoergsmaal`);
  await page.getByRole("link", { name: "Udtræk til forskning" }).click();
  await page.getByRole("heading", { level: 1, name: "Udtræk til forskning" }).waitFor();
  await holds(page);
  await picture(page, "extract");
  await page.getByLabel("Formål").fill("Effekt af holdforløb");
  await page.getByLabel("Hjemmel").fill("Afgørelse 24/1234");
  await page.getByLabel("Fra", { exact: true }).fill("2020-01-01");
  await page.getByLabel("Til", { exact: true }).fill("2099-12-31");
  await page.getByRole("button", { name: "Lav udtræk" }).click();
  await page.getByRole("heading", { level: 2, name: "Der er ikke lavet noget udtræk" }).waitFor();
  assert.equal(await page.getByLabel("Hjemmel").inputValue(), "Afgørelse 24/1234");
  await holds(page);
  await picture(page, "extract-refused");
  await page.goto(`${program.address}/udtraek/felter`);
  await holds(page);
  await picture(page, "fields");
  assert.deepEqual(complaints.filter((text) => !text.includes("422")), []);
  await page.context().close();
});
