//! A nicotine class that begins today, with STOPbasen's consent to registration and none to follow-up yet; and the next one.

use app::courses::{self, ConsentInput, GrantInput};
use app::safety::{self, AnswersInput};
use app::stopbasen;
use app::teams::{self, EnrolInput, NewSessions, NewTeam, SessionInput};
use domain::codes::{DeliveryType, InterventionCode};
use domain::consent::{ConsentForm, ConsentPurpose};
use domain::ids::{CitizenId, CourseId, TeamId};
use domain::permission::Role;
use domain::safety::Question;
use domain::team::Intake;
use domain::workdays::is_holiday;
use jiff::{SignedDuration, ToSpan};

use super::stage::Stage;

/// Nicotine cessation in a group beside what runs; the class meets today and in the weeks to come.
pub async fn class(stage: &Stage, citizen: CitizenId, course: CourseId) -> anyhow::Result<()> {
    let (professional, coordinator) = (stage.who(Role::Professional)?, stage.who(Role::Coordinator)?);
    let app = &stage.at(5, 14).app;
    let grant = GrantInput {
        team: None,
        code: InterventionCode::NicotineCessation,
        delivery: DeliveryType::Group,
        reasons: Vec::new(),
        choice_reason: Some("Vil stoppe sammen med andre.".to_owned()),
        care_plan: None,
        planned_end_on: None,
        performer: None,
        service_request: None,
    };
    let granted = courses::grant(app, &professional, course, grant).await?;
    let said = AnswersInput { said: [(Question::AffectedMedicine, false)].into(), ..AnswersInput::default() };
    safety::answer(app, &professional, course, None, said).await?;
    let yes = ConsentInput { purpose: ConsentPurpose::Stopbasen, given: true, form: ConsentForm::Oral };
    courses::record_consent(app, &professional, citizen, yes).await?;
    let stop_on = stage.day(0).saturating_add(7.days());
    stopbasen::agree_stop_date(app, &professional, course, None, Some(stop_on)).await?;
    let team = announced(stage, "Nikotinstop, eftermiddag", "Sundhedscentret, lokale 3", [0, 7, 14]).await?;
    teams::enrol(app, &coordinator, team, EnrolInput { intervention: granted.intervention }).await?;
    // Whoever asks when the first has begun is told of this one.
    announced(stage, "Nikotinstop, næste hold", "Sundhedscentret, lokale 3", [21, 28, 35]).await?;
    Ok(())
}

/// A class with one start, and its sessions on these days from today on.
async fn announced(stage: &Stage, name: &str, place: &str, days: [i64; 3]) -> anyhow::Result<TeamId> {
    let (app, coordinator) = (&stage.at(5, 14).app, stage.who(Role::Coordinator)?);
    let new = NewTeam {
        name: name.to_owned(),
        code: InterventionCode::NicotineCessation,
        seats: 10,
        place: Some(place.to_owned()),
        performer: None,
        offer: None,
        instructors: Vec::new(),
        intake: Intake::Fixed,
    };
    let team = teams::create(app, &coordinator, new, NewSessions::default()).await?;
    let held = |day: &i64| *day == 0 || !is_holiday(stage.day(0).saturating_add(day.days()));
    for day in days.into_iter().filter(held) {
        let later = SignedDuration::from_hours(24 * day);
        let times = SessionInput { start: stage.time(0, 14) + later, end: stage.time(0, 15) + later };
        teams::add_session(app, &coordinator, team, times).await?;
    }
    Ok(team)
}
