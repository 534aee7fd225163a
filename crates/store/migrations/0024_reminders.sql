-- Reminders and letters beside the short messages: what a message is about and when that is, the letter as it was written,
-- to whom it goes when that is not the citizen, on what consent it rests, and how sending it went.
alter table notice add column course {uuid};
alter table notice add column event_at {instant};
alter table notice add column letter text;
alter table notice add column recipient text;
alter table notice add column basis text;
alter table notice add column tries {bigint} not null default 0;
alter table notice add column tried_at {instant};
alter table notice add column why text;
-- The last lock behind the round that makes reminders: one of a kind for a time, however often it is asked.
create unique index notice_once on notice (organization, citizen, kind, subject, event_at)
    where kind in ('reminder', 'day_reminder') and state <> 'dropped';
create index notice_by_course on notice (organization, course);
