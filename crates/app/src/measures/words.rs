//! Words of measures that several pages use.

use domain::ids::CourseId;
use domain::quantity::Quantity;
use domain::response::{Phase, Response, ResponseStatus};
use instruments::{Instrument, Outcome};

use crate::layout::{Choice, Tag, dates};
use crate::records::CitizenRecord;

/// How far a response is, as a tag.
pub(super) fn status_tag(response: &Response) -> Tag {
    if response.entered_in_error {
        return Tag::of("mute", "close", "Fejlregistreret");
    }
    match response.status {
        ResponseStatus::NotStarted | ResponseStatus::InProgress => Tag::under_way(),
        ResponseStatus::Complete => Tag::done(ResponseStatus::Complete.label()),
        ResponseStatus::Incomplete => Tag::partly(ResponseStatus::Incomplete.label()),
        ResponseStatus::Refused | ResponseStatus::NotPossible => Tag::of("mute", "close", response.status.label()),
    }
}

/// "12 af 40", "420 m", "30,1 kg/m²".
pub(super) fn score_text(instrument: &Instrument, score: Quantity) -> String {
    match (unit_of(instrument), instrument.range) {
        (Some(unit), _) => format!("{score} {unit}"),
        (None, Some((_, most))) if !instrument.bands.is_empty() || most > Quantity::whole(3) => {
            format!("{score} af {most}")
        }
        (None, _) => score.to_string(),
    }
}

/// "AUDIT … 24. november 2026: 21 af 40" and where that leads: the newest result of a course on which something was decided.
pub(crate) fn decided_in_words(record: &CitizenRecord, course: CourseId) -> String {
    let own = record.responses.iter().map(|response| &response.value).filter(|it| it.course == Some(course));
    let newest = own.filter(|it| it.counts() && it.decision.is_some()).max_by_key(|it| (it.on, it.id));
    let said = newest.and_then(|it| {
        let instrument = instruments::find(&it.instrument, it.version)?;
        let route = instrument.route(&it.decision.as_ref()?.route)?;
        let score = it.score.map(|score| format!(": {}", score_text(instrument, score))).unwrap_or_default();
        Some(format!("{}, {}{score}\n{}", instrument.name, dates::full_day(it.on), route.label))
    });
    said.unwrap_or_default()
}

/// The unit, when it says more than the number: "antal" does not.
pub(super) fn unit_of(instrument: &Instrument) -> Option<&str> {
    instrument.unit.as_deref().filter(|unit| *unit != "antal")
}

/// What a result is, in a few words: the score, or at least what.
pub(super) fn result_text(instrument: &Instrument, outcome: &Outcome<'_>) -> Option<String> {
    let at_least = || outcome.at_least.filter(|_| outcome.at_least_band.is_some());
    outcome
        .score
        .map(|score| score_text(instrument, score))
        .or_else(|| at_least().map(|least| format!("Mindst {least}")))
}

/// The phases to choose among.
pub(super) fn phases(chosen: Phase) -> Vec<Choice> {
    let choice = |phase: &Phase| Choice {
        value: phase.word().to_owned(),
        label: phase.label().to_owned(),
        hint: None,
        selected: *phase == chosen,
    };
    Phase::ALL.iter().map(choice).collect()
}
