//! Research extracts: refused while too few share a combination, made under pseudonyms of their own, and written down with
//! purpose, who and when.

use analysis::Grain;
use analysis::extract::Plan;
use app::extracts::{ExtractInput, Outcome, prepare};
use domain::permission::Role;
use jiff::civil::date;
use testkit::database::Database;
use testkit::municipality::{add, staff};
use testkit::on_both_engines;
use testkit::population::populate;

use crate::browser::Answer;
use crate::{Desk, log_in};

const FORM: [(&str, &str); 8] = [
    ("formaal", "Effekt af holdforløb, Syddansk Universitet"),
    ("grundlag", "Afgørelse 24/1234"),
    ("tabel_referral", "ja"),
    ("fra", "2024-01-01"),
    ("til", "2025-12-31"),
    ("dage", "aar"),
    ("k", "5"),
    ("parquet", "ja"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form: Vec<(&str, &str)> =
        FORM.iter().copied().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name)).collect();
    form.extend(changes.iter().copied().filter(|(_, value)| !value.is_empty()));
    form
}

/// What an extract of the same rows holds.
async fn rows_of(desk: &Desk) -> Vec<u8> {
    let left_out = ["post_code", "interpreter"].map(str::to_owned);
    let input = ExtractInput {
        plan: Plan::new(&["referral".to_owned()], &left_out, Grain::Year, 5, false).unwrap(),
        from: date(2024, 1, 1),
        to: date(2025, 12, 31),
        purpose: "Effekt af holdforløb".to_owned(),
        basis: "Afgørelse 24/1234".to_owned(),
        csv: true,
        parquet: false,
    };
    let Outcome::Ready(made) = prepare(&desk.app, &staff(1, Role::Leader), input).await.unwrap() else {
        panic!("rare")
    };
    made.files.into_iter().find(|file| file.name == "referral.csv").unwrap().body
}

async fn peopled(database: &Database) -> Desk {
    let desk = Desk::with(database, Role::Leader, &[]).await;
    let home = app::organizations::list(&desk.app).await.unwrap().remove(0);
    populate(&desk.app, &home, 7, 120).await;
    desk
}

fn refused(answer: &Answer, says: &str) {
    assert_eq!(answer.status, 422, "{says}");
    assert!(answer.body.contains(says), "{says}: {}", answer.body);
    assert!(!answer.body.contains("Lavet før"), "nothing was made");
}

on_both_engines! {
    async fn an_extract_is_made_with_a_purpose_and_written_down(database: &Database) {
        let mut desk = peopled(database).await;
        let page = desk.browser.get("/udtraek").await;
        assert!(page.status == 200 && page.body.contains("Hjemmel") && !page.body.contains("Lavet før"));
        let made = desk.browser.post("/udtraek", &with(&[("csv", "ja"), ("udelad_post_code", "ja"), ("udelad_interpreter", "ja")])).await;
        assert_eq!(made.status, 200, "{}", made.body);
        assert!(made.body.starts_with("PK"));
        for name in ["felter.csv", "referral.csv", "referral.parquet"] {
            assert!(made.body.contains(name), "{name}");
        }
        let page = desk.browser.get("/udtraek").await.body;
        for text in ["Lavet før", "Effekt af holdforløb, Syddansk Universitet", "Afgørelse 24/1234"] {
            assert!(page.contains(text), "{text}");
        }
        assert!(desk.queries_of("/udtraek").await <= 6);
        assert_ne!(rows_of(&desk).await, rows_of(&desk).await, "each extract has a key of its own");
        let other = add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut theirs = log_in(&desk.app, other.key, "anden", Role::Leader).await;
        assert!(!theirs.get("/udtraek").await.body.contains("Syddansk"));
        refused(&theirs.post("/udtraek", &with(&[])).await, "Der er ingen rækker i perioden.");
    }
}

on_both_engines! {
    async fn too_few_who_share_a_combination_are_told_and_nothing_is_made(database: &Database) {
        let mut desk = peopled(database).await;
        assert_eq!(desk.browser.get("/udtraek").await.status, 200);
        let answer = desk.browser.post("/udtraek", &with(&[("dage", "maaned")])).await;
        refused(&answer, "Der er ikke lavet noget udtræk");
        assert!(answer.body.contains("received_on = 2024-") && answer.body.contains("Afgørelse 24/1234"), "as it was typed");
        let left = desk.browser.post("/udtraek", &with(&[("dage", "kvartal"), ("sjaeldne", "ja")])).await;
        assert!(left.status == 200 && left.body.starts_with("PK"));
    }
}

on_both_engines! {
    async fn what_cannot_be_made_is_said_at_its_field(database: &Database) {
        let mut desk = peopled(database).await;
        assert_eq!(desk.browser.get("/udtraek").await.status, 200);
        for (change, says) in [
            (("formaal", " "), "Skriv, hvad udtrækket skal bruges til."),
            (("grundlag", " "), "Skriv hjemlen"),
            (("tabel_referral", ""), "Vælg mindst én tabel."),
            (("tabel_citizen", "ja"), "Der er ingen tabel »citizen«."),
            (("udelad_citizen_key", "ja"), "Borgerens pseudonym kan ikke udelades."),
            (("k", "4"), "Skriv et tal fra 5 til 1000."),
            (("k", "mange"), "Skriv et tal fra 5 til 1000."),
            (("til", "2023-01-01"), "Slutdatoen skal ligge efter startdatoen."),
            (("fra", "i går"), "Skriv datoen som dag, måned og år."),
            (("parquet", ""), "Vælg mindst én slags fil."),
        ] {
            refused(&desk.browser.post("/udtraek", &with(&[change])).await, says);
        }
        let mut quality = log_in(&desk.app, 1, "kvalitet", Role::Quality).await;
        assert_eq!(quality.get("/udtraek").await.status, 403);
        assert_eq!(quality.get("/udtraek/felter").await.status, 200, "what the fields mean is no secret");
    }
}
