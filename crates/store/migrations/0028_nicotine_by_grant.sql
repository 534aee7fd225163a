-- STOPbasen's page and file ask for the nicotine interventions granted in a period.
create index planned_intervention_nicotine on planned_intervention (organization, granted_on, citizen)
    where code = 'nicotine_cessation';
