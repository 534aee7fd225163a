//! The facts of the rules, read from the record.

use std::collections::BTreeMap;

use domain::adaptation::Adaptation;
use domain::care_plan::PlanStatus;
use domain::codes::{DeliveryType, InterventionCode};
use domain::encounter::{EncounterBasis, EncounterStatus};
use domain::ids::{CourseId, TeamId};
use domain::limits::Limits;
use domain::planned_intervention::PlannedIntervention;
use domain::response::Response;
use domain::safety::{self, Facts, Held, InterventionFacts, Question, SafetyAnswers, Weighed};
use domain::workdays::local_date;
use jiff::civil::Date;
use store::Tx;

use crate::records::CitizenRecord;
use crate::{AppError, teams};

/// Words for a weight loss that was not wanted.
const UNWANTED_LOSS: [&str; 5] =
    ["utilsigtet vægttab", "uplanlagt vægttab", "ufrivilligt vægttab", "tabt sig uden", "taber sig uden"];

/// What the rules look at in a course. `seats` are those of the teams that its interventions are delivered in.
pub(crate) fn facts(
    record: &CitizenRecord,
    course: CourseId,
    limits: &Limits,
    today: Date,
    seats: &BTreeMap<TeamId, u16>,
) -> Facts {
    let open = record.interventions.iter().map(|i| &i.value).filter(|i| i.course == course && i.status.is_open());
    let notes = record.encounters.iter().map(|e| &e.value).filter(|e| e.course == course);
    let notes = notes.filter_map(|e| e.note.as_deref());
    let goals = record.goals.iter().map(|g| &g.value).filter(|g| g.course == course).map(|g| g.words.as_str());
    let mut answers = SafetyAnswers { audit_total: audit_total(record, course), ..answers(record, course) };
    // Said with the screening and not on the page of safety: it counts as said.
    if newest_audit(record, course).is_some_and(|r| r.facts.iter().flatten().any(|fact| fact == "pregnant")) {
        answers.said.entry(Question::Pregnant).or_insert(true);
    }
    Facts {
        today,
        interventions: open.map(|it| intervention(record, it, seats)).collect(),
        answers,
        words_of_weight_loss: notes.chain(goals).any(tells_of_weight_loss),
        smaller_team: super::adaptations(record).has(Adaptation::SmallerTeam),
        notification_decided: record.notifications.iter().any(|n| n.value.course == course),
        limits: *limits,
    }
}

/// What was answered in a course so far.
pub(super) fn answers(record: &CitizenRecord, course: CourseId) -> SafetyAnswers {
    let found = record.safety_answers.iter().find(|a| a.value.course == course);
    found.map_or_else(|| SafetyAnswers::none(record.citizen.value.id, course), |a| a.value.clone())
}

/// The newest AUDIT of a course; what was typed on the safety page stands when the instrument was not used.
fn audit_total(record: &CitizenRecord, course: CourseId) -> Option<u8> {
    let newest = newest_audit(record, course);
    let total = newest.and_then(|r| r.score).and_then(|score| score.to_string().parse().ok());
    total.or_else(|| answers(record, course).audit_total)
}

/// The newest AUDIT of a course that was answered whole.
pub(crate) fn newest_audit(record: &CitizenRecord, course: CourseId) -> Option<&Response> {
    let mine = record.responses.iter().map(|r| &r.value).filter(|r| r.course == Some(course) && r.counts());
    mine.filter(|r| r.instrument == "audit").max_by_key(|r| (r.on, r.id))
}

/// The day of the newest AUDIT of a course.
pub(crate) fn screened_on(record: &CitizenRecord, course: CourseId) -> Option<Date> {
    newest_audit(record, course).map(|response| response.on)
}

/// Whether words tell of a weight loss that was not wanted.
pub(crate) fn tells_of_weight_loss(text: &str) -> bool {
    let text = text.to_lowercase();
    UNWANTED_LOSS.iter().any(|words| text.contains(words))
}

/// An intervention that is chosen in a talk and not granted yet.
pub(crate) const fn chosen(code: InterventionCode, delivery: DeliveryType, today: Date) -> InterventionFacts {
    InterventionFacts {
        id: None,
        code,
        delivery,
        granted_on: today,
        started_on: None,
        planned_end_on: None,
        held: Vec::new(),
        booked: false,
        seats: None,
    }
}

fn intervention(record: &CitizenRecord, it: &PlannedIntervention, seats: &BTreeMap<TeamId, u16>) -> InterventionFacts {
    let basis = |based_on: EncounterBasis| match based_on {
        EncounterBasis::CarePlan(plan) => Some(plan) == it.care_plan,
        EncounterBasis::Intervention(id) => id == it.id,
    };
    let held = record.encounters.iter().map(|e| &e.value).filter(|e| basis(e.based_on));
    let held = held.filter(|e| e.status == EncounterStatus::Finished);
    InterventionFacts {
        id: Some(it.id),
        code: it.code,
        delivery: it.delivery,
        granted_on: it.granted_on,
        started_on: it.status.started_on(),
        planned_end_on: it.planned_end_on,
        held: held.map(|e| Held { on: local_date(e.start), alone: e.session.is_none() }).collect(),
        booked: record.time_of(it.id).is_some(),
        seats: it.team.and_then(|team| seats.get(&team).copied()),
    }
}

/// The warnings of a course, with what was said to set them aside.
pub(crate) fn weighed(record: &CitizenRecord, course: CourseId, facts: &Facts) -> Vec<Weighed> {
    let ours = record.acknowledgements.iter().map(|a| &a.value).filter(|a| a.course == course);
    // Who is on a pause needs no session; what is due waits with it.
    let paused = |code: InterventionCode| {
        let mut of = record.interventions.iter().map(|i| &i.value).filter(|i| i.course == course && i.code == code);
        of.any(|i| matches!(i.status, PlanStatus::Paused { .. }))
    };
    let mut warnings = safety::warnings(facts);
    warnings.retain(|warning| warning.due.is_none() || !warning.about.is_some_and(paused));
    safety::weigh(warnings, ours)
}

/// Seats of the teams of a course's open interventions: a query for each, and only when a rule asks for them.
pub(crate) fn seats(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    course: CourseId,
) -> Result<BTreeMap<TeamId, u16>, AppError> {
    let said = &answers(record, course).said;
    let yes = |question| said.get(&question) == Some(&true);
    let asks = super::adaptations(record).has(Adaptation::SmallerTeam)
        || yes(safety::Question::Pregnant)
        || yes(safety::Question::MentalIllness);
    let open = record.interventions.iter().map(|i| &i.value).filter(|i| i.course == course && i.status.is_open());
    let mut seats = BTreeMap::new();
    for team in open.filter_map(|i| i.team).filter(|_| asks) {
        seats.insert(team, teams::team(tx, team)?.value.seats);
    }
    Ok(seats)
}
