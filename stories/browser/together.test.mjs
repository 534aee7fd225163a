// Who takes part beside the municipality: a supplier with its own citizens only, other departments, relatives.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support.mjs";
import { Presses, demo, findCitizen, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

test("a supplier writes a contact and sends the results back, and sees nothing else", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leverandør");
  assert.equal(new URL(page.url()).pathname, "/leverandoer");
  await holds(page);
  await picture(page, "supplier-list");
  const presses = new Presses();
  await presses.press(page.locator("main table a").first());
  await picture(page, "supplier-own");
  await presses.press(page.getByText("Mødt", { exact: true }));
  await page.getByLabel("Fra", { exact: true }).fill("00:01");
  await page.getByLabel("Til", { exact: true }).fill("00:10");
  await presses.press(page.getByRole("button", { name: "Gem kontakten" }));
  await page.getByText("Kontakten er gemt.").waitFor();
  presses.within(4, "S1");
  await holds(page);
  const back = new Presses();
  await back.press(page.getByText("Gennemført", { exact: true }));
  await back.press(page.getByRole("button", { name: "Send til kommunen" }));
  await page.getByText("Resultaterne er sendt. Tak.").waitFor();
  back.within(2, "S2");
  for (const path of ["/borgere", "/henvisninger", "/kalender", "/hold"]) {
    assert.equal((await page.request.get(program.address + path)).status(), 403, path);
  }
  assert.equal(await page.getByRole("searchbox").count(), 0);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("the course shows the supplier, other departments and relatives", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  await findCitizen(page, "Schwendlund");
  await page.getByRole("link", { name: /^Forløb siden/ }).click();
  await page.getByText("Resultater modtaget").waitFor();
  await page.getByRole("link", { name: "Røgfri Rådgivning" }).click();
  await holds(page);
  await picture(page, "supplier-given");
  await page.getByRole("button", { name: "Jeg har læst det" }).click();
  await page.getByRole("link", { name: "Forløbet" }).first().click();
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: "Koordinering", exact: true }));
  await picture(page, "coordination");
  await presses.press(page.getByText("Skriv, hvad der blev aftalt").first());
  await page.getByLabel("Hvad blev aftalt?").fill("Praktikken flyttes, så træningen kan passes");
  await presses.press(page.getByRole("button", { name: "Gem aftalen med dem" }));
  await page.getByText("Aftalen er skrevet ned.").waitFor();
  presses.within(3, "S3");
  await holds(page);
  await page.getByRole("link", { name: "Forløbet" }).first().click();
  await page.getByRole("link", { name: "Skriv, hvad borgeren ønsker" }).click();
  await holds(page);
  await picture(page, "relatives");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("agreements and competences are read at a glance", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  for (const [path, name] of [["/leverandoerer", "suppliers"], ["/leverandoerer/ny", "supplier-new"], ["/katalog/kompetencer", "competences"]]) {
    await page.goto(program.address + path);
    await holds(page);
    await picture(page, name);
  }
  assert.deepEqual(complaints, []);
  await page.context().close();
});
