//! What is kept of the quality standard: looked at after each change it is the same as everything looked at anew.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use app::quality::{Judging, Wanted, each_course, evaluate_all, forget_all, municipality, refresh};
use app::{App, AppError, Caller, monitoring, retention};
use domain::ids::{CitizenId, CourseId};
use domain::permission::Role;
use domain::stratification::{Step, Stratum};
use indicators::counting::REGISTRY;
use indicators::definition::Breakdown;
use indicators::equity::participation::{PARTICIPATION, Participation};
use indicators::period::Month;
use indicators::totals::{CellName, Totals};
use jiff::ToSpan;
use standard::{Context, Tally};
use store::{Seen, Tx};
use testkit::counted::{counted_anew, unsplit};
use testkit::municipality::staff;
use testkit::on_both_engines;
use uuid::Uuid;

use crate::course::{act, planned};
use crate::teams::{borrowed, pressed, session_now, team_of};
use crate::whole_course::gone;
use crate::{Desk, leads_to, log_in};

/// Everything that is kept, as text.
async fn kept(app: &App) -> Vec<String> {
    app.store
        .view(staff(1, Role::Leader).scope("test", app.now()), |tx: &mut Tx<'_>| {
            let mut all =
                tx.query("select name, count from quality_count where organization = $1 order by name", &[], |row| {
                    Ok(format!("{} {}", row.take::<String>()?, row.take::<i64>()?))
                })?;
            all.extend(tx.query(
                "select requirement, citizen, subject, unit, outcome, due, missing from quality_finding
                    where organization = $1 order by requirement, citizen, subject, unit",
                &[],
                |row| {
                    let (requirement, citizen): (String, Uuid) = (row.take()?, row.take()?);
                    let (subject, unit): (Uuid, String) = (row.take()?, row.take()?);
                    let (outcome, due): (String, Option<jiff::civil::Date>) = (row.take()?, row.take()?);
                    let missing: String = row.take()?;
                    Ok(format!("{requirement} {citizen} {subject} {unit} {outcome} {due:?} {missing}"))
                },
            )?);
            all.extend(tx.query(
                "select team, citizen from quality_team where organization = $1 order by team, citizen",
                &[],
                |row| Ok(format!("{} {}", row.take::<String>()?, row.take::<Uuid>()?)),
            )?);
            all.extend(tx.query(
                "select breakdown, indicator, part, stratum, month, counts from indicator_cell
                    where organization = $1 order by breakdown, indicator, part, stratum, month",
                &[],
                |row| {
                    let (by, indicator, part): (String, String, String) = (row.take()?, row.take()?, row.take()?);
                    let (stratum, month): (String, jiff::civil::Date) = (row.take()?, row.take()?);
                    Ok(format!("figure {by}/{indicator}/{part}/{stratum}/{month} {}", row.take::<String>()?))
                },
            )?);
            Ok::<_, AppError>(Seen::nothing(all))
        })
        .await
        .unwrap()
}

async fn throw_away(app: &App) {
    app.store
        .write(staff(1, Role::Leader).scope("test", app.now()), |tx: &mut Tx<'_>| Ok::<_, AppError>(forget_all(tx)?))
        .await
        .unwrap();
}

/// After a change: what is kept is what is found when nothing was kept, and what the rules say to everybody.
async fn same(desk: &Desk, what: &str) {
    let (app, who) = (&desk.app, staff(1, Role::Leader));
    refresh(app, &who).await.unwrap();
    let little = kept(app).await;
    throw_away(app).await;
    refresh(app, &who).await.unwrap();
    let all = kept(app).await;
    assert_eq!(little, all, "after {what}");
    let facts = Arc::new(municipality::read(app, &who).await.unwrap());
    let today = domain::workdays::local_date(app.now());
    let from = today.first_of_month().saturating_sub(12.months());
    let by = Judging::new(facts, today, (from, today));
    let at = by.context();
    let said = evaluate_all(app, &who, &by).await.unwrap();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for line in all.iter().filter_map(|line| line.strip_prefix("outcome/")) {
        let (name, count) = line.split_once(' ').unwrap();
        let parts: Vec<&str> = name.split('/').collect();
        let count: u64 = count.parse().unwrap();
        let tally = tallies.entry(parts[0].to_owned()).or_default();
        match parts[2] {
            "met" => tally.met += count,
            "not_met" => tally.not_met += count,
            "not_yet_due" => tally.not_yet_due += count,
            "not_applicable" => tally.not_applicable += count,
            "unknown" => tally.unknown += count,
            other => panic!("{other}"),
        }
    }
    let said: BTreeMap<String, Tally> = said.tallies.into_iter().map(|(id, tally)| (id.to_owned(), tally)).collect();
    assert_eq!(tallies, said, "after {what}");
    assert_eq!(figures_kept(app, &who).await, counted_anew(app, &who, &at).await, "after {what}");
    assert_eq!(participation_kept(app, &who).await, participation_anew(app, &who, &at).await, "after {what}");
}

/// The counts of the indicators, as the pages read them.
async fn figures_kept(app: &App, who: &Caller) -> Totals {
    let ids = REGISTRY.iter().map(|one| one.id).collect();
    let wanted = Wanted { indicators: ids, by: Breakdown::ALL.to_vec(), from: jiff::civil::date(1900, 1, 1) };
    monitoring::kept(app, who, wanted).await.unwrap().totals
}

/// Who takes part, of what is kept.
async fn participation_kept(app: &App, who: &Caller) -> Participation {
    const SQL: &str = "select breakdown, part, stratum, month, counts from indicator_cell
        where organization = $1 and indicator = 'participation'";
    let read = |tx: &mut Tx<'_>| {
        let mut found = Participation::default();
        let rows = tx.query(SQL, &[], |row| {
            let (by, part, stratum): (String, String, String) = (row.take()?, row.take()?, row.take()?);
            let (month, counts): (jiff::civil::Date, String) = (row.take()?, row.take()?);
            let (indicator, month) = (Cow::Borrowed(PARTICIPATION), Month::of(month));
            let name = CellName { by: by.into(), indicator, part: part.into(), stratum: stratum.into(), month };
            Ok((name, serde_json::from_str(&counts).unwrap()))
        })?;
        for (name, cell) in &rows {
            found.put(name, cell);
        }
        Ok::<_, AppError>(Seen::nothing(found))
    };
    app.store.view(who.scope("test", app.now()), read).await.unwrap()
}

/// The same from the facts of everybody, past what is kept.
async fn participation_anew(app: &App, who: &Caller, at: &Context<'_>) -> Participation {
    let mut found = Participation::default();
    each_course(app, who, at.municipality, at.today, |course| found.add(&course, at)).await.unwrap();
    found
}

/// Changes in an order that looks like chance and is the same each time.
fn order(seed: u64, count: usize) -> Vec<usize> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap()
    };
    (0..count).map(|_| next()).collect()
}

async fn change(desk: &mut Desk, course: CourseId, citizen: CitizenId, which: usize) -> &'static str {
    match which % 8 {
        0 => {
            let relatives = [
                ("version", "0"),
                ("svar", "yes"),
                ("navn-0", "Karen"),
                ("relation-0", "kone"),
                ("del-0-teaching", "ja"),
            ];
            act(desk, course, "/paaroerende", &relatives).await;
            "relatives"
        }
        1 => {
            let centre =
                [("forvaltning", "job_centre"), ("kontakt", "Lone"), ("telefon", "70000012"), ("naeste", "2026-12-01")];
            act(desk, course, "/koordinering", &centre).await;
            "coordination"
        }
        2 => {
            let plan = crate::talk::record(&desk.app, citizen).await.care_plans[0].value.id.to_string();
            let form =
                [("plan", &*plan), ("dato", "2026-11-24"), ("fra", "09:00"), ("til", "09:45"), ("sted", "phone")];
            act(desk, course, "/kontakt", &form).await;
            "a contact"
        }
        3 => {
            // Whoever holds talks writes no offers.
            let name = format!("leder-{}", app::ids::new::<Uuid>(desk.app.now()).simple());
            let leader = log_in(&desk.app, 1, &name, Role::Leader).await;
            let own = std::mem::replace(&mut desk.browser, leader);
            crate::catalogue::published(desk, &crate::catalogue::COMPLETE).await;
            desk.browser = own;
            "an offer"
        }
        4 => {
            crate::bridge::written_down(desk, &crate::bridge::WALK).await;
            "an association"
        }
        5 => {
            let said = app::safety::AnswersInput {
                said: [(domain::safety::Question::MentalIllness, true)].into(),
                ..app::safety::AnswersInput::default()
            };
            let version = crate::talk::record(&desk.app, citizen).await.safety_answers.first().map(|it| it.version);
            app::safety::answer(&desk.app, &staff(1, Role::Professional), course, version, said).await.unwrap();
            "an answer"
        }
        6 => {
            desk.browser.get("/henvisninger/ny").await;
            desk.browser.post("/henvisninger/ny", &crate::new::NINA).await;
            "a call"
        }
        _ => {
            let file = app::ids::new(desk.app.now());
            app::mailbox::receive(&desk.app, file, testkit::municipality::fixture("02-xref15-hospital-copd"))
                .await
                .unwrap();
            "a letter"
        }
    }
}

on_both_engines! {
    async fn after_any_change_what_is_kept_is_what_everything_looked_at_anew_gives(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        same(&desk, "the talk").await;
        for which in order(20_261_124, 10) {
            let what = change(&mut desk, course, citizen, which).await;
            same(&desk, what).await;
        }
        for level in [None, Some(Stratum::Extended)] {
            crate::equity_drift::decide(&desk, course, Step::Middle, level).await;
            same(&desk, "a level").await;
        }
        desk.clock.set("2026-12-24T08:00:00Z");
        same(&desk, "a month").await;
    }
}

on_both_engines! {
    async fn what_one_did_at_a_session_counts_for_the_others_who_were_there(database: &Database) {
        let (mut desk, team, all) = team_of(database, 3).await;
        same(&desk, "the seats").await;
        let session = session_now(&mut desk, &team).await;
        let fields = pressed(&all, &[(all[2].1, "absent")], "Balance.");
        leads_to(&desk.browser.post(&session, &borrowed(&fields)).await);
        same(&desk, "attendance").await;
        let words = ["knowledge".to_owned(), "efficacy".to_owned()];
        app::safety::tick(&desk.app, &staff(1, Role::Professional), all[0].0, None, words.into()).await.unwrap();
        same(&desk, "what was covered").await;
    }
}

on_both_engines! {
    async fn a_course_that_is_over_counts_until_its_record_is_deleted(database: &Database) {
        let (desk, _) = gone(database).await;
        same(&desk, "a whole course").await;
        assert!(kept(&desk.app).await.iter().any(|line| line.starts_with("outcome/KS-3.5-01/2027-02/")));
        desk.clock.set("2038-03-12T08:00:00Z");
        assert_eq!(retention::apply(&desk.app, 1, false).await.unwrap().citizens, 1);
        let left = kept(&desk.app).await;
        assert!(!left.iter().any(|line| line.contains("/met") && line.starts_with("outcome/KS-3.5-01")), "{left:?}");
        same(&desk, "retention").await;
    }
}

/// How far the log was read.
async fn read_to(app: &App) -> (i64, i64) {
    app.store
        .view(staff(1, Role::Leader).scope("test", app.now()), |tx: &mut Tx<'_>| {
            const SQL: &str = "select seq from quality_state where organization = $1";
            let seq = tx.first(SQL, &[], |row| row.take::<i64>())?.unwrap_or_default();
            Ok::<_, AppError>(Seen::nothing((seq, tx.newest_change()?)))
        })
        .await
        .unwrap()
}

on_both_engines! {
    async fn a_long_log_about_nothing_is_passed_over_and_one_beyond_a_reading_is_read_to_its_end(database: &Database) {
        let desk = Desk::with(database, Role::Leader, &["01-xref15-gp-type2-diabetes-diet"]).await;
        let (app, who) = (&desk.app, staff(1, Role::Leader));
        refresh(app, &who).await.unwrap();
        for _ in 0..2_100 {
            let scope = who.scope("test", app.now());
            let noted: Result<(), AppError> = app.store.write(scope, |tx: &mut Tx<'_>| { tx.note("test"); Ok(()) }).await;
            noted.unwrap();
        }
        app::mailbox::receive(app, app::ids::new(app.now()), testkit::municipality::fixture("02-xref15-hospital-copd")).await.unwrap();
        refresh(app, &who).await.unwrap();
        let (seq, newest) = read_to(app).await;
        assert_eq!(seq, newest);
        same(&desk, "a long log").await;
    }
}

/// A pass of another program, which last wrote something at an instant; and what it wrote and had not summed up yet.
async fn other_pass(app: &App, at: &str) {
    let at: jiff::Timestamp = at.parse().unwrap();
    app.store
        .write(staff(1, Role::Leader).scope("test", app.now()), move |tx: &mut Tx<'_>| {
            const PASS: &str = "insert into quality_pass (organization, id, at) values ($1, $2, $3)";
            const PARTS: &str = "delete from indicator_part where organization = $1 and citizen <> $2";
            tx.execute("delete from quality_pass where organization = $1", &[])?;
            tx.execute(PASS, &[Uuid::from_u128(7).into(), at.into()])?;
            tx.execute(PARTS, &[Uuid::nil().into()])?;
            Ok::<_, AppError>(())
        })
        .await
        .unwrap();
}

on_both_engines! {
    async fn a_pass_over_everybody_that_was_left_is_counted_from_nothing_and_one_under_way_is_left_alone(database: &Database) {
        let (desk, ..) = planned(database).await;
        let (app, who) = (&desk.app, staff(1, Role::Leader));
        refresh(app, &who).await.unwrap();
        let before = kept(app).await;

        other_pass(app, "2026-11-24T08:00:00Z").await;
        desk.clock.set("2026-11-24T08:00:59Z");
        assert!(refresh(app, &who).await.unwrap().behind, "another program is at it");
        assert_eq!(kept(app).await, before);

        desk.clock.set("2026-11-24T08:01:00Z");
        assert!(!refresh(app, &who).await.unwrap().behind, "nobody went on with it");
        assert_eq!(kept(app).await, before);
        same(&desk, "a pass that was left").await;
    }
}

on_both_engines! {
    async fn organizations_together_are_the_sum_of_everybody_counted_anew(database: &Database) {
        let (desk, ..) = planned(database).await;
        let second = testkit::municipality::add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut visitator = log_in(&desk.app, second.key, "holbaek", Role::Visitator).await;
        visitator.get("/henvisninger/ny").await;
        visitator.post("/henvisninger/ny", &crate::new::NINA).await;
        let today = domain::workdays::local_date(desk.app.now());
        let from = today.first_of_month().saturating_sub(12.months());
        let mut anew = Totals::default();
        for organization in [1, second.key] {
            let who = staff(organization, Role::Leader);
            refresh(&desk.app, &who).await.unwrap();
            let facts = municipality::read(&desk.app, &who).await.unwrap();
            let counted = counted_anew(&desk.app, &who, &Context::new(&facts, today, (from, today))).await;
            assert!(!unsplit(&counted, from).is_empty(), "{organization} has something to count");
            anew.merge(&counted);
        }
        let together = monitoring::together(&desk.app, &[1, second.key]).await.unwrap();
        assert_eq!(unsplit(&together.totals, from), unsplit(&anew, from));
        let alone = monitoring::together(&desk.app, &[1]).await.unwrap();
        assert_ne!(alone.totals, together.totals, "each adds its own");
    }
}
