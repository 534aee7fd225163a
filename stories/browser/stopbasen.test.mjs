// A nicotine class in a real browser: carbon monoxide and "smoke-free since last time" in two presses a person (I7), kept
// without network; a no to STOPbasen costs what a yes costs (K10).
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, openPage } from "./support.mjs";
import { Presses, demo, findCitizen, holds, logIn, picture, sessionToday, until } from "./desk.mjs";

const { browser, program } = await demo();

test("I7: carbon monoxide and smoke-free since last time in two presses a person", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser, { viewport: PHONE });
  await logIn(page, program, "Fysioterapeut");
  const when = await sessionToday(page, program, "Nikotinstop, eftermiddag", "54");
  await page.goto(`${program.address}/hold`);
  await page.getByRole("link", { name: new RegExp(`Tag fremmøde.*${when}`) }).click();
  await page.getByRole("heading", { level: 1, name: /Fremmøde/ }).waitFor();
  const people = page.locator(".fb-att");
  assert.ok((await people.count()) >= 1, "a class");
  await people.first().getByText("STOPbasen").waitFor();
  await people.first().getByText("Ikke spurgt").waitFor();
  await holds(page);
  const presses = new Presses();
  for (const person of await people.all()) {
    await presses.press(person.getByLabel(/^CO/));
    await page.keyboard.type("400");
    await presses.press(person.locator("fieldset.fb-att-free label", { hasText: "Ja" }));
  }
  assert.equal(presses.count, 2 * (await people.count()));
  presses.within(2 * (await people.count()), "I7");
  await picture(page, "nicotine-class");
  // An impossible number is questioned, and nothing that was pressed is lost.
  await page.getByRole("button", { name: "Gem fremmøde" }).click();
  await page.getByText("Se på kuliltetallene. Intet er gemt endnu.").waitFor();
  assert.ok(await people.first().getByRole("radio", { name: "Ja" }).isChecked());
  await holds(page);
  await people.first().getByLabel(/^CO/).fill("4");
  // Without network it stays on the device, in the same queue as attendance, and is sent when the network is back.
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Gem fremmøde" }).click();
  await page.getByText("Ikke sendt endnu.").waitFor();
  await page.context().setOffline(false);
  await page.getByText(/Fremmødet er gemt/).waitFor({ timeout: 30_000 });
  await findCitizen(page, "May June");
  await page.getByRole("link", { name: /^Forløb siden/ }).click();
  await page.getByText(/CO: 4 ppm \(Som ikke-ryger\)/).waitFor();
  await holds(page);
  assert.deepEqual(complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch|422/.test(text)), []);
  await page.context().close();
});

test("K10: a no to STOPbasen is one press, as a yes is, and says that it changes nothing", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await findCitizen(page, "May June");
  await page.getByRole("link", { name: /^Forløb siden/ }).click();
  await page.getByRole("link", { name: "Nikotinstop og STOPbasen" }).click();
  await page.getByText("Et nej har ingen betydning for tilbuddet.").first().waitFor();
  await holds(page);
  await picture(page, "stopbasen");
  const costs = {};
  for (const said of ["Nej", "Ja"]) {
    const presses = new Presses();
    await presses.press(page.getByRole("button", { name: new RegExp(`^${said}.*Kontakt efter seks måneder`) }));
    await until(async () => (await page.locator("#samtykke li").nth(1).getByText(said, { exact: true }).count()) > 0);
    presses.within(1, `K10, ${said}`);
    costs[said] = presses.count;
  }
  assert.equal(costs.Ja, costs.Nej);
  await holds(page);
  assert.deepEqual(complaints, []);
  await page.context().close();
});
