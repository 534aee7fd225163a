//! What is known before a talk begins: what the citizen answered in advance, and what was said of each area the last time
//! (KS-3.1-16, SP-004-21). Nothing of it becomes part of the talk by itself.

use std::collections::BTreeMap;

use domain::course::TalkArea;
use domain::encounter::EncounterStatus;
use domain::workdays::local_date;
use jiff::civil::Date;

use crate::courses::areas_of_note;
use crate::layout::Moment;
use crate::measures::{Instruments, ResultLine, newest_results};
use crate::records::CitizenRecord;

/// Results that stand beside the areas; the page of all of them has the rest.
const SHOWN: usize = 6;

/// What is known before.
pub(super) struct Before {
    /// The newest result of each instrument.
    pub(super) answers: Vec<ResultLine>,
    /// The last talk about any area.
    pub(super) last: Option<LastTalk>,
}

/// What was said the last time.
pub(super) struct LastTalk {
    pub(super) at: Moment,
    pub(super) areas: BTreeMap<TalkArea, String>,
}

impl Before {
    pub(super) fn of(record: &CitizenRecord, known: &Instruments, today: Date) -> Self {
        let mut answers = newest_results(known, record, today);
        answers.truncate(SHOWN);
        Self { answers, last: last(record, today) }
    }
}

fn last(record: &CitizenRecord, today: Date) -> Option<LastTalk> {
    let held = record.encounters.iter().map(|it| &it.value).filter(|it| it.status == EncounterStatus::Finished);
    let told = held.filter_map(|it| {
        let areas = areas_of_note(it.note.as_deref()?);
        (!areas.is_empty()).then_some((it.start, areas))
    });
    let (start, areas) = told.max_by_key(|(start, _)| *start)?;
    Some(LastTalk { at: Moment::day(local_date(start), today), areas })
}
