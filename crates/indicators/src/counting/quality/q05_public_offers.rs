//! Q05: active offers that are published and checked within `soft_review_months`; not those marked not public (KS-2.2-05,
//! SP-004-01). Only the newest check is recorded, so the figure is that of the day.

use jiff::ToSpan;
use standard::LimitId;

use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let today = seen.at.today;
    let oldest = today.saturating_sub(seen.at.count(LimitId::SoftReviewMonths).months());
    for offer in &seen.at.municipality.tables().offers {
        seen.is_over(today);
        let begun = offer.active_from.is_none_or(|from| from <= today);
        if !begun || offer.active_to.is_some_and(|to| to < today) {
            continue;
        }
        let checked = offer.soft_checked_on.is_some_and(|on| on >= oldest);
        let published = offer.soft_published.map(|published| published && checked);
        tell(Unit::on(today).offer(Some(offer)).except(offer.not_public_reason.is_some()).answered(published));
    }
}
