-- Sending: how often a report was tried, when it may be tried again, and the reports that are not settled, in the order in which
-- a citizen's are sent.
alter table delivery_report add column tries {bigint} not null default 0;
alter table delivery_report add column next_try_at {instant};
create index delivery_report_open on delivery_report (organization, citizen, built_at, day, attempt)
    where state in ('queued', 'sent', 'unknown');
