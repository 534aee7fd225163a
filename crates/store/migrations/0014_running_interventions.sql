-- The start page asks of every open course whether something is running in it.
create index planned_intervention_running on planned_intervention (organization, course) where ended_on is null;
