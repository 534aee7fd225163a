-- What was exported to STOPbasen and when. `stop_exported` names each answered form once, however often its file is
-- fetched; `stop_export` keeps every fetch of a file.
create table stop_exported (
    organization {bigint} not null references organization (key),
    response {uuid} not null,
    citizen {uuid} not null,
    first_at {instant} not null,
    primary key (organization, response),
    foreign key (organization, citizen) references citizen (organization, id)
) {strict};
create index stop_exported_by_citizen on stop_exported (organization, citizen);

create table stop_export (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    form text not null,
    from_on {day} not null,
    until_on {day} not null,
    made_at {instant} not null,
    made_by {uuid} not null,
    rows_in {bigint} not null,
    rows_new {bigint} not null,
    primary key (organization, id)
) {strict};
create index stop_export_by_time on stop_export (organization, made_at);
