//! The last weeks and today: what waits for the visitator.

use app::citizens::{self, CitizenInput};
use app::open_events::{self, OpenEventInput};
use app::referrals::{self, CheckInput, DeclineInput, ForwardInput, NewRequest, ReturnInput};
use domain::calendar::NeedState;
use domain::citizen::Needs;
use domain::codes::RequestedArea as Area;
use domain::ids::ServiceRequestId;
use domain::open_event::{OpenEventKind, OpenHours};
use domain::permission::Role;
use domain::referral::{DeclineReason, FirstStep, ReturnReason};
use domain::service_request::{Channel, Source};

use super::calendar;
use super::letters;
use super::people::{
    ANDERS, BRITA, CAESAR, KIRSTEN, LONNI, MAGNUS, MAX, MUHAMMED, RASMUS, SCHWENDLUND, anonymous, request,
};
use super::stage::Stage;

/// In the order of time.
pub async fn play(stage: &mut Stage) -> anyhow::Result<()> {
    weeks_ago(stage).await?;
    last_week(stage).await?;
    open_offers(stage).await?;
    let nicotine = letters_of_the_week(stage).await?;
    today(stage, nicotine).await
}

fn about(areas: &[Area]) -> CheckInput {
    CheckInput { areas: areas.iter().copied().collect(), chronic_disease: Some(true), operation_on: None }
}

/// Max could not be reached and got a letter; Magnus has been tried three times.
async fn weeks_ago(stage: &Stage) -> anyhow::Result<()> {
    let max =
        stage.at(4, 15).register(request(MAX, &[Area::Nutrition], "Har fået konstateret forhøjet kolesterol.")).await?;
    stage.check(max.id, CheckInput::default()).await?;
    let magnus =
        stage.register(request(MAGNUS, &[Area::PhysicalActivity], "Vil i gang med motion efter sygdom.")).await?;
    stage.check(magnus.id, CheckInput::default()).await?;
    for note in ["Tog ikke telefonen.", "Telefonsvarer, lagt besked.", "Tog ikke telefonen, prøvet om aftenen."] {
        stage.call(max.id, false, note).await?;
        stage.call(magnus.id, false, note).await?;
    }
    referrals::send_letter(&stage.app, &stage.who(Role::Visitator)?, max.id, None).await?;
    Ok(())
}

/// What was open to anybody, counted.
async fn open_offers(stage: &Stage) -> anyhow::Result<()> {
    let who = stage.who(Role::Coordinator)?;
    let held = |kind, day, place: &str, people, talked, went_on| OpenEventInput {
        kind,
        held_on: stage.day(day),
        hours: Some(OpenHours { from: 10 * 60, to: 13 * 60 }),
        place: place.to_owned(),
        offer: None,
        people,
        talked,
        went_on,
        requests: went_on / 2,
        note: None,
    };
    for event in [
        held(OpenEventKind::Walk, 6, "Søparken", 14, 2, 1),
        held(OpenEventKind::Cafe, 4, "Biblioteket", 9, 4, 2),
        held(OpenEventKind::MobileDay, 3, "Beboerhuset Vestergården", 21, 11, 5),
    ] {
        open_events::count(&stage.app, &who, &event).await?;
    }
    Ok(())
}

/// Muhammed needs an interpreter, Anders is reached, Rasmus has a protected address, others decline or go elsewhere.
async fn last_week(stage: &Stage) -> anyhow::Result<()> {
    let visitator = stage.who(Role::Visitator)?;
    let text = "Søn ringer: far vil gerne lære mere om sin sukkersyge.";
    let muhammed = NewRequest { source: Source::Relative, ..request(MUHAMMED, &[Area::DiseaseCoping], text) };
    let muhammed = stage.register(muhammed).await?;
    let needs = Needs { asked: true, interpreter: true, ..Needs::default() };
    let input = CitizenInput { language: Some("arabisk".to_owned()), needs: Some(needs), ..CitizenInput::default() };
    citizens::edit(&stage.app, &visitator, muhammed.citizen, None, input).await?;
    stage.check(muhammed.id, CheckInput::default()).await?;
    stage.call(muhammed.id, true, "Talt med sønnen og borgeren. Tolk bestilles.").await?;
    let talk = stage.route(muhammed.id, FirstStep::ClarifyingTalk).await?;
    calendar::book(stage, &talk, "AL", NeedState::Arranged).await?;

    let anders = stage.at(3, 9).register(request(ANDERS, &[Area::DiseaseCoping], "Nydiagnosticeret astma.")).await?;
    stage.check(anders.id, CheckInput::default()).await?;
    stage.call(anders.id, true, "Vil tale med sin kone først. Ringer selv tilbage.").await?;

    let rasmus = NewRequest {
        source: Source::MunicipalDepartment,
        channel: Channel::WalkIn,
        ..request(RASMUS, &[Area::Nutrition], "Fra jobcentret.")
    };
    let rasmus = stage.register(rasmus).await?;
    let protected = CitizenInput { protected_address: Some(true), ..CitizenInput::default() };
    citizens::edit(&stage.app, &visitator, rasmus.citizen, None, protected).await?;
    stage.check(rasmus.id, CheckInput::default()).await?;

    let brita = stage.at(3, 11).register(request(BRITA, &[Area::PhysicalActivity], "Slidgigt i knæet.")).await?;
    stage.check(brita.id, CheckInput::default()).await?;
    stage.call(brita.id, false, "Optaget. Prøver igen i morgen.").await?;

    let lonni = stage.at(3, 13).register(request(LONNI, &[Area::Nutrition], "Vil gerne tabe sig.")).await?;
    stage.check(lonni.id, CheckInput::default()).await?;
    stage.call(lonni.id, true, "Har selv fundet et hold i fitnesscentret.").await?;
    referrals::decline(
        &stage.app,
        &visitator,
        lonni.id,
        None,
        DeclineInput { reason: DeclineReason::Elsewhere, tell_sender: None },
    )
    .await?;

    let kirsten = stage.register(request(KIRSTEN, &[Area::DiseaseCoping], "Er lige flyttet.")).await?;
    let elsewhere =
        ReturnInput { reason: ReturnReason::LivesElsewhere, note: Some("Henvist til den nye kommune.".to_owned()) };
    referrals::return_to_sender(&stage.app, &visitator, kirsten.id, None, elsewhere).await?;
    Ok(())
}

/// What came by MedCom in the last days, the bad files too. Who asks to stop smoking is called back this morning.
async fn letters_of_the_week(stage: &Stage) -> anyhow::Result<ServiceRequestId> {
    let alcohol = stage.at(2, 8).referral(letters::alcohol()).await?;
    stage.check(alcohol, about(&[Area::Alcohol])).await?;
    stage.call(alcohol, true, "Vil gerne tale om det på fredag.").await?;
    let talk = stage.route(alcohol, FirstStep::AlcoholTalk).await?;
    calendar::book(stage, &talk, "TN", NeedState::Asked).await?;

    let nicotine = stage.at(2, 9).referral(letters::nicotine()).await?;
    stage.check(nicotine, about(&[Area::Nicotine])).await?;

    // The file comes before the letter that announces it.
    stage.at(2, 10).receive(letters::copd_file()).await?;
    stage.at(2, 11).receive(letters::copd()).await?;
    stage.at(2, 12).receive(letters::diabetes()).await?;
    stage.at(1, 9).receive(letters::diabetes_corrected()).await?;
    let newer = stage.at(1, 10).referral(letters::newer()).await?;
    let unit = ForwardInput { unit: "Sundhedsplejen".to_owned(), reason: Some("Er 16 år.".to_owned()) };
    referrals::forward(&stage.app, &stage.who(Role::Visitator)?, newer, None, unit).await?;
    stage.at(1, 11);
    for file in [letters::without_number(), letters::for_another(), letters::broken_text(), letters::stray_receipt()] {
        stage.receive(file).await?;
    }
    Ok(nicotine)
}

/// What came in and began this morning.
async fn today(stage: &Stage, nicotine: ServiceRequestId) -> anyhow::Result<()> {
    stage.minutes_ago(100).call(nicotine, true, "Vil stoppe inden jul.").await?;
    stage.route(nicotine, FirstStep::NicotineStart).await?;
    stage.minutes_ago(90).receive(letters::in_words()).await?;
    stage.minutes_ago(75).receive(letters::latin1()).await?;
    stage.minutes_ago(70).receive(letters::latin1()).await?;
    let text = "Datter ringer: han er faldet to gange i denne måned.";
    let caesar = NewRequest { source: Source::Relative, ..request(CAESAR, &[Area::PhysicalActivity], text) };
    stage.minutes_ago(65).receive(letters::early_file()).await?;
    stage.minutes_ago(60).register(caesar).await?;
    stage.minutes_ago(40).register(anonymous()).await?;
    let again = request(SCHWENDLUND, &[Area::Nutrition], "Vil også gerne have hjælp til kosten.");
    stage.minutes_ago(30).register(again.clone()).await?;
    // The same wish on the web form ten minutes later is seen to be a duplicate.
    stage.minutes_ago(20).register(NewRequest { channel: Channel::Web, ..again }).await?;
    // Whoever opens the demo finds the clock where it is.
    stage.minutes_ago(0);
    Ok(())
}
