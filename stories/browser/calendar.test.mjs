// The calendar in a real browser: from a referral to a booked talk in as few presses as promised (V1), the next talk
// opened with one (C1); nothing for axe to find, nothing to scroll sideways; by keyboard and without script.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support.mjs";
import { Presses, demo, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

test("V1: from the list of referrals to a booked talk in six presses at most", async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Visitator");
  await page.goto(`${program.address}/henvisninger?visning=nye`);
  const presses = new Presses();
  await presses.press(page.locator("tbody th a", { hasText: "Nancy" }));
  await picture(page, "referral");
  await presses.press(page.getByRole("button", { name: "Henvisningen er til os" }));
  await presses.press(page.getByRole("button", { name: "Truffet", exact: true }));
  await presses.press(page.getByRole("button", { name: "Vælg afklarende samtale" }));
  await page.waitForURL(/\/kalender\/book\//);
  await holds(page);
  await picture(page, "booking");
  // Another week and another colleague, without losing what was chosen.
  await page.getByLabel("Hvordan").selectOption("phone");
  await page.getByRole("link", { name: "Sygeplejerske TN" }).click();
  await page.locator("#uge a[aria-current]", { hasText: "Sygeplejerske TN" }).waitFor();
  assert.equal(await page.getByLabel("Hvordan").inputValue(), "phone");
  await page.getByLabel("Hvordan").selectOption("at_premises");
  await presses.press(page.getByRole("button", { name: "Book tiden" }));
  await page.waitForURL(/\/kalender\/tider\//);
  assert.match(await page.getByRole("status").first().textContent(), /Tiden er booket/);
  presses.within(6, "V1");
  await holds(page);
  await page.getByRole("link", { name: "Se invitationen" }).click();
  await holds(page);
  // On paper there is the letter and nothing else.
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("button", { name: "Invitationen er sendt" }).isVisible(), false);
  assert.equal(await page.getByRole("heading", { name: "Du har fået en tid til en samtale" }).isVisible(), true);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("C1: the next talk of today or of the next day is one press from the calendar", async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await page.goto(`${program.address}/kalender`);
  await holds(page);
  const times = page.locator('main a[href^="/kalender/tider/"]');
  // Started late on a Friday the demo's next talk is on Monday.
  if ((await times.count()) === 0) await page.locator('nav[aria-label="Uge"] a').last().click();
  await times.last().click();
  await page.waitForURL(/\/kalender\/tider\//);
  assert.equal(await page.getByRole("heading", { name: "Hvorfor" }).isVisible(), true);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a leader sets competences and hours, also on a phone", async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  await page.goto(`${program.address}/kalender/medarbejdere`);
  await holds(page);
  await page.getByRole("link", { name: /Ret.*Koordinator SH/ }).click();
  await holds(page);
  await page.getByLabel("Sygdomsmestring").check();
  await page.getByRole("button", { name: "Gem" }).click();
  await page.waitForURL(/medarbejdere$/);
  assert.match(await page.getByRole("row", { name: /Koordinator SH/ }).textContent(), /Sygdomsmestring/);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a time is booked by keyboard alone, without script", async () => {
  const { page } = await openPage(browser, { javaScriptEnabled: false });
  await logIn(page, program, "Visitator");
  await page.goto(`${program.address}/kalender`);
  await page.getByRole("link", { name: /^Book tid/ }).first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/kalender\/book\//);
  await page.locator("#forslag-1").focus();
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator("#forslag-2").isChecked(), true);
  await page.getByRole("button", { name: "Book tiden" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/kalender\/tider\//);
  await page.context().close();
});
