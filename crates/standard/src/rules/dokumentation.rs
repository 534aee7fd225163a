//! Dokumentation: what is recorded and reported (standard, section 9.1, and the FSIII catalogue).

use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::Offer;
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[Rule { requirement: "FS-003-01", decide: Decide::Offer(coded_offer) }];

/// FS-003-01, introduction of the FSIII catalogue: an active local offer has one of the 14 codes.
fn coded_offer(offer: &Offer, at: &Context<'_>) -> Verdict {
    let begun = offer.active_from.is_none_or(|from| from <= at.today);
    if !begun || offer.active_to.is_some_and(|to| to < at.today) {
        return Verdict::OUTSIDE;
    }
    Case::today().recorded("offer.fsiii_code", offer.fsiii_code.is_some()).decide(at)
}
