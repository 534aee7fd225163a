-- The hours of an open offer as minutes of the day, the offer of the catalogue that it was held for, and how many requests
-- came of it. Still nobody is written down.
alter table open_event add column from_minute {bigint};
alter table open_event add column to_minute {bigint};
alter table open_event add column offer {uuid};
alter table open_event add column requests {bigint} not null default 0;
