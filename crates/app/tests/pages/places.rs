//! From a plan to its places: a seat in a team chosen in the talk, and a series of times booked in one act.

use std::collections::BTreeSet;

use app::App;
use app::calendar::{self, PractitionerInput};
use app::teams::{self, NewSessions, NewTeam, SessionInput};
use domain::calendar::{Workday, WorkingHours};
use domain::codes::InterventionCode;
use domain::competence::Competence;
use domain::ids::{CitizenId, PlannedInterventionId, TeamId};
use domain::permission::Role;
use domain::team::Intake;
use jiff::civil::time;
use testkit::municipality::staff;
use testkit::on_both_engines;

use crate::calendar::user;
use crate::talk::{href, record, talk, whole, with};
use crate::{Desk, leads_to, log_in, value_of};

/// A team for physical training with so many seats, that meets twice.
async fn team(app: &App, seats: u16) -> TeamId {
    let who = staff(1, Role::Professional);
    let new = NewTeam {
        name: "Træning tirsdag".into(),
        code: InterventionCode::PhysicalTraining,
        seats,
        place: Some("Sal 2".into()),
        performer: None,
        offer: None,
        instructors: Vec::new(),
        intake: Intake::Rolling,
    };
    let id = teams::create(app, &who, new, NewSessions::default()).await.unwrap();
    for day in ["2026-12-01", "2026-12-08"] {
        let at = |hour: &str| format!("{day}T{hour}:00Z").parse().unwrap();
        teams::add_session(app, &who, id, SessionInput { start: at("08:00"), end: at("09:30") }).await.unwrap();
    }
    id
}

/// Somebody who may give dietary guidance, from nine to twelve every day.
async fn adviser(app: &App) -> String {
    log_in(app, 1, "kost", Role::Professional).await;
    let id = user(app, 1, "kost").await;
    let hours = Workday::ALL.iter().map(|day| WorkingHours {
        day: *day,
        from: time(9, 0, 0, 0),
        to: time(12, 0, 0, 0),
        place: "Lokale 3".into(),
    });
    let competences = BTreeSet::from([Competence::for_intervention(InterventionCode::DietaryGuidance)]);
    let input = PractitionerInput { competences, hours: hours.collect(), absences: Vec::new(), authorised: false };
    calendar::set_practitioner_role(app, &staff(1, Role::Leader), id, None, input).await.unwrap();
    id.to_string()
}

/// The talk is ended with dietary guidance alone and training in the team.
async fn planned(desk: &mut Desk, talk: PlannedInterventionId, team: TeamId) -> crate::Answer {
    let chosen = format!("group:{team}");
    let page = desk.browser.get(&href(talk, "")).await;
    let step = value_of(&page, "set");
    let more = [
        ("set", &*step),
        ("behov-tolk", ""),
        ("indsats-physical_training", "ja"),
        ("levering-physical_training", &*chosen),
        ("valg-physical_training", "Vil gerne træne sammen med andre"),
    ];
    desk.browser.post(&href(talk, "/afslut"), &with(&whole(), &more)).await
}

async fn dietary(app: &App, citizen: CitizenId) -> PlannedInterventionId {
    let record = record(app, citizen).await;
    record.interventions.iter().find(|i| i.value.code == InterventionCode::DietaryGuidance).unwrap().value.id
}

on_both_engines! {
    async fn a_seat_in_a_team_is_chosen_in_the_talk_and_stands_in_the_citizens_plan(database: &Database) {
        let (mut desk, talk, citizen) = talk(database).await;
        let team = team(&desk.app, 1).await;
        let page = desk.browser.get(&href(talk, "")).await.body;
        assert!(page.contains(&format!("<option value=\"group:{team}\" lang=\"da\">Træning tirsdag, næste gang tirsdag 1. dec., 1 ledig")));
        let ended = planned(&mut desk, talk, team).await;
        let course = record(&desk.app, citizen).await.courses[0].value.id;
        assert_eq!(leads_to(&ended), format!("/forloeb/{course}"));
        let side = desk.browser.get(&href(talk, "/borger")).await.body;
        assert!(side.contains("Næste gang tirsdag 1. december kl. 9.00") && side.contains("Sal 2"), "what to come to");
        assert_eq!(side.matches("Du hører fra os om dag og tid.").count(), 1, "only of what has no time yet");
        let record = record(&desk.app, citizen).await;
        let seat = record.interventions.iter().find(|i| i.value.code == InterventionCode::PhysicalTraining).unwrap();
        assert_eq!(seat.value.team, Some(team));
        let page = desk.browser.get(&format!("/hold/{team}")).await.body;
        assert!(page.contains("1 optaget · 0 ledige"));
    }
}

on_both_engines! {
    async fn a_seat_that_is_gone_when_the_talk_ends_is_said_and_nothing_is_lost(database: &Database) {
        let (mut desk, talk, citizen) = talk(database).await;
        let team = team(&desk.app, 1).await;
        let other = crate::teams::granted(&desk, crate::teams::PERSONS[0]).await;
        let input = teams::EnrolInput { intervention: other.0 };
        teams::enrol(&desk.app, &staff(1, Role::Professional), team, input).await.unwrap();
        let ended = planned(&mut desk, talk, team).await;
        assert_eq!(ended.status, 422);
        assert!(ended.body.contains("Holdet er fuldt.") && ended.body.contains("Går en tur hver dag"));
        assert!(ended.body.contains("Det valgte hold har ikke plads længere"));
        let record = record(&desk.app, citizen).await;
        assert!(record.goals.is_empty() && record.interventions.len() == 1, "nothing half-written");
    }
}

on_both_engines! {
    async fn a_series_is_booked_in_one_act_and_the_citizen_is_told_once(database: &Database) {
        let (mut desk, talk, citizen) = talk(database).await;
        let (team, adviser) = (team(&desk.app, 8).await, adviser(&desk.app).await);
        leads_to(&planned(&mut desk, talk, team).await);
        let it = dietary(&desk.app, citizen).await;
        let booking = format!("/kalender/book/{it}");
        let page = desk.browser.get(&booking).await.body;
        assert!(page.contains("Hvor mange gange?") && page.contains("Hver anden uge"));
        // The Thursday after the next is taken by somebody else.
        let away = [("tid", format!("{adviser}/2026-12-10T08:00:00Z")), ("gange", "1".into()), ("hver", "1".into()), ("form", "phone".into())];
        let away: Vec<_> = away.iter().map(|(name, value)| (*name, value.as_str())).collect();
        leads_to(&desk.browser.post(&booking, &away).await);
        let first = format!("{adviser}/2026-12-03T08:00:00Z");
        let form = [("tid", first.as_str()), ("gange", "3"), ("hver", "1"), ("form", "at_premises")];
        let refused = desk.browser.post(&booking, &form).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("10. dec. kan ikke bookes.") && refused.body.contains("Spring de optagne over"));
        assert!(refused.body.contains("<option value=\"3\" selected>"), "what was chosen stands");
        assert_eq!(record(&desk.app, citizen).await.times_of(it).count(), 1, "nothing half-written");
        let skipping = [&form[..], &[("spring-over", "ja")]].concat();
        let time = leads_to(&desk.browser.post(&booking, &skipping).await);
        let page = desk.browser.get(&time).await.body;
        assert!(page.contains("Andre tider") && page.contains("Torsdag 17. december kl. 9.00") && page.contains("Book flere tider"));
        let again = leads_to(&desk.browser.post(&booking, &skipping).await);
        assert_eq!(again, time, "a second press books nothing more");
        assert_eq!(record(&desk.app, citizen).await.times_of(it).count(), 3);
        let letter = desk.browser.get(&format!("{time}/invitation")).await.body;
        assert!(letter.contains("Dine andre tider") && letter.contains("Torsdag 17. december kl. 9.00 til"));
        let journal = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert_eq!(journal.matches("/invitation\"").count(), 2, "one letter for each act, not for each time");
        let other = format!("{adviser}/2026-12-04T08:00:00Z");
        for (gange, hver) in [("13", "1"), ("0", "1"), ("3", "0"), ("mange", "1"), ("3", "99")] {
            let form = [("tid", other.as_str()), ("gange", gange), ("hver", hver)];
            assert_eq!(desk.browser.post(&booking, &form).await.status, 422, "{gange} {hver}");
        }
    }
}
