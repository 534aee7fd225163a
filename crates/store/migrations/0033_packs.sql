-- Packs that a schedule made, kept as they were made until somebody fetches them. They hold figures and no citizen.
create table pack_file (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    schedule {uuid} not null,
    pack text not null,
    period_from {day} not null,
    period_to {day} not null,
    made_at {instant} not null,
    file_name text not null,
    body {bytes} not null,
    -- Who fetched it first, and when: until then it is new.
    fetched_by {uuid},
    fetched_at {instant},
    primary key (organization, id)
) {strict};
-- A schedule makes one for a period, however often the night's round runs.
create unique index pack_file_by_period on pack_file (organization, schedule, period_from);

-- What a practice referred in a period is read practice by practice.
create index service_request_by_requester on service_request (organization, requester, received_at)
    where requester is not null;
