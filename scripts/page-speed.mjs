// What every page costs beside the worklist on a full municipality: the demo, where each page has something to show, and
// 50,000 more courses. Each kind of page that a link leads to is opened as the first role that may, one request at a time.
// Goal: none takes more than twice the worklist's time. Run by scripts/bench.sh.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBrowser, openPage } from "../stories/browser/support.mjs";
import { logIn } from "../stories/browser/desk.mjs";

const COURSES = process.env.COURSES ?? "50000";
const REQUESTS = 40;
const WARM_UP = 10;
const MOST = 2;
const ROLES = ["Visitator", "Fysioterapeut", "Leder", "Administrator"];
const PORT = "8391";
const address = `http://127.0.0.1:${PORT}`;
/** Files and doors of other programs; a way out. */
const NO_PAGE = /^\/(api|fhir|assets|ical|healthz|readyz|metrics|bilag|log-ud)|\/(original|bundle|hent)$|\/hent\//;

const [program, populate] = process.argv.slice(2);
const data = mkdtempSync(join(tmpdir(), "forebyg-"));

async function start() {
  const server = spawn(program, ["serve", "--demo", "--demo-days", "0", "--port", PORT, "--data", data], { stdio: "ignore" });
  for (let tries = 0; tries < 600; tries += 1) {
    if (await fetch(`${address}/log-ind`).then((answer) => answer.ok, () => false)) return server;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("the program did not start");
}

async function stop(server) {
  server.kill();
  await once(server, "exit");
}

const get = (path, cookie) => fetch(address + path, { headers: { cookie }, redirect: "manual" });

/** Median and slowest of some requests, in milliseconds; the first ones fill what is kept in memory. */
async function timed(path, cookie, requests = REQUESTS) {
  const all = [];
  for (let request = 0; request < WARM_UP; request += 1) await (await get(path, cookie)).arrayBuffer();
  for (let request = 0; request < requests; request += 1) {
    const before = performance.now();
    await (await get(path, cookie)).arrayBuffer();
    all.push(performance.now() - before);
  }
  all.sort((a, b) => a - b);
  return { median: all[requests / 2], slowest: all[requests - 1] };
}

/** `/hold/{id}` of an address: what tells one of a kind from another stands in ids, numbers, dates and requirements. */
const kind = (path) => path.split("?")[0].replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}").replace(/\/\d[\d-]*/g, "/{n}").replace(/\/[A-Z]{2}-[\d.-]+/, "/{krav}");

/** One address of every kind that links lead to. */
async function walk(cookie) {
  const found = new Map();
  const waiting = ["/"];
  while (waiting.length) {
    const path = waiting.shift();
    if (found.has(kind(path)) || NO_PAGE.test(path)) continue;
    const answer = await get(path, cookie);
    if (answer.status !== 200) continue;
    found.set(kind(path), path);
    for (const [, href] of (await answer.text()).matchAll(/href="(\/[^"#?]*)/g)) waiting.push(href);
  }
  return found;
}

let server = await start();
const browser = await openBrowser();
try {
  await stop(server);
  execFileSync(populate, [data, COURSES], { stdio: "inherit" });
  // Everybody was changed: judged by the quality standard here, and not while pages are timed.
  const before = performance.now();
  execFileSync(program, ["--data", data, "quality", "--json"], { stdio: "ignore" });
  console.log(`every course judged by the quality standard: ${Math.round((performance.now() - before) / 1000)} s`);
  server = await start();
  const pages = new Map();
  let worklist;
  for (const role of ROLES) {
    const { page } = await openPage(browser);
    await logIn(page, { address }, role);
    const cookie = (await page.context().cookies()).map((one) => `${one.name}=${one.value}`).join("; ");
    await page.context().close();
    worklist ??= await timed("/henvisninger", cookie, 5 * REQUESTS);
    for (const [name, path] of await walk(cookie)) {
      if (!pages.has(name)) pages.set(name, await timed(path, cookie));
    }
  }
  console.log(`worklist of ${COURSES} courses: median ${worklist.median.toFixed(1)} ms, slowest ${worklist.slowest.toFixed(1)} ms`);
  const ratio = (page) => page.median / worklist.median;
  for (const [name, page] of [...pages].sort(([, a], [, b]) => ratio(b) - ratio(a))) {
    const mark = ratio(page) <= MOST ? "met" : "MISSED";
    console.log(`${name.padEnd(48)} ${page.median.toFixed(1).padStart(7)} ms ${ratio(page).toFixed(2).padStart(6)} × (goal ${MOST}) ${mark}`);
  }
} finally {
  await browser.close();
  server.kill();
  rmSync(data, { recursive: true, force: true });
}
