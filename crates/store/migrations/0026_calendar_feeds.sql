-- The secret address of a calendar feed, as its hash: read before it is known whose it is, and without a log-in. It gives
-- times and places and names no citizen.
create table calendar_feed (
    hash {bytes} not null primary key,
    organization {bigint} not null references organization (key),
    kind text not null,
    subject {uuid} not null,
    made_at {instant} not null,
    made_by {uuid} not null
) {strict};
create unique index calendar_feed_of on calendar_feed (organization, kind, subject);
