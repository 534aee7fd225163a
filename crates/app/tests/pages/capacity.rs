//! What if: the page starts from what the municipality has, tells what a plan leads to beside it, and changes nothing.

use app::calendar::{self, PractitionerInput};
use app::teams::{self, NewSessions, NewTeam, SessionInput};
use domain::codes::InterventionCode;
use domain::competence::Competence;
use domain::permission::Role;
use domain::team::Intake;
use jiff::{Timestamp, ToSpan};
use testkit::municipality::{add, staff};
use testkit::on_both_engines;

use crate::{Desk, PASSWORD, log_in};

/// 92 days before the morning on which the page is opened.
const SUMMER: &str = "2026-08-24T08:00:00Z";
const MORNING: &str = "2026-11-24T08:16:00Z";

/// A class of training with so many seats that meets each of the next four weeks.
async fn class(desk: &Desk, name: &str, seats: u16) {
    let start: Timestamp = desk.app.now() + 24.hours();
    let sessions = (0..4).map(|week| {
        let start = start + (week * 7 * 24).hours();
        SessionInput { start, end: start + 1.hour() }
    });
    let new = NewTeam {
        name: name.into(),
        code: InterventionCode::PhysicalTraining,
        seats,
        place: None,
        performer: None,
        offer: None,
        instructors: Vec::new(),
        intake: Intake::Fixed,
    };
    let sessions = NewSessions { inputs: sessions.collect(), despite: true };
    teams::create(&desk.app, &staff(1, Role::Leader), new, sessions).await.unwrap();
}

/// A municipality that has used the program for 92 days: one referral, and two classes with 8 and 13 seats.
async fn summer(database: &testkit::database::Database) -> Desk {
    let (app, clock, _) = testkit::municipality::testby(database, SUMMER).await;
    app::mailbox::receive(
        &app,
        uuid::Uuid::from_u128(1),
        testkit::municipality::fixture("01-xref15-gp-type2-diabetes-diet"),
    )
    .await
    .unwrap();
    let browser = log_in(&app, 1, "leder", Role::Leader).await;
    let mut desk = Desk { app, clock, browser };
    for (name, seats) in [("Hold A", 8), ("Hold B", 13)] {
        class(&desk, name, seats).await;
    }
    let users = app::access::users(&desk.app, 1).await.unwrap();
    let input =
        PractitionerInput { competences: [Competence::PhysicalActivity].into(), ..PractitionerInput::default() };
    calendar::set_practitioner_role(&desk.app, &staff(1, Role::Leader), users[0].id, None, input).await.unwrap();
    desk.clock.set(MORNING);
    desk.browser.log_in("leder", PASSWORD).await;
    desk
}

on_both_engines! {
    /// 92 days: one referral is four in a year (365 / 92 = 3.97), and so are two classes eight; 8 and 13 seats are 11 on average.
    async fn a_plan_begins_with_what_the_municipality_has(database: &Database) {
        let mut desk = summer(database).await;
        let page = desk.browser.get("/kapacitet").await;
        assert_eq!(page.status, 200);
        for text in [
            "4 henvisninger fra læger og sygehuse og 0 andre henvendelser det sidste år. Regnet op til et år fra 92 dage.",
            "I dag 8 hold om året med 11 pladser",
            "I dag ingen hold",
            "1 medarbejder, som har en kompetence under Arbejdstider.",
            "57.143 indbyggere: gennemsnittet af de kommuner, tabellen ikke har et tal for.",
            "løber et år igennem mindst 17 gange",
            "name=\"starter-physical-training\" value=\"8\"",
            "name=\"pladser-physical-training\" value=\"11\"",
            "Sådan ser et år ud med det, kommunen har i dag.",
            "38 skøn uden kilde",
            "Pjecen om samarbejde mellem almen praksis og kommune",
        ] {
            assert!(page.body.contains(text), "{text}");
        }
        assert!(!page.body.contains(">Planen</th>"));
        let queries = desk.queries_of("/kapacitet").await;
        assert!(queries <= 6, "{queries}");

        // Whole days count: what comes this morning changes nothing before tomorrow.
        let nicotine = testkit::municipality::fixture("03-xref15-gp-nicotine-cessation");
        app::mailbox::receive(&desk.app, uuid::Uuid::from_u128(2), nicotine).await.unwrap();
        assert!(desk.browser.get("/kapacitet").await.body.contains("4 henvisninger fra læger"));
        desk.clock.set("2026-11-25T08:00:00Z");
        desk.browser.log_in("leder", PASSWORD).await;
        assert!(desk.browser.get("/kapacitet").await.body.contains("8 henvisninger fra læger"));
    }
}

/// What a cell of the table of the whole says: the middle year.
fn whole(page: &str, row: &str, column: &str) -> f64 {
    let row = page.split_once(&format!("{row}</th>")).unwrap().1.split("</tr>").next().unwrap();
    let cell = row.split_once(&format!("data-title=\"{column}\">")).unwrap().1;
    cell.split([' ', '<', '\u{a0}']).next().unwrap().replace('.', "").parse().unwrap()
}

on_both_engines! {
    async fn a_plan_stands_beside_today_with_its_figures_and_nothing_is_changed(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let page = desk.browser.get("/kapacitet").await.body;
        assert!(page.contains("Der regnes med et skøn ud fra dens størrelse."));
        let starts: u32 = page.split_once("name=\"starter-physical-training\" value=\"").unwrap().1.split('"').next().unwrap().parse().unwrap();
        let half = desk.browser.get(&format!("/kapacitet?starter-physical-training={}", starts / 2)).await;
        assert_eq!(half.status, 200);
        let finding = half.body.split_once("id=\"ventetid-titel\"").unwrap().1.split("</figcaption>").next().unwrap();
        assert!(finding.contains("Fysisk træning: fra ") && finding.contains("dage."), "{finding}");
        assert!(half.body.contains("Otte af ti år, planen") && half.body.contains("Begynd forfra med i dag"));
        let more = desk.browser.get("/kapacitet?henvisninger=200").await.body;
        let row = "Forløb, der begynder";
        assert!(whole(&more, row, "Planen") > whole(&more, row, "I dag") * 1.4);
        assert!((whole(&more, row, "I dag") - whole(&half.body, row, "I dag")).abs() < 0.5, "today is the same today");
        assert_eq!(desk.browser.get("/kapacitet").await.body.matches("value=\"200\"").count(), 0, "nothing is kept");
    }
}

on_both_engines! {
    async fn what_is_no_plan_is_told_at_its_field_and_kept_as_typed(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let wrong = "/kapacitet?medarbejdere=-3&henvisninger=mange&starter-physical-training=99999&pladser-physical-training=8,5&pladser-disease-management=";
        let page = desk.browser.get(wrong).await;
        assert_eq!(page.status, 422);
        for text in [
            "Ret 5 felter",
            "href=\"#starter-physical-training\"",
            "id=\"medarbejdere-fejl\"",
            "Skriv et helt tal fra 1 til 500.",
            "Skriv et helt tal fra 0 til 300.",
            "Skriv et helt tal fra 1 til 40.",
            "value=\"-3\"",
            "value=\"mange\"",
            "value=\"99999\"",
            "value=\"8,5\"",
        ] {
            assert!(page.body.contains(text), "{text}");
        }
        assert!(page.body.contains("Kommunen på et år") && !page.body.contains(">Planen</th>"), "today is shown still");
        assert_eq!(desk.browser.get("/kapacitet?medarbejdere=1&starter-physical-training=300&henvisninger=300").await.status, 200);
        assert_eq!(desk.browser.get("/kapacitet?noget-andet=x").await.status, 200);
    }
}

on_both_engines! {
    async fn only_a_leader_plans_and_only_the_own_municipality(database: &Database) {
        let mut desk = summer(database).await;
        for role in [Role::Professional, Role::Visitator, Role::Quality, Role::Coordinator, Role::Administrator] {
            let mut other = log_in(&desk.app, 1, role.word(), role).await;
            assert_eq!(other.get("/kapacitet").await.status, 403, "{role:?}");
        }
        add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut neighbour = log_in(&desk.app, 2, "nabo", Role::Leader).await;
        let page = neighbour.get("/kapacitet").await.body;
        assert!(page.contains("Kommunen har ingen hold det sidste år.") && !page.contains("92 dage"));
        assert!(desk.browser.get("/kapacitet").await.body.contains("92 dage"));
    }
}
