-- The start page lists messages of ours that nobody answered. They are few among many years of letters.
create index outgoing_unanswered on outgoing (organization, queued_at) where delivery = 'unanswered';
