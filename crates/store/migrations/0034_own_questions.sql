-- The reporting schema's views are made from data/views.toml of `analysis` whenever that has changed: see src/reporting. Here
-- stands what they need, and the answers that scheduled questions leave.

-- Key of the pseudonyms in an organization's views. Whoever has it and an id can find the pseudonym: no reader of the views
-- sees it.
create table reporting_secret (
    organization {bigint} not null references organization (key),
    secret {bytes} not null,
    primary key (organization)
) {strict};
insert into reporting_secret (organization, secret) select key, {random} from organization;

-- Whose rows a database role of PostgreSQL reads in the views; `reporting.admit` writes it.
create table reporting_reader (
    organization {bigint} not null references organization (key),
    role_name text not null,
    primary key (organization, role_name)
) {strict};

-- Hash of the views as they are.
create table reporting_definition (
    hash text primary key
) {strict};

-- Answers to questions that are asked by themselves each month. A figure that is hidden in the answer is hidden in the file.
create table kept_answer (
    organization {bigint} not null references organization (key),
    question {uuid} not null,
    -- Last day of the period: each is answered once.
    until_day {day} not null,
    made_at {instant} not null,
    name text not null,
    -- Somebody has fetched it.
    seen {flag} not null default {false},
    body {bytes} not null,
    primary key (organization, question, until_day)
) {strict};
