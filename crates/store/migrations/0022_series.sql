-- An intervention may be come to several times: a series has a time each. A talk is still held once (codes of FSIII talks).
drop index appointment_of_intervention;
create unique index appointment_of_talk on appointment (organization, intervention)
    where active and code in ('clarifying_talk', 'needs_talk', 'closing_talk');
create index appointment_of_intervention on appointment (organization, intervention) where active;
