// Reporting in a real browser: what FK-Gateway refused is seen on the start page, mended in the record and sent again (Q3),
// within the presses promised; nothing for axe to find and nothing to scroll sideways.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support.mjs";
import { Presses, demo, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

test("Q3: a refused report is found from the start page, mended and sent again", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  const refused = page.getByRole("link", { name: "Afviste indberetninger" });
  await page.getByText("Ældre end 2 arbejdsdage, af 1 afvist").waitFor();
  await holds(page);
  await picture(page, "reporting-start");
  const presses = new Presses();
  await presses.press(refused);
  const panel = page.getByRole("region", { name: "Afviste indberetninger" });
  await panel.getByText("Oplysningerne passer ikke sammen efter reglerne for indberetning.").waitFor();
  await panel.getByText("Ældre end 2 arbejdsdage").waitFor();
  await holds(page);
  await picture(page, "reporting-refused");
  await presses.press(panel.getByRole("link", { name: /^Ret i journalen/ }));
  await page.waitForURL(/\/borgere\/[0-9a-f-]{36}$/);
  await presses.press(page.getByRole("link", { name: "Indberetning", exact: true }));
  await presses.press(panel.getByRole("button", { name: /^Send igen/ }));
  await page.getByText("Indberetningen er dannet igen med et nyt nummer.").waitFor();
  assert.equal(await panel.count(), 0, "nothing is refused any more");
  presses.within(4, "Q3");
  await page.getByRole("link", { name: "Overblik" }).click();
  await page.getByText("Ingen indberetning er afvist").waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a quality consultant sees the refusals where they begin, without names", { timeout: 60_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Kvalitet");
  await page.getByRole("link", { name: "Afviste indberetninger" }).click();
  await page.getByRole("heading", { name: "Indberetning", exact: true }).waitFor();
  assert.equal(await page.locator("main a[href^='/borgere/']").count(), 0);
  assert.deepEqual(complaints, []);
  await page.context().close();
});
