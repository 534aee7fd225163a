-- The team whose offer of a seat runs out next is found without reading the others.
alter table team add column answer_by {instant};
create index team_by_answer on team (organization, answer_by) where answer_by is not null;

-- Short messages to citizens, given by text message, telephone or letter; each waits until somebody or something gave it.
create table notice (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid} not null,
    kind text not null,
    channel text not null,
    subject {uuid} not null,
    text text not null,
    state text not null,
    made_at {instant} not null,
    ended_at {instant},
    ended_by {uuid},
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id)
) {strict};
create index notice_waiting on notice (organization, made_at, id) where state = 'waiting';
create index notice_by_subject on notice (organization, subject) where state = 'waiting';
create index notice_by_citizen on notice (organization, citizen);
