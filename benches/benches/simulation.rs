//! The simulation: events per second of a municipality and of a country, and how long the capacity planner takes for a
//! year of a middle municipality. The floor is what it costs to throw as many numbers and put them in the order of time.
#![allow(clippy::unwrap_used)]

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hint::black_box;

use benches::{goal, rate};
use domain::identifiers::MunicipalityCode;
use jiff::civil::date;
use simulation::{Calibration, Inputs, Municipality, Setup, Simulation, SizeBasis, country, plan};

/// 5.6 million inhabitants by 98 municipalities.
const MIDDLE: u32 = 57_000;

/// Years of the planner that are run for a page.
const RUNS: u32 = 40;

fn main() {
    let code = MunicipalityCode::parse("999").unwrap();
    let middle = Municipality { code, inhabitants: MIDDLE, basis: SizeBasis::Given };
    let year = |municipality: &Municipality, days| {
        Setup::of(municipality.clone(), municipality.seed(1), date(2026, 1, 1), days, Calibration::stated())
    };
    let count = Simulation::new(year(&middle, 365)).count();
    let floor = rate("seeded numbers in a heap (floor)", "events/s", count, || order(count));
    let events = rate("simulation, a middle municipality", "events/s", count, || {
        black_box(Simulation::new(year(&middle, 365)).count());
    });
    // An event is some twenty throws, a place on the agenda and what is remembered of a citizen.
    goal("SIM1", "simulated events against numbers in a heap", events / floor, 0.1);

    let all = country().unwrap();
    let whole: usize = all.iter().map(|one| Simulation::new(year(one, 90)).count()).sum();
    rate("simulation, a quarter of the country", "events/s", whole, || {
        for one in &all {
            black_box(Simulation::new(year(one, 90)).count());
        }
    });
    let inputs = Inputs::of(MIDDLE, Calibration::stated());
    rate("capacity planner, a year", "years/s", RUNS as usize, || {
        black_box(plan(&inputs, Calibration::stated(), RUNS).unwrap());
    });
}

/// As many numbers as there are events, into a heap and out in their order.
fn order(count: usize) {
    let mut state = 1_u64;
    let mut heap: BinaryHeap<Reverse<u64>> = BinaryHeap::new();
    for _ in 0..count {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        heap.push(Reverse(state));
    }
    while let Some(next) = heap.pop() {
        black_box(next);
    }
}
