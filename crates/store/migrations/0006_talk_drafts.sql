-- What is typed during a talk, field by field, until the talk is ended and becomes record, or its time runs out.

create table talk_draft (
    organization {bigint} not null references organization (key),
    talk {uuid} not null,
    field text not null,
    citizen {uuid} not null,
    text text not null,
    step {bigint} not null,
    saved_by {uuid} not null,
    saved_at {instant} not null,
    primary key (organization, talk, field),
    foreign key (organization, citizen) references citizen (organization, id)
) {strict};
create index talk_draft_by_citizen on talk_draft (organization, citizen);
