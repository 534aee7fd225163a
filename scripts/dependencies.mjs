// The dependency policy of deny.toml, checked without a network and within a second: licences, who may use which
// crate, sources, versions. Two house rules come on top: the pure crates reach nothing that does I/O, and no crate
// asks for a dependency that it does not use. Why not the usual tools: docs/decisions/0010-dependency-policy.md.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parsePolicy } from "./dependencies/policy.mjs";
import { permitted } from "./dependencies/licence.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const policy = parsePolicy(readFileSync(join(root, "deny.toml"), "utf8"));
const target = policy.graph.targets[0];

/** Crates that turn values into values, and what would let them do more. */
const PURE = ["domain", "instruments", "indicators", "analysis", "charts", "medcom", "fhir_gateway", "simulation"];
const INPUT_OUTPUT = ["tokio", "mio", "socket2", "rusqlite", "postgres", "ureq", "hyper", "axum", "tempfile", "store", "app"];

const CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";
const problems = [];

function cargo(...args) {
  const options = { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] };
  try {
    return execFileSync("cargo", args, options);
  } catch (error) {
    console.error(String(error.stderr ?? error));
    process.exit(1);
  }
}

/** The graph as it is built for the first target. What has not been downloaded yet is fetched once. */
function graph() {
  cargo("fetch", "--locked", "--quiet", "--target", target);
  const text = cargo("metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", target);
  const { packages, resolve, workspace_members } = JSON.parse(text);
  return { packages: new Map(packages.map((p) => [p.id, p])), nodes: resolve.nodes, members: new Set(workspace_members) };
}

const { packages, nodes, members } = graph();
const inGraph = nodes.map((node) => packages.get(node.id));
const named = (p) => `${p.name} ${p.version}`;

function checkLicences() {
  for (const p of inGraph) {
    if (!permitted(p.license ?? "", new Set(policy.licenses.allow))) {
      problems.push(`${named(p)}: its licence "${p.license ?? "none stated"}" is not on the list in deny.toml`);
    }
  }
}

function checkBans() {
  for (const { crate, wrappers = [] } of policy.bans.deny) {
    for (const node of nodes) {
      const user = packages.get(node.id).name;
      const uses = node.deps.some((dep) => packages.get(dep.pkg).name === crate);
      if (uses && !wrappers.includes(user)) {
        const who = wrappers.length ? `only ${wrappers.join(", ")} may use it` : "nobody may";
        problems.push(`${user} uses ${crate}: ${who} (deny.toml says why)`);
      }
    }
  }
}

function checkSources() {
  for (const p of inGraph) {
    if (!members.has(p.id) && p.source !== CRATES_IO) problems.push(`${named(p)} does not come from crates.io`);
  }
  for (const id of members) {
    for (const dep of packages.get(id).dependencies) {
      if (dep.req === "*" && !dep.path) problems.push(`${packages.get(id).name}: ${dep.name} has no version`);
    }
  }
}

/** Everything that a crate is built with, tests left out. */
function reached(id, seen = new Set()) {
  if (seen.has(id)) return seen;
  seen.add(id);
  const node = nodes.find((candidate) => candidate.id === id);
  for (const dep of node.deps) {
    if (dep.dep_kinds.some((kind) => kind.kind === null)) reached(dep.pkg, seen);
  }
  return seen;
}

function checkPurity() {
  for (const id of members) {
    const { name } = packages.get(id);
    if (!PURE.includes(name)) continue;
    const names = new Set([...reached(id)].map((reachedId) => packages.get(reachedId).name));
    for (const crate of INPUT_OUTPUT.filter((candidate) => names.has(candidate))) {
      problems.push(`${name} reaches ${crate}: it must stay free of input and output`);
    }
  }
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "target" ? [] : sources(path);
    return entry.name.endsWith(".rs") ? [readFileSync(path, "utf8")] : [];
  });
}

/** A dependency counts as used when its name stands in the crate's code. */
function checkUse() {
  for (const id of members) {
    const p = packages.get(id);
    const folder = dirname(p.manifest_path);
    const text = existsSync(folder) ? sources(folder).join("\n") : "";
    const kept = p.metadata?.["cargo-machete"]?.ignored ?? [];
    for (const dep of p.dependencies) {
      const name = (dep.rename ?? dep.name).replaceAll("-", "_");
      // A crate that names itself turns on a feature of its own for its tests.
      if (dep.name === p.name || kept.includes(dep.name)) continue;
      if (!new RegExp(`\\b${name}\\b`).test(text)) problems.push(`${p.name} asks for ${dep.name} and does not use it`);
    }
  }
}

function duplicates() {
  const versions = new Map();
  for (const p of inGraph) versions.set(p.name, [...(versions.get(p.name) ?? []), p.version]);
  return [...versions].filter(([, list]) => list.length > 1).map(([name, list]) => `${name} ${list.sort().join(" + ")}`);
}

checkLicences();
checkBans();
checkSources();
checkPurity();
checkUse();
const twice = duplicates();
if (twice.length) console.log(`dependencies: in more than one version (a warning): ${twice.join(", ")}`);
for (const problem of [...new Set(problems)].sort()) console.error(`dependencies: ${problem}`);
console.log(`dependencies: ${inGraph.length} crates looked at, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
