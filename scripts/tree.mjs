// House rules for the files of the tree: none too long, no invented persons, no path of one machine, no download
// address, no unfinished merge, no dead link. Looks at what git keeps or would keep.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { strangers } from "./tree/persons.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const LONGEST = 400;
const COUNTED = new Set([".rs", ".html", ".css", ".js", ".mjs", ".sql", ".sh"]);
/** Not text, or checksums in which any digits may stand. */
const UNREAD = new Set([".png", ".jpg", ".woff2", ".ico", ".pdf", ".gz", ".sqlite3"]);
const LOCKS = new Set(["Cargo.lock", "package-lock.json"]);

// Put together from parts, so that this file does not trip over itself.
const MACHINE_PATH = new RegExp(`(?<![\\w./-])/(?:${["work", "root", "home", "Users", "mnt"].join("|")})/[\\w.-]+`);
const HOSTS = ["static.crates", "index.crates", "registry.npmjs", "registry.yarnpkg", "files.pythonhosted", "deb.debian"];
const REGISTRY = new RegExp(`(?:${HOSTS.map((host) => host.replace(".", "\\.")).join("|")})\\.(?:io|org|com)`);
const CONFLICT = /^(?:<{7} |>{7} )/m;

const problems = [];
const report = (path, line, text) => problems.push(`${path}${line ? `:${line}` : ""}: ${text}`);

function files() {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  return listed.toString().split("\0").filter((path) => path && existsSync(join(root, path)));
}

const lineOf = (text, index) => text.slice(0, index).split("\n").length;

function checkLength(path, text) {
  const lines = text.split("\n").length - 1;
  if (COUNTED.has(extname(path)) && lines > LONGEST) report(path, 0, `${lines} lines; past ${LONGEST}, look for the second subject`);
}

function checkText(path, text) {
  for (const [pattern, complaint] of [
    [MACHINE_PATH, "a path of one machine"],
    [REGISTRY, "the address of a package registry"],
    [CONFLICT, "a merge that was not finished"],
  ]) {
    const hit = pattern.exec(text);
    if (hit) report(path, lineOf(text, hit.index), complaint);
  }
}

function checkPersons(path, text) {
  for (const { index } of strangers(text)) {
    report(path, lineOf(text, index), "looks like a CPR number and is none of the official test persons'");
  }
}

/** A link to a file that is not there sends the reader nowhere. Addresses and places within the page are left alone. */
function checkLinks(path, text) {
  if (extname(path) !== ".md") return;
  for (const { 1: link, index } of text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)) {
    if (!existsSync(join(root, dirname(path), link))) report(path, lineOf(text, index), `the link to ${link} leads nowhere`);
  }
}

/** The lock file must serve behind any mirror: versions and checksums, no addresses. */
function checkPackageLock(text) {
  const { packages } = JSON.parse(text);
  const addressed = Object.entries(packages).filter(([, entry]) => entry.resolved).map(([name]) => name);
  if (addressed.length) report("package-lock.json", 0, `"resolved" stands at ${addressed.length} packages (.npmrc leaves it out)`);
}

for (const path of files()) {
  if (UNREAD.has(extname(path))) continue;
  // Some messages are ISO-8859-1; every byte is a character there, and what is looked for is ASCII.
  const text = readFileSync(join(root, path), "latin1");
  checkLength(path, text);
  if (path === "package-lock.json") checkPackageLock(text);
  if (LOCKS.has(path)) continue;
  checkText(path, text);
  checkPersons(path, text);
  checkLinks(path, text);
}

for (const problem of problems.sort()) console.error(`tree: ${problem}`);
console.log(`tree: ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
