-- The times of planned talks. Competences and working hours of staff are records about no citizen, read whole from
-- `record_version`: a municipality has some dozens of them.

create table appointment (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid} not null,
    version {bigint} not null,
    course {uuid} not null,
    intervention {uuid} not null,
    code text not null,
    professional {uuid} not null,
    class text not null,
    place text not null,
    state text not null,
    active {flag} not null,
    start_at {instant} not null,
    end_at {instant} not null,
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id),
    foreign key (organization, course) references course (organization, id)
) {strict};
-- The last lock behind the rules: a person begins one talk at a time, and a talk has one time.
create unique index appointment_of_professional on appointment (organization, professional, start_at) where active;
create unique index appointment_of_intervention on appointment (organization, intervention) where active;
create index appointment_in_time on appointment (organization, start_at) where active;
create index appointment_by_citizen on appointment (organization, citizen);
