-- A person who calls may be known by their telephone: the preferred one, digits only. It is filled as citizens are saved.
alter table citizen add column phone_key text;
create index citizen_by_phone on citizen (organization, phone_key) where phone_key is not null;
