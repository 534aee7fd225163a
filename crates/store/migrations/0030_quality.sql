-- What the rules of the quality standard say to the records, kept so that its pages add up nothing. All of it follows from
-- the records: what has changed since `seq` of the log of changes is looked at anew before it is shown.
create table quality_state (
    organization {bigint} not null references organization (key),
    evaluated_on {day} not null,
    seq {bigint} not null,
    at {instant} not null,
    -- What everything was looked at with: limits, what is switched off, offers. Another one: all is looked at anew.
    basis text not null,
    -- Hash of each team, so that those who go to a changed one are looked at anew.
    teams {json} not null,
    primary key (organization)
) {strict};

-- What one citizen adds to the counts; the municipality's own part stands under the nil id.
create table quality_part (
    organization {bigint} not null references organization (key),
    citizen {uuid} not null,
    counts {json} not null,
    hash text not null,
    primary key (organization, citizen)
) {strict};

-- The sum of all parts by name: outcomes of a requirement in a month, and what the rules about the whole read.
create table quality_count (
    organization {bigint} not null references organization (key),
    name {sorted} not null,
    count {bigint} not null,
    primary key (organization, name)
) {clustered};

-- What is missing, and where.
create table quality_finding (
    organization {bigint} not null references organization (key),
    requirement {sorted} not null,
    citizen {uuid} not null,
    -- The course, or the request that led to none.
    subject {uuid} not null,
    unit {sorted} not null,
    of_course {flag} not null,
    outcome text not null,
    due {day},
    reason text,
    missing text not null,
    primary key (organization, requirement, citizen, subject, unit)
) {clustered};
create index quality_finding_by_citizen on quality_finding (organization, citizen);

-- Whose outcomes depend on which team.
create table quality_team (
    organization {bigint} not null references organization (key),
    team {sorted} not null,
    citizen {uuid} not null,
    primary key (organization, team, citizen)
) {clustered};
create index quality_team_by_citizen on quality_team (organization, citizen);
