-- Bodies of messages may lie deflated: a letter takes a third of the room and of the bytes to sync. Those stored before
-- are as they came.
alter table message add column packed {flag} not null default {false};

-- The page of a request and the page of a message ask for their letters; without these they read every letter of the
-- municipality.
create index incoming_letter_by_request on incoming_letter (organization, service_request) where service_request is not null;
create index incoming_letter_by_message on incoming_letter (organization, message);
