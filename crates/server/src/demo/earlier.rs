//! The weeks behind: courses that are closed, under way and planned.

use app::courses::{
    self, CloseInput, ConditionInput, ConsentInput, ContactInput, EndInput, FollowUpInput, GoalEvaluation, GoalInput,
    GrantInput, Granted, TalkInput,
};
use app::referrals::{CheckInput, Routed};
use app::teams::{self, AttendanceInput, EnrolInput, NewSessions, NewTeam, SessionInput};
use domain::citizen::Needs;
use domain::codes::{ConditionCode, DeliveryType, EncounterClass, InterventionCode, RequestedArea};
use domain::consent::{ConsentForm, ConsentPurpose};
use domain::course::{RiskFactor, TalkArea, TalkNotes};
use domain::goal::GoalOutcome;
use domain::ids::{CitizenId, PlannedInterventionId, SessionId, TeamId};
use domain::permission::Role;
use domain::referral::FirstStep;
use domain::team::{Attendance, Intake, Presence};
use jiff::{SignedDuration, ToSpan};

use super::people::{EINER, MAY_JUNE, Person, SCHWENDLUND, request};
use super::stage::Stage;
use super::{associations, nicotine, together};

/// Einer's course from the first call to the follow-up; Schwendlund and May June on a team.
pub async fn play(stage: &mut Stage) -> anyhow::Result<()> {
    let walk = associations::lately(stage).await?;
    let (citizen, einer) = into_a_course(stage, 48, EINER, RequestedArea::PhysicalActivity).await?;
    let goal = GoalInput { words: "Jeg vil kunne gå tur med mine børnebørn.".to_owned() };
    let goal = courses::add_goal(&stage.at(44, 9).app, &stage.who(Role::Professional)?, einer.course, goal).await?;
    let training = talk(stage, 44, &einer, InterventionCode::PhysicalTraining, DeliveryType::Individual).await?;
    for day in [42, 39, 36] {
        contact(stage, day, &training).await?;
    }
    let (schwendlund, routed) = into_a_course(stage, 35, SCHWENDLUND, RequestedArea::DiseaseCoping).await?;
    let coping = talk(stage, 32, &routed, InterventionCode::DiseaseManagement, DeliveryType::Group).await?;
    let (team, sessions) = team(stage, 30).await?;
    enrol(stage, team, coping.intervention).await?;
    end_and_close(stage, &einer, &training, goal).await?;
    associations::first_visit(stage, walk, citizen).await?;
    let [first, second, third] = sessions;
    attend(stage, team, first, None).await?;
    attend(stage, team, second, Some(schwendlund)).await?;
    let (may_june, asked) = into_a_course(stage, 9, MAY_JUNE, RequestedArea::DiseaseCoping).await?;
    let later = talk(stage, 6, &asked, InterventionCode::DiseaseManagement, DeliveryType::Group).await?;
    attend(stage, team, third, None).await?;
    enrol(stage, team, later.intervention).await?;
    nicotine::class(stage, may_june, asked.course).await?;
    together::play(stage, routed.course).await
}

/// A request by telephone, read, reached and routed to a clarifying talk.
async fn into_a_course(
    stage: &Stage,
    day: u16,
    person: Person,
    area: RequestedArea,
) -> anyhow::Result<(CitizenId, Routed)> {
    let asked = stage.at(day, 9).register(request(person, &[area], "Egen læge har anbefalet at ringe.")).await?;
    stage.at(day, 10).check(asked.id, CheckInput::default()).await?;
    stage.at(day, 13).call(asked.id, true, "Vil gerne i gang. Kan bedst om formiddagen.").await?;
    Ok((asked.citizen, stage.at(day, 14).route(asked.id, FirstStep::ClarifyingTalk).await?))
}

/// The clarifying talk, from nine to ten; one intervention is granted.
async fn talk(
    stage: &Stage,
    day: u16,
    routed: &Routed,
    code: InterventionCode,
    delivery: DeliveryType,
) -> anyhow::Result<Granted> {
    let planned = routed.intervention.ok_or_else(|| anyhow::anyhow!("no talk was planned"))?;
    let consent = |purpose| ConsentInput { purpose, given: true, form: ConsentForm::Oral };
    let input = TalkInput {
        acknowledged: Vec::new(),
        start: stage.time(day, 9),
        end: stage.time(day, 10),
        class: EncounterClass::AtPremises,
        notes: notes(),
        needs: Some(Needs { asked: true, ..Needs::default() }),
        goals: vec![GoalInput { words: "Jeg vil have mere luft i hverdagen.".to_owned() }],
        consents: vec![consent(ConsentPurpose::ReferrerFeedback), consent(ConsentPurpose::StatusToDoctor)],
        conditions: vec![ConditionInput { code: ConditionCode::WellBeing, note: None }],
        interventions: vec![GrantInput {
            team: None,
            code,
            delivery,
            reasons: Vec::new(),
            choice_reason: Some("Borgeren vil helst bevæge sig sammen med andre.".to_owned()),
            care_plan: None,
            planned_end_on: None,
            performer: None,
            service_request: None,
        }],
    };
    let who = stage.who(Role::Professional)?;
    let held = courses::hold_talk(&stage.at(day, 11).app, &who, planned, input).await?;
    held.interventions.first().copied().ok_or_else(|| anyhow::anyhow!("nothing was granted"))
}

fn notes() -> TalkNotes {
    TalkNotes {
        areas: TalkArea::ALL
            .iter()
            .map(|area| (*area, "Klarer det meste selv, men bliver hurtigt træt.".to_owned()))
            .collect(),
        risk_factors: RiskFactor::ALL.iter().map(|factor| (*factor, "Nej.".to_owned())).collect(),
        maintenance: Some("Vil gå en tur hver dag efter frokost.".to_owned()),
        ..TalkNotes::default()
    }
}

async fn contact(stage: &Stage, day: u16, granted: &Granted) -> anyhow::Result<()> {
    let care_plan = granted.care_plan.ok_or_else(|| anyhow::anyhow!("the intervention has no plan"))?;
    let input = ContactInput {
        care_plan,
        class: EncounterClass::AtPremises,
        start: stage.time(day, 10),
        end: stage.time(day, 11),
        note: Some("Træning på egen hånd gennemgået.".to_owned()),
    };
    courses::record_contact(&stage.at(day, 12).app, &stage.who(Role::Professional)?, input).await?;
    Ok(())
}

/// A session and how many working days ago it was held.
type Held = (u16, SessionId);

/// A team with three sessions behind it, one today and two ahead.
async fn team(stage: &Stage, day: u16) -> anyhow::Result<(TeamId, [Held; 3])> {
    let who = stage.who(Role::Coordinator)?;
    let app = &stage.at(day, 9).app;
    let new = NewTeam {
        name: "Lær at leve med sygdom, formiddag".to_owned(),
        code: InterventionCode::DiseaseManagement,
        seats: 12,
        place: Some("Sundhedscentret, lokale 2".to_owned()),
        performer: None,
        offer: None,
        instructors: Vec::new(),
        intake: Intake::Rolling,
    };
    let team = teams::create(app, &who, new, NewSessions::default()).await?;
    let mut sessions = [15, 10, 5].map(|day| (day, SessionId(uuid::Uuid::nil())));
    for (day, session) in &mut sessions {
        let times = SessionInput { start: stage.time(*day, 10), end: stage.time(*day, 12) };
        *session = teams::add_session(app, &who, team, times).await?;
    }
    for weeks in [0, 1, 2] {
        let later = SignedDuration::from_hours(24 * 7 * weeks);
        let times = SessionInput { start: stage.time(0, 10) + later, end: stage.time(0, 12) + later };
        teams::add_session(app, &who, team, times).await?;
    }
    Ok((team, sessions))
}

async fn enrol(stage: &Stage, team: TeamId, intervention: PlannedInterventionId) -> anyhow::Result<()> {
    Ok(teams::enrol(&stage.app, &stage.who(Role::Coordinator)?, team, EnrolInput { intervention }).await?)
}

async fn end_and_close(
    stage: &Stage,
    routed: &Routed,
    training: &Granted,
    goal: domain::ids::GoalId,
) -> anyhow::Result<()> {
    let who = stage.who(Role::Professional)?;
    let ended = EndInput { reason: None, on: None };
    courses::end_intervention(&stage.at(28, 12).app, &who, training.intervention, None, ended).await?;
    let goals = open_goals(stage, routed).await?;
    let evaluate = |id| GoalEvaluation {
        goal: id,
        outcome: if id == goal { GoalOutcome::Reached } else { GoalOutcome::Partly },
        words: Some("Det går meget bedre.".to_owned()),
    };
    let input = CloseInput {
        start: Some(stage.time(25, 9)),
        end: Some(stage.time(25, 10)),
        class: EncounterClass::AtPremises,
        goals: goals.into_iter().map(evaluate).collect(),
        consents: Vec::new(),
        follow_ups: Some([0, 60].map(|days| FollowUpInput { due_on: stage.day(0).saturating_add(days.days()) }).into()),
        set_aside: None,
        note: Some("Fortsætter i den lokale gymnastikforening.".to_owned()),
    };
    courses::close(&stage.at(25, 11).app, &who, routed.course, None, input).await?;
    Ok(())
}

/// The goals of a course, also the one that came out of the talk.
async fn open_goals(stage: &Stage, routed: &Routed) -> anyhow::Result<Vec<domain::ids::GoalId>> {
    let (course, request) = (routed.course, routed.service_request.0);
    let scope = stage.who(Role::Professional)?.scope("course.close", stage.app.now());
    let goals = stage.app.store.view(scope, move |tx| {
        let citizen = app::records::citizen_of(tx, "service_request", request)?;
        let record = app::records::citizen_record(tx, citizen)?;
        let goals = record.goals.iter().filter(|goal| goal.value.course == course).map(|goal| goal.value.id).collect();
        Ok::<_, app::AppError>(store::Seen::record(citizen.0, goals))
    });
    Ok(goals.await?)
}

async fn attend(stage: &Stage, team: TeamId, (day, session): Held, absent: Option<CitizenId>) -> anyhow::Result<()> {
    let absent = absent.map(|citizen| Attendance { citizen, presence: Presence::Absent }).into_iter().collect();
    let input = AttendanceInput { absent, class: Some(EncounterClass::AtPremises), ..AttendanceInput::default() };
    teams::take_attendance(&stage.at(day, 13).app, &stage.who(Role::Professional)?, team, session, input).await?;
    Ok(())
}
