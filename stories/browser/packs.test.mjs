// Packs in a real browser: the committee's pack, to print and as Excel, in three presses (Q2), and from the operator's figures to
// the authority's by one switch (Q9); meetings, practices and a sheet at a desk and on the smallest phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, openPage } from "./support.mjs";
import { Presses, demo, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

test("Q2: period and pack, to print and as Excel, in three presses", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  const presses = new Presses();
  await presses.press(page.getByRole("navigation", { name: "Hovedmenu" }).getByRole("link", { name: "Pakker" }));
  await page.getByRole("heading", { level: 1, name: "Pakker" }).waitFor();
  await holds(page);
  await picture(page, "packs");
  await presses.press(page.getByRole("button", { name: /^Vis og print.*KLU/ }));
  await page.getByRole("heading", { level: 1, name: "Pakke til KLU" }).waitFor();
  for (const name of ["Henvisninger pr. praksis", "Ventetid", "Kvitteringer og svar til henviser", "Kapacitet", "Skøn og faktisk", "Hvorfor borgere stopper"]) {
    await page.getByRole("heading", { level: 2, name, exact: true }).waitFor();
  }
  await holds(page);
  await picture(page, "pack-klu");
  const printed = await page.pdf({ tagged: true });
  assert.ok(printed.includes("/StructTreeRoot"), "the browser's PDF is tagged");
  const download = page.waitForEvent("download");
  await presses.press(page.getByRole("link", { name: "Hent som Excel" }));
  assert.match((await download).suggestedFilename(), /^klu-\d{4}-k[1-4]\.xlsx$/);
  presses.within(3, "Q2");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("Q9: the same indicators as operator and as authority, by one switch", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  await page.goto(`${program.address}/pakker/myndighed`);
  await page.getByText("Driftsoperatøren: alle egne tal").waitFor();
  const lines = () => page.locator("tbody th").allTextContents();
  const before = await lines();
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: "Regionen som myndighed" }));
  await page.getByText("Myndigheden: samlede tal").waitFor();
  presses.within(1, "Q9");
  for (const name of (await lines())) assert.ok(before.includes(name), name);
  await holds(page);
  await picture(page, "pack-authority");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("meetings, practices and a sheet, also on the smallest phone", { timeout: 120_000 }, async () => {
  for (const [size, viewport] of [["desk", undefined], ["phone", PHONE]]) {
    const { page, complaints } = await openPage(browser, viewport ? { viewport } : {});
    await logIn(page, program, "Leder");
    await page.goto(`${program.address}/samarbejde`);
    await page.getByText("Send ark til hver praksis").waitFor();
    await holds(page);
    await picture(page, `cooperation-${size}`);
    await page.locator("section[aria-labelledby=moeder] tbody th a").first().click();
    await page.getByRole("heading", { level: 2, name: "Referat" }).waitFor();
    await holds(page);
    await picture(page, `cooperation-meeting-${size}`);
    for (const [path, name] of [["noter", "notes"], ["nyheder", "news"], ["nyheder/ny", "news-new"], ["skoen", "estimates"], ["praksis", "practices"]]) {
      await page.goto(`${program.address}/samarbejde/${path}`);
      await holds(page);
      await picture(page, `cooperation-${name}-${size}`);
    }
    await page.locator("section[aria-labelledby=praksis] tbody th a").first().click();
    await page.getByRole("heading", { level: 2, name: "Hvad blev der af dem" }).waitFor();
    await holds(page);
    await picture(page, `cooperation-sheet-${size}`);
    for (const path of ["/pakker", "/pakker/klu", "/pakker/maaned"]) {
      await page.goto(program.address + path);
      await holds(page);
      await picture(page, `pack${path.replaceAll("/", "-")}-${size}`);
    }
    assert.deepEqual(complaints, []);
    await page.context().close();
  }
});
