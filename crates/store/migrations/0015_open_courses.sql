-- The start page asks of every open course whether something is running in it, from the oldest on.
create index course_running on course (organization, opened_on, id, citizen) where open;
