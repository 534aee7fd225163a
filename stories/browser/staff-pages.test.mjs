// The pages of staff in a real browser: usable by keyboard and without script, light enough, and nobody else is asked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAxe, openPage } from "./support.mjs";
import { demo, logIn, picture } from "./desk.mjs";

const { browser, program } = await demo();

test("a refused form tells what to mend, without faults", async () => {
  const { page } = await openPage(browser);
  await logIn(page, program, "Visitator");
  await page.goto(`${program.address}/henvisninger/ny`);
  const number = page.getByRole("textbox", { name: "CPR-nummer", exact: true });
  await number.fill("251248-999");
  await page.getByRole("button", { name: "Opret" }).click();
  await page.getByRole("link", { name: "Der mangler 1 ciffer. Et CPR-nummer har 10." }).waitFor();
  assert.equal(await number.inputValue(), "251248-999");
  await picture(page, "new-request-refused");
  await checkAxe(page);
  await page.context().close();
});

/** Presses Tab until the wanted thing has the focus; a keyboard user has no shorter way than this. */
async function tabTo(page, wanted, most = 120) {
  for (let presses = 0; presses < most; presses += 1) {
    const there = (text) => document.activeElement?.textContent?.trim().startsWith(text);
    if (await page.evaluate(there, wanted)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`"${wanted}" was not reached with the keyboard on ${page.url()}`);
}

async function press(page, wanted, { inPlace = false } = {}) {
  await tabTo(page, wanted);
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(outline, "none", `the focus is seen on "${wanted}"`);
  await page.evaluate(() => (globalThis.old = true));
  await page.keyboard.press("Enter");
  // A new page has forgotten it; a page that changed in place has not, and its caller waits for what it should say.
  if (!inPlace) await page.waitForFunction(() => !globalThis.old && document.readyState === "complete");
}

test("from log-in to a chosen first step by the keyboard alone", { timeout: 120_000 }, async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(`${program.address}/log-ind`);
  await press(page, "MKVisitator");
  await press(page, "Henvisninger");
  await press(page, "Nye");
  const name = await page.locator("main tbody th a").first().textContent();
  await press(page, name);
  await press(page, "Henvisningen er til os");
  await press(page, "Ikke truffet", { inPlace: true });
  await page.getByText("Ikke truffet, 1. forsøg").waitFor();
  await press(page, "Truffet");
  await press(page, "Vælg ");
  await page.getByText("Indgangen er valgt").first().waitFor();
  await checkAxe(page);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("keys lead everywhere, their sheet says how, and they can be switched off", async () => {
  const { page, complaints } = await openPage(browser);
  await logIn(page, program, "Visitator");
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await page.waitForURL(/\/henvisninger$/);
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Tastaturgenveje" });
  await sheet.waitFor();
  await checkAxe(page);
  await sheet.getByLabel("Slå genveje fra på denne enhed").check();
  await page.keyboard.press("Escape");
  assert.equal(await sheet.isVisible(), false);
  await page.keyboard.press("n");
  await page.keyboard.press("?");
  assert.equal(await sheet.isVisible(), false, "switched off");
  await page.getByRole("button", { name: "Tastaturgenveje ?" }).click();
  await sheet.getByLabel("Slå genveje fra på denne enhed").uncheck();
  await sheet.getByRole("button", { name: "Luk" }).click();
  await page.keyboard.press("n");
  await page.waitForURL(/\/henvisninger\/ny$/);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("the same without any script", { timeout: 120_000 }, async () => {
  const { page } = await openPage(browser, { javaScriptEnabled: false });
  await logIn(page, program, "Visitator");
  await page.goto(`${program.address}/henvisninger?visning=nye`);
  await page.locator("main tbody th a").first().click();
  for (const button of ["Henvisningen er til os", "Ikke truffet", "Truffet"]) {
    await page.getByRole("button", { name: button, exact: true }).click();
    await page.getByRole("status").first().waitFor();
  }
  await page.getByRole("button", { name: /^Vælg (?!denne)/ }).click();
  await page.getByText("Indgangen er valgt").first().waitFor();
  await page.context().close();
});

test("a first visit weighs at most 110 kB and asks nobody else", { timeout: 60_000 }, async () => {
  const { page } = await openPage(browser);
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  let bytes = 0;
  const hosts = new Set();
  network.on("Network.requestWillBeSent", ({ request }) => hosts.add(new URL(request.url).host));
  network.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(`${program.address}/log-ind`);
  await page.waitForLoadState("networkidle");
  const login = bytes;
  await page.getByRole("button", { name: "Visitator" }).click();
  await page.goto(`${program.address}/henvisninger`);
  await page.waitForLoadState("networkidle");
  await page.locator("main tbody th a").first().click();
  await page.waitForLoadState("networkidle");
  assert.deepEqual([...hosts], [new URL(program.address).host]);
  assert.ok(bytes <= 110_000, `log-in ${login} bytes, with the inbox and a referral ${bytes}`);
  console.log(`first visit: log-in ${login} bytes, with the start page, the inbox and a referral ${bytes}`);
  await page.context().close();
});
