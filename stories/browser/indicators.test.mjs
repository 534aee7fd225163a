// The indicators in a real browser: from the menu to who completes, by offer and by practice, with its chart and definition (Q1);
// STOPbasen's five with what is missing and whom to ring to (Q4); at a desk and on the smallest phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, openPage } from "./support.mjs";
import { Presses, demo, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

const menu = (page) => page.getByRole("navigation", { name: "Hovedmenu" }).getByRole("link", { name: "Målepunkter" });

test("Q1: from the menu to who completes, by offer and by practice, with the chart and the definition, in four presses", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  const presses = new Presses();
  await presses.press(menu(page));
  await page.getByRole("heading", { level: 1, name: "Målepunkter" }).waitFor();
  assert.equal(await page.locator(".fb-measured tbody tr").count(), 71);
  await holds(page);
  await picture(page, "indicators");
  await presses.press(page.getByRole("link", { name: "Gennemførte af startede" }));
  await page.getByRole("heading", { level: 1, name: "Gennemførte af startede" }).waitFor();
  await page.getByText("Seneste 12 måneder").first().waitFor();
  await page.getByText("Indsatser med status gennemført.").waitFor();
  await page.locator("figure.fb-chart svg").first().waitFor();
  await holds(page);
  await picture(page, "indicator");
  const split = page.getByRole("navigation", { name: "Opdel" });
  await presses.press(split.getByRole("link", { name: "Indsatstype" }));
  await page.getByRole("heading", { level: 2, name: "Opdelt: Indsatstype" }).waitFor();
  assert.ok((await page.locator("section[aria-labelledby=opdelt] tbody tr").count()) > 0);
  await holds(page);
  await picture(page, "indicator-split");
  await presses.press(split.getByRole("link", { name: "Henvisende enhed" }));
  await page.getByRole("heading", { level: 2, name: "Opdelt: Henvisende enhed" }).waitFor();
  presses.within(4, "Q1");
  await holds(page);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("Q4: STOPbasen's five with their goals, what is missing and whom to ring to, in two presses", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  const presses = new Presses();
  await presses.press(menu(page));
  await presses.press(page.getByRole("link", { name: "STOPbasens fem" }));
  await page.getByRole("heading", { level: 1, name: "STOPbasens fem målepunkter" }).waitFor();
  presses.within(2, "Q4");
  for (const goal of ["Mål 80 %", "Mål 50 %", "Mål 90 %"]) await page.getByText(goal).first().waitFor();
  await page.getByText("Mindst 20 deltagere").waitFor();
  await page.getByRole("heading", { level: 2, name: "Opkald efter seks måneder" }).waitFor();
  await holds(page);
  await picture(page, "indicators-stop");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a period and a part are chosen on a phone, and what the figure is made of opens", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser, { viewport: PHONE });
  await logIn(page, program, "Leder");
  await page.goto(`${program.address}/maaltal/R01`);
  await page.getByLabel("Periode").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Vis perioden" }).click();
  await page.waitForURL(/periode=20\d\d$/);
  await page.getByRole("link", { name: "Se, hvad tallet er lavet af" }).click();
  await page.getByRole("heading", { level: 1, name: "Hvad tallet er lavet af" }).waitFor();
  assert.ok((await page.locator("tbody tr").count()) > 0);
  await holds(page);
  await picture(page, "indicator-rows");
  const download = page.waitForEvent("download");
  await page.goto(`${program.address}/maaltal/R01?periode=12m&opdel=source`);
  await holds(page);
  await picture(page, "indicator-source");
  await page.getByRole("link", { name: "Hent som Excel" }).click();
  assert.match((await download).suggestedFilename(), /^r01-.*\.xlsx$/);
  assert.deepEqual(complaints, []);
  await page.context().close();
});
