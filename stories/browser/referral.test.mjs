// Referrals in a real browser: each scenario of the intake within the presses it promises, nothing for axe to find, nothing
// to scroll sideways, and the same without script.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support.mjs";
import { Presses, demo, holds, logIn } from "./desk.mjs";

const { browser, program } = await demo();

/** Logged in as the intake, with a way to press that counts. */
async function atWork(options = {}) {
  const { page, complaints } = await openPage(browser, options);
  await logIn(page, program, "Visitator");
  const presses = new Presses();
  const press = (control) => presses.press(control);
  const button = (name, exact = false) => page.getByRole("button", { name, exact });
  return { page, complaints, presses, press, button };
}

const list = (view = "") => `${program.address}/henvisninger${view && `?visning=${view}`}`;
const row = (page, name) => page.locator("tbody th a", { hasText: name });

test("V2: help with nicotine alone starts without a clarifying talk, in three presses on the referral", async () => {
  const { page, presses, press, button } = await atWork();
  await page.goto(`${program.address}/henvisninger/ny`);
  await page.getByLabel("Borgeren vil være anonym").waitFor();
  await page.getByRole("textbox", { name: "CPR-nummer", exact: true }).fill("010160-5557");
  await page.getByRole("textbox", { name: "Fornavn" }).fill("Røg Test");
  await page.getByRole("textbox", { name: "Efternavn" }).fill("Frisind");
  await page.getByLabel("Nikotinafvænning").check();
  await button("Opret", true).click();
  await page.waitForURL(/henvisninger\/[0-9a-f]{8}-/);
  assert.match(await page.locator("#forslag").locator("xpath=../..").textContent(), /[Nn]ikotin/, "the rule is shown");
  await press(button("Henvisningen er til os"));
  await press(button("Truffet", true));
  await press(page.getByRole("button", { name: /^Vælg (?!denne)/ }).first());
  await page.getByRole("status").filter({ hasText: "Indgangen er valgt" }).first().waitFor();
  presses.within(3, "V2");
  await page.context().close();
});

test("V3: not reached is one press with the next day ready, and after the last attempt the letter is", async () => {
  const { page, complaints, presses, press, button } = await atWork();
  await page.goto(list("nye"));
  await row(page, "Kaja").click();
  await button("Henvisningen er til os").click();
  const next = page.getByLabel("Næste forsøg, hvis ikke truffet");
  assert.match(await next.inputValue(), /^\d{4}-\d\d-\d\d$/);
  await holds(page);
  await press(button("Ikke truffet"));
  await page.getByText("Ikke truffet, 1. forsøg").waitFor();
  presses.within(2, "V3");
  await page.getByText(/Næste forsøg .*\. Prøv omkring kl\./).waitFor();
  for (const attempt of [2, 3]) {
    await button("Ikke truffet").click();
    await page.getByText(`Ikke truffet, ${attempt}. forsøg`).waitFor();
  }
  await page.getByRole("link", { name: "Se og print brevet" }).click();
  await page.getByRole("heading", { name: "Vi har prøvet at ringe til dig" }).waitFor();
  await holds(page);
  await page.emulateMedia({ media: "print" });
  assert.equal(await button("Brevet er sendt").isVisible(), false, "on paper there is the letter and nothing else");
  await page.emulateMedia({ media: "screen" });
  await button("Brevet er sendt").click();
  await page.getByText("Tilbuddet står åbent").first().waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("V5: the sender is asked in three presses with a ready question, with and without script", async () => {
  for (const [name, javaScriptEnabled] of [["Bruno", true], ["Else", false]]) {
    const { page, complaints, presses, press, button } = await atWork({ javaScriptEnabled });
    await page.goto(list("nye"));
    await row(page, name).click();
    await press(page.getByText("Spørg afsender"));
    if (javaScriptEnabled) await holds(page);
    await press(button("Særlige behov"));
    const text = page.getByRole("textbox", { name: "Spørgsmål" });
    await page.waitForFunction(() => document.getElementById("spoerg-tekst")?.value.includes("særlige behov"));
    assert.match(await text.inputValue(), /Har borgeren særlige behov/);
    await press(button("Send spørgsmålet"));
    await page.getByText("Afventer svar fra afsender. Spurgt").waitFor();
    presses.within(3, "V5");
    if (javaScriptEnabled) {
      await holds(page);
      assert.deepEqual(complaints, []);
    }
    await page.goto(list());
    await page.getByText("afventer svar fra afsender, spurgt").first().waitFor();
    await page.context().close();
  }
});

test("V6: a citizen in a course gets a needs talk in the same course, in four presses", async () => {
  const { page, complaints, presses, press, button } = await atWork();
  await page.goto(list("lukkede"));
  await row(page, "Ruddi").first().click();
  const cpr = (await page.locator(".fb-ident bdi").first().textContent()).trim();
  await page.goto(`${program.address}/henvisninger/ny`);
  await page.getByRole("textbox", { name: "CPR-nummer", exact: true }).fill(cpr);
  await page.getByRole("textbox", { name: "Efternavn" }).fill("Berggren");
  await page.getByLabel("Fysisk aktivitet").check();
  await button("Opret", true).click();
  await page.getByRole("heading", { name: "Borgeren er kendt her" }).waitFor();
  await holds(page);
  await button(/^Ja, opret på/).click();
  await page.waitForURL(/henvisninger\/[0-9a-f]{8}-/);
  await page.goto(list("nye"));
  await press(row(page, "Ruddi"));
  await page.getByRole("heading", { name: "Forløb i gang" }).waitFor();
  await holds(page);
  await press(button("Henvisningen er til os"));
  await press(button("Truffet", true));
  await press(button("Vælg behovssamtale"));
  await page.getByRole("status").filter({ hasText: "Indgangen er valgt" }).first().waitFor();
  presses.within(4, "V6");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("V7: somebody who calls is written down in eight presses, and who may be known is asked first", async () => {
  const { page, complaints, presses, press, button } = await atWork();
  await page.goto(list());
  await press(page.getByRole("link", { name: "Ny henvendelse" }));
  const field = (name) => page.getByRole("textbox", { name, exact: true });
  await press(field("CPR-nummer"));
  await page.keyboard.type("020361-5558");
  await press(field("Efternavn"));
  await page.keyboard.type("Opkald");
  await press(field("Telefon"));
  // Bruno's telephone: it may be him, or somebody at his home.
  await page.keyboard.type("70 00 00 20");
  await press(page.getByLabel("Fysisk aktivitet"));
  await press(button("Opret", true));
  await page.getByRole("heading", { name: "Er det en af disse?" }).waitFor();
  await page.getByText("Samme telefonnummer").first().waitFor();
  await holds(page);
  await press(button("Nej, opret ny"));
  await page.waitForURL(/henvisninger\/[0-9a-f]{8}-/);
  await page.getByText("Henvendelsen er oprettet.").waitFor();
  presses.within(8, "V7");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("the list is searched while typing, says how many fit, and works without script", async () => {
  const { page, complaints } = await atWork();
  await page.goto(list("aabne"));
  const search = page.getByRole("searchbox", { name: "Find en henvisning" });
  await search.pressSequentially("østerg", { delay: 30 });
  await page.locator("#resultat").getByRole("status").filter({ hasText: "1 henvisning passer" }).waitFor({ state: "attached" });
  assert.equal(await search.inputValue(), "østerg", "what is typed stays");
  assert.equal(await page.locator("tbody tr").count(), 1);
  assert.doesNotMatch(page.url(), /sterg/i, "nothing of it in the address");
  await holds(page);
  await search.fill("");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length > 5);
  assert.deepEqual(complaints, []);
  await page.goto(`${program.address}/borgere`);
  await page.getByRole("searchbox", { name: "Navn eller CPR-nummer" }).pressSequentially("østerg", { delay: 30 });
  await page.locator("#resultat tbody tr").waitFor();
  await holds(page);
  await page.context().close();

  const plain = await atWork({ javaScriptEnabled: false });
  await plain.page.goto(list("aabne"));
  await plain.page.getByRole("searchbox", { name: "Find en henvisning" }).fill("ØSTERG");
  await plain.page.getByRole("search", { name: "Find en henvisning" }).getByRole("button", { name: "Søg" }).click();
  await plain.page.getByRole("heading", { name: "1 henvisning passer" }).waitFor();
  await plain.page.context().close();
});
