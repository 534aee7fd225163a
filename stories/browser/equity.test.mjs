// Whom the offers reach, in a real browser: from the menu to who is missing by area, education, language and level (Q5); at a desk
// and on the smallest phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, openPage } from "./support.mjs";
import { Presses, demo, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

test("Q5: from the menu to who is missing, by area, education, language and level, in four presses", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  const presses = new Presses();
  await presses.press(page.getByRole("navigation", { name: "Hovedmenu" }).getByRole("link", { name: "Lighed" }));
  await page.getByRole("heading", { level: 1, name: "Lighed" }).waitFor();
  await page.getByRole("heading", { level: 2, name: "Manglende borgere", exact: true }).waitFor();
  await page.getByRole("heading", { level: 2, name: "Hvor borgerne falder fra" }).waitFor();
  assert.ok((await page.locator("section[aria-labelledby=grupper] tbody tr").count()) > 1);
  assert.ok((await page.locator("figure.fb-chart svg").count()) > 0);
  await holds(page);
  await picture(page, "equity");
  const split = page.getByRole("navigation", { name: "Opdel" });
  for (const name of ["Uddannelse", "Sprog", "Niveau"]) {
    await presses.press(split.getByRole("link", { name: new RegExp(name, "i") }).first());
    await page.locator("nav[aria-label=Opdel] [aria-current=page]", { hasText: new RegExp(name, "i") }).waitFor();
    await page.getByText("Sådan regnes det").waitFor();
    await holds(page);
    await picture(page, `equity-${name.toLowerCase()}`);
  }
  presses.within(5, "Q5");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("an offer, how far and a period are chosen on a phone, and the figures are fetched", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser, { viewport: PHONE });
  await logIn(page, program, "Leder");
  await page.goto(`${program.address}/lighed`);
  await holds(page);
  await page.getByLabel("Hvor langt").selectOption({ label: "Gennemført" });
  await page.getByLabel("Periode").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Vis", exact: true }).click();
  await page.waitForURL(/trin=gennemfoert/);
  await holds(page);
  await picture(page, "equity-phone");
  const download = page.waitForEvent("download");
  await page.goto(`${program.address}/lighed`);
  await page.getByRole("link", { name: "Hent som Excel" }).click();
  assert.match((await download).suggestedFilename(), /^lighed-.*\.xlsx$/);
  await page.getByRole("button", { name: "Notér, at de er gennemgået" }).click();
  await page.getByText(/Senest gennemgået/).waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});
