//! What must hold for every order of events, every combination of facts and every value: the flow's "what must hold at
//! all times", tried with random events where the machines are and with all combinations where they can be counted.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod bridge;
mod calendar;
mod consent;
mod course;
mod follow_up;
mod message;
mod offer;
mod plan;
mod records;
mod referral;
mod routes;
mod sender_notice;
mod team;
mod values;
mod vocabularies;
mod waiting;
