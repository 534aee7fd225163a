#!/usr/bin/env bash
# Runs every test and ends with one line that counts them. `make test` calls it with TEST_POSTGRES_URL set and the
# assets built; called by hand without them, the PostgreSQL half is left out and says so.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

log=$(mktemp)
trap 'rm -f "$log"' EXIT
failed=0

cargo test --workspace --locked --no-fail-fast 2>&1 | tee "$log" || failed=1

# Test files are named one by one: Node 20 takes a folder, Node 22 no longer does, and patterns came in between.
mapfile -t checks < <(find scripts -name '*.test.mjs' | sort)
node --test --test-reporter=spec "${checks[@]}" 2>&1 | tee -a "$log" || failed=1

mapfile -t pages < <(find stories/browser -name '*.test.mjs' 2>/dev/null | sort)
if [ ${#pages[@]} -gt 0 ]; then
  # The program under test and the browser to look at it with.
  TEST_PROGRAM=${CARGO_TARGET_DIR:-$PWD/target}/debug/forebyg
  CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
  export TEST_PROGRAM CHROMIUM
  if cargo build --workspace --bins --locked; then
    # Two at a time: each starts a server and a browser and waits half of its time.
    node --test --test-concurrency=2 --test-reporter=spec "${pages[@]}" 2>&1 | tee -a "$log" || failed=1
  else
    failed=1
  fi
fi

# Both runners' closing lines added up: "test result: ok. 12 passed; 0 failed; …" and "ℹ pass 3", "ℹ fail 0".
awk -v failed="$failed" '
  /^test result: / { passed += $4; bad += $6; skipped += $8 }
  /^(ℹ|#) pass / { passed += $3 }
  /^(ℹ|#) fail / { bad += $3 }
  /^(ℹ|#) skipped / { skipped += $3 }
  END {
    if (failed && !bad) print "A part of the tests could not be built or was ended early; see above."
    printf "%d passed, %d failed, %d skipped\n", passed, bad, skipped
  }
' "$log"
exit "$failed"
