// Bruno from the letter to the closing note, worked through the pages: at a desk by the keyboard alone, and on the
// smallest phone by touch. Nothing is reached that Tab does not reach, and nothing is tapped that a thumb cannot see.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESK, PHONE, openBrowser, openPage } from "./support.mjs";
import { startProgram } from "./program.mjs";
import { day, logIn } from "./desk.mjs";

let browser;

before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
});

/** By the keyboard: Tab until it has the focus, then the key that belongs to it. */
class Keyboard {
  constructor(page) {
    this.page = page;
  }

  async reach(control) {
    await control.waitFor();
    // A group of choices is one stop; its arrows lead to the others.
    const isHere = (node) =>
      node === document.activeElement ||
      (node.type === "radio" && document.activeElement?.type === "radio" && document.activeElement.name === node.name && document.activeElement.form === node.form);
    for (let stops = 0; stops < 300; stops += 1) {
      if (await control.evaluate(isHere)) return;
      await this.page.keyboard.press("Tab");
    }
    assert.fail(`Tab does not reach ${control}`);
  }

  async press(control) {
    await this.reach(control);
    await this.page.keyboard.press("Enter");
    await this.page.waitForLoadState();
  }

  async choose(control) {
    await this.reach(control);
    if ((await control.getAttribute("type")) === "checkbox") return this.page.keyboard.press("Space");
    await this.page.keyboard.press("Space");
    for (let steps = 0; steps < 20 && !(await control.isChecked()); steps += 1) await this.page.keyboard.press("ArrowDown");
    assert.equal(await control.isChecked(), true);
  }

  async write(field, text) {
    await this.reach(field);
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
  }
}

/** By touch: what is tapped is in sight and large enough. */
class Touch {
  constructor(page) {
    this.page = page;
  }

  async press(control) {
    await control.scrollIntoViewIfNeeded();
    const { height } = await control.boundingBox();
    const inText = await control.evaluate((node) => getComputedStyle(node).display === "inline");
    assert.ok(height >= 24 || inText, `${control} is ${height} px high`);
    await control.tap();
    await this.page.waitForLoadState();
  }

  async choose(control) {
    await control.tap();
  }

  async write(field, text) {
    await field.tap();
    await field.fill(text);
  }
}

for (const [name, Hands, options] of [
  ["at a desk by the keyboard alone", Keyboard, { viewport: DESK }],
  ["on the smallest phone by touch", Touch, { viewport: PHONE, hasTouch: true, isMobile: true }],
]) {
  test(`Bruno goes from the letter to the closing note ${name}`, { timeout: 300_000 }, async () => {
    const program = await startProgram();
    try {
      const { page, complaints } = await openPage(browser, options);
      await logIn(page, program, "Visitator");
      const hands = new Hands(page);
      const button = (text) => page.getByRole("button", { name: text, exact: true });
      const link = (text) => page.getByRole("link", { name: text }).locator("visible=true").first();
      await page.goto(`${program.address}/henvisninger?visning=nye`);
      await hands.press(page.locator("tbody th a", { hasText: "Bruno" }));
      await hands.press(button("Henvisningen er til os"));
      await hands.press(button("Truffet"));
      await hands.press(button("Vælg afklarende samtale"));
      await page.waitForURL(/\/kalender\/book\//);
      await hands.press(button("Book tiden"));
      await page.waitForURL(/\/kalender\/tider\//);

      await hands.press(link("Hold samtalen"));
      await page.waitForURL(/\/samtaler\//);
      for (const area of ["Funktionsevne", "Hverdagsliv", "Risikofaktorer", "Sygdomssituation"]) {
        await hands.write(page.getByLabel(`Det fortæller borgeren om ${area}`), "Bliver hurtigt forpustet på trapper.");
      }
      for (const factor of ["Rygning", "Alkohol", "Fysisk inaktivitet", "Usund kost", "Mental sundhed"]) {
        await hands.choose(page.getByRole("group", { name: factor }).getByRole("radio").first());
      }
      await hands.choose(page.getByLabel("Behov er gennemgået med borgeren"));
      await hands.write(page.getByLabel("Mål 1"), "Gå til købmanden uden pause.");
      await hands.write(page.getByLabel("Sådan holdes det ved lige"), "Går tur med naboen.");
      await hands.choose(page.getByRole("checkbox", { name: "Kostvejledning" }));
      await hands.write(page.getByLabel("Hvorfor den? Kostvejledning"), "Vil helst tale alene.");
      for (const purpose of await page.locator("#del-samtykker").getByRole("group").all()) {
        await hands.choose(purpose.getByRole("radio", { name: "Ja" }));
      }
      // Dates and hours take their keys by the browser's own language; what they say is the same.
      await page.getByLabel("Dato").fill(day());
      await page.getByLabel("Fra kl.").fill("00:00");
      await page.getByLabel("Til kl.").fill("00:01");
      await page.locator("[data-saved]").getByText(/^Gemt kl\./).waitFor();
      await hands.press(button("Afslut samtalen"));
      await page.waitForURL(/\/forloeb\//, { timeout: 20_000 });

      await hands.press(link("Skriv kontakt"));
      await page.getByLabel("Fra", { exact: true }).fill("00:00");
      await page.getByLabel("Til", { exact: true }).fill("00:01");
      await hands.write(page.getByRole("textbox", { name: "Notat" }), "Talte om morgenmad.");
      await hands.press(button("Gem kontakten"));
      await page.getByText("Kontakten er registreret").waitFor();
      const fold = page.locator("summary", { hasText: "Afslut eller pause: Kostvejledning" });
      await hands.press(fold);
      await hands.press(button("Indsatsen er gennemført"));
      await page.getByText("Indsatsen er gennemført.").waitFor();

      await hands.press(link("Forbered afslutning"));
      await page.waitForURL(/\/afslut$/);
      await hands.choose(page.getByRole("radio", { name: "Nået", exact: true }));
      await hands.write(page.getByLabel("Det beder vi lægen om"), "Kontrol af lungefunktion om et halvt år.");
      await hands.choose(page.getByLabel(/Om 3 måneder/));
      await page.getByLabel("Fra", { exact: true }).fill("00:00");
      await page.getByLabel("Til", { exact: true }).fill("00:01");
      await page.getByRole("article", { name: "Brevet til lægen" }).getByText("Kontrol af lungefunktion").waitFor();
      await hands.press(button("Afslut og send til lægen"));
      await page.waitForURL(/\/kopi$/);
      await page.getByText("Det har vi skrevet til din læge").waitFor();
      assert.match(await page.getByRole("article", { name: "Kopi til borgeren" }).textContent(), /Kontrol af lungefunktion/);
      assert.deepEqual(complaints, []);
      await page.context().close();
    } finally {
      await program.stop();
    }
  });
}
