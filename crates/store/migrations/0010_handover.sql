-- Tasks handed from one person to another: who did it and why, so that the new owner can see it and it can be undone.
create table handover (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    from_user {uuid} not null,
    to_user {uuid} not null,
    by_user {uuid} not null,
    reason text,
    at {instant} not null,
    undone_at {instant},
    primary key (organization, id)
) {strict};

alter table task add column handover {uuid};
create index task_by_handover on task (organization, handover) where handover is not null;
