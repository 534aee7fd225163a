//! A course of nicotine cessation (nikotinafvænning): its stop date, how it ended, and the three STOPbasen forms.
//!
//! Sources: quality standard 5.3 (KS-5.3-11 and KS-5.3-12) and 5.4 (KS-5.4-01); the forms and their window as
//! STOPbasen's guide has them: six months after the end, about one month either way.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::care_plan::PlanStatus;
use crate::consent::{Answer, ConsentPurpose, Said, answer};
use crate::deadlines::{Deadline, six_months_after};
use crate::ids::{CitizenId, CourseId, PlannedInterventionId, ResponseId, UserId};
use crate::limits::{Limits, STOP_FOLLOW_UP_WINDOW_DAYS};
use crate::response::{self, Phase, Response, ResponseStatus};
use crate::safety::Question;
use crate::words::word_enum;

/// The instrument for "smoke-free since last time", asked when a class meets.
pub const SMOKE_FREE: &str = "smoke_free";

/// The instrument for carbon monoxide in breath.
pub const CARBON_MONOXIDE: &str = "co";

/// What is kept of a nicotine intervention beside the intervention itself; one record for each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopCourse {
    /// Whose.
    pub citizen: CitizenId,
    /// The course it belongs to.
    pub course: CourseId,
    /// The nicotine intervention.
    pub intervention: PlannedInterventionId,
    /// The agreed day of the last cigarette or other nicotine.
    #[serde(default)]
    pub stop_on: Option<Date>,
    /// How it ended.
    #[serde(default)]
    pub end: Option<StopEnd>,
    /// What the citizen uses and how much: one line for each product (KS-5.2-06).
    #[serde(default)]
    pub products: Vec<NicotineUse>,
}

word_enum! {
    /// A tobacco or nicotine product. The same course serves all of them.
    pub enum NicotineProduct {
        /// Cigarettes, bought or rolled.
        Cigarettes = ("cigarettes", "Cigaretter"),
        /// Cigars, cigarillos and pipe.
        CigarsAndPipe = ("cigars_and_pipe", "Cigarer og pibe"),
        /// Water pipe.
        WaterPipe = ("water_pipe", "Vandpibe"),
        /// Heated tobacco.
        HeatedTobacco = ("heated_tobacco", "Opvarmet tobak"),
        /// Snus and chewing tobacco.
        SmokelessTobacco = ("smokeless_tobacco", "Snus og tyggetobak"),
        /// Nicotine pouches.
        Pouches = ("pouches", "Nikotinposer"),
        /// Electronic cigarettes.
        Vape = ("vape", "E-cigaret eller vape"),
        /// Another.
        Other = ("other", "Andet med nikotin"),
    }
}

/// Most of a product a day; more is a slip of the finger.
pub const A_DAY_MOST: u16 = 200;

/// A product that is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NicotineUse {
    /// Which.
    pub product: NicotineProduct,
    /// How many on an ordinary day; pieces, pouches, fills.
    pub a_day: u16,
}

/// Whether more than one product is used.
pub const fn is_mixed(products: &[NicotineUse]) -> bool {
    products.len() > 1
}

/// How a nicotine intervention ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopEnd {
    /// Where the citizen stands.
    pub outcome: StopOutcome,
    /// Day it was said.
    pub on: Date,
    /// Who asked.
    pub by: UserId,
    /// The citizen asked not to be contacted about new help.
    #[serde(default)]
    pub no_contact: bool,
}

word_enum! {
    /// Where somebody stands with nicotine at the end (KS-5.3-11).
    pub enum StopOutcome {
        /// Stopped.
        Stopped = ("stopped", "Røgfri eller nikotinfri"),
        /// Uses less.
        Reduced = ("reduced", "Har sat forbruget ned"),
        /// Uses as before, or again.
        NotStopped = ("not_stopped", "Ryger eller bruger nikotin"),
        /// Nobody knows.
        Unknown = ("unknown", "Vides ikke"),
    }
}

impl StopOutcome {
    /// Whether a new occasion to get help is due: after a reduction only, or a relapse (KS-5.3-11).
    pub const fn calls_for_new_occasion(self) -> bool {
        matches!(self, Self::Reduced | Self::NotStopped)
    }
}

impl StopCourse {
    /// Nothing said yet.
    pub const fn none(citizen: CitizenId, course: CourseId, intervention: PlannedInterventionId) -> Self {
        Self { citizen, course, intervention, stop_on: None, end: None, products: Vec::new() }
    }
}

/// Why a stop date cannot be agreed on yet (KS-5.4-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StopDateRefused {
    /// Nobody asked about medicine that stopping affects.
    #[error("the question about affected medicine is not answered")]
    MedicineNotAsked,
    /// There is such medicine, and the doctor was not involved.
    #[error("the treating doctor is not involved")]
    DoctorNotInvolved,
}

impl StopDateRefused {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::MedicineNotAsked => {
                "Spørg først, om borgeren tager medicin, som et rygestop påvirker. Svaret skrives under Sikkerhed."
            }
            Self::DoctorNotInvolved => {
                "Borgeren tager medicin, som et rygestop påvirker. Inddrag den behandlende læge, før stopdatoen aftales."
            }
        }
    }
}

/// Whether a stop date may be agreed on, by what was answered about medicine (KS-5.4-01).
pub fn may_set_stop_date(said: &BTreeMap<Question, bool>) -> Result<(), StopDateRefused> {
    match (said.get(&Question::AffectedMedicine), said.get(&Question::DoctorInvolved)) {
        (None, _) => Err(StopDateRefused::MedicineNotAsked),
        (Some(false), _) | (Some(true), Some(true)) => Ok(()),
        (Some(true), _) => Err(StopDateRefused::DoctorNotInvolved),
    }
}

word_enum! {
    /// The forms of STOPbasen; the word is the instrument's id.
    pub enum StopForm {
        /// At the start.
        Baseline = ("stopbasen_baseline", "Start"),
        /// At the end.
        End = ("stopbasen_end", "Afslutning"),
        /// Six months after the end.
        SixMonths = ("stopbasen_6m", "Seks måneder"),
    }
}

/// A form of STOPbasen without the consent that it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the citizen has not consented to the form")]
pub struct NoConsent;

impl NoConsent {
    /// What staff read.
    pub const fn user_message() -> &'static str {
        "Borgeren har ikke sagt ja til, at skemaet bruges. Det ændrer intet ved tilbuddet."
    }
}

/// What is asked of answers to find those that belong to an intervention.
pub trait Filled {
    /// Which form, where it stands, its day and its id; none when it was marked as an error.
    fn filled(&self) -> Option<(&str, ResponseStatus, Date, ResponseId)>;
}

impl Filled for Response {
    fn filled(&self) -> Option<(&str, ResponseStatus, Date, ResponseId)> {
        (!self.entered_in_error).then_some((&*self.instrument, self.status, self.on, self.id))
    }
}

impl StopForm {
    /// Where in the course it belongs.
    pub const fn phase(self) -> Phase {
        match self {
            Self::Baseline => Phase::Start,
            Self::End => Phase::End,
            Self::SixMonths => Phase::FollowUp,
        }
    }

    /// The consents that it needs. Contact after six months is one of its own.
    pub const fn needs(self) -> &'static [ConsentPurpose] {
        match self {
            Self::Baseline | Self::End => &[ConsentPurpose::Stopbasen],
            Self::SixMonths => &[ConsentPurpose::Stopbasen, ConsentPurpose::StopbasenFollowUp],
        }
    }

    /// Whether it may be asked, kept and exported: every consent it needs is given and stands.
    pub fn allowed<S: Said>(self, consents: &[S]) -> Result<(), NoConsent> {
        let given = |purpose: &ConsentPurpose| matches!(answer(consents, *purpose), Answer::Given(_));
        if self.needs().iter().all(given) { Ok(()) } else { Err(NoConsent) }
    }

    /// The newest answers of this form that belong to a nicotine intervention: those of its granting day and later, until
    /// the next nicotine intervention was granted. One that was marked as an error is none.
    pub fn answered<'a, F: Filled>(
        self,
        granted_on: Date,
        next_granted_on: Option<Date>,
        responses: impl Iterator<Item = &'a F>,
    ) -> Option<&'a F> {
        let ours = responses.filter_map(|r| Some((r, r.filled()?))).filter(|(_, (form, ..))| *form == self.word());
        let done = ours
            .filter(|(_, (_, status, ..))| !matches!(status, ResponseStatus::NotStarted | ResponseStatus::InProgress));
        let within = |on: Date| on >= granted_on && next_granted_on.is_none_or(|next| on < next);
        let within = done.filter(|(_, (_, _, on, _))| within(*on));
        within.max_by_key(|(_, (_, status, on, id))| (*status == ResponseStatus::Complete, *on, *id)).map(|(r, _)| r)
    }
}

/// The last day of an intervention that had begun; none while it is open, or when it was called off before its first
/// session.
pub const fn ended_on(status: PlanStatus) -> Option<Date> {
    match status {
        PlanStatus::Completed { ended_on } | PlanStatus::Stopped { ended_on, .. } => Some(ended_on),
        PlanStatus::Granted
        | PlanStatus::Active { .. }
        | PlanStatus::Paused { .. }
        | PlanStatus::Cancelled { .. }
        | PlanStatus::EnteredInError { .. } => None,
    }
}

/// When the six-month form is to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub from: Date,
    /// The day itself.
    pub due_on: Date,
    /// Last day.
    pub until: Date,
}

/// The window around six months after the end, as STOPbasen's guide fixes it.
pub fn window(ended_on: Date) -> Window {
    let due_on = six_months_after(ended_on);
    let from = due_on.saturating_sub(Span::new().days(STOP_FOLLOW_UP_WINDOW_DAYS));
    Window { from, due_on, until: Deadline::StopFollowUp.due(due_on, &Limits::default()) }
}

/// Item of the six-month form: smoke-free all the time since the end.
pub const ALL_THE_TIME: u16 = 2;

/// Whether somebody was reached by a six-month form: it was stated whether they kept it up. None of another instrument.
pub fn reached(response: &Response) -> Option<bool> {
    let stated = || response.answers.get(&ALL_THE_TIME).is_some_and(|answer| *answer != response::Answer::NotStated);
    (response.instrument == StopForm::SixMonths.word()).then(stated)
}

/// Whether somebody who was reached by a six-month form was smoke-free all the time since the end. None of another instrument,
/// and where nobody was reached.
pub fn kept_up(response: &Response) -> Option<bool> {
    let all_the_time = || yes(response, ALL_THE_TIME);
    reached(response)?.then(all_the_time)
}

/// Whether an item of a form is answered with yes.
pub fn yes(response: &Response, item: u16) -> bool {
    response.answers.get(&item) == Some(&response::Answer::Value(response::Quantity::whole(1)))
}

/// Completed, as STOPbasen's published figures have it: at least three quarters of the planned meetings.
pub const fn is_completed(attended: u32, planned: u32) -> bool {
    planned > 0 && attended * 4 >= planned * 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::{Consent, ConsentForm};
    use crate::ids::ConsentId;
    use crate::response::{Mode, Phase};
    use jiff::civil::date;
    use uuid::Uuid;

    fn consent(purpose: ConsentPurpose, given: bool, on: Date) -> Consent {
        Consent {
            id: ConsentId(Uuid::from_u128(u128::try_from(on.day()).unwrap_or(0))),
            citizen: CitizenId(Uuid::from_u128(1)),
            purpose,
            given,
            form: ConsentForm::Oral,
            on,
            asked_by: UserId(Uuid::from_u128(2)),
            withdrawn_at: None,
        }
    }

    #[test]
    fn contact_after_six_months_is_a_consent_of_its_own() {
        let mut consents = vec![consent(ConsentPurpose::Stopbasen, true, date(2026, 11, 2))];
        assert_eq!(StopForm::Baseline.allowed(&consents), Ok(()));
        assert_eq!(StopForm::SixMonths.allowed(&consents), Err(NoConsent));
        consents.push(consent(ConsentPurpose::StopbasenFollowUp, true, date(2026, 11, 3)));
        assert_eq!(StopForm::SixMonths.allowed(&consents), Ok(()));
        consents.push(consent(ConsentPurpose::Stopbasen, false, date(2026, 11, 4)));
        assert!(StopForm::ALL.iter().all(|form| form.allowed(&consents) == Err(NoConsent)));
    }

    #[test]
    fn the_stop_date_waits_for_the_answer_about_medicine_and_for_the_doctor() {
        let mut said = BTreeMap::new();
        assert_eq!(may_set_stop_date(&said), Err(StopDateRefused::MedicineNotAsked));
        said.insert(Question::AffectedMedicine, true);
        assert_eq!(may_set_stop_date(&said), Err(StopDateRefused::DoctorNotInvolved));
        said.insert(Question::DoctorInvolved, true);
        assert_eq!(may_set_stop_date(&said), Ok(()));
        assert_eq!(may_set_stop_date(&[(Question::AffectedMedicine, false)].into()), Ok(()));
    }

    #[test]
    fn the_window_is_a_month_on_either_side_of_six_months_after_the_end() {
        let found = window(date(2026, 8, 31));
        assert_eq!((found.from, found.due_on, found.until), (date(2027, 1, 29), date(2027, 2, 28), date(2027, 3, 30)));
    }

    #[test]
    fn three_quarters_of_the_meetings_are_completed() {
        assert!(is_completed(3, 4) && is_completed(5, 5));
        assert!(!is_completed(2, 3) && !is_completed(0, 0));
    }

    fn form(n: u128, status: ResponseStatus, on: Date) -> Response {
        let (citizen, by) = (CitizenId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let (of, how) = ((StopForm::End.word(), 1), (Mode::Interview, Phase::End));
        Response { status, ..Response::begun(ResponseId(Uuid::from_u128(n)), citizen, of, how, on, by) }
    }

    #[test]
    fn a_form_belongs_to_the_intervention_that_was_granted_last_before_it() {
        let (first, second) = (date(2026, 1, 5), date(2026, 9, 1));
        let all = [
            form(1, ResponseStatus::Complete, date(2026, 2, 1)),
            form(2, ResponseStatus::Incomplete, date(2026, 2, 9)),
            form(3, ResponseStatus::Complete, date(2026, 10, 1)),
            Response { entered_in_error: true, ..form(4, ResponseStatus::Complete, date(2026, 10, 9)) },
            form(5, ResponseStatus::NotStarted, date(2026, 10, 10)),
        ];
        let of = |from, next| StopForm::End.answered(from, next, all.iter()).map(|r| r.id.0.as_u128());
        assert_eq!((of(first, Some(second)), of(second, None)), (Some(1), Some(3)));
        assert_eq!(StopForm::Baseline.answered(first, None, all.iter()), None);
    }
}
