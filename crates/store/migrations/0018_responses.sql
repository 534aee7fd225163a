-- Answered instruments: the newest version of each, for lists, the class grid and indicators. Scores are in hundredths.
-- `tablet` lets a citizen answer one response on a screen where nobody is logged in: found by the hash of a random word,
-- void once answered or when its time has run out.

create table response (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid} not null,
    version {bigint} not null,
    course {uuid},
    instrument text not null,
    instrument_version {bigint} not null,
    phase text not null,
    mode text not null,
    state text not null,
    measured_on {day} not null,
    session {uuid},
    score {bigint},
    in_error {flag} not null,
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id)
) {strict};
create index response_by_citizen on response (organization, citizen);
create index response_by_instrument on response (organization, instrument, measured_on);

create table tablet (
    organization {bigint} not null references organization (key),
    word_hash text not null,
    citizen {uuid} not null,
    response {uuid} not null,
    made_by {uuid} not null,
    expires_at {instant} not null,
    primary key (organization, word_hash),
    foreign key (organization, citizen) references citizen (organization, id)
) {strict};
create index tablet_by_response on tablet (organization, response);
