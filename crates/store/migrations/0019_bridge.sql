-- Associations and the way to them. An activity is a record about no citizen; the newest state is read with its version.
create table activity (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    version {bigint} not null,
    association text not null,
    title text not null,
    confirmed_on {day} not null,
    closed {flag} not null,
    primary key (organization, id)
) {strict};

-- What was looked for and not found. It names no citizen: the list leaves the health centre.
create table activity_gap (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    version {bigint} not null,
    noted_on {day} not null,
    primary key (organization, id)
) {strict};
create index activity_gap_by_day on activity_gap (organization, noted_on);

-- An association's personal link, as its hash: read before it is known whose it is, and without a log-in. It opens one
-- entry, runs out, and saves so many times only.
create table activity_link (
    hash {bytes} not null primary key,
    organization {bigint} not null references organization (key),
    activity {uuid} not null,
    made_at {instant} not null,
    expires_at {instant} not null,
    saves {bigint} not null
) {strict};
create index activity_link_of on activity_link (organization, activity);

create table bridge (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid} not null,
    version {bigint} not null,
    activity {uuid} not null,
    first_visit_on {day} not null,
    outcome text,
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id)
) {strict};
create index bridge_by_citizen on bridge (organization, citizen);
create index bridge_by_activity on bridge (organization, activity);

-- The start page asks who missed a session lately.
create index encounter_of_session on encounter (organization, start_at) where session is not null;
