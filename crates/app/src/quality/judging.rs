//! What courses are judged by, owned, so that several cores can judge at once.

use std::sync::Arc;

use jiff::civil::Date;
use standard::facts::MunicipalityFacts;
use standard::{Context, LimitValues, Switches};

/// The municipality's tables, the day with its period, the limits, and what is switched off.
#[derive(Debug, Clone)]
pub struct Judging {
    /// Offers, groups and figures of the municipality.
    pub facts: Arc<MunicipalityFacts>,
    /// The day.
    pub today: Date,
    /// First and last day of the period.
    pub period: (Date, Date),
    /// The limits in force.
    pub limits: LimitValues,
    /// What is switched off.
    pub switches: Switches,
}

impl Judging {
    /// By the standard's own limits, with nothing switched off.
    pub fn new(facts: Arc<MunicipalityFacts>, today: Date, period: (Date, Date)) -> Self {
        Self { facts, today, period, limits: LimitValues::default(), switches: Switches::default() }
    }

    /// As the rules look at it, before anything is added up.
    pub fn context(&self) -> Context<'_> {
        Context { limits: self.limits.clone(), ..Context::new(&self.facts, self.today, self.period) }
    }
}
