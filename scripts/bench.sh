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

# How the pages feel, in a real browser; only with the whole run, for it needs the program and not one benchmark.
if [ $# -eq 0 ]; then
  cargo build --release --locked --bin forebyg
  CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} \
    node scripts/felt-speed.mjs "${CARGO_TARGET_DIR:-$PWD/target}/release/forebyg"
fi
