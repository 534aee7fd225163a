import assert from "node:assert/strict";
import { test } from "node:test";
import { permitted } from "./licence.mjs";
import { parsePolicy } from "./policy.mjs";

const allowed = new Set(["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]);

for (const expression of [
  "MIT",
  "GPL-3.0 OR MIT",
  "MIT/GPL-2.0",
  "(MIT OR GPL-3.0) AND Unicode-3.0",
  "Apache-2.0 WITH LLVM-exception",
]) {
  test(`"${expression}" can be met`, () => assert.equal(permitted(expression, allowed), true));
}

for (const expression of ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT", "MIT WITH Other-exception", "MIT MIT"]) {
  test(`"${expression}" cannot be met`, () => assert.equal(permitted(expression, allowed), false));
}

test("sections, lists over several lines and inline tables are read", () => {
  const policy = parsePolicy('[bans] # who\nlevel = "warn"\ndeny = [\n  # why "not"\n  { crate = "a#b", wrappers = ["c"] },\n]\n');
  assert.deepEqual(policy, { bans: { level: "warn", deny: [{ crate: "a#b", wrappers: ["c"] }] } });
});

test("what is not understood is refused", () => {
  assert.throws(() => parsePolicy("[a]\nx = [1\n"), /not closed/);
  assert.throws(() => parsePolicy("x = 1\n"), /not understood/);
});
