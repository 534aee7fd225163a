//! Quality of the work itself: records, reports, requirements, competences, safety, improvement (Q01–Q08).

mod q01_core_record;
mod q02_reports;
mod q03_requirements;
mod q04_competences;
mod q05_public_offers;
mod q06_psychotropics;
mod q07_safety;
mod q08_improvements;

use super::{Count, Indicator, Over};

pub(super) const INDICATORS: &[Indicator] = &[
    Indicator { over: Over::Last, ..Indicator::new("Q01", &[Count::Course(q01_core_record::count)]) },
    Indicator::new("Q02", &[Count::Course(q02_reports::count)]),
    Indicator::new("Q03", &[Count::Finding(q03_requirements::count)]),
    Indicator { over: Over::Last, ..Indicator::new("Q04", &[Count::Municipality(q04_competences::count)]) },
    Indicator { over: Over::Last, ..Indicator::new("Q05", &[Count::Municipality(q05_public_offers::count)]) },
    Indicator::new("Q06", &[Count::Course(q06_psychotropics::count)]),
    Indicator::new("Q07", &[Count::Finding(q07_safety::count)]),
    Indicator::new("Q08", &[Count::Municipality(q08_improvements::count)]),
];

pub(super) use q04_competences::is_valid;
