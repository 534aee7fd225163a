// How fast the pages feel: headless Chromium on slow 4G and a processor slowed four times, five loads of each page.
// Goals (P6): largest paint within 1.5 s, a press answered within 100 ms, nothing moves. Run by scripts/bench.sh.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBrowser, openPage } from "../stories/browser/support.mjs";
import { logIn } from "../stories/browser/desk.mjs";

const LOADS = 5;
// Chromium's own "Slow 4G": 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back.
const SLOW_4G = { offline: false, downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: (750e3 / 8) * 0.9, latency: 150 };
const GOAL = { lcp: 1500, inp: 100, cls: 0 };

const program = process.argv[2] ?? "target/release/forebyg";
const data = mkdtempSync(join(tmpdir(), "forebyg-"));
const server = spawn(program, ["serve", "--demo", "--demo-days", "0", "--port", "8390", "--data", data], { stdio: "ignore" });
const address = "http://127.0.0.1:8390";
for (let tries = 0; tries < 300; tries += 1) {
  if (await fetch(`${address}/log-ind`).then((answer) => answer.ok, () => false)) break;
  await new Promise((resolve) => setTimeout(resolve, 200));
}

/** Watches from the first moment of a page; read by `seen`. */
function watch() {
  globalThis.seen = { lcp: 0, cls: 0, inp: 0 };
  const note = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, durationThreshold: 16 });
  note("largest-contentful-paint", (entry) => (globalThis.seen.lcp = entry.startTime));
  note("layout-shift", (entry) => !entry.hadRecentInput && (globalThis.seen.cls += entry.value));
  note("event", (entry) => (globalThis.seen.inp = Math.max(globalThis.seen.inp, entry.duration)));
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const browser = await openBrowser();
try {
  const { page } = await openPage(browser);
  await logIn(page, { address }, "Visitator");
  const first = async (at, selector) => {
    await page.goto(address + at);
    return page.locator(selector).first().getAttribute("href");
  };
  const referral = await first("/henvisninger", "tbody th a");
  const citizen = await first(referral, 'main a[href^="/borgere/"]');
  const pages = { "start page": "/", worklist: "/henvisninger", referral, citizen, calendar: "/kalender", "log-in, first visit": "/log-ind" };
  const cookies = await page.context().cookies();
  console.log("page                  LCP ms   INP ms   CLS    goal 1500 / 100 / 0");
  for (const [name, path] of Object.entries(pages)) {
    const all = [];
    for (let load = 0; load < LOADS; load += 1) {
      const fresh = await openPage(browser);
      if (!name.startsWith("log-in")) {
        // Somebody at work: the stylesheet, fonts and scripts are there from the page before.
        await fresh.page.context().addCookies(cookies);
        await fresh.page.goto(`${address}/borgere`);
      }
      const slow = await fresh.page.context().newCDPSession(fresh.page);
      await slow.send("Network.enable");
      await slow.send("Network.emulateNetworkConditions", SLOW_4G);
      await slow.send("Emulation.setCPUThrottlingRate", { rate: 4 });
      await fresh.page.addInitScript(watch);
      await fresh.page.goto(address + path, { waitUntil: "networkidle" });
      // A press that the page itself answers: a key, then a click on what folds out or on the heading.
      await fresh.page.keyboard.press("Tab");
      await fresh.page.locator("main summary, main h1").first().click();
      await fresh.page.waitForTimeout(300);
      all.push(await fresh.page.evaluate(() => globalThis.seen));
      await fresh.page.context().close();
    }
    const [lcp, inp, cls] = ["lcp", "inp", "cls"].map((what) => median(all.map((one) => one[what])));
    const within = lcp <= GOAL.lcp && inp <= GOAL.inp && cls <= GOAL.cls;
    console.log(`${name.padEnd(20)} ${lcp.toFixed(0).padStart(7)} ${inp.toFixed(0).padStart(8)} ${cls.toFixed(3).padStart(7)}   ${within ? "within" : "MISSED"}`);
  }
} finally {
  await browser.close();
  server.kill();
  rmSync(data, { recursive: true, force: true });
}
