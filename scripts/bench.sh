#!/usr/bin/env bash
# Runs every benchmark. `make bench` calls it with TEST_POSTGRES_URL set, so that both databases can be measured.
# By hand, for one of them: scripts/bench.sh NAME
set -euo pipefail
cd "$(dirname "$0")/.."

if ! cargo metadata --no-deps --format-version 1 | grep -q '"kind":\["bench"\]'; then
  echo "There are no benchmarks yet."
  exit 0
fi
# Only what is a benchmark: without the pattern, every crate's unit tests are built for release and left out again.
cargo bench --workspace --locked --bench "${1:-*}"

# What every page costs and how the pages feel, in the program itself; only with the whole run, not for one benchmark.
if [ $# -eq 0 ]; then
  cargo build --release --locked -p server --bin forebyg -p benches --example populate
  built=${CARGO_TARGET_DIR:-$PWD/target}/release
  CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
  export CHROMIUM
  node scripts/page-speed.mjs "$built/forebyg" "$built/examples/populate"
  node scripts/felt-speed.mjs "$built/forebyg"
fi
