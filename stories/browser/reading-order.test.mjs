// What a screen reader meets, and in which order: the accessibility tree of the pages staff read all day. The person comes
// before the case, why before the decision, the decision before the history; one first heading, and no level left out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, openPage } from "./support.mjs";
import { demo, findCitizen, logIn } from "./desk.mjs";

const { browser, program } = await demo();

/** Landmarks and headings in the order they are read. */
async function outline(page) {
  const tree = await page.locator("body").ariaSnapshot();
  const lines = tree.split("\n").map((line) => line.trim().replace(/^- '?/, ""));
  return lines.filter((line) => /^(banner|navigation|main|region|complementary|search|heading)\b/.test(line));
}

/** Each of the names is read, one after the other. */
async function readsInOrder(page, names) {
  const all = await outline(page);
  const levels = all.map((line) => /^heading.*\[level=(\d)\]/.exec(line)?.[1]).filter(Boolean).map(Number);
  assert.equal(levels.filter((level) => level === 1).length, 1, `one first heading: ${all.join(" | ")}`);
  levels.forEach((level, at) => assert.ok(at === 0 ? level === 1 : level <= levels[at - 1] + 1, `a level is left out: ${all.join(" | ")}`));
  let from = 0;
  for (const name of names) {
    const at = all.findIndex((line, index) => index >= from && line.includes(name));
    assert.ok(at >= 0, `"${name}" is not read after what comes before it: ${all.join(" | ")}`);
    from = at + 1;
  }
}

for (const [width, viewport] of Object.entries({ "at a desk": DESK, "on the smallest phone": PHONE })) {
  test(`pages are read in the order they are worked ${width}`, async () => {
    const { page } = await openPage(browser, { viewport });
    await logIn(page, program, "Visitator");
    const frame = ["banner", "search", ...(viewport === DESK ? ['navigation "Hovedmenu"'] : []), "main"];
    await readsInOrder(page, [...frame, "[level=1]", "Over fristen", "Mine og modtagelsens", "Nye henvisninger", "Venter på andre"]);
    await page.goto(`${program.address}/henvisninger?visning=nye`);
    await readsInOrder(page, [...frame, "Henvisninger", 'navigation "Visninger"', "[level=2]"]);
    await page.locator("tbody th a", { hasText: "Bruno" }).click();
    await page.waitForURL(/\/henvisninger\/[0-9a-f]/);
    await readsInOrder(page, [...frame, "[level=1]", 'region "Borger"', "Det skriver afsenderen", "Gennemgå", "Kontakt", "Det er der sket"]);
    await findCitizen(page, "Schwendlund");
    await readsInOrder(page, [...frame, "[level=1]", 'region "Borger"', "Opgaver", "Forløb siden", "Beskeder", "Hvem har set journalen"]);
    await page.getByRole("link", { name: /^Forløb siden/ }).click();
    await page.waitForURL(/\/forloeb\//);
    await readsInOrder(page, [...frame, "[level=1]", 'region "Borger"', "Hele forløbet", "Mål", "Næste skridt", "Kontakter", "Samtykker", "Breve fra os"]);
    await page.getByRole("link", { name: "Forbered afslutning" }).click();
    await page.waitForURL(/\/afslut$/);
    await readsInOrder(page, [...frame, "[level=1]", 'region "Borger"', "Det mangler", "Mål", "Til lægen", "Samtykke", "Efter forløbet", "Sådan ser lægen det", 'region "Send"']);
    await page.context().close();
  });
}
