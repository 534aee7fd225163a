#!/usr/bin/env bash
# Runs the example of docs/api.md as it stands there: one course from message to report through the API, on a data folder
# of its own. Wants a built program (`cargo build --release -p server`), curl and Node.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PWD/target/release:$PATH
awk '/^```bash/ { inside = 1; next } /^```/ { inside = 0 } inside' docs/api.md | bash
