// Somebody at a desk: logs in, counts what they press, and looks at each page at both widths.
import assert from "node:assert/strict";
import { DESK, PHONE, checkAxe, checkNoSidewaysScroll } from "./support.mjs";

/** Logs in as one of the demo's users by role or title. */
export async function logIn(page, program, role) {
  await page.goto(`${program.address}/log-ind`);
  await page.getByRole("button", { name: role }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/log-ind"));
}

/** The page has no faults at either width, also with everything unfolded. */
export async function holds(page) {
  for (const viewport of [DESK, PHONE]) {
    await page.setViewportSize(viewport);
    await checkAxe(page);
    await checkNoSidewaysScroll(page);
  }
  await page.setViewportSize(DESK);
}

/** From anywhere to a citizen by name, as staff search. */
export async function findCitizen(page, name) {
  await page.getByRole("searchbox").fill(name);
  await page.keyboard.press("Enter");
  await page.locator("main a", { hasText: name }).first().click();
  await page.waitForURL(/\/borgere\/[0-9a-f-]+/);
}

/** Asks until it is so; the pages' policy lets no test wait inside them. */
export async function until(isSo) {
  for (let tries = 0; tries < 50; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail("it did not come to be");
}

/** Counts presses, as scenarios.md counts them: each tap or choice is one, typing is none. */
export class Presses {
  count = 0;

  async press(control) {
    this.count += 1;
    await control.click();
    await control.page().waitForLoadState();
  }

  within(budget, scenario) {
    console.log(`# ${scenario}: ${this.count} of ${budget} presses`);
    assert.ok(this.count <= budget, `${scenario}: ${this.count} presses, ${budget} allowed`);
  }
}
