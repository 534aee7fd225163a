-- The catalogue of offers: what lists and the public page find it by. It is about no citizen.
create table offer (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    version {bigint} not null,
    name text not null,
    code text not null,
    state text not null,
    last_on {day},
    primary key (organization, id)
) {strict};
create index offer_in_public on offer (organization, last_on) where state = 'published';
