// Builds assets/dist: what the program serves under /assets, every name with a content hash so that it can be
// kept by the browser for ever. Third-party files come from their npm packages and are never committed.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { icons } from "./build/icons.mjs";
import { scripts } from "./build/scripts.mjs";
import { stylesheet } from "./build/stylesheet.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "assets/dist");
const FONTS = { regular: "Regular", medium: "Medium", semibold: "SemiBold", bold: "Bold" };
// The dkfds file names the licences of its fonts and icons; most icons are under Apache 2.0, whose text must follow them.
// The text is the same in every package that uses it.
const LICENSES = {
  "licenses/apache-2.0.txt": "node_modules/detect-libc/LICENSE",
  "licenses/dkfds.md": "node_modules/dkfds/dist/LICENSE.md",
  "licenses/htmx.txt": "node_modules/htmx.org/LICENSE",
};

const manifest = {};

/** Writes one file under its hashed name and remembers it. */
function emit(name, bytes) {
  const body = Buffer.from(bytes);
  const digest = createHash("sha384").update(body).digest();
  const ending = extname(name);
  const file = `${name.slice(0, -ending.length)}-${digest.toString("hex").slice(0, 10)}${ending}`;
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  writeFileSync(join(dist, file), body);
  manifest[name] = { file, sha384: digest.toString("base64") };
  return file;
}

function fontFile(weight) {
  return readFileSync(join(root, `node_modules/dkfds/dist/fonts/IBMPlexSans/split/woff2/IBMPlexSans-${weight}-Latin1.woff2`));
}

/** One entry a line: crates/app/build.rs reads it line by line. */
function manifestText() {
  const lines = Object.keys(manifest).sort().map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(manifest[name])}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}

rmSync(dist, { recursive: true, force: true });
const fonts = Object.entries(FONTS).map(([name, weight]) => [name, emit(`fonts/plex-${name}.woff2`, fontFile(weight))]);
emit("forebyg.css", await stylesheet(root, Object.fromEntries(fonts)));
emit("icons.svg", icons(root));
emit("logo.svg", readFileSync(join(root, "assets/logo.svg")));
for (const [name, text] of scripts(root)) emit(name, text);
for (const [name, source] of Object.entries(LICENSES)) emit(name, readFileSync(join(root, source)));
writeFileSync(join(dist, "manifest.json"), manifestText());
