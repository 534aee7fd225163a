// The bridge to associations in a real browser: whom to ring to today (B1), finding something with the citizen (B2), somebody
// who goes along (B3), whether they got there (B4), a directory that is true (B5), the follow-up call (B6) and what was not
// found (B7), each within the presses promised; nothing for axe to find and nothing to scroll sideways.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, openPage } from "./support.mjs";
import { Presses, demo, findCitizen, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();
const EINER = "Einer Test Lauridsen";

test("B1, B4: the calls of today say why, and how it went is two presses", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Koordinator");
  const calls = page.getByRole("region", { name: "Ring i dag" });
  // B1: no press; every row says why.
  await calls.getByText("Fire uger siden første gang i foreningen").waitFor();
  await calls.getByText("Opfølgningen er aftalt med borgeren").waitFor();
  for (const row of await calls.getByRole("listitem").all()) assert.ok((await row.locator(".fb-sub.fb-meta").innerText()).length > 10);
  await holds(page);
  await picture(page, "bridge-calls");
  const presses = new Presses();
  await presses.press(calls.getByRole("link", { name: /^Spørg: kom du afsted/ }));
  await holds(page);
  await picture(page, "bridge-way");
  await presses.press(page.getByRole("button", { name: "Kommer stadig" }));
  await page.getByText("Svaret er skrevet ind.").waitFor();
  presses.within(2, "B4");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("B6: a follow-up call with the goals in view, saved with the next one", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Koordinator");
  const presses = new Presses();
  await presses.press(page.getByRole("region", { name: "Ring i dag" }).getByRole("link", { name: /^Følg op/ }));
  await page.getByText("Jeg vil kunne gå tur med mine børnebørn.").waitFor();
  await page.getByText("Hvordan går det, siden vi sluttede?").waitFor();
  await holds(page);
  await picture(page, "bridge-call");
  await page.getByLabel("Med borgerens ord").fill("Går hver mandag.");
  await presses.press(page.getByRole("radio", { name: "Fastholdt", exact: true }));
  await presses.press(page.getByRole("button", { name: "Gem, og begynd et nyt forløb" }));
  await page.waitForURL(/\/henvisninger\/[0-9a-f-]{36}$/);
  await page.getByText("Går hver mandag.").first().waitFor();
  presses.within(5, "B6");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

for (const [name, viewport] of Object.entries({ "a desk": undefined, "the smallest phone": PHONE })) {
  test(`B2, B3, B7: something to go on to, somebody to go along, and what is missing, on ${name}`, { timeout: 180_000 }, async () => {
    const { page, complaints } = await openPage(browser, viewport ? { viewport } : {});
    await logIn(page, program, "Koordinator");
    if (viewport) await page.setViewportSize({ width: 1366, height: 900 });
    await findCitizen(page, "Schwendlund");
    if (viewport) await page.setViewportSize(viewport);
    const presses = new Presses();
    await presses.press(page.getByRole("link", { name: "Find en forening" }));
    await presses.press(page.getByLabel("Dag", { exact: true }));
    await page.getByLabel("Dag", { exact: true }).selectOption({ label: "Mandag" });
    await presses.press(page.getByLabel("Åben for begyndere"));
    await presses.press(page.getByRole("button", { name: "Vis", exact: true }));
    await holds(page);
    if (!viewport) await picture(page, "bridge-match");
    const gaps = new Presses();
    await presses.press(page.locator("summary", { hasText: /Vælg.*Gåtur for begyndere/ }));
    await presses.press(page.getByRole("button", { name: /^Aftal første gang.*Gåtur for begyndere/ }));
    await page.getByText("Første gang er aftalt. Giv borgeren kortet med.").waitFor();
    presses.within(6, "B2");
    await holds(page);
    if (!viewport) await picture(page, "bridge-card");
    const escort = new Presses();
    await escort.press(page.getByRole("link", { name: "Bed om en følgeven" }));
    await escort.press(page.getByRole("button", { name: "Spørg om en følgeven" }));
    await page.getByText("Afventer svar").first().waitFor();
    assert.ok(!(await page.locator("#foelge").getByText("Mosebryggersen").count()), "no surname before the citizen agrees");
    const mail = await page.getByRole("link", { name: "Skriv mail" }).getAttribute("href");
    assert.ok(mail.startsWith("mailto:") && !decodeURIComponent(mail).includes("Mosebryggersen"));
    await escort.press(page.getByRole("button", { name: "Ja, en kommer" }));
    await page.locator("#foelge").getByText("En følgeven kommer").waitFor();
    escort.within(4, "B3");
    await holds(page);
    await page.goto(`${page.url().split("/brobygning")[0]}${await page.getByRole("link", { name: "Find en forening" }).first().getAttribute("href")}?ord=kajak`);
    await gaps.press(page.getByRole("button", { name: "Fandtes ikke" }));
    await page.getByText("Det er skrevet på listen over det, der mangler.").waitFor();
    gaps.within(1, "B7");
    await page.goto(`${program.address}/foreninger/mangler`);
    await page.getByText("kajak").first().waitFor();
    await holds(page);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
}

test("B5: reminders to all are one press, and an association confirms without a log-in", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Koordinator");
  await page.goto(`${program.address}/foreninger`);
  await page.getByText("Ikke bekræftet i 6 måneder").first().waitFor();
  await holds(page);
  await picture(page, "bridge-directory");
  const presses = new Presses();
  await presses.press(page.getByRole("button", { name: /^Lav påmindelser til alle/ }));
  presses.within(1, "B5");
  await page.getByRole("link", { name: /^Skriv mail.*Kor for alle stemmer/ }).waitFor();
  await holds(page);
  await picture(page, "bridge-reminders");
  const own = await page.getByRole("link", { name: /^Se siden.*Kor for alle stemmer/ }).getAttribute("href");
  const { page: outside } = await openPage(browser, { viewport: PHONE, javaScriptEnabled: false });
  await outside.goto(program.address + own);
  await outside.getByLabel("Pris i kroner (kan udelades)").fill("900");
  await outside.getByRole("button", { name: "Det er rigtigt" }).click();
  await outside.getByText("Tak for hjælpen").waitFor();
  await page.goto(`${program.address}/foreninger`);
  await page.getByRole("link", { name: "Kor for alle stemmer" }).click();
  await page.getByText("900 kr. pr. sæson").first().waitFor();
  await page.getByText("Foreningens eget link").first().waitFor();
  await holds(page);
  await picture(page, "bridge-activity");
  const { page: reader } = await openPage(browser);
  await reader.goto(program.address + own);
  await holds(reader);
  await picture(reader, "bridge-own");
  assert.deepEqual(complaints, []);
  for (const one of [page, outside, reader]) await one.context().close();
});
