//! A simulated municipality goes into the database by the commands of real life; on both engines.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use app::App;
use app::simulation::{Simulated, SimulationError, simulate};
use domain::identifiers::MunicipalityCode;
use domain::stop_course::StopForm;
use jiff::civil::date;
use simulation::{Action, Calibration, Event, EventTally, FollowUpOutcome, Municipality, Setup, Simulation, SizeBasis};
use store::{Row, Scope, Seen, StoreError, verify_chains};
use testkit::municipality::{fixture, testby};
use testkit::on_both_engines;

const MORNING: &str = "2026-11-24T08:16:00Z";

/// A small municipality in days that lie behind.
fn setup(inhabitants: u32, days: u32) -> Setup {
    let code = MunicipalityCode::parse("999").unwrap();
    let municipality = Municipality { code, inhabitants, basis: SizeBasis::Given };
    Setup::of(municipality, 11, date(2025, 10, 1), days, Calibration::stated())
}

async fn run(app: &App, setup: Setup) -> Simulated {
    simulate(app, 1, setup, |_| {}).await.unwrap_or_else(|error| match error {
        SimulationError::Refused(refused) => panic!("{refused}: {}", refused.why.user_message()),
        SimulationError::NotBegun(why) | SimulationError::NotKept(why) => panic!("{why}"),
    })
}

async fn count(app: &App, sql: &'static str) -> i64 {
    let view = move |tx: &mut store::Tx<'_>| {
        let first = tx.first(sql, &[], |row: &mut Row<'_>| row.take::<i64>())?;
        Ok::<_, StoreError>(Seen::nothing(first.unwrap_or_default()))
    };
    app.store.view(Scope::system(1, app.now(), "test"), view).await.unwrap()
}

/// The code of what refused a run before it began.
async fn refused(app: &App, setup: Setup) -> &'static str {
    match simulate(app, 1, setup, |_| {}).await.unwrap_err() {
        SimulationError::NotBegun(why) => why.code(),
        other => panic!("{other}"),
    }
}

on_both_engines! {
    async fn more_than_a_year_of_a_small_municipality_holds_every_rule(database: &Database) {
        let (app, _, _) = testby(database, MORNING).await;
        let setup = setup(5000, 410);
        let simulation = Simulation::new(setup.clone());
        let (from, to) = (simulation.day(0), simulation.day(410));
        let events: Vec<Event> = simulation.collect();
        let tally = EventTally::of(from, to, events.iter().cloned());
        let made = run(&app, setup).await;
        assert_eq!(made.events, tally.events);
        assert!(made.courses > 20 && made.ended > 10, "{made:?}");
        // What is in the database is what the events said, counted independently of the commands.
        let of = |n: u32| i64::from(n);
        let requests: u32 = tally.requests.values().sum();
        assert_eq!(count(&app, "select count(*) from service_request where organization = $1").await, of(requests));
        assert_eq!(count(&app, "select count(*) from course where organization = $1").await, of(tally.courses));
        let closed = "select count(*) from course where organization = $1 and state = 'closed'";
        assert_eq!(count(&app, closed).await, of(tally.closed));
        let withdrawn = "select count(*) from course where organization = $1 and state = 'withdrawn'";
        assert_eq!(count(&app, withdrawn).await, of(tally.withdrawn));
        let completed: u32 = tally.programmes.values().map(|programme| programme.completed).sum();
        let sql = "select count(*) from planned_intervention where organization = $1 and state = 'completed'
            and code not in ('clarifying_talk', 'closing_talk', 'needs_talk', 'follow_up')";
        assert_eq!(count(&app, sql).await, of(completed));
        let overridden = |event: &&Event| matches!(&event.action, Action::Stratify { scored, level, .. } if scored != level);
        let decided = "select count(*) from record_version where organization = $1 and kind = 'stratification'
            and content ->> 'reason' is not null and content ->> 'scored' <> content ->> 'decided'";
        let others = i64::try_from(events.iter().filter(overridden).count()).unwrap();
        assert!(others > 0);
        assert_eq!(count(&app, decided).await, others, "a level other than the model's has a reason");
        stops_are_kept(&app, &events).await;
        let overdue = "select count(*) from task where organization = $1 and kind in ('follow_up', 'send_status')
            and state = 'open' and due_on < '2026-11-10'";
        assert_eq!(count(&app, overdue).await, 0, "nobody who is to be rung up or told is forgotten");
        let waiting = "select count(*) from outgoing where organization = $1 and delivery not in ('sent', 'delivered')";
        assert_eq!(count(&app, waiting).await, 0, "what was written is fetched, and acknowledged where that was asked for");
        let chains = verify_chains(&app.store, 1, app.now()).await.unwrap();
        assert!(chains.changes > 0);
    }
}

/// STOPbasen has the consents and forms of the nicotine courses as the events said them, after six months too.
async fn stops_are_kept(app: &App, events: &[Event]) {
    let happened = |wanted: fn(&Action) -> bool| {
        i64::try_from(events.iter().filter(|event| wanted(&event.action)).count()).unwrap()
    };
    let registered = happened(|action| matches!(action, Action::BeginStop { register: true, .. }));
    let started = happened(|action| matches!(action, Action::FillStopForm { form: StopForm::Baseline, .. }));
    let ended = happened(|action| matches!(action, Action::FillStopForm { form: StopForm::End, .. }));
    let called = happened(|action| {
        use FollowUpOutcome::{Done, NotReached};
        matches!(action, Action::CallAfterStop { outcome: Done(_) | NotReached, .. })
    });
    assert!(registered > 3 && ended > 1 && called > 0, "{registered} {ended} {called}");
    let kept = "select count(*) from stop_standing where organization = $1 and ";
    let of = [
        ("registered", registered),
        ("start_state = 'complete'", started),
        ("end_state = 'complete'", ended),
        ("later_state = 'complete'", called),
    ];
    for (what, events) in of {
        let sql: &'static str = Box::leak(format!("{kept}{what}").into_boxed_str());
        assert_eq!(count(app, sql).await, events, "{what}");
    }
}

on_both_engines! {
    async fn an_organization_with_data_is_not_simulated_over(database: &Database) {
        let (app, _, _) = testby(database, MORNING).await;
        let letter = fixture("01-xref15-gp-type2-diabetes-diet");
        app::mailbox::receive(&app, app::ids::new(app.now()), letter).await.unwrap();
        let before = verify_chains(&app.store, 1, app.now()).await.unwrap().changes;
        assert_eq!(refused(&app, setup(3000, 30)).await, "has_data");
        assert_eq!(verify_chains(&app.store, 1, app.now()).await.unwrap().changes, before, "nothing half-done");
    }
}

on_both_engines! {
    async fn a_simulation_does_not_reach_into_the_future(database: &Database) {
        let (app, _, _) = testby(database, MORNING).await;
        assert_eq!(refused(&app, setup(3000, 3 * 365)).await, "in_future");
        assert_eq!(count(&app, "select count(*) from citizen where organization = $1").await, 0);
        run(&app, setup(3000, 20)).await;
        assert_eq!(refused(&app, setup(3000, 20)).await, "has_data", "and not twice");
    }
}
