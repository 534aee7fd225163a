// The scripts: htmx as its package ships it, and ours with the comments and indentation taken out.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const stripped = (source) =>
  source
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("//"))
    .join("\n");

export function scripts(root) {
  const read = (path) => readFileSync(join(root, path), "utf8");
  return [
    ["htmx.min.js", read("node_modules/htmx.org/dist/htmx.min.js").replace(/\n?\/\/# sourceMappingURL=.*/, "")],
    ["forebyg.js", stripped(read("assets/forebyg.js"))],
    ["drafts.js", stripped(read("assets/drafts.js"))],
    ["talk.js", stripped(read("assets/talk.js"))],
    ["copy.js", stripped(read("assets/copy.js"))],
    ["attendance.js", stripped(read("assets/attendance.js"))],
    ["aloud.js", stripped(read("assets/aloud.js"))],
  ];
}
