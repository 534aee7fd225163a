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

-- STOPbasen's page counts a period's nicotine interventions, consents and forms from indexes alone.
drop index planned_intervention_nicotine;
create index planned_intervention_nicotine
    on planned_intervention (organization, granted_on, id, citizen, course, state, ended_on, version)
    where code = 'nicotine_cessation';

create table consent (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid} not null,
    version {bigint} not null,
    purpose text not null,
    said_on {day} not null,
    stands {flag} not null,
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id)
) {strict};
insert into consent (organization, id, citizen, version, purpose, said_on, stands)
    select v.organization, v.id, v.citizen, v.version, v.content ->> 'purpose', cast(v.content ->> 'on' as {day}),
        cast(v.content ->> 'given' as text) in ('true', '1') and (v.content ->> 'withdrawn_at') is null
    from record_version v where v.kind = 'consent' and not exists (select 1 from record_version n
        where n.organization = v.organization and n.citizen = v.citizen and n.kind = v.kind and n.id = v.id
            and n.version > v.version);
create index consent_by_citizen on consent (organization, citizen, purpose, said_on, id, stands);

-- Whether the citizen was reached, of the six-month form; nothing of other instruments.
alter table response add column reached {flag};
update response set reached = (select (v.content {answer_2}) is not null from record_version v
    where v.organization = response.organization and v.citizen = response.citizen and v.kind = 'response'
        and v.id = response.id and v.version = response.version)
    where instrument = 'stopbasen_6m';
create index response_stopbasen
    on response (organization, measured_on, id, citizen, instrument, state, in_error, reached, version)
    where instrument in ('stopbasen_baseline', 'stopbasen_end', 'stopbasen_6m');
