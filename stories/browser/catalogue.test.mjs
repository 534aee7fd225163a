// The catalogue in a real browser: somebody in a practice finds an offer, its waiting time and how to refer without log-in
// (G4); a coordinator describes and publishes one and copies it to SOFT; at a desk, on the smallest phone, without script.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support.mjs";
import { Presses, demo, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();
const PUBLIC = "/tilbud/999";

for (const [name, options] of Object.entries({ "with script": {}, "without script": { javaScriptEnabled: false } })) {
  test(`G4: an offer is found with waiting time and how to refer ${name}`, { timeout: 120_000 }, async () => {
    const { page, complaints } = await openPage(browser, options);
    await page.goto(program.address + PUBLIC);
    if (!("javaScriptEnabled" in options)) {
      await holds(page);
      await picture(page, "catalogue-public");
    }
    const presses = new Presses();
    await page.getByLabel("Hvad leder du efter?").fill("rygestop");
    await presses.press(page.getByRole("button", { name: "Søg" }));
    // A class begins today: its start is what the waiting time is told by.
    await page.getByText(/Næste start \d+\. /).first().waitFor();
    await presses.press(page.getByRole("link", { name: "Rygestop og nikotinstop" }));
    await page.getByRole("heading", { name: "Hvordan henviser jeg?" }).waitFor();
    await page.getByText("lokationsnummer 5790009999003").waitFor();
    await page.getByText(/Næste start \d+\. /).first().waitFor();
    presses.within(3, "G4");
    if (!("javaScriptEnabled" in options)) {
      await holds(page);
      await picture(page, "catalogue-public-offer");
    }
    const cookies = await page.context().cookies();
    assert.deepEqual(cookies, [], "nobody is remembered");
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
}

test("the public list is narrowed by need and read in English", { timeout: 60_000 }, async () => {
  const { page } = await openPage(browser);
  await page.goto(program.address + PUBLIC);
  await page.getByText("Vælg behov, sted, sprog, tid og form").click();
  await page.getByLabel("Behov").selectOption({ label: "Bevægelse og træning" });
  await page.getByLabel("Form").selectOption({ label: "Udendørs" });
  await page.getByRole("button", { name: "Søg" }).click();
  await page.getByText("1 tilbud").waitFor();
  await page.getByRole("link", { name: "Gå i naturen" }).waitFor();
  await holds(page);
  await page.getByRole("link", { name: "English" }).click();
  await page.getByRole("heading", { name: "Health offers" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.context().close();
});

test("an offer is described, published, gone through and copied to SOFT", { timeout: 180_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await logIn(page, program, "Koordinator");
  await page.goto(`${program.address}/katalog`);
  await page.getByText("Udløber om 23 dage").waitFor();
  await page.getByText("Ændret siden SOFT").first().waitFor();
  await holds(page);
  await picture(page, "catalogue-list");
  await page.getByRole("link", { name: "Nyt tilbud" }).click();
  await page.getByLabel("Navn", { exact: true }).fill("Madlavning for begyndere");
  await page.getByRole("button", { name: "Gem" }).click();
  await page.getByRole("alert").getByText("Vælg, hvilken indsats tilbuddet er.").waitFor();
  assert.equal(await page.getByLabel("Navn", { exact: true }).inputValue(), "Madlavning for begyndere");
  await page.getByLabel("Indsats").selectOption({ label: "Madlavning i praksis" });
  await page.getByLabel("Målgruppe").fill("Voksne med type 2-diabetes");
  await page.getByLabel("Indhold").fill("Vi laver mad sammen.");
  await page.getByLabel("Vidensgrundlag").fill("De officielle Kostråd");
  await page.getByLabel("Sådan henvises").fill("Skriv diagnosen.");
  await page.getByLabel("Telefon", { exact: true }).fill("70000099");
  await page.getByLabel("På hold").check();
  await page.getByLabel("Ingen tidsbegrænsning").check();
  await holds(page);
  await picture(page, "catalogue-form");
  await page.getByRole("button", { name: "Gem" }).click();
  await page.getByText("Tilbuddet er oprettet som kladde.").waitFor();
  await page.getByRole("button", { name: "Udgiv" }).click();
  await page.getByText("Tilbuddet er udgivet.").waitFor();
  await page.getByRole("button", { name: "Jeg har gennemgået det" }).click();
  await page.getByText("Tilbuddet er gennemgået.").waitFor();
  await holds(page);
  await picture(page, "catalogue-offer");
  await page.getByRole("link", { name: "Ark til SOFT og filer" }).click();
  await page.getByRole("button", { name: /^Kopiér\s*: Målgruppe$/ }).click();
  await page.getByText("Kopieret", { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "Voksne med type 2-diabetes");
  await holds(page);
  await picture(page, "catalogue-sheet");
  await page.getByRole("button", { name: "Er lagt på SOFT" }).click();
  await page.getByText("Det er husket, at tilbuddet står på SOFT, som det er nu.").waitFor();
  await page.getByRole("link", { name: "Sådan ser det ud udefra" }).click();
  await page.getByRole("heading", { name: "Madlavning for begyndere" }).waitFor();
  // The form that lacks something is answered by 422, which the browser tells of.
  assert.deepEqual(complaints.filter((text) => !text.includes("422")), []);
  await page.context().close();
});
