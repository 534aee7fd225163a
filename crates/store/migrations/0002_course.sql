-- The citizen, the requests and the course. Each table is the newest state of records in `record_version`, with the columns
-- that lists, rules and analysts ask for; the whole content stands in `record_version`.

create table citizen (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    version {bigint} not null,
    number text,
    surname text not null,
    given text,
    born_on {day},
    protected {flag} not null,
    deceased_on {day},
    primary key (organization, id)
) {strict};
create unique index citizen_by_number on citizen (organization, number) where number is not null;
create index citizen_by_name on citizen (organization, surname, given);

create table partner (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    version {bigint} not null,
    name text not null,
    kind text not null,
    gln text,
    number_kind text,
    number text,
    sor text,
    primary key (organization, id)
) {strict};
create index partner_by_gln on partner (organization, gln, number_kind, number);

create table service_request (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid} not null,
    version {bigint} not null,
    received_at {instant} not null,
    source text not null,
    channel text not null,
    requester {uuid},
    about text not null,
    wish text not null,
    state text not null,
    open {flag} not null,
    flags text not null,
    sender_ean text,
    episode_of_care text,
    course {uuid},
    due_on {day},
    next_step text,
    owner {uuid},
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id)
) {strict};
-- Only the open ones, in the order of the list: a page costs the same however many lie closed behind it. State and owner
-- are in it so that the counts above the list read nothing else.
create index service_request_worklist on service_request (organization, due_on, id, state, owner) where open;
create index service_request_closed on service_request (organization, received_at, id) where not open;
create index service_request_by_citizen on service_request (organization, citizen);
create index service_request_by_episode on service_request (organization, episode_of_care) where episode_of_care is not null;

create table course (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid} not null,
    version {bigint} not null,
    state text not null,
    open {flag} not null,
    opened_on {day} not null,
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id)
) {strict};
-- One open course per citizen and municipality.
create unique index course_open on course (organization, citizen) where open;
create index course_by_citizen on course (organization, citizen);

create table care_plan (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid} not null,
    version {bigint} not null,
    course {uuid} not null,
    category text not null,
    state text not null,
    granted_on {day} not null,
    ended_on {day},
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id),
    foreign key (organization, course) references course (organization, id)
) {strict};

create table planned_intervention (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid} not null,
    version {bigint} not null,
    course {uuid} not null,
    care_plan {uuid},
    code text not null,
    delivery text not null,
    state text not null,
    granted_on {day} not null,
    ended_on {day},
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id),
    foreign key (organization, course) references course (organization, id)
) {strict};

create table encounter (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid} not null,
    version {bigint} not null,
    course {uuid} not null,
    class text not null,
    state text not null,
    start_at {instant} not null,
    end_at {instant} not null,
    session {uuid},
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id),
    foreign key (organization, course) references course (organization, id)
) {strict};

create table condition (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid} not null,
    version {bigint} not null,
    course {uuid} not null,
    code text not null,
    state text not null,
    recorded_on {day} not null,
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id),
    foreign key (organization, course) references course (organization, id)
) {strict};

create table task (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid},
    subject {uuid} not null,
    kind text not null,
    due_on {day} not null,
    owner {uuid},
    unit text,
    rule text not null,
    state text not null,
    made_at {instant} not null,
    ended_at {instant},
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id)
) {strict};
create index task_by_subject on task (organization, subject) where state = 'open';
create index task_open on task (organization, owner, due_on) where state = 'open';
create index task_due on task (organization, due_on, id) where state = 'open';
create index task_by_citizen on task (organization, citizen);

create table team (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    version {bigint} not null,
    name text not null,
    code text not null,
    seats {bigint} not null,
    free {bigint} not null,
    primary key (organization, id)
) {strict};
