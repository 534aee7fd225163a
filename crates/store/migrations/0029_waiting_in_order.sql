-- Those who wait for a seat are put in order without reading their records: how much each needs it, and whether a team
-- has given one.
alter table planned_intervention add column need text not null default 'ordinary';
alter table planned_intervention add column seated {flag} not null default {false};
update planned_intervention set
    need = coalesce((select v.content ->> 'need' from record_version v
        where v.organization = planned_intervention.organization and v.citizen = planned_intervention.citizen
            and v.kind = 'planned_intervention' and v.id = planned_intervention.id
            and v.version = planned_intervention.version), 'ordinary'),
    seated = exists (select 1 from record_version v
        where v.organization = planned_intervention.organization and v.citizen = planned_intervention.citizen
            and v.kind = 'planned_intervention' and v.id = planned_intervention.id
            and v.version = planned_intervention.version and v.content ->> 'team' is not null)
    where delivery = 'group' and ended_on is null;
create index planned_intervention_waiting on planned_intervention (organization, code, granted_on, id, citizen, need)
    where delivery = 'group' and ended_on is null and not seated;
drop index planned_intervention_group;
