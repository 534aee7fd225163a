-- Population tables (health data, health profiles): how many there are by area, age, sex, education, language and disease, which
-- participation is measured against. The file is kept as it was read, with what each column was taken for. A newer import
-- corrects an earlier one, which stays. No citizen is in it.
create table population_table (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    -- Who is counted: all adults, those with a chronic disease, those who smoke …
    subject text not null,
    source text not null,
    -- The day of the data.
    dataset_on {day} not null,
    file_name text not null,
    -- What each column was taken for.
    mapping {json} not null,
    -- The file as text between semicolons.
    content text not null,
    -- Lines that are counts, and the persons of the own municipality.
    row_count {bigint} not null,
    persons {bigint} not null,
    imported_at {instant} not null,
    imported_by {uuid} not null,
    primary key (organization, id)
) {strict};

-- A file that somebody has sent and not taken in yet. Nothing reads it but the page that asks what its columns are.
create table population_draft (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    file_name text not null,
    content text not null,
    made_at {instant} not null,
    made_by {uuid} not null,
    primary key (organization, id)
) {strict};
