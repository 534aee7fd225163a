// icons.svg: one <symbol> for each line of assets/icons.txt, and none that the list does not name.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The list as [our name, file of the picture]. */
function wanted(root) {
  const lines = readFileSync(join(root, "assets/icons.txt"), "utf8").split("\n");
  return lines
    .filter((line) => line.trim() && !line.startsWith("#"))
    .map((line) => line.split("=").map((part) => part.trim()))
    .map(([name, source]) =>
      source === "own"
        ? [name, join(root, "assets/icons", `${name}.svg`)]
        : [name, join(root, "node_modules/dkfds/dist/img/svg-icons", `${source}.svg`)],
    );
}

function symbol([name, file]) {
  const svg = readFileSync(file, "utf8");
  const viewBox = /viewBox="([^"]+)"/.exec(svg)[1];
  const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/ fill="[^"]*"/g, "");
  return `<symbol id="${name}" viewBox="${viewBox}">${shapes.trim()}</symbol>`;
}

/** A page that asks for a sign we do not have would show an empty square: stop the build instead. */
function refuseUnknown(root, names) {
  const folder = join(root, "crates/app/src");
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => /\.(html|rs)$/.test(name))) {
    const asks = file.endsWith(".html") ? /icon\("([\w-]+)"\)/g : /Tag::of\("\w+", "([\w-]+)"/g;
    for (const [, name] of readFileSync(join(folder, file), "utf8").matchAll(asks)) {
      if (!names.has(name)) throw new Error(`${file} uses the icon "${name}", which assets/icons.txt does not list`);
    }
  }
}

export function icons(root) {
  const list = wanted(root);
  refuseUnknown(root, new Set(list.map(([name]) => name)));
  return `<svg xmlns="http://www.w3.org/2000/svg">${list.map(symbol).join("")}</svg>\n`;
}
