// Improvement in a real browser: a PDSA on no-shows from the list of boards to its chart in at most six presses (Q6), and the
// round that is studied and decided; at a desk and on the smallest phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, openPage } from "./support.mjs";
import { Presses, demo, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

test("Q6: aim, measure, test and a chart with its mark, in six presses at most", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  await page.goto(`${program.address}/forbedring`);
  await holds(page);
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: "Ny tavle" }));
  // A list is opened and one of it is chosen: two presses.
  await presses.press(page.getByLabel("Hvilket tal skal vise, om det bliver bedre?"));
  await presses.press(page.getByLabel("Hvilket tal skal vise, om det bliver bedre?"));
  await page.getByLabel("Hvilket tal skal vise, om det bliver bedre?").selectOption({ label: "Udeblivelser uden afbud" });
  await presses.press(page.getByRole("button", { name: "Videre" }));
  await page.getByLabel("Hvad kalder I tavlen?").fill("Udeblivelse, KOL-hold");
  await page.getByLabel("Hvad skal ændre sig, hvor meget og hvornår?").fill("Fra 20 % til 10 % inden 1. juni 2027");
  await page.getByLabel(/^Hvad prøver I/).fill("Vi ringer dagen før");
  await page.getByLabel("Den begynder").fill("2026-11-02");
  await holds(page);
  await picture(page, "improvement-new");
  await presses.press(page.getByRole("button", { name: "Lav tavlen" }));
  await page.getByText("Tavlen er lavet.").waitFor();
  await page.getByRole("heading", { level: 1, name: "Udeblivelse, KOL-hold" }).waitFor();
  assert.ok((await page.locator(".fb-chart-svg").count()) > 0, "the chart");
  presses.within(6, "Q6");
  await holds(page);
  await picture(page, "improvement-board");
  await page.setViewportSize(PHONE);
  await holds(page);
  await picture(page, "improvement-board-phone");
  await page.getByText("Skriv, hvad der skete").click();
  await page.getByLabel("Beslutning: hvad nu?").first().selectOption({ label: "Vi gør det fast" });
  await page.getByRole("button", { name: /^Gem ?: Afprøvning 1$/ }).click();
  await page.getByText("Skriv, hvad I gjorde, og hvad I så, før I beslutter jer.").first().waitFor();
  await holds(page);
  await page.getByLabel("Gjort: hvad gjorde I?").first().fill("Vi ringede til 14");
  await page.getByLabel("Set: hvad så I?").first().fill("To udeblev mod fem før");
  await page.getByRole("button", { name: /^Gem ?: Afprøvning 1$/ }).click();
  await page.getByText("Afprøvningen er gemt.").waitFor();
  assert.deepEqual(complaints.filter((text) => !text.includes("422")), []);
  await page.context().close();
});
