//! The cooperation with general practice: the committee's last meeting, a consultant's visit, news and an estimate.

use app::cooperation::{self, AgreedInput, EstimateInput, MeetingInput, NewsInput, NoteInput};
use app::packs;
use domain::cooperation::{EstimateArea, Expected, Forum, PackEvery, PackKind};
use domain::permission::Role;
use jiff::ToSpan;
use store::{Seen, Tx};

use super::stage::Stage;

/// Plays it.
pub async fn play(stage: &Stage) -> anyhow::Result<()> {
    let leader = stage.who(Role::Leader)?;
    let app = &stage.minutes_ago(2).app;
    let today = stage.day(0);
    let meeting = MeetingInput {
        forum: Forum::Klu,
        held_on: stage.day(14),
        participants: Some("To praktiserende læger, sundhedschefen og praksiskonsulenten".to_owned()),
        agenda: "Henvisninger til nikotinafvænning\nVentetid til afklarende samtale\nHvad praksis hører tilbage"
            .to_owned(),
        about_prevention: true,
        decisions: Some(
            "Hver praksis får et ark hvert kvartal. Vi venter 60 henvisninger til nikotinafvænning i år.".to_owned(),
        ),
    };
    let id = cooperation::add_meeting(app, &leader, &meeting).await?;
    for (what, who, days) in [
        ("Send ark til hver praksis", "Koordinatoren", -2),
        ("Besøg de praksis, der ikke henviser", "Praksiskonsulenten", 30),
    ] {
        let by = today.saturating_add(i64::from(days).days());
        let agreed = AgreedInput { what: what.to_owned(), who: who.to_owned(), by };
        cooperation::agree(app, &leader, (id, None), agreed).await?;
    }
    let expected = Expected::PercentOf { percent: 2.0, persons: 3_000 };
    let (area, year) = (EstimateArea::Nicotine, today.year());
    let estimate = EstimateInput { area, year, expected, agreed_in: Some("Møde i KLU".to_owned()) };
    cooperation::set_estimate(app, &leader, &estimate).await?;
    let read = |tx: &mut Tx<'_>| {
        let all = app::organizations::partners(tx)?;
        let kind = domain::organization::OrganizationKind::GeneralPractice;
        let practices = all.into_iter().filter(|it| it.kind == kind).map(|it| it.id);
        Ok::<_, app::AppError>(Seen::nothing(practices.collect::<Vec<_>>()))
    };
    let practices = app.store.view(leader.scope("demo", app.now()), read).await?;
    let note = NoteInput {
        noted_on: stage.day(10),
        consultant: "Praksiskonsulenten".to_owned(),
        practice: practices.first().copied(),
        text: "Vil gerne henvise flere, der ryger. Savner at høre, om borgeren kom i gang.".to_owned(),
    };
    cooperation::add_note(app, &leader, note).await?;
    if let Some(first) = practices.first().copied() {
        let told = |title: &str, text: &str| NewsInput {
            title: title.to_owned(),
            text: format!("Til praksis\n\n{text}"),
            offers: Vec::new(),
            recipients: practices.clone(),
        };
        let autumn = told("Efterårets hold", "Der er kommet et aftenhold. Henvis, som I plejer.");
        let id = cooperation::add_news(app, &leader, autumn).await?;
        cooperation::news_sent(app, &leader, id, vec![first]).await?;
        let winter = told("Plads efter nytår", "Der er plads på holdene efter nytår. Henvis, som I plejer.");
        cooperation::add_news(app, &leader, winter).await?;
    }
    packs::start(app, &leader, PackKind::Klu, PackEvery::Quarter).await?;
    Ok(())
}
