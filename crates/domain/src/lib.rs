//! The words and the rules of a municipal prevention course: values in, values out.
//!
//! Nothing here reads a clock, a file, a database or a network. Times and identifiers come in as arguments, so
//! that every rule can be tried alone. The words are those of the municipalities' common information model (FKI);
//! `docs/glossary.md` holds them with their Danish names.
#![warn(missing_docs)]
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on should say where"))]

pub mod calendar;
pub mod care_plan;
pub mod citizen;
pub mod codes;
pub mod competence;
pub mod condition;
pub mod consent;
pub mod contact;
pub mod course;
pub mod encounter;
pub mod follow_up;
pub mod goal;
pub mod identifiers;
pub mod ids;
pub mod limits;
pub mod message;
pub mod notice;
pub mod organization;
pub mod permission;
pub mod person_register;
pub mod planned_intervention;
pub mod referral;
pub mod service_request;
pub mod task;
pub mod team;
pub mod words;
pub mod workdays;
