-- Letters in the municipality's own words: proposed by one, approved by another, all kept.
create table letter_text (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    kind text not null,
    letter text not null,
    sms text not null,
    state text not null,
    proposed_by {uuid} not null,
    proposed_at {instant} not null,
    settled_by {uuid},
    settled_at {instant},
    reason text,
    ended_at {instant},
    primary key (organization, id)
) {strict};

-- One text of a kind holds, and one waits.
create unique index letter_text_current on letter_text (organization, kind, state) where state in ('proposed', 'approved');
