// The start page in a real browser: what is forgotten is seen without a press (V4), off duty in three (V8) and back again
// without script, and a demo that starts anew; nothing for axe to find, nothing to scroll sideways.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support.mjs";
import { Presses, demo, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

test("V4: each role sees that nothing is without a next step, and the leader what is broken, without a press", async () => {
  for (const role of ["Visitator", "Fysioterapeut", "Koordinator", "Leder"]) {
    const { page, complaints } = await openPage(browser);
    await logIn(page, program, role);
    await page.getByText(/\d+ uden næste skridt/).first().waitFor();
    assert.equal(await page.locator("table", { hasText: "Ansvarlig" }).count(), role === "Leder" ? 1 : 0, role);
    await holds(page);
    await picture(page, `overview-${role.toLowerCase()}`);
    assert.deepEqual(complaints, []);
    await page.context().close();
  }
});

test("V8: off duty in three presses, and taken back with one, without script", async () => {
  const { page } = await openPage(browser, { javaScriptEnabled: false });
  await logIn(page, program, "Fysioterapeut");
  await page.goto(`${program.address}/`);
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: "Overdrag mine" }));
  await page.waitForURL(/\/opgaver\/overdrag$/);
  const count = await page.locator("input[name=opgave]:checked").count();
  assert.ok(count > 0, "the open tasks are chosen");
  await presses.press(page.getByLabel("Sygeplejerske TN"));
  await presses.press(page.getByRole("button", { name: "Overdrag" }));
  presses.within(3, "V8");
  await page.getByRole("heading", { name: new RegExp(`Overdraget ${count} opgave.* til Sygeplejerske TN`) }).waitFor();
  await page.getByRole("button", { name: "Fortryd" }).click();
  await page.getByText(/Fortrudt\. \d+ opgave/).waitFor();
  await page.goto(`${program.address}/opgaver/overdrag`);
  assert.equal(await page.locator("input[name=opgave]").count(), count, "exactly those are back");
  await page.context().close();
});

test("what was handed over, and a refused hand-over, are without faults", async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await page.goto(`${program.address}/opgaver/overdrag`);
  await holds(page);
  await page.getByRole("button", { name: "Overdrag" }).click();
  await page.getByRole("alert").waitFor();
  await holds(page);
  await page.getByLabel("Leder BN").check();
  await page.getByRole("button", { name: "Overdrag" }).click();
  await page.waitForURL(/\/opgaver\/overdrag\/[0-9a-f-]{36}$/);
  await holds(page);
  assert.deepEqual(complaints.filter((text) => !text.includes("422")), []);
  await page.context().close();
});

test("the administrator sees every page of the setting up without faults, and the demo starts anew", async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Administrator");
  for (const path of ["", "/medarbejdere", "/adresser", "/adresser/ny", "/frister", "/beskeder", "/nulstil"]) {
    await page.goto(`${program.address}/administration${path}`);
    await holds(page);
  }
  await page.goto(`${program.address}/administration`);
  await page.getByRole("link", { name: "Nulstil demoen" }).click();
  await page.getByRole("button", { name: "Nulstil demoen" }).click();
  await page.getByText("Demoen er nulstillet.").waitFor();
  const { page: other } = await openPage(browser);
  await logIn(other, program, "Visitator");
  await other.getByText(/[1-9]\d* opgaver? over fristen/).waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
  await other.context().close();
});
