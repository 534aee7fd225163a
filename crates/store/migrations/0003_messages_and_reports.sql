-- Messages in and out, and reports to FK-Gateway.

-- What came in, byte for byte, kept as long as the record.
create table message (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    received_at {instant} not null,
    kind text not null,
    outcome text not null,
    sender text,
    sender_name text,
    envelope_id text,
    citizen {uuid},
    reason text,
    body {bytes} not null,
    primary key (organization, id)
) {strict};
create index message_by_citizen on message (organization, citizen) where citizen is not null;
create index message_trouble on message (organization, outcome, id);

-- Each letter by what its sender called it: the second arrival of the same letter is a no-op.
create table incoming_letter (
    organization {bigint} not null references organization (key),
    sender text not null,
    letter_id text not null,
    envelope_id text not null,
    message {uuid} not null,
    outcome text not null,
    service_request {uuid},
    citizen {uuid},
    refuse_code text,
    refuse_text text,
    version_code text not null,
    primary key (organization, sender, letter_id, envelope_id)
) {clustered};

-- Files of the mailbox by the name we gave them when we took them: a crash between commit and removal repeats nothing.
create table intake (
    id {uuid} primary key,
    organization {bigint} not null references organization (key),
    at {instant} not null
) {clustered};

create table attachment (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    message {uuid} not null,
    object_id text not null,
    number text not null,
    citizen {uuid},
    service_request {uuid},
    file_type text not null,
    body {bytes} not null,
    primary key (organization, id)
) {strict};
create index attachment_by_object on attachment (organization, object_id);
create index attachment_by_request on attachment (organization, service_request);

-- Files that a letter announces; they come in messages of their own, before or after it.
create table announced_attachment (
    organization {bigint} not null references organization (key),
    object_id text not null,
    service_request {uuid} not null,
    citizen {uuid} not null,
    description text not null,
    primary key (organization, object_id, service_request)
) {clustered};
create index announced_by_request on announced_attachment (organization, service_request);

-- What goes out. The row is written in the transaction that makes it due; the file follows from it.
create table outgoing (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    kind text not null,
    code text,
    envelope_id text not null,
    letter_id text not null,
    receiver text not null,
    file_name text not null,
    citizen {uuid},
    service_request {uuid},
    answers {uuid},
    basis {json},
    delivery text not null,
    expects_receipt {flag} not null,
    queued_at {instant} not null,
    sent_at {instant},
    settled_at {instant},
    refuse_text text,
    body {bytes} not null,
    primary key (organization, id)
) {strict};
create index outgoing_queued on outgoing (organization, id) where delivery = 'queued';
create index outgoing_waiting on outgoing (organization, sent_at) where delivery = 'sent' and expects_receipt;
create unique index outgoing_by_letter on outgoing (organization, letter_id, envelope_id);
create index outgoing_by_citizen on outgoing (organization, citizen) where citizen is not null;
create index outgoing_by_answer on outgoing (organization, answers) where answers is not null;

-- Reports: exactly what was or will be sent, and what it said of each resource.
create table delivery_report (
    organization {bigint} not null references organization (key),
    id {uuid} not null,
    citizen {uuid} not null,
    day {day} not null,
    attempt {bigint} not null,
    state text not null,
    built_at {instant} not null,
    sent_at {instant},
    http_status {bigint},
    operation_outcome text,
    guide_version text not null,
    payload {bytes} not null,
    primary key (organization, id),
    foreign key (organization, citizen) references citizen (organization, id)
) {strict};
create unique index delivery_report_by_day on delivery_report (organization, citizen, day, attempt);
create index delivery_report_day on delivery_report (organization, day, citizen);

create table delivery_report_resource (
    organization {bigint} not null references organization (key),
    citizen {uuid} not null,
    report {uuid} not null,
    kind text not null,
    resource {uuid} not null,
    hash {bytes} not null,
    inclusion text not null,
    primary key (organization, citizen, report, kind, resource)
) {clustered};

-- Citizens with something reportable changed on a day, written with the change: a day's work is found without a scan.
create table changed_day (
    organization {bigint} not null references organization (key),
    day {day} not null,
    citizen {uuid} not null,
    at {instant} not null,
    primary key (organization, day, citizen)
) {clustered};
