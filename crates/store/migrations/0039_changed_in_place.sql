-- The instant of a citizen's last change moves with each change. In the index it made every change a deletion and an insertion
-- there, and on PostgreSQL a new row in every index; which days of a citizen changed is all that the index is asked.
drop index changed_day_by_citizen;
create index changed_day_by_citizen on changed_day (organization, citizen, day);
