#!/usr/bin/env bash
# Runs every benchmark. `make bench` calls it with TEST_POSTGRES_URL set, so that both databases can be measured.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo bench --workspace --locked "$@"
