-- Organizations, people who log in, and what carries the rest: versions, logs, messages, jobs, reports.
-- One text for both engines. {words} in braces are types: see store/src/dialect.rs.
-- Every table of citizen data has the organization first in its primary key (ARCHITECTURE.md, "Storage").

create table organization (
    key {bigint} primary key,
    code text not null unique,
    content {json} not null,
    created_at {instant} not null
) {strict};

-- Which of our location numbers belongs to whom: routing of incoming messages.
create table organization_gln (
    gln text primary key,
    organization {bigint} not null references organization (key)
) {strict};

create table user_account (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    user_name text not null unique,
    name text not null,
    initials text not null,
    title text not null,
    role text not null,
    password_hash text,
    demo {flag} not null,
    active {flag} not null,
    created_at {instant} not null,
    primary key (organization, id)
) {strict};

create table session (
    id text primary key,
    data {bytes} not null,
    expires_at {instant} not null
) {strict};
create index session_expiry on session (expires_at);

create table api_token (
    hash {bytes} primary key,
    organization {bigint} not null references organization (key),
    user_id {uuid} not null,
    label text not null,
    created_at {instant} not null,
    revoked_at {instant}
) {strict};

-- Answers kept for repeated requests with the same Idempotency-Key.
create table idempotency (
    organization {bigint} not null references organization (key),
    key text not null,
    request_hash {bytes} not null,
    status {bigint} not null,
    body text not null,
    etag text,
    at {instant} not null,
    primary key (organization, key)
) {strict};

-- Every version of every record: who, when, why, what it was. Nothing is updated here, nothing deleted but by retention.
-- Records that are about no citizen (partners, teams) stand under the nil id. Not clustered by its key: a version is larger
-- than what SQLite keeps of a row inside a key's page, so that each would take a page of its own.
create table record_version (
    organization {bigint} not null references organization (key),
    citizen {uuid} not null,
    kind text not null,
    id {uuid} not null,
    version {bigint} not null,
    at {instant} not null,
    actor {uuid} not null,
    reason text,
    content {json} not null,
    primary key (organization, citizen, kind, id, version)
) {strict};

-- Last link of each hash chain.
create table chain (
    organization {bigint} not null references organization (key),
    log text not null,
    seq {bigint} not null,
    hash {bytes} not null,
    primary key (organization, log)
) {strict};

-- What was changed by whom and why; each row carries the hash of the row before.
create table audit (
    organization {bigint} not null references organization (key),
    seq {bigint} not null,
    at {instant} not null,
    actor {uuid} not null,
    action text not null,
    reason text,
    records text not null,
    hash {bytes} not null,
    primary key (organization, seq)
) {clustered};

-- What was read by whom and why. An opened record names its citizen; a list holds the ids shown, 16 bytes each.
create table access_log (
    organization {bigint} not null references organization (key),
    seq {bigint} not null,
    at {instant} not null,
    actor {uuid} not null,
    what text not null,
    purpose text not null,
    citizen {uuid},
    shown {bytes},
    hash {bytes} not null,
    primary key (organization, seq)
) {clustered};
create index access_by_citizen on access_log (organization, citizen, seq) where citizen is not null;

-- Numbers given out once and never again.
create table counter (
    organization {bigint} not null references organization (key),
    name text not null,
    next {bigint} not null,
    primary key (organization, name)
) {strict};

-- Work after the answer, claimed organization by organization.
create table job (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    kind text not null,
    payload {json} not null,
    run_at {instant} not null,
    attempts {bigint} not null,
    last_error text,
    done_at {instant},
    primary key (organization, id)
) {strict};
create index job_waiting on job (organization, run_at) where done_at is null;
