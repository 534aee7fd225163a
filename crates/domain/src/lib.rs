//! The words and the rules of a municipal prevention course: values in, values out.
//!
//! Nothing here reads a clock, a file, a database or a network. Times and identifiers come in as arguments, so
//! that every rule can be tried alone. The words are those of the municipalities' common information model (FKI);
//! `docs/glossary.md` holds them with their Danish names.
#![warn(missing_docs)]
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on should say where"))]

pub mod activity;
pub mod adaptation;
pub mod attendance_pattern;
pub mod bridge;
pub mod calendar;
pub mod care_plan;
pub mod checklist;
pub mod citizen;
pub mod codes;
pub mod competence;
pub mod condition;
pub mod consent;
pub mod contact;
pub mod cooperation;
pub mod coordination;
pub mod course;
pub mod course_message;
pub mod deadlines;
pub mod digital_course;
pub mod disease;
pub mod encounter;
pub mod follow_up;
pub mod goal;
pub mod identifiers;
pub mod ids;
pub mod improvement;
pub mod limits;
pub mod message;
pub mod notice;
pub mod notification;
pub mod offer;
pub mod open_event;
pub mod organization;
pub mod permission;
pub mod person_register;
pub mod plain_language;
pub mod planned_intervention;
pub mod quantity;
pub mod referral;
pub mod relatives;
pub mod reminder;
pub mod response;
pub mod safety;
pub mod service_request;
pub mod stop_course;
pub mod stratification;
pub mod supplier;
pub mod task;
pub mod team;
pub mod tries;
pub mod words;
pub mod workdays;
