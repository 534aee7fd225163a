//! What a nicotine course of the made-up population has besides its contacts: two consents and STOPbasen's forms.

use app::{ids, records};
use domain::consent::{Consent, ConsentForm, ConsentPurpose};
use domain::ids::{ConsentId, UserId};
use domain::planned_intervention::PlannedIntervention;
use domain::quantity::Quantity;
use domain::response::{Answer, Mode, Phase, Response, ResponseStatus};
use domain::stop_course::{StopForm, ended_on, window};
use domain::workdays::local_date;
use instruments::{CATALOGUE, Instrument, Kind};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{StoreError, Tx};
use uuid::Uuid;

/// Whether the citizen says yes to being registered and contacted, and what becomes of the forms when they are due.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said {
    pub(crate) yes: bool,
    pub(crate) forms: Forms,
}

/// How far the forms are filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forms {
    Untouched,
    Half,
    Whole,
}

/// Keeps the consents and the forms that are due.
pub(crate) fn add(
    tx: &mut Tx<'_>,
    it: &PlannedIntervention,
    said: Said,
    at: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    let asked_by = UserId(Uuid::from_u128(0xabc));
    for purpose in [ConsentPurpose::Stopbasen, ConsentPurpose::StopbasenFollowUp] {
        let (id, citizen, form) = (ids::new::<ConsentId>(at), it.citizen, ConsentForm::Oral);
        let on = it.granted_on;
        records::add(tx, &Consent { id, citizen, purpose, given: said.yes, form, on, asked_by, withdrawn_at: None })?;
    }
    let end = ended_on(it.status);
    let due = [
        (StopForm::Baseline, Phase::Start, Some(it.granted_on)),
        (StopForm::End, Phase::End, end),
        (StopForm::SixMonths, Phase::FollowUp, end.map(|day| window(day).due_on)),
    ];
    let due = due.into_iter().filter_map(|(form, phase, on)| Some((form, phase, on?)));
    for (form, phase, on) in due.filter(|(.., on)| said.yes && said.forms != Forms::Untouched && *on <= local_date(now))
    {
        let whole = whole(it, form, phase, on, at, asked_by);
        records::add(tx, &if said.forms == Forms::Half { half(whole) } else { whole })?;
    }
    Ok(())
}

/// A form with every answer: the first choice, a number that can be, or that it was not stated.
fn whole(it: &PlannedIntervention, form: StopForm, phase: Phase, on: Date, at: Timestamp, by: UserId) -> Response {
    let instrument = CATALOGUE.iter().find(|one| one.id == form.word()).unwrap();
    let of = (form.word(), instrument.version);
    let begun = Response::begun(ids::new(at), it.citizen, of, (Mode::Interview, phase), on, by);
    Response { course: Some(it.course), answers: answers(instrument), status: ResponseStatus::Complete, ..begun }
}

/// The first half of its answers, and ended so.
fn half(whole: Response) -> Response {
    let answers = whole.answers.iter().take(whole.answers.len() / 2).map(|(item, answer)| (*item, answer.clone()));
    Response { answers: answers.collect(), status: ResponseStatus::Incomplete, ..whole }
}

fn answers(instrument: &Instrument) -> domain::response::Answers {
    let answer = |kind: &Kind| match kind {
        Kind::Choice(options) => options.first().map_or(Answer::NotStated, |(_, points)| Answer::Value(*points)),
        Kind::Many(options) => Answer::Many(options.iter().take(1).map(|(_, points)| *points).collect()),
        Kind::Number { plausible, .. } => Answer::Value(plausible.0.max(Quantity::whole(1))),
        Kind::Text => Answer::NotStated,
    };
    instrument.items.iter().map(|item| (item.no, answer(&item.kind))).collect()
}
