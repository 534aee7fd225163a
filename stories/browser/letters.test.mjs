// The words of letters: a leader writes, an administrator approves, and the citizen gets them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support.mjs";
import { Presses, demo, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

test("A8: an invitation's words are changed by two people, seen as the citizen will", { timeout: 60_000 }, async () => {
  const presses = new Presses();
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Leder");
  await page.goto(`${program.address}/administration/tekster`);
  await presses.press(page.getByRole("link", { name: "Invitation til samtale", exact: true }));
  const letter = page.getByLabel("Brev", { exact: true });
  const words = await letter.inputValue();
  const seen = page.locator("#visning");
  await letter.fill(words.replace("Du har fået en tid til en samtale", "Vi glæder os til at tale med dig"));
  await seen.getByRole("heading", { name: "Vi glæder os til at tale med dig" }).waitFor();
  await seen.getByText(/^Lix \d+$/).waitFor();
  await picture(page, "letter-text");
  await letter.fill(`${words}\n{{ cpr }}`);
  await seen.getByText("cpr er ikke et felt").waitFor();
  await letter.fill(words.replace("Du har fået en tid til en samtale", "Vi glæder os til at tale med dig"));
  await presses.press(page.getByRole("button", { name: "Foreslå teksten" }));
  await page.getByText("Den gælder, når en anden har godkendt den").waitFor();
  await picture(page, "letter-proposal");
  await holds(page);
  assert.deepEqual(complaints, []);
  await page.context().close();

  const other = await openPage(browser);
  await logIn(other.page, program, "Administrator");
  await other.page.goto(`${program.address}/administration/tekster`);
  await presses.press(other.page.getByRole("link", { name: /^Se forslaget/ }));
  await presses.press(other.page.getByRole("button", { name: "Godkend" }));
  await other.page.getByText("Teksten er godkendt og gælder fra nu af").waitFor();
  assert.deepEqual(other.complaints, []);
  await other.page.context().close();
  presses.within(6, "A8");
});
