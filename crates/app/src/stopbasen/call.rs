//! The follow-up call after six months, on the page of the follow-up: its window, the attempts so far, the form, and what
//! is kept when nobody was reached.

use domain::follow_up::FollowUp;
use domain::stop_course::{self, StopForm, window};
use jiff::civil::Date;

use super::NotReachedInput;
use crate::AppError;
use crate::layout::dates;
use crate::measures;
use crate::records::CitizenRecord;
use crate::web::fields::{self, Fields};

/// What the page of STOPbasen's follow-up shows beside that of every other.
pub(crate) struct StopCall {
    pub(crate) href: String,
    /// First and last day.
    pub(crate) window: Option<(String, String)>,
    /// The last day is over.
    pub(crate) over: bool,
    pub(crate) attempts: Vec<String>,
    /// Where the form is filled in.
    pub(crate) form_href: String,
    /// It waits to be answered.
    pub(crate) open: bool,
    pub(crate) result: String,
    pub(crate) again: String,
    pub(crate) why: String,
}

/// STOPbasen's follow-up; none for every other.
pub(crate) fn stop_call(
    record: &CitizenRecord,
    follow_up: &FollowUp,
    today: Date,
    fields: &Fields,
) -> Option<StopCall> {
    let stop = follow_up.stop?;
    let ended_on = record.intervention(stop).ok().and_then(|it| stop_course::ended_on(it.value.status));
    let window = ended_on.map(window);
    let typed = |name: &str| fields.get(name).cloned().unwrap_or_default();
    Some(StopCall {
        href: format!("/opfoelgninger/{}/stopbasen", follow_up.id),
        over: window.is_some_and(|window| window.until < today),
        window: window.map(|it| (dates::long_day(it.from, today), dates::long_day(it.until, today))),
        attempts: follow_up.attempts.iter().map(|day| dates::long_day(*day, today)).collect(),
        form_href: measures::fill_href(record.citizen.value.id, StopForm::SixMonths.word()),
        open: follow_up.asks_stop(),
        result: typed("resultat"),
        again: typed("igen"),
        why: typed("hvorfor"),
    })
}

/// What came of an attempt, from the form.
pub(crate) fn input(form: &Fields) -> Result<NotReachedInput, AppError> {
    let said = |name: &str| fields::text(form, name);
    match said("resultat") {
        "again" => match said("igen").parse() {
            Ok(day) => Ok(NotReachedInput::Again(day)),
            Err(_) => Err(AppError::field("igen", "required", "Vælg den dag, der ringes igen.")),
        },
        "not_reached" => Ok(NotReachedInput::GivenUp(said("hvorfor").to_owned())),
        "declined" => Ok(NotReachedInput::Declined),
        _ => Err(AppError::field("resultat", "required", "Vælg, hvordan det gik.")),
    }
}
