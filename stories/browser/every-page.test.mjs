// Every page of the list of routes, in both languages: nothing for axe to find, in light and in the dark, at a desk and on
// the smallest phone; nothing to scroll sideways; and in English no word of the program's own is left in Danish.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { DESK, PHONE, checkAxe, checkNoSidewaysScroll, openPage } from "./support.mjs";
import { demo, findCitizen, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

const ROUTES = new URL("../../crates/app/tests/snapshots/routes__every_route_stands_in_the_list_with_its_permission.snap", import.meta.url);
/** Files, programs' own doors, calendars, the answer to a search, which is a page of the list already, and an address that leads on. */
const NO_PAGE = /^\/(api|fhir|assets|healthz|readyz|metrics|bilag|borgere\/soeg|koordinering\/|ical\/|pakker\/filer\/)|\/(original|bundle|hent)$|\/hent\//;

/** The addresses of pages, as `/hold/{id}`. */
const patterns = readFileSync(ROUTES, "utf8")
  .split("\n")
  .map((line) => line.match(/^GET\s+(\S+)/)?.[1])
  .filter((path) => path && !NO_PAGE.test(path));

/** The most exact pattern that an address fits. */
function patternOf(path) {
  const fits = (pattern) => new RegExp(`^${pattern.replace(/\{[^}]+\}/g, "[^/]+")}$`).test(path);
  return patterns.filter(fits).sort((a, b) => a.split("{").length - b.split("{").length)[0];
}

/** Follows links from some pages; gives the first `most` addresses of each pattern that somebody may open. */
async function walk(page, from, most = 30) {
  const found = new Map();
  const waiting = [...from];
  const seen = new Set(waiting);
  while (waiting.length) {
    const path = waiting.shift();
    const pattern = patternOf(path.split("?")[0]);
    const addresses = found.get(pattern) ?? [];
    if (!pattern || addresses.length >= most) continue;
    const answer = await page.request.get(program.address + path, { maxRedirects: 0 });
    if (answer.status() !== 200) continue;
    found.set(pattern, [...addresses, path]);
    for (const [, href] of (await answer.text()).matchAll(/href="(\/[^"#]*)/g)) {
      const address = href.replaceAll("&#38;", "&");
      if (!seen.has(address)) waiting.push(address);
      seen.add(address);
    }
  }
  return found;
}

/** A file of population figures that is not taken in yet. */
const drafts = [];

/** What comes only by doing something first: the reports of a day, a closed course's copy, a hand-over. */
async function prepare() {
  const { page } = await openPage(browser);
  await logIn(page, program, "Leder");
  await page.goto(`${program.address}/indberetning`);
  await page.getByRole("button", { name: "Dan indberetninger" }).click();
  const { page: colleague } = await openPage(browser);
  await logIn(colleague, program, "Fysioterapeut");
  await findCitizen(colleague, "Ruddi");
  await colleague.getByRole("link", { name: "Målinger", exact: true }).first().click();
  const progress = `${colleague.url()}/fremgang`;
  await colleague.getByRole("link", { name: /^Timed Up and Go/ }).click();
  await colleague.getByRole("textbox", { name: /Sekunder/ }).fill("11,5");
  await colleague.getByRole("button", { name: "Gem og se resultat" }).click();
  await colleague.waitForURL(/\/maalinger\/[0-9a-f-]{36}$/);
  const response = colleague.url();
  await findCitizen(colleague, "Ruddi");
  await colleague.getByRole("link", { name: /^Forløb siden/ }).click();
  await colleague.getByText("Afslut eller pause").click();
  await colleague.getByRole("button", { name: "Indsatsen er gennemført" }).click();
  await colleague.getByRole("link", { name: "Forbered afslutning" }).click();
  await colleague.getByLabel("Fra", { exact: true }).fill("00:01");
  await colleague.getByLabel("Til", { exact: true }).fill("00:02");
  await colleague.getByRole("radio", { name: "Ja", exact: true }).check();
  await colleague.getByLabel(/Om 3 måneder/).check();
  await colleague.getByRole("article", { name: "Brevet til lægen" }).getByText("Kommunen følger op").waitFor();
  await colleague.getByRole("button", { name: "Afslut og send til lægen" }).click();
  await colleague.waitForURL(/\/kopi$/);
  const copy = colleague.url();
  await colleague.goto(`${program.address}/opgaver/overdrag`);
  await colleague.getByLabel("Leder BN").check();
  await colleague.getByRole("button", { name: "Overdrag" }).click();
  await colleague.waitForURL(/\/opgaver\/overdrag\/[0-9a-f-]{36}$/);
  const handover = colleague.url();
  await findCitizen(colleague, "May June");
  await colleague.getByRole("link", { name: /^Forløb siden/ }).click();
  await colleague.getByRole("link", { name: "Underretning: beslutning" }).click();
  await colleague.getByLabel("Ja, vi underretter").check();
  await colleague.getByLabel("Hvorfor?").fill("Barnet er alene hjemme om natten.");
  await colleague.getByLabel("Ja, og borgeren er enig").check();
  await colleague.getByRole("radio", { name: "Ja", exact: true }).check();
  await colleague.getByRole("button", { name: "Gem beslutningen" }).click();
  await colleague.waitForURL(/\/underretninger\/[0-9a-f-]{36}$/);
  const notification = colleague.url();
  const { page: leader } = await openPage(browser);
  await logIn(leader, program, "Leder");
  await leader.goto(`${program.address}/foreninger`);
  await leader.getByRole("button", { name: /Lav påmindelser/ }).click();
  const association = new URL(await leader.getByRole("link", { name: /^Se siden/ }).first().getAttribute("href"), program.address).href;
  await leader.goto(`${program.address}/hold`);
  await leader.locator(".fb-team-today").getByRole("link", { name: /^(Tag fremmøde|Åbn)/ }).first().click();
  await leader.getByRole("link", { name: "Gæsteinstruktør" }).click();
  await leader.getByRole("radio", { name: "Gæsteinstruktør, Gæsteinstruktør" }).check();
  await leader.getByRole("button", { name: "Giv adgang" }).click();
  await leader.getByText("Adgangen slutter af sig selv.").waitFor();
  await leader.goto(`${program.address}/befolkning/ny`);
  const table = Buffer.from("kommune;køn;antal\n0999;Mænd;2100\n0999;Kvinder;2250\n");
  await leader.getByLabel("Fil").setInputFiles({ name: "profil.csv", mimeType: "text/csv", buffer: table });
  await leader.getByRole("button", { name: "Send filen" }).click();
  await leader.waitForURL(/\/befolkning\/kladde\/[0-9a-f-]{36}$/);
  drafts.push(new URL(leader.url()).pathname);
  for (const one of [page, colleague, leader]) await one.context().close();
  return [copy, handover, association, response, progress, notification, `${program.address}/svar`].map((url) => new URL(url).pathname);
}

/** Texts that should have been read in English: Danish letters where neither a name nor the record's own words stand. */
async function leftInDanish(page) {
  return page.evaluate(() => {
    const own = "bdi, textarea, kbd, code, script, style, noscript, [translate=no], body [lang]";
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (/[æøå]/i.test(text.data) && !text.parentElement.closest(own)) found.push(text.data.trim());
    }
    return found;
  });
}

const done = await prepare();
const danish = [];
const MINE = { Fysioterapeut: done, Leder: [...drafts, "/pakker/klu", "/pakker/myndighed"], Administrator: ["/administration/nulstil", "/administration/adresser/ny"], Leverandør: ["/leverandoer"], Gæsteinstruktør: ["/gaest"] };

for (const [language, name] of Object.entries({ da: "in Danish", en: "in English" })) {
  test(`every page is without faults ${name}`, { timeout: 600_000 }, async () => {
    const left = new Set(patterns);
    danish.length = 0;
    const login = await openPage(browser);
    await login.page.goto(`${program.address}/log-ind`);
    await read(login.page, language);
    await look(login.page, "/log-ind", language);
    await login.page.context().close();
    left.delete("/log-ind");
    for (const role of ["Leder", "Administrator", "Fysioterapeut", "Leverandør", "Gæsteinstruktør"]) {
      const { page, complaints } = await openPage(browser);
      await logIn(page, program, role);
      const found = await walk(page, ["/", ...MINE[role]]);
      await read(page, language);
      for (const [pattern, addresses] of found) {
        if (!left.delete(pattern)) continue;
        // The first and the last that were found stand in different places of their course, as a rule.
        for (const path of new Set([addresses[0], addresses.at(-1)])) {
          await look(page, path, language, language === "da" && path === addresses[0] ? pictureOf(pattern) : "");
        }
      }
      assert.deepEqual(complaints, []);
      await page.context().close();
    }
    assert.deepEqual([...left], [], "pages that no link led to");
    assert.deepEqual(danish, [], "texts of our own that were left in Danish");
  });
}

/** What the picture of a page is called: those that the documents show have a name, the others their address. */
function pictureOf(pattern) {
  const named = { "/": "overview", "/henvisninger": "inbox" };
  return named[pattern] ?? pattern.replaceAll(/[^a-z]+/g, "-").replace(/^-|-$/g, "");
}

/** Chooses a language as people do; Danish is there from the start. */
async function read(page, language) {
  if (language === "da") return;
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: "Dansk" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
}

async function look(page, path, language, name = "") {
  const answer = await page.goto(program.address + path);
  assert.equal(answer.status(), 200, path);
  await page.evaluate(() => document.fonts.ready);
  if (name) await picture(page, name);
  await page.locator("main details").evaluateAll((all) => all.forEach((fold) => (fold.open = true)));
  // Colours are the same at every width, and words fit or not in either colour.
  await checkAxe(page);
  if (language === "da") {
    await page.emulateMedia({ colorScheme: "dark" });
    await checkAxe(page, { only: ["color-contrast", "link-in-text-block"] });
    await page.emulateMedia({ colorScheme: "light" });
  }
  await page.setViewportSize(PHONE);
  if (language === "da") await checkAxe(page);
  await checkNoSidewaysScroll(page);
  await page.setViewportSize(DESK);
  if (language === "en") danish.push(...(await leftInDanish(page)).map((text) => `${path}: ${text}`));
}
