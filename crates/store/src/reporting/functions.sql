-- Functions of the reporting schema on PostgreSQL; SQLite's are the same of `analysis::function`.

-- Whose rows are read: the program says it for itself, a reader has been admitted to one organization. A reader who sets
-- the session to another organization sees nothing, since the rows of that one are not theirs and row-level security shows no
-- others.
create or replace function reporting.organization() returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
    select case when pg_has_role(session_user, current_user, 'member')
        then nullif(current_setting('forebyg.organization', true), '')::bigint
        else (select r.organization from public.reporting_reader r where r.role_name = session_user) end
$body$;

create or replace function reporting.pseudonym(secret bytea, organization bigint, id uuid) returns text
language sql immutable parallel safe as $body$
    select substr(encode(sha256(secret || int8send(organization) || uuid_send(id)), 'hex'), 1, 32)
$body$;

create or replace function reporting.age_band(born date, on_day date) returns text
language sql immutable parallel safe as $body$
    select case
        when on_day < born then null
        when age(on_day::timestamp, born::timestamp) < interval '18 years' then 'under_18'
        when age(on_day::timestamp, born::timestamp) < interval '40 years' then '18-39'
        when age(on_day::timestamp, born::timestamp) < interval '50 years' then '40-49'
        when age(on_day::timestamp, born::timestamp) < interval '60 years' then '50-59'
        when age(on_day::timestamp, born::timestamp) < interval '70 years' then '60-69'
        when age(on_day::timestamp, born::timestamp) < interval '80 years' then '70-79'
        when on_day >= born then '80+'
    end
$body$;

create or replace function reporting.local_day(at timestamptz) returns date
language sql immutable parallel safe as $body$ select (at at time zone 'Europe/Copenhagen')::date $body$;

create or replace function reporting.days(from_day date, to_day date) returns bigint
language sql immutable parallel safe as $body$ select (to_day - from_day)::bigint $body$;

create or replace function reporting.minutes(from_at timestamptz, to_at timestamptz) returns bigint
language sql immutable parallel safe as $body$ select trunc(extract(epoch from to_at - from_at) / 60)::bigint $body$;

create or replace function reporting.month(day date) returns text
language sql immutable parallel safe as $body$
    select lpad(extract(year from day)::text, 4, '0') || '-' || lpad(extract(month from day)::text, 2, '0')
$body$;

create or replace function reporting.quarter(day date) returns text
language sql immutable parallel safe as $body$
    select lpad(extract(year from day)::text, 4, '0') || '-K' || extract(quarter from day)::text
$body$;

create or replace function reporting.year(day date) returns text
language sql immutable parallel safe as $body$ select lpad(extract(year from day)::text, 4, '0') $body$;

create or replace function reporting.truth(word text) returns boolean
language sql immutable parallel safe as $body$ select word = 'true' $body$;

-- Lets a database role read the views, of one municipality. Called by the role that owns the database:
--   select reporting.admit('bi', '860');
create or replace function reporting.admit(reader text, municipality text) returns void
language plpgsql as $body$
declare
    own bigint;
begin
    select o.key into own from public.organization o where o.code = municipality;
    if own is null then
        raise exception 'there is no organization with code %', municipality;
    end if;
    perform set_config('forebyg.organization', own::text, true);
    insert into public.reporting_reader (organization, role_name) values (own, reader) on conflict do nothing;
    execute format('grant usage on schema reporting to %I', reader);
    execute format('grant select on all tables in schema reporting to %I', reader);
    execute format('alter default privileges in schema reporting grant select on tables to %I', reader);
end
$body$;
revoke execute on function reporting.admit(text, text) from public;
