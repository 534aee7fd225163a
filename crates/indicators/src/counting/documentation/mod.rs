//! Documentation: what was delivered, and by whom (D01–D06).

mod d01_elements;
mod d02_volume;
mod d03_test_pairs;
mod d04_diet_contact;
mod d05_nutrition_assessment;
mod d06_competence;

use super::{Count, Indicator};

pub(super) const INDICATORS: &[Indicator] = &[
    Indicator::new("D01", &[Count::Course(d01_elements::count)]),
    Indicator::new("D02", &[Count::Course(d02_volume::count)]),
    Indicator::new("D03", &[Count::Course(d03_test_pairs::count)]),
    Indicator::new("D04", &[Count::Course(d04_diet_contact::count)]),
    Indicator::new("D05", &[Count::Course(d05_nutrition_assessment::count)]),
    Indicator::new("D06", &[Count::Course(d06_competence::single), Count::Municipality(d06_competence::of_groups)]),
];
