-- Rejected reports are looked for whenever the page of reports is opened; there are few of them.
create index delivery_report_rejected on delivery_report (organization, day, id) where state = 'rejected';
