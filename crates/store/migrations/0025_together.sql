-- Who delivers outside our own house. An agreement is a record about no citizen, read with its version.
create table supplier_agreement (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    version {bigint} not null,
    name text not null,
    primary key (organization, id)
) {strict};

-- Which supplier somebody logs in for. They see the enrolments that it has and nothing else.
alter table user_account add column supplier {uuid};

-- An intervention that a supplier delivers, by the intervention's id; `there` until it is taken back.
create table supplier_enrolment (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid} not null,
    version {bigint} not null,
    supplier {uuid} not null,
    there {flag} not null,
    blocks {flag} not null,
    results_by {day} not null,
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id)
) {strict};
create index supplier_enrolment_of on supplier_enrolment (organization, supplier);
create index supplier_enrolment_by_citizen on supplier_enrolment (organization, citizen);

-- What another department does for the citizen beside the course, and when it is talked about next.
create table coordination (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid} not null,
    version {bigint} not null,
    course {uuid} not null,
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id)
) {strict};
create index coordination_by_citizen on coordination (organization, citizen);
