//! One municipality never sees another's: every table, tried from another organization; and what retention deletes.
#![allow(clippy::unwrap_used)]

use app::referrals::{Stands, View, Whose};
use app::{App, AppError, mailbox, retention};
use store::{Engine, Location, Scope, Seen, verify_chains};
use testkit::municipality::{add, fixture, testby};
use testkit::on_both_engines;

const MORNING: &str = "2026-03-10T08:16:00Z";

async fn letters_arrive(app: &App) {
    for name in ["01-xref15-gp-type2-diabetes-diet", "02-xref15-hospital-copd", "16-xbin02-attachment-for-02"] {
        let file = app::ids::new(app.now());
        mailbox::receive(app, file, fixture(name)).await.unwrap();
    }
}

on_both_engines! {
    async fn a_letter_leads_to_nothing_in_another_organization(database: &Database) {
        let (app, _, first) = testby(database, MORNING).await;
        let second = add(&app, "316", "Holbæk Kommune", "5790009999058").await;
        letters_arrive(&app).await;
        for (organization, expected) in [(first.key, 2), (second.key, 0)] {
            const SQL: &str = "select count(*) from service_request where organization = $1";
            let scope = Scope::system(organization, app.now(), "test");
            let count: i64 = app
                .store
                .view(scope, |tx| Ok::<_, AppError>(Seen::nothing(tx.first(SQL, &[], |r| r.take())?.unwrap_or(0))))
                .await
                .unwrap();
            assert_eq!(count, expected);
        }
    }
}

/// PostgreSQL's second lock: even a statement without `organization = …` sees nothing of another organization.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_table_is_empty_to_another_organization_even_without_a_where() {
    let Some(database) = testkit::database::Database::postgres() else { return };
    let (app, _, _) = testby(&database, MORNING).await;
    add(&app, "316", "Holbæk Kommune", "5790009999058").await;
    letters_arrive(&app).await;
    assert_eq!(app.store.engine(), Engine::Postgres);
    let Location::Postgres(address) = &database.location else { return };
    let counts = testkit::database::rows_seen_by(address, 1);
    assert!(counts.iter().filter(|(_, rows)| *rows > 0).count() > 8, "{counts:?}");
    let mine: Vec<_> = testkit::database::rows_seen_by(address, 2).into_iter().filter(|(_, rows)| *rows > 0).collect();
    let own: Vec<&str> = mine.iter().map(|(table, _)| table.as_str()).collect();
    // Its own chains, own unit and set-up; nothing that came by letter.
    for table in ["message", "citizen", "service_request", "incoming_letter", "outgoing", "attachment", "access_log"] {
        assert!(!own.contains(&table), "{table} shows another organization's rows");
    }
    let nobody: Vec<_> =
        testkit::database::rows_seen_by(address, 0).into_iter().filter(|(_, rows)| *rows > 0).collect();
    assert!(nobody.is_empty(), "{nobody:?}");
}

on_both_engines! {
    async fn what_is_older_than_the_setting_is_deleted_and_the_chain_still_verifies(database: &Database) {
        let (app, clock, home) = testby(database, MORNING).await;
        letters_arrive(&app).await;
        let nothing = retention::apply(&app, home.key, false).await.unwrap();
        assert_eq!(nothing.citizens, 0);
        close_all(&app).await;
        clock.set("2036-03-12T08:00:00Z");
        let counted = retention::apply(&app, home.key, true).await.unwrap();
        let deleted = retention::apply(&app, home.key, false).await.unwrap();
        assert_eq!((counted, deleted.citizens), (deleted, 2));
        assert!(deleted.messages >= 3 && deleted.versions >= 4, "{deleted:?}");
        verify_chains(&app.store, home.key, app.now()).await.unwrap();
        assert_eq!(retention::apply(&app, home.key, false).await.unwrap().citizens, 0);
    }
}

/// Says how many rows of times an organization has.
async fn times(app: &App, organization: i64) -> i64 {
    const SQL: &str = "select count(*) from appointment where organization = $1";
    let scope = Scope::system(organization, app.now(), "test");
    let read =
        |tx: &mut store::Tx<'_>| Ok::<_, AppError>(Seen::nothing(tx.first(SQL, &[], |r| r.take())?.unwrap_or(0)));
    app.store.view(scope, read).await.unwrap()
}

on_both_engines! {
    async fn a_time_is_seen_by_its_own_municipality_and_goes_with_its_citizen(database: &Database) {
        let (app, clock, home) = testby(database, MORNING).await;
        let second = add(&app, "316", "Holbæk Kommune", "5790009999058").await;
        let who = testkit::municipality::staff(home.key, domain::permission::Role::Leader);
        let citizen = booked(&app, &who).await;
        assert_eq!((times(&app, home.key).await, times(&app, second.key).await), (1, 0));
        if let Location::Postgres(address) = &database.location {
            let seen = testkit::database::rows_seen_by(address, second.key);
            assert!(seen.iter().any(|(table, rows)| table == "appointment" && *rows == 0), "{seen:?}");
        }
        app::citizens::register_death(&app, &who, citizen, jiff::civil::date(2026, 3, 10)).await.unwrap();
        clock.set("2036-03-12T08:00:00Z");
        assert_eq!(retention::apply(&app, home.key, false).await.unwrap().citizens, 1);
        assert_eq!(times(&app, home.key).await, 0);
        verify_chains(&app.store, home.key, app.now()).await.unwrap();
    }
}

/// A citizen with a clarifying talk that has its time.
async fn booked(app: &App, who: &app::Caller) -> domain::ids::CitizenId {
    use app::calendar::{AppointmentInput, PractitionerInput, book, set_practitioner_role};
    use app::referrals::{AttemptInput, CheckInput, RouteInput, attempt, check, route};
    use domain::calendar::{Workday, WorkingHours};
    use jiff::civil::time;
    let new = app::access::NewUser {
        user_name: "sygeplejerske".into(),
        name: "Sygeplejerske".into(),
        initials: "TN".into(),
        title: "Sygeplejerske".into(),
        role: domain::permission::Role::Professional,
        password: None,
    };
    let nurse = app::access::add_user(app, Scope::system(1, app.now(), "test"), new).await.unwrap().id;
    let (from, to) = (time(9, 0, 0, 0), time(12, 0, 0, 0));
    let hours = vec![WorkingHours { day: Workday::Thursday, from, to, place: "Lokale 3".into() }];
    let competences = [domain::competence::Competence::ClarifyingTalk].into();
    let role = PractitionerInput { competences, hours, absences: Vec::new(), authorised: false };
    set_practitioner_role(app, who, nurse, None, role).await.unwrap();
    let received = mailbox::receive(app, app::ids::new(app.now()), fixture("02-xref15-hospital-copd")).await.unwrap();
    let id = domain::ids::ServiceRequestId(received.referrals[0]);
    check(app, who, id, None, CheckInput::default()).await.unwrap();
    let reached =
        AttemptInput { reached: true, channel: domain::contact::ContactChannel::Phone, note: None, next_on: None };
    let citizen = attempt(app, who, id, None, reached).await.unwrap().value.request.citizen;
    let step = RouteInput { step: domain::referral::FirstStep::ClarifyingTalk, reason: None };
    let talk = route(app, who, id, None, step).await.unwrap().intervention.unwrap();
    let input = AppointmentInput {
        professional: nurse,
        start: "2026-03-12T08:00:00Z".parse().unwrap(),
        end: None,
        class: domain::codes::EncounterClass::AtPremises,
        needs: Vec::new(),
        despite: false,
    };
    book(app, who, talk, input).await.unwrap();
    citizen
}

/// Both requests are sent back, so that nothing is open.
async fn close_all(app: &App) {
    let who = testkit::municipality::staff(1, domain::permission::Role::Leader);
    let scope = who.scope("worklist", app.now());
    let rows = app
        .store
        .view(scope, |tx| {
            let today = domain::workdays::local_date(tx.scope().at);
            let all = View { stands: Stands::Open, owner: Whose::Any };
            let rows = app::referrals::worklist(tx, all, today, None, 50)?;
            Ok::<_, AppError>(Seen::list(rows.iter().map(|r| r.citizen).collect(), rows))
        })
        .await
        .unwrap();
    for row in rows {
        let input = app::referrals::ReturnInput { reason: domain::referral::ReturnReason::NotForUs, note: None };
        app::referrals::return_to_sender(app, &who, domain::ids::ServiceRequestId(row.id), None, input).await.unwrap();
    }
}

on_both_engines! {
    async fn the_hourly_round_closes_what_ran_out_and_reports_what_is_due(database: &Database) {
        let (app, clock, home) = testby(database, MORNING).await;
        let who = testkit::municipality::staff(home.key, domain::permission::Role::Visitator);
        let received = mailbox::receive(&app, app::ids::new(app.now()), fixture("01-xref15-gp-type2-diabetes-diet")).await.unwrap();
        let id = domain::ids::ServiceRequestId(received.referrals[0]);
        app::referrals::check(&app, &who, id, None, app::referrals::CheckInput::default()).await.unwrap();
        for _ in 0..3 {
            let input = app::referrals::AttemptInput { reached: false, channel: domain::contact::ContactChannel::Phone, note: None, next_on: None };
            app::referrals::attempt(&app, &who, id, None, input).await.unwrap();
        }
        app::referrals::send_letter(&app, &who, id, None).await.unwrap();
        app::nightly::round(&app).await.unwrap();
        assert_eq!(state(&app, id).await, "unreachable");
        clock.set("2026-04-20T06:00:00Z");
        app::nightly::round(&app).await.unwrap();
        assert_eq!(state(&app, id).await, "never_reached");
        clock.set("2026-04-21T06:00:00Z");
        app::nightly::round(&app).await.unwrap();
        const SQL: &str = "select count(*) from delivery_report where organization = $1";
        let scope = Scope::system(home.key, app.now(), "test");
        let reports: i64 = app
            .store
            .view(scope, |tx| Ok::<_, AppError>(Seen::nothing(tx.first(SQL, &[], |r| r.take())?.unwrap_or(0))))
            .await
            .unwrap();
        assert_eq!(reports, 2, "the day it came, and the day it was closed");
    }
}

async fn state(app: &App, id: domain::ids::ServiceRequestId) -> &'static str {
    let scope = Scope::system(1, app.now(), "test");
    let read = move |tx: &mut store::Tx<'_>| {
        Ok::<_, AppError>(Seen::nothing(app::referrals::referral(tx, id)?.request.value.request.state.word()))
    };
    app.store.view(scope, read).await.unwrap()
}
