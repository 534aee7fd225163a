//! Making an offer one for a disease: it is done on purpose, and only after it was told how many to expect (KS-3-03).

use std::collections::BTreeSet;

use domain::disease::DiseaseGroup;
use domain::ids::CitizenId;
use domain::offer::Offer;
use domain::workdays::day_bounds;
use jiff::ToSpan;
use jiff::civil::Date;
use store::Tx;

use super::{OfferInput, queries};
use crate::AppError;

/// Where it is asked about on the form.
pub(super) const FIELD: &str = "sygdom";

/// Refuses a disease that the offer was not for before, with the number to expect, until it is said to be meant.
pub(super) fn meant(tx: &mut Tx<'_>, before: &Offer, input: &OfferInput, today: Date) -> Result<(), AppError> {
    if input.diseases.is_empty() || input.diseases == before.diseases || input.narrowed {
        return Ok(());
    }
    let year = today.saturating_sub(1.year());
    let (since, _) = day_bounds(year);
    let told = queries::diseases_told(tx, since)?;
    let expected = charts::decimal(a_quarter(&told, &input.diseases), 1);
    let message = format!(
        "Ud fra henvisningerne det sidste år kan I vente {expected} borgere i kvartalet. Skal tilbuddet kun være for \
         dem, så sæt flueben ved det, og gem igen. Ellers fjern valget, så er tilbuddet for alle."
    );
    Err(AppError::field(FIELD, "narrowed", message))
}

/// Citizens a quarter who were referred with one of the diseases, from those of a year. Somebody referred twice is one.
#[expect(clippy::cast_precision_loss, reason = "citizens of a municipality")]
fn a_quarter(told: &[(CitizenId, BTreeSet<DiseaseGroup>)], wanted: &BTreeSet<DiseaseGroup>) -> f64 {
    let ours = told.iter().filter(|(_, diseases)| !diseases.is_disjoint(wanted)).map(|(citizen, _)| *citizen);
    let citizens: BTreeSet<CitizenId> = ours.collect();
    citizens.len() as f64 / 4.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_citizen_counts_once_and_only_with_the_disease() {
        let one = |n, diseases: &[DiseaseGroup]| (CitizenId(Uuid::from_u128(n)), diseases.iter().copied().collect());
        let told = [
            one(1, &[DiseaseGroup::Copd]),
            one(1, &[DiseaseGroup::Copd, DiseaseGroup::Cancer]),
            one(2, &[DiseaseGroup::Copd]),
            one(3, &[DiseaseGroup::Cancer]),
            one(4, &[]),
        ];
        let expected = a_quarter(&told, &[DiseaseGroup::Copd].into());
        assert!((expected - 0.5).abs() < f64::EPSILON, "{expected}");
    }
}
