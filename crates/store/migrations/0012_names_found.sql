-- Names are found while they are typed: small letters (of one engine's lower() the Danish ones are not part), ordered by
-- their bytes, so that the beginning of a name is a range of an index.
alter table citizen add column surname_key {sorted} generated always as (replace(replace(replace(lower(surname), 'Æ', 'æ'), 'Ø', 'ø'), 'Å', 'å')) {computed};
alter table citizen add column name_key {sorted} generated always as
    (replace(replace(replace(lower(coalesce(given || ' ', '') || surname), 'Æ', 'æ'), 'Ø', 'ø'), 'Å', 'å')) {computed};
create index citizen_by_surname_key on citizen (organization, surname_key);
create index citizen_by_name_key on citizen (organization, name_key);
