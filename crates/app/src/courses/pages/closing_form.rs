//! The fields of a closing: what is typed, what it becomes, and how the letter then reads.

use domain::care_plan::{PlanEvent, PlanStatus};
use domain::citizen::Citizen;
use domain::codes::{EncounterClass, InterventionCode};
use domain::consent::{Answer, Basis, Consent, ConsentForm, ConsentPurpose, SendRefused, answer, may_send};
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus};
use domain::follow_up::{FollowUp, FollowUpState};
use domain::goal::{Evaluation, GoalOutcome};
use domain::ids::CourseId;
use domain::planned_intervention::PlannedIntervention;
use domain::workdays::{ExtraClosedDays, add_workdays, local_date};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use store::Versioned;

use super::acts::times;
use crate::courses::closing::planned_talk;
use crate::courses::{CloseInput, ConsentInput, FollowUpInput, GoalEvaluation, NoteInput};
use crate::layout::FormError;
use crate::records::CitizenRecord;
use crate::web::fields::{self, Fields};
use crate::{AppError, Caller, ids};

/// The fields of the first, second and third follow-up; after how many months they are is the municipality's limit.
pub(super) const FOLLOW_UPS: [&str; 3] = ["opfoelgning-3", "opfoelgning-6", "opfoelgning-12"];
/// The field that says that there is no need.
pub(super) const NO_NEED: &str = "opfoelgning-ingen";

/// What stands in the form of a closing.
pub(super) struct ClosingForm<'a> {
    pub(super) fields: &'a Fields,
    pub(super) record: &'a CitizenRecord,
    pub(super) course: CourseId,
    pub(super) now: Timestamp,
    /// Months after the end that follow-ups are offered for.
    pub(super) months: [u16; 3],
}

impl ClosingForm<'_> {
    fn text(&self, name: &str) -> Option<String> {
        fields::said(self.fields, name).map(str::to_owned)
    }

    fn ticked(&self, name: &str) -> bool {
        fields::said(self.fields, name).is_some()
    }

    /// The closing, or everything that is missing.
    pub(super) fn close(&self) -> Result<CloseInput, Vec<FormError>> {
        let mut errors = Vec::new();
        let mut keep = |error: AppError| errors.push(form_error(error));
        let held = match fields::said(self.fields, "samtale") {
            Some("ikke-holdt") => None,
            _ => times(self.fields).map_err(&mut keep).ok(),
        };
        let months: Vec<i64> = self.months();
        if months.is_empty() != self.ticked(NO_NEED) {
            let text = if months.is_empty() {
                "Vælg, hvornår I følger op, eller at der ikke er behov."
            } else {
                "Der er både valgt opfølgning og ikke behov. Vælg det ene."
            };
            keep(AppError::field("opfoelgning", "required", text));
        }
        let today = local_date(self.now);
        let follow_ups = months.iter().map(|n| FollowUpInput { due_on: follow_up_day(today, *n) }).collect();
        let consents = self.asked().map(|given| ConsentInput {
            purpose: ConsentPurpose::StatusToDoctor,
            given,
            form: ConsentForm::Oral,
        });
        if errors.is_empty() {
            Ok(CloseInput {
                start: held.map(|(start, _)| start),
                end: held.map(|(_, end)| end),
                class: self.class(),
                goals: self.goals(),
                consents: consents.into_iter().collect(),
                follow_ups: Some(follow_ups),
                set_aside: self.text("til-side"),
                note: self.text("notat"),
            })
        } else {
            Err(errors)
        }
    }

    fn class(&self) -> EncounterClass {
        fields::said(self.fields, "sted").and_then(|word| EncounterClass::parse(word).ok()).unwrap_or_default()
    }

    pub(super) fn months(&self) -> Vec<i64> {
        let offered = FOLLOW_UPS.iter().zip(self.months);
        offered.filter(|(name, _)| self.ticked(name)).map(|(_, months)| i64::from(months)).collect()
    }

    /// The citizen's answer about the status, when it was asked here.
    fn asked(&self) -> Option<bool> {
        match fields::said(self.fields, "samtykke") {
            Some("ja") => Some(true),
            Some("nej") => Some(false),
            _ => None,
        }
    }

    fn goals(&self) -> Vec<GoalEvaluation> {
        let ours = self.record.goals.iter().map(|g| &g.value).filter(|g| g.course == self.course);
        let evaluation = |goal: &domain::goal::Goal| {
            let outcome = fields::said(self.fields, &format!("maal-{}", goal.id))
                .and_then(|word| GoalOutcome::parse(word).ok())?;
            Some(GoalEvaluation { goal: goal.id, outcome, words: self.text(&format!("ord-{}", goal.id)) })
        };
        ours.filter_map(evaluation).collect()
    }

    /// What the letter says beside what is known.
    pub(super) fn note(&self) -> NoteInput {
        NoteInput {
            action_for_doctor: self.text("handling-laege"),
            outcome: self.text("udbytte"),
            own_view: self.text("egen-vurdering"),
            agreements: self.text("aftaler"),
            section_41: self.text("paragraf-41"),
        }
    }

    /// Whether the status may be sent as the form stands, and on what ground (SP-03).
    pub(super) fn basis(&self, who: &Caller) -> Result<Basis, SendRefused> {
        let reason = self.text("paragraf-41");
        let dead = self.record.citizen.value.deceased_on.is_some();
        may_send(&self.consents(who), ConsentPurpose::StatusToDoctor, reason.as_deref(), dead)
    }

    fn consents(&self, who: &Caller) -> Vec<Consent> {
        let typed = self.asked().map(|given| Consent {
            id: ids::new(self.now),
            citizen: self.record.citizen.value.id,
            purpose: ConsentPurpose::StatusToDoctor,
            given,
            form: ConsentForm::Oral,
            on: local_date(self.now),
            asked_by: who.user,
            withdrawn_at: None,
        });
        self.record.consent_values().into_iter().chain(typed).collect()
    }

    /// What the citizen answered before this.
    pub(super) fn answered(&self) -> Answer {
        answer(&self.record.consent_values(), ConsentPurpose::StatusToDoctor)
    }

    /// The record as it would be if the form were sent now: what the letter is read from.
    pub(super) fn afterwards(&self) -> CitizenRecord {
        let mut record = self.record.clone();
        let today = local_date(self.now);
        for given in self.goals() {
            if let Some(goal) = record.goals.iter_mut().find(|g| g.value.id == given.goal) {
                goal.value.evaluation = Some(Evaluation { outcome: given.outcome, words: given.words, on: today });
            }
        }
        let (citizen, course) = (record.citizen.value.id, self.course);
        let held =
            (fields::said(self.fields, "samtale") != Some("ikke-holdt")).then(|| times(self.fields).ok()).flatten();
        if let Some((start, end)) = held {
            let talk = closing_talk(&record.citizen.value, self, local_date(start));
            record.encounters.push(new(Encounter {
                id: ids::new(self.now),
                citizen,
                course,
                based_on: EncounterBasis::Intervention(talk.id),
                class: self.class(),
                status: EncounterStatus::Finished,
                start,
                end,
                session: None,
                held_by: None,
                note: None,
                absence: None,
            }));
            record.interventions.retain(|i| i.value.id != talk.id);
            record.interventions.push(new(talk));
        }
        for months in self.months() {
            let due_on = follow_up_day(today, months);
            if let Some(other) = record.follow_ups.iter_mut().find(|f| f.value.carries(due_on, None)) {
                other.value = other.value.clone().carrying(due_on, None);
                continue;
            }
            record.follow_ups.push(new(FollowUp {
                id: ids::new(self.now),
                citizen,
                course,
                intervention: ids::new(self.now),
                due_on,
                state: FollowUpState::Planned,
                stop: None,
                agreed: false,
                stop_answered_on: None,
                attempts: Vec::new(),
            }));
        }
        record
    }
}

/// The booked closing talk, or the one that is made, as completed.
fn closing_talk(citizen: &Citizen, form: &ClosingForm<'_>, on: Date) -> PlannedIntervention {
    let done =
        |granted_on| PlanStatus::Granted.apply(PlanEvent::Complete { on }, granted_on).unwrap_or(PlanStatus::Granted);
    match planned_talk(form.record, form.course) {
        Some(planned) => {
            PlannedIntervention { status: done(on.min(planned.value.granted_on)), ..planned.value.clone() }
        }
        None => PlannedIntervention {
            status: done(on),
            ..PlannedIntervention::granted(
                ids::new(form.now),
                (citizen.id, form.course),
                InterventionCode::ClosingTalk,
                ids::new(form.now),
                on,
            )
        },
    }
}

const fn new<T>(value: T) -> Versioned<T> {
    Versioned { version: 1, value }
}

/// The working day on or after the day that many months ahead.
pub(crate) fn follow_up_day(today: Date, months: i64) -> Date {
    let day = today.saturating_add(months.months());
    add_workdays(day.yesterday().unwrap_or(day), 1, ExtraClosedDays::default())
}

/// A refusal as a line above the form.
pub(super) fn form_error(error: AppError) -> FormError {
    match error {
        AppError::Field { field, message, .. } => FormError { field, message },
        other => FormError { field: "afslutning", message: other.user_message() },
    }
}
