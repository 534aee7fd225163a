//! The course: the talk with its time, levels, contacts, endings, closing and follow-up.

use std::cmp::Ordering;

use domain::calendar::{AppointmentReason, NeedArrangement, NeedState, needs_of};
use domain::codes::{EncounterClass, InterventionCode, StopReason};
use domain::consent::{ConsentForm, ConsentPurpose};
use domain::goal::GoalOutcome;
use domain::ids::{CarePlanId, CitizenId, CourseId, GoalId};
use domain::safety::Question;
use domain::stratification::{ESBJERG, Stratum};
use jiff::civil::Date;
use simulation::{
    CaseNo, FollowUpNo, FollowUpOutcome, Grant, InterventionNo, ProfessionalNo, SessionTime, TalkAnswers, level_answers,
};
use store::{Seen, Tx};

use super::driver::Driver;
use super::known;
use crate::calendar::{self, AppointmentInput, MoveInput};
use crate::courses::{
    self, CloseInput, ConditionInput, ConsentInput, ContactInput, EndInput, FollowUpInput, FollowUpResult,
    GoalEvaluation, GoalInput, GrantInput, NoteInput, TalkInput,
};
use crate::safety::{self, AnswersInput, StratifyInput};
use crate::{AppError, records};

impl Driver {
    pub(super) async fn book_talk(
        &mut self,
        talk: InterventionNo,
        professional: ProfessionalNo,
        time: SessionTime,
        again: bool,
    ) -> Result<(), AppError> {
        let (planned, citizen) = known::of(&self.known.interventions, &talk, "planned_intervention")?;
        let class = EncounterClass::AtPremises;
        let input = AppointmentInput {
            professional: self.cast.professional(professional).user,
            start: time.start,
            end: Some(time.end),
            class,
            needs: self.arranged(citizen, class),
            despite: true,
        };
        let who = &self.cast.visitator;
        if again {
            let id = known::of(&self.known.appointments, &talk, "appointment")?;
            let moved = MoveInput { reason: AppointmentReason::Citizen, to: input };
            return calendar::move_appointment(&self.app, who, id, None, moved).await;
        }
        let id = calendar::book(&self.app, who, planned, input).await?;
        self.known.appointments.insert(talk, id);
        Ok(())
    }

    /// What somebody who was here before needs is arranged.
    fn arranged(&self, citizen: CitizenId, class: EncounterClass) -> Vec<NeedArrangement> {
        let needs = self.known.needs.get(&citizen).map(|needs| needs_of(needs, class)).unwrap_or_default();
        needs.into_iter().map(|need| NeedArrangement { need, state: NeedState::Arranged, reason: None }).collect()
    }

    pub(super) async fn stratify(&self, case: CaseNo, scored: Stratum, level: Stratum) -> Result<(), AppError> {
        let reason = match level.cmp(&scored) {
            Ordering::Greater => "Har brug for mere støtte, end svarene viser.",
            Ordering::Less => "Klarer mere selv, end svarene viser.",
            Ordering::Equal => "",
        };
        let input = StratifyInput {
            model: ESBJERG.word.to_owned(),
            version: ESBJERG.version,
            answers: level_answers(scored),
            level: Some(level),
            reason: reason.to_owned(),
        };
        safety::stratify(&self.app, self.cast.anyone(), self.course(case)?, input).await?;
        Ok(())
    }

    pub(super) async fn hold_talk(
        &mut self,
        talk: InterventionNo,
        time: SessionTime,
        class: EncounterClass,
        answers: &TalkAnswers,
        grants: &[Grant],
    ) -> Result<(), AppError> {
        let (planned, citizen) = known::of(&self.known.interventions, &talk, "planned_intervention")?;
        let consent = |purpose| ConsentInput { purpose, given: answers.consent, form: ConsentForm::Oral };
        let input = TalkInput {
            start: time.start,
            end: time.end,
            class,
            notes: answers.notes(),
            needs: Some(answers.needs()),
            goals: vec![GoalInput { words: answers.goal.to_owned() }],
            consents: vec![consent(ConsentPurpose::ReferrerFeedback)],
            conditions: answers.conditions().into_iter().map(|code| ConditionInput { code, note: None }).collect(),
            interventions: grants.iter().map(granted).collect(),
            acknowledged: Vec::new(),
        };
        let held = courses::hold_talk(&self.app, self.cast.anyone(), planned, input).await?;
        for (grant, made) in grants.iter().zip(held.interventions) {
            self.known.interventions.insert(grant.intervention, (made.intervention, citizen));
        }
        self.known.needs.insert(citizen, answers.needs());
        Ok(())
    }

    pub(super) async fn answer_safety(&mut self, case: CaseNo, answers: &[(Question, bool)]) -> Result<(), AppError> {
        let course = self.course(case)?;
        let said = self.known.safety.entry(case).or_default();
        said.extend(answers.iter().copied());
        let said = said.clone();
        let training = self.programmes.iter().find(|one| one.code == InterventionCode::PhysicalTraining);
        let training = training.filter(|_| said.contains_key(&Question::TrainingCaution));
        let weeks = |sessions: u8, a_week: u8| u16::from(sessions.div_ceil(a_week.max(1)));
        let input = AnswersInput {
            said,
            times_a_week: training.map(|one| u16::from(one.sessions_a_week)),
            minutes: training.map(|one| one.minutes),
            weeks: training.map(|one| weeks(one.sessions, one.sessions_a_week)),
            ..AnswersInput::default()
        };
        safety::answer(&self.app, self.cast.anyone(), course, None, input).await?;
        Ok(())
    }

    pub(super) async fn contact(
        &self,
        intervention: InterventionNo,
        time: SessionTime,
        class: EncounterClass,
        professional: ProfessionalNo,
    ) -> Result<(), AppError> {
        let care_plan = self.care_plan(intervention).await?;
        let note = Some("Talt om, hvordan det går, og aftalt næste skridt.".to_owned());
        let input = ContactInput { care_plan, class, start: time.start, end: time.end, note };
        courses::record_contact(&self.app, self.cast.professional(professional), input).await?;
        Ok(())
    }

    async fn care_plan(&self, intervention: InterventionNo) -> Result<CarePlanId, AppError> {
        let (id, citizen) = known::of(&self.known.interventions, &intervention, "planned_intervention")?;
        let read = move |tx: &mut Tx<'_>| {
            let record = records::citizen_record(tx, citizen)?;
            Ok::<_, AppError>(Seen::nothing(record.intervention(id)?.value.care_plan))
        };
        let scope = self.cast.anyone().scope("simulation.read", self.app.now());
        self.app.store.view(scope, read).await?.ok_or(AppError::NotFound("care_plan"))
    }

    pub(super) async fn end_intervention(
        &self,
        intervention: InterventionNo,
        reason: Option<StopReason>,
    ) -> Result<(), AppError> {
        let (id, _) = known::of(&self.known.interventions, &intervention, "planned_intervention")?;
        let input = EndInput { reason, on: None };
        courses::end_intervention(&self.app, self.cast.anyone(), id, None, input).await
    }

    pub(super) async fn withdraw(&self, case: CaseNo, reason: StopReason) -> Result<(), AppError> {
        courses::withdraw(&self.app, self.cast.anyone(), self.course(case)?, reason).await
    }

    pub(super) async fn close(
        &mut self,
        case: CaseNo,
        talk: Option<SessionTime>,
        goal: GoalOutcome,
        consent: bool,
        follow_ups: &[(FollowUpNo, Date)],
    ) -> Result<(), AppError> {
        let (course, citizen) = known::of(&self.known.courses, &case, "course")?;
        let input = CloseInput {
            start: talk.map(|talk| talk.start),
            end: talk.map(|talk| talk.end),
            class: EncounterClass::AtPremises,
            goals: self
                .open_goals(course, citizen)
                .await?
                .into_iter()
                .map(|id| GoalEvaluation { goal: id, outcome: goal, words: None })
                .collect(),
            consents: vec![ConsentInput {
                purpose: ConsentPurpose::StatusToDoctor,
                given: consent && talk.is_some(),
                form: ConsentForm::Oral,
            }],
            follow_ups: Some(follow_ups.iter().map(|(_, due_on)| FollowUpInput { due_on: *due_on }).collect()),
            set_aside: None,
            note: Some("Forløbet er gennemgået og afsluttet.".to_owned()),
        };
        let note = (consent && talk.is_some()).then(NoteInput::default);
        let ended = courses::close_and_tell(&self.app, self.cast.anyone(), course, None, input, note).await?;
        for ((number, _), id) in follow_ups.iter().zip(ended.closed.follow_ups) {
            self.known.follow_ups.insert(*number, (id, citizen));
        }
        Ok(())
    }

    async fn open_goals(&self, course: CourseId, citizen: CitizenId) -> Result<Vec<GoalId>, AppError> {
        let read = move |tx: &mut Tx<'_>| {
            let record = records::citizen_record(tx, citizen)?;
            let open = record.goals.iter().map(|goal| &goal.value);
            let open = open.filter(|goal| goal.course == course && goal.evaluation.is_none());
            Ok::<_, AppError>(Seen::nothing(open.map(|goal| goal.id).collect()))
        };
        self.app.store.view(self.cast.anyone().scope("simulation.read", self.app.now()), read).await
    }

    pub(super) async fn follow_up(&self, follow_up: FollowUpNo, outcome: FollowUpOutcome) -> Result<(), AppError> {
        let (id, citizen) = known::of(&self.known.follow_ups, &follow_up, "follow_up")?;
        let result = match outcome {
            FollowUpOutcome::Done(kept) => FollowUpResult::Done { kept, words: None },
            FollowUpOutcome::NotReached => FollowUpResult::NotReached,
            FollowUpOutcome::Declined => FollowUpResult::Declined,
        };
        courses::end_follow_up(&self.app, self.cast.anyone(), citizen, id, result).await
    }

    pub(super) fn course(&self, case: CaseNo) -> Result<CourseId, AppError> {
        Ok(known::of(&self.known.courses, &case, "course")?.0)
    }
}

fn granted(grant: &Grant) -> GrantInput {
    GrantInput {
        code: grant.code,
        delivery: grant.delivery,
        reasons: Vec::new(),
        choice_reason: Some(grant.because.to_owned()),
        care_plan: None,
        planned_end_on: None,
        performer: None,
        service_request: None,
        team: None,
    }
}
