//! The same seed gives the same events, on every machine.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use domain::identifiers::MunicipalityCode;
use domain::stratification::Stratum;
use jiff::civil::date;
use simulation::{Action, Calibration, District, Event, Municipality, Setup, Simulation, SizeBasis, country};

fn setup(seed: u64, days: u32) -> Setup {
    let code = MunicipalityCode::parse("999").unwrap();
    let municipality = Municipality { code, inhabitants: 20_000, basis: SizeBasis::Given };
    Setup::of(municipality, seed, date(2026, 1, 1), days, Calibration::stated())
}

fn events(seed: u64, days: u32) -> Vec<Event> {
    Simulation::new(setup(seed, days)).collect()
}

/// A sum over everything that the events say (FNV-1a over their text), so that no digit of them can change unseen.
fn print_of(events: &[Event]) -> u64 {
    let text = events.iter().map(|event| format!("{event:?}"));
    text.fold(0xcbf2_9ce4_8422_2325, |sum, text| {
        text.bytes().fold(sum, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    })
}

#[test]
fn the_same_seed_gives_these_events() {
    let year = events(1, 365);
    assert_eq!(year, events(1, 365));
    // Written down once. It changes with the model and its figures, and must not change with the machine.
    assert_eq!((year.len(), print_of(&year)), (4961, 13_680_361_595_029_858_461));
}

#[test]
fn the_professional_decides_another_level_than_the_model_now_and_then() {
    let year = events(1, 365);
    let levels = year.iter().filter_map(|event| match event.action {
        Action::Stratify { scored, level, .. } => Some((scored, level)),
        _ => None,
    });
    let levels: Vec<_> = levels.collect();
    let other: Vec<_> = levels.iter().filter(|(scored, level)| scored != level).collect();
    assert!((other.len() * 100 / levels.len()).abs_diff(12) < 6, "{} of {}", other.len(), levels.len());
    assert!(other.iter().all(|(scored, level)| *scored == Stratum::Support || *level == Stratum::Support));
}

#[test]
fn where_people_live_changes_nothing_else() {
    let districts = [("0101", 0.75), ("0102", 0.25)];
    let district = |(post_code, share)| District { post_code, name: "Opdigtet", share };
    let setup = Setup { districts: districts.map(district).to_vec(), ..setup(1, 365) };
    let requests = Simulation::new(setup.clone()).filter_map(|event| match event.action {
        Action::Receive(request) => Some(request),
        _ => None,
    });
    let homes: Vec<District> = requests.map(|request| request.home.unwrap()).collect();
    let first = homes.iter().filter(|home| home.post_code == "0101").count();
    assert!((first * 100 / homes.len()).abs_diff(75) < 7, "{first} of {}", homes.len());
    let without = |mut event: Event| {
        if let Action::Receive(request) = &mut event.action {
            request.home = None;
        }
        event
    };
    assert!(Simulation::new(setup).map(without).eq(events(1, 365)));
}

#[test]
fn another_seed_gives_others_and_a_longer_run_begins_with_the_shorter() {
    assert_ne!(events(1, 200), events(2, 200));
    let (short, long) = (events(1, 120), events(1, 300));
    assert!(short.len() > 100);
    let same = short.iter().zip(&long).take_while(|(one, other)| one == other).count();
    assert_eq!(same, short.len());
}

#[test]
fn every_municipality_of_the_country_runs_and_differs() {
    let all = country().unwrap();
    let counts: Vec<usize> = all
        .into_iter()
        .map(|municipality| {
            let seed = municipality.seed(7);
            let setup = Setup::of(municipality, seed, date(2026, 1, 1), 60, Calibration::stated());
            Simulation::new(setup).count()
        })
        .collect();
    assert_eq!(counts.len(), 98);
    assert!(counts.iter().all(|count| *count > 100), "{counts:?}");
    let kinds: std::collections::BTreeSet<_> = counts.iter().collect();
    assert!(kinds.len() > 60, "those of one size differ by their seed");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
    #[test]
    fn any_seed_and_size_runs_in_order(seed: u64, inhabitants in 500_u32..40_000, days in 0_u32..200) {
        let code = MunicipalityCode::parse("999").unwrap();
        let municipality = Municipality { code, inhabitants, basis: SizeBasis::Given };
        let setup = Setup::of(municipality, seed, date(2026, 2, 3), days, Calibration::stated());
        let simulation = Simulation::new(setup);
        let (first, end) = (simulation.day(0), simulation.day(days));
        let times: Vec<_> = simulation.map(|event| event.at).collect();
        proptest::prop_assert!(times.is_sorted());
        proptest::prop_assert!(times.iter().all(|at| first <= *at && *at < end));
    }
}
