// What if, in a real browser: another plan beside today in two presses and no more than what is typed; wrong figures at their
// fields; and a population table from file to table. At a desk and on the smallest phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, openPage } from "./support.mjs";
import { Presses, demo, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

test("half the starts beside today: waiting, fill and completed, before anything is changed", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: "Kapacitet", exact: true }));
  await page.getByRole("heading", { level: 1, name: "Hvad nu hvis" }).waitFor();
  await holds(page);
  await picture(page, "capacity");
  const starts = page.getByLabel("Holdstarter om året: Fysisk træning");
  await starts.fill(String(Number(await starts.inputValue()) + 20));
  await presses.press(page.getByRole("button", { name: "Beregn" }));
  await page.getByRole("columnheader", { name: "Planen", exact: true }).waitFor();
  assert.match(page.url(), /starter-physical-training=/);
  presses.within(2, "a plan beside today");
  await holds(page);
  await picture(page, "capacity-plan");
  await page.getByLabel("Medarbejdere").fill("mange");
  await page.getByRole("button", { name: "Beregn" }).click();
  await page.getByRole("heading", { name: "Ret 1 felt" }).waitFor();
  await holds(page);
  assert.deepEqual(complaints.filter((text) => !text.includes("422")), []);
  await page.context().close();
});

test("the plan on the smallest phone", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser, { viewport: PHONE });
  await logIn(page, program, "Leder");
  await page.goto(`${program.address}/kapacitet?henvisninger=150`);
  await page.getByRole("heading", { level: 1, name: "Hvad nu hvis" }).waitFor();
  await holds(page);
  await picture(page, "capacity-phone");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a population table from file to table, with a fault told on the way", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  await page.goto(`${program.address}/kvalitet`);
  await page.getByRole("link", { name: "Befolkningstal" }).click();
  await page.getByRole("link", { name: "Indlæs tal" }).click();
  await holds(page);
  const send = async (text) => {
    await page.getByLabel("Fil").setInputFiles({ name: "profil.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await page.getByRole("button", { name: "Send filen" }).click();
    await page.getByRole("heading", { level: 1, name: "Se efter, og indlæs" }).waitFor();
  };
  const good = "kommunekode;aldersgruppe;køn;område;antal\n0999;18-39 år;Mænd;Nord;2100\n0999;18-39 år;Kvinder;Nord;2250\n0999;40-49 år;Kvinder;Syd;1890\n";
  await send(good.replace("1890", "omkring 1900"));
  await page.getByText("»omkring 1900« er ikke et helt antal personer.").waitFor();
  await holds(page);
  await picture(page, "population-fault");
  await page.getByRole("link", { name: "Send en anden fil" }).click();
  await send(good);
  await page.getByText("3 antal kan læses. I kommunen: 6.240.").waitFor();
  await page.getByLabel("Hvem tælles?").selectOption({ label: "Voksne borgere" });
  await page.getByLabel("Kilde").fill("Sundhedsprofilen 2025");
  await page.getByLabel("Tallene er fra").fill("2026-01-01");
  await holds(page);
  await picture(page, "population-draft");
  await page.getByRole("button", { name: "Indlæs", exact: true }).click();
  await page.getByText("Tallene er indlæst.").waitFor();
  await page.getByRole("heading", { level: 1, name: "Voksne borgere" }).waitFor();
  await holds(page);
  await picture(page, "population-table");
  await page.setViewportSize(PHONE);
  await page.goto(`${program.address}/befolkning`);
  await holds(page);
  await picture(page, "population");
  assert.deepEqual(complaints, []);
  await page.context().close();
});
