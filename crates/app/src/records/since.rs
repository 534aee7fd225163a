//! Since when something in a citizen's record has been as it is: only the versions before tell.

use std::collections::BTreeMap;

use domain::citizen::Citizen;
use domain::ids::CourseId;
use domain::safety::{Question, SafetyAnswers};
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use store::{Row, StoreError};

use super::{Record, content};

/// Days of a citizen's record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Since {
    /// Day the needs block was first gone through; none while it is not.
    pub needs_asked_on: Option<Date>,
    /// Day of each answer on the page of safety as it stands now.
    pub answered_on: BTreeMap<(CourseId, Question), Date>,
}

/// The days while versions are read, the newest of each thing first.
#[derive(Default)]
pub(super) struct Finding {
    since: Since,
    /// Answers of the course whose versions are being read, as long as the older ones say the same.
    same: Option<SafetyAnswers>,
}

/// What is read of a version of a citizen.
#[derive(Deserialize)]
struct OfCitizen {
    #[serde(default)]
    needs: OfNeeds,
}

#[derive(Default, Deserialize)]
struct OfNeeds {
    #[serde(default)]
    asked: bool,
}

impl Finding {
    /// The newest version of a citizen; the row's next column is the instant it was written.
    pub(super) fn citizen(&mut self, newest: &Citizen, row: &mut Row<'_>) -> Result<(), StoreError> {
        if newest.needs.asked {
            self.since.needs_asked_on = Some(day(row)?);
        }
        Ok(())
    }

    /// The newest answers of a course.
    pub(super) fn answers(&mut self, newest: &SafetyAnswers, row: &mut Row<'_>) -> Result<(), StoreError> {
        self.same = Some(newest.clone());
        self.same_since(day(row)?);
        Ok(())
    }

    /// An older version of what was read last; the row's next columns are its version, its content and the instant.
    pub(super) fn older(&mut self, kind: &str, row: &mut Row<'_>) -> Result<(), StoreError> {
        if kind == Citizen::KIND && self.since.needs_asked_on.is_some() {
            let _version: i64 = row.take()?;
            if of_citizen(&row.text()?)?.needs.asked {
                self.since.needs_asked_on = Some(day(row)?);
            }
        } else if kind == SafetyAnswers::KIND {
            let _version: i64 = row.take()?;
            let older: SafetyAnswers = content(row)?;
            if let Some(same) = &mut self.same {
                same.said.retain(|question, yes| older.said.get(question) == Some(yes));
            }
            self.same_since(day(row)?);
        }
        Ok(())
    }

    pub(super) fn found(self) -> Since {
        self.since
    }

    fn same_since(&mut self, on: Date) {
        if let Some(same) = &self.same {
            self.since.answered_on.extend(same.said.keys().map(|question| ((same.course, *question), on)));
        }
    }
}

fn of_citizen(text: &str) -> Result<OfCitizen, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable { what: Citizen::KIND })
}

fn day(row: &mut Row<'_>) -> Result<Date, StoreError> {
    row.take::<Timestamp>().map(local_date)
}
