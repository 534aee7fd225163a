-- Everybody is being looked at anew: the parts are written as they come, the sums when all of them are. A row that nobody goes on
-- with was left by a program that stopped on the way: then the sums do not follow from the parts, and all is counted from nothing.
create table quality_pass (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    -- When it last wrote something.
    at {instant} not null,
    primary key (organization)
) {strict};
