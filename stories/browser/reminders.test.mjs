// What citizens are told, from the side of who sends it: the list, the letter, and everything a course has said.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./support.mjs";
import { Presses, demo, findCitizen, holds, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

test("M5: the plan becomes a letter to print and to have read aloud", { timeout: 90_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Fysioterapeut");
  await findCitizen(page, "Ruddi");
  await page.getByRole("link", { name: /^Forløb siden/ }).click();
  const presses = new Presses();
  await presses.press(page.getByRole("link", { name: "Alle beskeder, og skriv en ny" }));
  await holds(page);
  await picture(page, "course-messages");
  await presses.press(page.getByRole("button", { name: "Skriv brev: Plan" }));
  await page.getByText("Brevet er skrevet. Se det, og send det.").waitFor();
  await presses.press(page.getByRole("link", { name: /^Plan\s*,/ }).first());
  await page.getByRole("heading", { name: "Din plan" }).waitFor();
  await page.getByText("Som sms eller læst højt").click();
  await holds(page);
  await picture(page, "plan-letter");
  await presses.press(page.getByRole("button", { name: "Brevet er sendt" }));
  await page.waitForURL(/\/beskedliste$/);
  await holds(page);
  await picture(page, "message-list");
  presses.within(4, "M5");
  assert.deepEqual(complaints, []);
  await page.context().close();
});
