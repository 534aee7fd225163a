//! Holding a clarifying or needs talk: the words become contact, goals, conditions and plan in one transaction.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::care_plan::PlanEvent;
use domain::citizen::{Citizen, Needs};
use domain::codes::{EncounterClass, InterventionCode};
use domain::consent::{Answer, ConsentPurpose, answer};
use domain::course::{CourseEvent, RiskFactor, TalkArea, TalkNotes};
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus, check_held};
use domain::ids::{ConditionId, CourseId, EncounterId, PlannedInterventionId};
use domain::organization::ManagingOrganization;
use domain::planned_intervention::PlannedIntervention;
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Tx, Versioned};

use super::grant::{complete, seat, start_task};
use super::said::{ConditionInput, ConsentInput, GoalInput, store_condition, store_consent, store_goal};
use super::{GrantInput, Granted, grant_in, move_course};
use crate::records::{self, CitizenRecord};
use crate::safety::{self, AcknowledgeInput};
use crate::{App, AppError, Caller, calendar, ids, talks, tasks};

/// A talk that was held, with all that came out of it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct TalkInput {
    /// Start.
    #[schema(value_type = String, format = DateTime)]
    pub start: Timestamp,
    /// End.
    #[schema(value_type = String, format = DateTime)]
    pub end: Timestamp,
    /// Where.
    #[schema(value_type = String)]
    pub class: EncounterClass,
    /// Words per area and risk factor.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub notes: TalkNotes,
    /// What the citizen needs to take part, when it was gone through.
    #[schema(value_type = Option<Object>)]
    pub needs: Option<Needs>,
    /// Goals in the citizen's words.
    #[serde(default)]
    pub goals: Vec<GoalInput>,
    /// Consents asked about.
    #[serde(default)]
    pub consents: Vec<ConsentInput>,
    /// Conditions found.
    #[serde(default)]
    pub conditions: Vec<ConditionInput>,
    /// Interventions granted. Their reasons are the conditions found here, besides those named.
    #[serde(default)]
    pub interventions: Vec<GrantInput>,
    /// Warnings about the plan that were set aside with a reason; one that no longer stands is left out.
    #[serde(default)]
    pub acknowledged: Vec<AcknowledgeInput>,
}

/// What a held talk made.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TalkHeld {
    /// The contact.
    #[schema(value_type = Uuid)]
    pub encounter: EncounterId,
    /// The conditions, in the order given.
    #[schema(value_type = Vec<Uuid>)]
    pub conditions: Vec<ConditionId>,
    /// The interventions, in the order given.
    pub interventions: Vec<Granted>,
}

/// Registers that a planned talk was held.
///
/// A clarifying talk must have touched the four areas, the five risk factors, needs, a goal, maintenance and the
/// question of consent to tell the referrer (quality standard 3.1); a needs talk only what came up.
pub async fn hold_talk(
    app: &App,
    who: &Caller,
    talk: PlannedInterventionId,
    input: TalkInput,
) -> Result<TalkHeld, AppError> {
    end_talk(app, who, talk, input, None).await
}

/// The same for a talk that was written in on its page; refused when somebody wrote in it after step `seen` of its draft.
pub(crate) async fn end_talk(
    app: &App,
    who: &Caller,
    talk: PlannedInterventionId,
    input: TalkInput,
    seen: Option<i64>,
) -> Result<TalkHeld, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, who) = (app.now(), who.clone());
    check_held(input.start, input.end, now)?;
    app.store
        .write(who.scope("talk.hold", now), move |tx| {
            let citizen = records::citizen_of(tx, "planned_intervention", talk.0)?;
            let record = records::citizen_record(tx, citizen)?;
            let planned = record.intervention(talk)?.clone();
            if let Some(seen) = seen {
                talks::same_step(tx, talk, seen)?;
            }
            if !matches!(planned.value.code, InterventionCode::ClarifyingTalk | InterventionCode::NeedsTalk) {
                return Err(AppError::Rule { code: "not_a_talk", message: "Indsatsen er ikke en samtale." });
            }
            Holding { who: &who, home: &home, record, planned, now }.carry_out(tx, input)
        })
        .await
}

/// What a talk in the making has at hand.
struct Holding<'a> {
    who: &'a Caller,
    home: &'a ManagingOrganization,
    record: Arc<CitizenRecord>,
    planned: Versioned<PlannedIntervention>,
    now: Timestamp,
}

impl Holding<'_> {
    fn carry_out(&self, tx: &mut Tx<'_>, input: TalkInput) -> Result<TalkHeld, AppError> {
        let course = self.planned.value.course;
        self.store_needs(tx, input.needs.clone())?;
        self.move_course(tx, &input)?;
        self.complete_talk(tx, &input)?;
        let encounter = self.store_contact(tx, &input)?;
        for goal in input.goals {
            store_goal(tx, &self.record, course, goal, self.now)?;
        }
        for consent in input.consents {
            store_consent(tx, &self.record, self.who, consent, self.now)?;
        }
        let mut conditions = Vec::new();
        for condition in input.conditions {
            conditions.push(store_condition(tx, &self.record, course, condition, self.now)?);
        }
        let interventions = self.grant_all(tx, course, input.interventions, &conditions)?;
        self.acknowledge_all(tx, course, &input.acknowledged)?;
        tasks::end_all(tx, self.planned.value.id.0, true)?;
        talks::forget(tx, self.planned.value.id)?;
        calendar::talk_held(tx, &self.record, self.planned.value.id, self.now)?;
        Ok(TalkHeld { encounter, conditions, interventions })
    }

    fn store_needs(&self, tx: &mut Tx<'_>, needs: Option<Needs>) -> Result<(), AppError> {
        let before = &self.record.citizen;
        let needs = needs.map_or_else(
            || before.value.needs.clone(),
            |n| {
                let notice_by = n.notice_by.or(before.value.needs.notice_by);
                // Reminders are not asked about here: what was said elsewhere stands.
                Needs { asked: true, notice_by, reminders: before.value.needs.reminders, ..n }
            },
        );
        let citizen = Citizen { needs, ..before.value.clone() };
        records::save_if_changed(tx, before, &citizen)?;
        Ok(())
    }

    fn move_course(&self, tx: &mut Tx<'_>, input: &TalkInput) -> Result<(), AppError> {
        let gaps = match self.planned.value.code {
            InterventionCode::ClarifyingTalk => self.gaps(input),
            _ => Vec::new(),
        };
        move_course(tx, &self.record, self.planned.value.course, CourseEvent::TalkHeld { gaps }, self.now)
    }

    fn gaps(&self, input: &TalkInput) -> Vec<domain::course::TalkGap> {
        let needs_asked = input.needs.is_some() || self.record.citizen.value.needs.asked;
        let has_goal = !input.goals.is_empty() || !self.record.goals.is_empty();
        let purpose = ConsentPurpose::ReferrerFeedback;
        let asked_now = input.consents.iter().any(|c| c.purpose == purpose);
        let asked = asked_now || answer(&self.record.consent_values(), purpose) != Answer::NotAsked;
        // A citizen who came without a referrer has nobody to be told.
        let referred = self.record.requests.iter().any(|r| r.value.request.requester.is_some());
        input.notes.gaps(needs_asked, has_goal, asked || !referred)
    }

    fn complete_talk(&self, tx: &mut Tx<'_>, input: &TalkInput) -> Result<(), AppError> {
        let talk = &self.planned.value;
        let on = local_date(input.start).max(talk.granted_on);
        let status = talk.status.apply(PlanEvent::Complete { on }, talk.granted_on)?;
        records::save(tx, self.planned.version, &PlannedIntervention { status, ..talk.clone() })?;
        Ok(())
    }

    fn store_contact(&self, tx: &mut Tx<'_>, input: &TalkInput) -> Result<EncounterId, AppError> {
        let encounter = Encounter {
            id: ids::new(self.now),
            citizen: self.planned.value.citizen,
            course: self.planned.value.course,
            based_on: EncounterBasis::Intervention(self.planned.value.id),
            class: input.class,
            status: EncounterStatus::Finished,
            start: input.start,
            end: input.end,
            session: None,
            held_by: Some(self.who.user),
            note: note_of(&input.notes),
            absence: None,
        };
        records::add(tx, &encounter)?;
        Ok(encounter.id)
    }

    fn grant_all(
        &self,
        tx: &mut Tx<'_>,
        course: CourseId,
        inputs: Vec<GrantInput>,
        conditions: &[ConditionId],
    ) -> Result<Vec<Granted>, AppError> {
        let mut granted = Vec::new();
        for mut input in inputs {
            input.reasons.extend(conditions);
            input.service_request = input.service_request.or(self.planned.value.service_request);
            let performer = input.performer.or(self.home.default_performer).ok_or(AppError::NotFound("performer"))?;
            let team = input.team;
            let one = grant_in(tx, self.planned.value.citizen, complete(input, course, performer, self.now), self.now)?;
            start_task(tx, self.planned.value.citizen, one.intervention, &self.home.settings.limits, self.now)?;
            seat(tx, self.home, team, one)?;
            granted.push(one);
        }
        if !granted.is_empty() {
            tasks::end(tx, course.0, TaskKind::NeedsTalk, true)?;
        }
        Ok(granted)
    }

    /// On the facts as they stand once the plan is granted.
    fn acknowledge_all(&self, tx: &mut Tx<'_>, course: CourseId, inputs: &[AcknowledgeInput]) -> Result<(), AppError> {
        if inputs.is_empty() {
            return Ok(());
        }
        let record = records::citizen_record(tx, self.planned.value.citizen)?;
        let seats = safety::seats(tx, &record, course)?;
        let limits = &self.home.settings.limits;
        let facts = safety::facts(&record, course, limits, local_date(self.now), &seats);
        for one in safety::weighed(&record, course, &facts) {
            let said = inputs.iter().find(|input| input.rule == one.warning.rule && input.about == one.warning.about);
            if let Some(said) = said.filter(|_| one.warning.may_be_acknowledged()) {
                safety::acknowledge_in(tx, &record, course, &one.warning, &said.reason, self.who, self.now)?;
            }
        }
        Ok(())
    }
}

/// Heading of what the citizen would rather talk about.
const TOPICS: &str = "Borgerens egne emner";
/// Heading of how it will be kept up.
const MAINTENANCE: &str = "Fastholdelse";
/// Heading of the wheel.
const WHEEL: &str = "Samtalehjul (0-10)";

/// The journal note of a talk: its words under their headings.
fn note_of(notes: &TalkNotes) -> Option<String> {
    let topics = notes.topics.iter().map(|text| (TOPICS, text.as_str()));
    let areas = notes.areas.iter().map(|(area, text)| (area.label(), text.as_str()));
    let factors = notes.risk_factors.iter().map(|(factor, text)| (factor.label(), text.as_str()));
    let maintenance = notes.maintenance.iter().map(|text| (MAINTENANCE, text.as_str()));
    let lines: Vec<String> = topics
        .chain(areas)
        .chain(factors)
        .chain(maintenance)
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(heading, text)| format!("{heading}: {}", text.trim()))
        .collect();
    let wheel: Vec<String> =
        notes.wheel.iter().map(|(theme, step)| format!("{} {}", theme.label(), step.get())).collect();
    let wheel = (!wheel.is_empty()).then(|| format!("{WHEEL}: {}", wheel.join(", ")));
    let lines: Vec<String> = lines.into_iter().chain(wheel).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// What a note of [`note_of`] says of each area; nothing of a note that somebody wrote freely.
pub(crate) fn areas_of_note(note: &str) -> BTreeMap<TalkArea, String> {
    let (mut found, mut under) = (BTreeMap::<TalkArea, String>::new(), None);
    for line in note.lines() {
        let headed = line.split_once(": ").filter(|(heading, _)| is_heading(heading));
        let text = headed.map_or(line, |(_, text)| text);
        if let Some((heading, _)) = headed {
            under = TalkArea::ALL.iter().copied().find(|area| area.label() == heading);
        }
        let Some(area) = under else { continue };
        let own = found.entry(area).or_default();
        if !own.is_empty() {
            own.push('\n');
        }
        own.push_str(text);
    }
    found
}

fn is_heading(text: &str) -> bool {
    [TOPICS, MAINTENANCE, WHEEL].contains(&text)
        || TalkArea::ALL.iter().any(|area| area.label() == text)
        || RiskFactor::ALL.iter().any(|factor| factor.label() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_note_says_of_each_area_is_what_was_written_there() {
        let areas = BTreeMap::from([
            (TalkArea::Functioning, "Går 500 meter.\nHviler: to gange.".to_owned()),
            (TalkArea::Disease, "KOL siden 2019".to_owned()),
        ]);
        let notes = TalkNotes {
            topics: Some("Søvnen".to_owned()),
            areas: areas.clone(),
            risk_factors: BTreeMap::from([(RiskFactor::Smoking, "Risiko".to_owned())]),
            maintenance: Some("Tur\nhver dag".to_owned()),
            ..TalkNotes::default()
        };
        let note = note_of(&notes).unwrap_or_default();
        assert!(note.starts_with("Borgerens egne emner: Søvnen\n"), "{note}");
        assert_eq!(areas_of_note(&note), areas);
    }

    #[test]
    fn a_free_note_says_nothing_of_an_area() {
        assert!(areas_of_note("Ringede: aftalte ny tid.").is_empty());
    }
}
