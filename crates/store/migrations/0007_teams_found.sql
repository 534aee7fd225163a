-- The list of teams leaves out those that are over without reading them; a team saved before this step counts as current.
alter table team add column last_at {instant};

-- Who waits for a seat: open interventions in groups, by which intervention it is.
create index planned_intervention_group on planned_intervention (organization, code, granted_on, id)
    where delivery = 'group' and ended_on is null;

-- The contacts of a session.
create index encounter_by_session on encounter (organization, session) where session is not null;
