-- Open offers, counted without a record. A correction is a new version; nothing in it is about a citizen.
create table open_event (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    version {bigint} not null,
    newest {flag} not null,
    struck {flag} not null,
    kind text not null,
    held_on {day} not null,
    place text not null,
    people {bigint} not null,
    talked {bigint} not null,
    went_on {bigint} not null,
    note text,
    by_user {uuid} not null,
    at {instant} not null,
    primary key (organization, id, version)
) {strict};

create index open_event_held on open_event (organization, held_on, id) where newest and not struck;
