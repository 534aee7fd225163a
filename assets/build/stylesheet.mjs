// forebyg.css: the dkfds rules our pages use, in a cascade layer of their own, and then our layer. A rule outside a
// layer wins over any inside one, so our files need no long selectors to get past those of dkfds.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, transform } from "lightningcss";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";

const minified = (filename, code) => transform({ filename, code: Buffer.from(code), minify: true }).code.toString();

/** dkfds without its @font-face rules (ours point at hashed names) and without its pictures in the stylesheet.
    Its only @charset would be misplaced inside a layer. */
function base(root) {
  const tree = postcss.parse(readFileSync(join(root, "node_modules/dkfds/dist/css/dkfds.css"), "utf8"));
  tree.walkAtRules(/^(font-face|charset)$/, (rule) => void rule.remove());
  tree.walkDecls((decl) => void (decl.value.includes("url(") && decl.remove()));
  tree.walkComments((comment) => void comment.remove());
  return tree.toString();
}

async function used(root, raw) {
  const content = [join(root, "crates/app/src/**/*.html"), join(root, "assets/forebyg.js")];
  const [result] = await new PurgeCSS().purge({ content, css: [{ raw }], variables: true, keyframes: true });
  return result.css;
}

function own(root, fonts) {
  const { code } = bundle({ filename: join(root, "assets/css/index.css"), minify: true });
  return code.toString().replace(/font:([a-z]+)\.woff2/g, (_, name) => fonts[name]);
}

export async function stylesheet(root, fonts) {
  const dkfds = minified("dkfds.css", `@layer dkfds { ${await used(root, base(root))} }`);
  return `${dkfds}\n${own(root, fonts)}\n`;
}
