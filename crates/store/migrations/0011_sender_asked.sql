-- The worklist says since when the sender of a referral owes an answer.
alter table service_request add column asked_on {day};
