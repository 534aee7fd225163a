#!/usr/bin/env bash
# A throw-away PostgreSQL server for tests: loopback only, a free port, its files in a temporary folder.
#
#   scripts/postgres.sh run COMMAND…   start, run the command with TEST_POSTGRES_URL set, stop whatever happens
#   scripts/postgres.sh start          start and print the address (a second start prints the same address)
#   scripts/postgres.sh url            print the address of the server that `start` started
#   scripts/postgres.sh stop           stop it and remove its files
#   scripts/postgres.sh bindir         print where the server's programs are (PostgreSQL 15 or newer)
#
# The tests' role owns its database and may create others, but is no superuser and cannot bypass row-level security;
# tables still need `force row level security`, since an owner is otherwise let through. A second role with the same password,
# forebyg_reader, owns nothing: it is what a BI tool would log in as.
# Nothing here survives a power cut (fsync is off): never point it at data that matters.
set -euo pipefail

oldest=15
state_dir=${CARGO_TARGET_DIR:-$(dirname "$0")/../target}/test-postgres
as_user=()

fail() {
  echo "postgres.sh: $*" >&2
  exit 1
}

bindir() {
  local dir
  # Debian keeps the versions side by side; the newest is taken.
  for dir in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5 -rn) "$(pg_config --bindir 2>/dev/null || true)"; do
    if [ ! -x "$dir/initdb" ] || [ ! -x "$dir/postgres" ]; then continue; fi
    [ "$("$dir/postgres" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/')" -ge "$oldest" ] || continue
    echo "$dir"
    return
  done
  fail "no PostgreSQL server of version $oldest or newer is installed"
}

# The server refuses to run as root, so root lends it to the system's postgres user.
choose_user() {
  [ "$(id -u)" -eq 0 ] || return 0
  local user=postgres
  id -u "$user" >/dev/null 2>&1 || user=nobody
  chown "$user" "$dir"
  as_user=("--reuid=$user" "--regid=$(id -g "$user")" --init-groups)
}

create_cluster() {
  setpriv "${as_user[@]}" "$bin/initdb" -D "$dir/data" --encoding=UTF8 --locale=C.UTF-8 --auth-local=peer \
    --auth-host=scram-sha-256 --no-sync >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; fail "initdb failed"; }
  cat >>"$dir/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$dir'
max_connections = 200
fsync = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
shared_buffers = 64MB
timezone = 'UTC'
log_min_messages = fatal
CONF
}

# Asks for a random port and takes another when somebody has it already.
launch() {
  for _ in 1 2 3 4 5 6 7 8; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    setsid setpriv "${as_user[@]}" "${ends_with[@]}" "$bin/postgres" -D "$dir/data" -p "$port" >"$dir/server.log" 2>&1 </dev/null &
    pid=$!
    if wait_until_ready; then return; fi
  done
  cat "$dir/server.log" >&2
  fail "the server did not start"
}

wait_until_ready() {
  local i
  for i in $(seq 300); do
    kill -0 "$pid" 2>/dev/null || return 1
    "$bin/pg_isready" -q -h "$dir" -p "$port" && return 0
    sleep 0.1
  done
  return 1
}

create_database() {
  local password
  password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
  setpriv "${as_user[@]}" "$bin/psql" -q -X -v ON_ERROR_STOP=1 -h "$dir" -p "$port" -d postgres >/dev/null <<SQL
create role forebyg login createdb nosuperuser nobypassrls nocreaterole password '$password';
create role forebyg_reader login nosuperuser nobypassrls nocreaterole password '$password';
create database forebyg owner forebyg;
SQL
  url="postgres://forebyg:$password@127.0.0.1:$port/forebyg"
}

bring_up() {
  bin=$(bindir)
  dir=$(mktemp -d "${TMPDIR:-/tmp}/forebyg-postgres-XXXXXX")
  pid=
  trap take_down EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  choose_user
  create_cluster
  launch
  create_database
}

# Stops the server whose `pid` and `dir` are known: politely, then at once.
take_down() {
  if [ -n "$pid" ] && kill -INT "$pid" 2>/dev/null; then
    local i
    for i in $(seq 100); do
      kill -0 "$pid" 2>/dev/null || break
      [ "$i" -ne 80 ] || kill -QUIT "$pid" 2>/dev/null || true
      sleep 0.1
    done
  fi
  rm -rf "$dir"
}

is_up() {
  [ -r "$state_dir/server" ] || return 1
  # shellcheck disable=SC1091  # three assignments that `start` wrote
  . "$state_dir/server"
  kill -0 "$pid" 2>/dev/null && [ -d "$dir" ]
}

case ${1:-} in
  run)
    shift
    [ $# -gt 0 ] || fail "run what?"
    # Should this script be killed outright, the kernel tells the server.
    ends_with=(--pdeathsig INT)
    bring_up
    TEST_POSTGRES_URL=$url "$@"
    ;;
  start)
    if ! is_up; then
      ends_with=()
      bring_up
      mkdir -p "$state_dir"
      printf 'pid=%q\ndir=%q\nurl=%q\n' "$pid" "$dir" "$url" >"$state_dir/server"
      trap - EXIT
    fi
    echo "$url"
    ;;
  url)
    is_up || fail "no server is running; scripts/postgres.sh start"
    echo "$url"
    ;;
  stop)
    if is_up; then take_down; fi
    rm -rf "$state_dir"
    ;;
  bindir) bindir ;;
  *) fail "run COMMAND… | start | url | stop | bindir" ;;
esac
