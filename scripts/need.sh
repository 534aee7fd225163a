#!/usr/bin/env bash
# Sees to it that the named tools are there: `scripts/need.sh cc cargo node postgresql chromium`.
# What Debian packages is installed with apt-get when that is allowed without a question (root, or sudo without a
# password). Otherwise one line says what to install. Rust and Node are the two things a newcomer brings along.
set -euo pipefail

rust_minor=95
node_major=20

fail() {
  echo "forebyg: $*" >&2
  exit 1
}

have_postgresql() {
  [ -n "$("$(dirname "$0")/postgres.sh" bindir 2>/dev/null)" ]
}

have_chromium() {
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
}

check_cargo() {
  command -v cargo >/dev/null || fail "Rust is missing. Install Rust 1.$rust_minor or newer with rustup."
  local minor
  minor=$(rustc --version | sed -E 's/^rustc 1\.([0-9]+).*/\1/')
  [ "$minor" -ge "$rust_minor" ] || fail "$(rustc --version) is too old. Install Rust 1.$rust_minor or newer with rustup."
}

check_node() {
  command -v npm >/dev/null || fail "Node is missing. Install Node $node_major or newer, with npm."
  local major
  major=$(node --version | sed -E 's/^v([0-9]+).*/\1/')
  [ "$major" -ge "$node_major" ] || fail "Node $(node --version) is too old. Install Node $node_major or newer, with npm."
}

packages=()
for tool in "$@"; do
  case $tool in
    cargo) check_cargo ;;
    node) check_node ;;
    # SQLite is compiled into the program, and that takes a C compiler.
    cc) command -v cc >/dev/null || packages+=(gcc libc6-dev) ;;
    postgresql) have_postgresql || packages+=(postgresql) ;;
    # Text that falls outside the shipped web fonts is measured too, so a plain font comes along.
    chromium) have_chromium || packages+=(chromium fonts-liberation) ;;
    *) fail "need.sh does not know '$tool'" ;;
  esac
done
[ ${#packages[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
  else
    fail "missing: ${packages[*]}. Install them (on Debian: sudo apt-get install ${packages[*]}) and run this again."
  fi
fi
command -v apt-get >/dev/null || fail "missing: ${packages[*]} (the Debian names). Install them and run this again."

install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "${packages[@]}"
}

# Debian's package starts a server of its own when it is installed. The tests start theirs, and a newcomer's machine
# should not be left with one that nobody asked for.
keep_debian_from_starting_a_server() {
  "${as_root[@]}" mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' | "${as_root[@]}" tee "$no_cluster" >/dev/null
  trap '"${as_root[@]}" rm -f "$no_cluster"' EXIT
}

no_cluster=/etc/postgresql-common/createcluster.d/forebyg.conf
case " ${packages[*]} " in *' postgresql '*) keep_debian_from_starting_a_server ;; esac

echo "forebyg: installing ${packages[*]}" >&2
log=$(mktemp)
# A new or old machine has no list, or an old list, of what there is: then fetch the list and try once more.
if ! install >"$log" 2>&1; then
  if ! { "${as_root[@]}" apt-get update -q && install; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    fail "apt-get could not install ${packages[*]}; its last words are above."
  fi
fi
rm -f "$log"
