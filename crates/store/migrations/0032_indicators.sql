-- The counts of the indicators by month and stratum, kept beside the outcomes and corrected with them, so that a figure of
-- any period is the sum of a few rows whatever the size of the municipality.
create table indicator_cell (
    organization {bigint} not null references organization (key),
    -- What it is split by; empty for all. It stands first, so that all indicators unsplit lie together as each one does.
    breakdown {sorted} not null,
    indicator {sorted} not null,
    part {sorted} not null,
    stratum {sorted} not null,
    -- First day of the month.
    month {day} not null,
    -- Five counts, how often each value comes, how many in each group: read and changed as one.
    counts text not null,
    primary key (organization, breakdown, indicator, part, stratum, month)
) {clustered};

-- What one citizen adds to them, so that it can be taken out whatever became of the record; the municipality's own part stands
-- under the nil id. Text, so that what says the same is the same.
create table indicator_part (
    organization {bigint} not null references organization (key),
    citizen {uuid} not null,
    counts text not null,
    primary key (organization, citizen)
) {strict};

-- What was reported of a citizen is looked up by the citizen.
create index changed_day_by_citizen on changed_day (organization, citizen, day, at);
-- The groups that ran in the months that are looked at.
create index planned_intervention_group_ended on planned_intervention (organization, ended_on) where delivery = 'group';
