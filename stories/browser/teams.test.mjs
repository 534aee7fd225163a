// Teams in a real browser: attendance of a whole class in as few presses as promised (I1), at a desk, on a tablet and on
// the smallest phone; nothing for axe to find, nothing to scroll sideways; by keyboard and without script.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, openPage } from "./support.mjs";
import { Presses, day, demo, holds, logIn, picture, sessionToday } from "./desk.mjs";

const TABLET = { width: 768, height: 1024 };
const WIDTHS = [DESK, TABLET, PHONE];

const { browser, program } = await demo();

const seats = (page) => page.locator("label.fb-att-head");

for (const [name, viewport] of Object.entries({ "a tablet": TABLET, "the smallest phone": PHONE })) {
  test(`I1: attendance with two absent in four presses on ${name}`, { timeout: 120_000 }, async () => {
    const { page, complaints } = await openPage(browser, { viewport });
    await logIn(page, program, "Fysioterapeut");
    const when = await sessionToday(page, program, "", viewport === PHONE ? "59" : "58");
    await page.goto(`${program.address}/hold`);
    await holds(page, WIDTHS);
    // From the start page, as promised.
    await page.goto(program.address);
    await holds(page, WIDTHS);
    const presses = new Presses();
    const press = (control) => presses.press(control);
    await press(page.getByRole("link", { name: new RegExp(`Tag fremmøde.*${when}`) }));
    const all = await seats(page).count();
    assert.ok(all >= 2, "a class");
    await page.getByText(`${all} til stede`).waitFor();
    await press(seats(page).nth(0));
    await press(seats(page).nth(1));
    await page.getByText(`${all - 2} til stede · 2 mangler`).waitFor();
    for (const person of [0, 1]) {
      const box = await seats(page).nth(person).boundingBox();
      assert.ok(box.height >= 44 && box.width >= 200, "large enough for a thumb");
    }
    await holds(page, WIDTHS);
    await picture(page, "attendance");
    await press(page.getByRole("button", { name: "Gem fremmøde" }));
    await page.getByText(`Fremmødet er gemt: ${all - 2} mødt, 2 udeblevet.`).waitFor();
    // Whoever is present costs none.
    presses.within(4, "I1");
    await page.getByText("Opgave på overblikket: kontakt efter udeblivelse").first().waitFor();
    await holds(page, WIDTHS);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
}

test("attendance by the keyboard alone, with regrets by one more press and a note for the class", async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  const when = await sessionToday(page, program, "", "57");
  await page.goto(`${program.address}/hold`);
  await page.getByRole("link", { name: new RegExp(`Tag fremmøde.*${when}`) }).press("Enter");
  const first = page.getByRole("checkbox").first();
  await first.press("Space");
  const outline = await seats(page).first().evaluate((label) => getComputedStyle(label).outlineStyle);
  assert.notEqual(outline, "none", "the focus is seen on the name");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  assert.ok(await page.getByRole("radio", { name: "Afbud" }).first().isChecked());
  await page.locator("summary", { hasText: "Note til holdet" }).press("Enter");
  await page.getByLabel("Hvad lavede I?").fill("Snakkede om søvn.");
  await page.getByRole("button", { name: "Gem fremmøde" }).press("Enter");
  await page.getByText("1 afbud.").waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("I5: a class is called off, and everybody is told, in three presses", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  const when = await sessionToday(page, program, "", "55");
  await page.goto(program.address);
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: new RegExp(`Tag fremmøde.*${when}`) }));
  await presses.press(page.getByRole("link", { name: "Aflys holdgangen" }));
  await page.getByText(/deltagere får besked/).waitFor();
  assert.notEqual(await page.getByLabel("Ny dag").inputValue(), "", "a day instead is proposed");
  await holds(page, WIDTHS);
  await picture(page, "cancel-session");
  await presses.press(page.getByRole("button", { name: "Aflys og giv besked" }));
  await page.getByText(/Holdgangen er aflyst\. \d+ deltagere får besked/).waitFor();
  presses.within(3, "I5");
  await holds(page, WIDTHS);
  await picture(page, "team");
  await page.goto(`${program.address}/beskedliste`);
  await page.getByText(/er aflyst\. Vi mødes i stedet/).first().waitFor();
  await holds(page, WIDTHS);
  await picture(page, "messages-to-give");
  await page.goBack();
  await page.getByRole("link", { name: "Ret holdets rammer" }).click();
  await holds(page, WIDTHS);
  await picture(page, "team-setting");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("I1, I4: without a network attendance and notes are kept on the device and sent later", { timeout: 120_000 }, async () => {
  const { page } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  const when = await sessionToday(page, program, "", "54");
  await page.goto(`${program.address}/hold`);
  await page.getByRole("link", { name: new RegExp(`Tag fremmøde.*${when}`) }).click();
  const all = await seats(page).count();
  const presses = new Presses();
  await page.context().setOffline(true);
  await seats(page).first().click();
  await presses.press(page.locator("summary", { hasText: "Note til holdet" }));
  await page.getByLabel("Hvad lavede I?").fill("Snakkede om søvn.");
  await presses.press(page.locator("summary", { hasText: "Linje om den enkelte" }).nth(1));
  await page.getByLabel(/Kun i journalen hos/).nth(1).fill("Vil gerne ringes op.");
  await presses.press(page.getByRole("button", { name: "Gem fremmøde" }));
  presses.within(3, "I4");
  await page.getByText("Ikke sendt endnu").waitFor();
  await picture(page, "attendance-waits");
  const keptFor = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(":fremmoede:")).length);
  assert.equal(await keptFor(), 1);
  await page.context().setOffline(false);
  await page.getByText(`Fremmødet er gemt: ${all - 1} mødt, 1 udeblevet.`).waitFor();
  assert.equal(await keptFor(), 0, "what was sent is not kept");
  await page.context().close();
});

test("a team is made and its attendance is taken without any script", { timeout: 120_000 }, async () => {
  const { page } = await openPage(browser, { javaScriptEnabled: false, viewport: PHONE });
  await logIn(page, program, "Fysioterapeut");
  await page.goto(`${program.address}/hold/nyt`);
  await page.getByRole("button", { name: "Opret hold" }).click();
  await page.getByRole("link", { name: "Skriv, hvad holdet hedder." }).waitFor();
  await page.getByLabel("Navn", { exact: true }).fill("Gåhold");
  await page.getByLabel("Indsats").selectOption({ label: "Fysisk træning" });
  await page.getByLabel("Antal pladser").fill("8");
  await page.getByRole("button", { name: "Opret hold" }).click();
  await page.getByText("Gåhold er oprettet. Læg nu holdgangene ind.").waitFor();
  await page.goto(`${program.address}/hold`);
  await page.locator("main tbody th a", { hasText: "Lær at leve" }).click();
  await page.locator("summary", { hasText: "Læg holdgange ind" }).click();
  const today = day();
  await page.getByLabel("Første gang").fill(today);
  await page.getByLabel("Fra kl.").fill("00:00");
  await page.getByLabel("Til kl.").fill("23:56");
  await page.getByRole("button", { name: "Læg ind", exact: true }).click();
  await page.goto(`${program.address}/hold`);
  await page.getByRole("link", { name: /Tag fremmøde.*0\.00–23\.56/ }).click();
  assert.ok(!(await page.getByText("Udeblevet").first().isVisible()), "why is asked only of who is missing");
  await seats(page).first().click();
  await page.getByText("Afbud").first().click();
  await page.getByRole("button", { name: "Gem fremmøde" }).click();
  await page.getByText("1 afbud.").waitFor();
  await page.context().close();
});
