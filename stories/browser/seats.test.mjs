// Around a class in a real browser: what to mind before it (I2), a free seat offered on (I6), a guest instructor (I8), and a
// whole row of sessions made by hand; in as few presses as promised.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, openPage } from "./support.mjs";
import { Presses, day, demo, holds, logIn, picture, sessionToday } from "./desk.mjs";

const { browser, program } = await demo();

test("I2: what to mind about each is one press from the start page", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  const when = await sessionToday(page, program, "Lær at leve", "51");
  await page.goto(program.address);
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: new RegExp(`^Opmærksomhedspunkter.*${when}`) }));
  await page.getByText("Kun det, der har betydning for sikkerhed og støtte på holdet.").waitFor();
  presses.within(1, "I2");
  assert.equal(await page.locator("main a[href^='/borgere/']").count(), 0, "no way into a record");
  const first = page.locator("li", { hasText: "Schwendlund" });
  await first.locator("summary", { hasText: "Ret" }).click();
  await first.getByLabel("Dårlig balance").check();
  await holds(page, [DESK, PHONE]);
  await first.getByRole("button", { name: /^Gem/ }).click();
  await page.getByText("Opmærksomhedspunkterne er gemt.").waitFor();
  await page.locator("li", { hasText: "Schwendlund" }).locator(".fb-tag", { hasText: "Dårlig balance" }).waitFor();
  await picture(page, "care-points");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("I8: a session is given to a guest instructor, who takes attendance and sees nothing else", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  const when = await sessionToday(page, program, "Lær at leve", "52");
  await page.goto(program.address);
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: new RegExp(`Tag fremmøde.*${when}`) }));
  await presses.press(page.getByRole("link", { name: "Gæsteinstruktør" }));
  await holds(page, [DESK, PHONE]);
  await presses.press(page.getByLabel("Gæsteinstruktør, Gæsteinstruktør"));
  await presses.press(page.getByRole("button", { name: "Giv adgang" }));
  await page.getByText("Adgangen slutter af sig selv.").waitFor();
  presses.within(4, "I8");
  await picture(page, "guest-instructor");
  const record = await page.request.get(`${program.address}/hold`).then((answer) => answer.text());
  const team = record.match(/href="(\/hold\/[0-9a-f-]{36})"/)[1];
  assert.deepEqual(complaints, []);
  await page.context().close();

  const { page: guest, complaints: theirs } = await openPage(browser, { viewport: PHONE });
  await logIn(guest, program, "Gæsteinstruktør");
  await holds(guest, [DESK, PHONE]);
  await guest.getByRole("link", { name: new RegExp(`Tag fremmøde.*${when}`) }).click();
  await guest.getByText("Alle står som til stede.").waitFor();
  await holds(guest, [DESK, PHONE]);
  await picture(guest, "guest-attendance");
  await guest.locator("label.fb-att-head").first().click();
  await guest.getByRole("button", { name: "Gem fremmøde" }).click();
  await guest.getByText(/Fremmødet er gemt: \d+ mødt, 1 udeblevet/).waitFor();
  for (const path of [team, "/hold", "/borgere", "/henvisninger", "/kalender"]) {
    assert.equal((await guest.request.get(program.address + path)).status(), 403, path);
  }
  assert.deepEqual(theirs, []);
  await guest.context().close();
});

test("a team of twelve with ten sessions is made by hand in three presses", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await page.goto(`${program.address}/hold`);
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: "Opret hold" }));
  await page.getByLabel("Navn", { exact: true }).fill("Lær at tackle hverdagen");
  // A choice in a list is a press.
  presses.count += 1;
  await page.getByLabel("Indsats").selectOption({ label: "Sygdomshåndtering" });
  await page.getByLabel("Antal pladser").fill("12");
  await page.getByLabel("Sted").fill("Sal 3");
  await page.getByLabel("Første gang").fill(day(7));
  await page.getByLabel("Fra kl.").fill("13:00");
  await page.getByLabel("Til kl.").fill("14:30");
  await page.getByLabel("Hvor mange gange?").fill("10");
  await presses.press(page.getByRole("button", { name: "Opret hold" }));
  await page.getByText("10 holdgange er lagt ind.").waitFor();
  await page.getByText("12 ledige").first().waitFor();
  presses.within(3, "A team of 12 with 10 sessions");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("I6: somebody stops, and the next is offered the seat with the reason for the order", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  const release = async (name) => {
    const seat = page.locator(".fb-seats li", { hasText: name });
    await seat.locator("summary").click();
    await seat.getByRole("button", { name: "Frigiv pladsen" }).click();
    await page.getByText("Pladsen er fri igen.").waitFor();
  };
  // One seat, which Schwendlund has; May June waits.
  await page.goto(`${program.address}/hold`);
  await page.locator("main tbody th a", { hasText: "Lær at leve" }).click();
  await release("Schwendlund");
  await release("May June");
  await page.goto(`${program.address}/hold/nyt`);
  await page.getByLabel("Navn", { exact: true }).fill("Lille hold");
  await page.getByLabel("Indsats").selectOption({ label: "Sygdomshåndtering" });
  await page.getByLabel("Antal pladser").fill("1");
  await page.getByLabel("Første gang").fill(day(7));
  await page.getByLabel("Fra kl.").fill("10:00");
  await page.getByLabel("Til kl.").fill("11:30");
  await page.getByRole("button", { name: "Opret hold" }).click();
  const row = (name) => page.locator(".fb-wait-row", { hasText: name });
  await row("Schwendlund").locator("summary").click();
  await row("Schwendlund").getByRole("button", { name: "Giv plads uden at spørge" }).click();
  await page.getByText("Holdet er fuldt.").waitFor();
  // He stops.
  await release("Schwendlund");
  const first = page.locator("section", { hasText: "Venter på en plads" }).locator(".fb-wait-row").first();
  await first.getByText("May June").first().waitFor();
  await first.getByText(/Ventet \d+ dage/).waitFor();
  await row("Schwendlund").getByText("Har haft plads på dette hold").waitFor();
  await holds(page, [DESK, PHONE]);
  await picture(page, "waiting-list");
  const presses = new Presses();
  await presses.press(first.getByRole("button", { name: /^Tilbyd plads/ }));
  await page.getByText("Pladsen er tilbudt.").waitFor();
  presses.within(2, "I6");
  await page.getByText("1 tilbudt").first().waitFor();
  await page.goto(`${program.address}/beskedliste`);
  await page.getByText(/Der er en ledig plads til dig/).first().waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});
