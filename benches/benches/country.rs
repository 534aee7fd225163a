//! The national view: 98 organizations with half a million courses and five million encounters. What each of them keeps is added
//! up; it must be what everybody counted anew gives, which is also what its time stands beside.
#![allow(clippy::cast_precision_loss, clippy::unwrap_used, reason = "a benchmark prints what it measured")]

use std::hint::black_box;
use std::sync::Arc;

use app::quality::{municipality, refresh};
use app::{App, monitoring};
use benches::{goal, once, rate};
use domain::organization::ManagingOrganization;
use domain::permission::Role;
use domain::workdays::local_date;
use indicators::totals::Totals;
use jiff::ToSpan;
use standard::Context;
use testkit::clock::ManualClock;
use testkit::counted::{counted_anew, unsplit};
use testkit::database::Database;
use testkit::municipality::{add, staff};
use testkit::population::populate;
use tokio::runtime::Runtime;

/// Courses, ten encounters each; the variable `COURSES` makes them fewer or more.
const COURSES: u64 = 500_000;

fn main() {
    let runtime = Runtime::new().unwrap();
    let database = Database::sqlite();
    let app = App::new(database.open(), Arc::new(ManualClock::at("2026-11-22T08:00:00Z")));
    let many = std::env::var("COURSES").map_or(COURSES, |many| many.parse().unwrap());
    let homes = runtime.block_on(country(&app));
    let each = many / homes.len() as u64;
    let courses = usize::try_from(each).unwrap() * homes.len();
    once("population of the country", "courses/s", courses, || {
        for (seed, home) in (1..).zip(&homes) {
            runtime.block_on(populate(&app, home, seed, each));
        }
    });
    once("kept from nothing in each organization", "courses/s", courses, || {
        for home in &homes {
            runtime.block_on(refresh(&app, &staff(home.key, Role::Leader))).unwrap();
        }
    });

    let today = local_date(app.now());
    let from = today.first_of_month().saturating_sub(12.months());
    let mut anew = Totals::default();
    let plain = once("everybody counted anew", "times/s", 1, || {
        for home in &homes {
            let who = staff(home.key, Role::Leader);
            let facts = runtime.block_on(municipality::read(&app, &who)).unwrap();
            let at = Context::new(&facts, today, (from, today));
            anew.merge(&runtime.block_on(counted_anew(&app, &who, &at)));
        }
    });
    let keys: Vec<i64> = homes.iter().map(|home| home.key).collect();
    let together = runtime.block_on(monitoring::together(&app, &keys)).unwrap();
    let (kept, anew) = (unsplit(&together.totals, from), unsplit(&anew, from));
    assert!(kept == anew, "what is kept differs from what everybody counted anew gives");
    println!("{} counts of {} organizations are those of everybody counted anew", kept.len(), homes.len());
    let view = rate("the national view, as kept", "times/s", 1, || {
        black_box(runtime.block_on(monitoring::together(&app, &keys)).unwrap());
    });
    println!("the national view in {:.2} s, everybody counted anew in {:.0} s", 1.0 / view, 1.0 / plain);
    goal("NAT", "the national view against everybody counted anew", view / plain, 100.0);
}

/// Every municipality.
async fn country(app: &App) -> Vec<ManagingOrganization> {
    let mut homes = Vec::new();
    for municipality in simulation::country().unwrap() {
        let code = municipality.code.as_str();
        let gln = simulation::location_number(&municipality.code).unwrap();
        homes.push(add(app, code, &format!("Kommune {code}"), gln.as_str()).await);
    }
    homes
}
