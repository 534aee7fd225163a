//! Differentiering: how delivery is fitted to the citizen, and who is kept (standard, section 3.4).

use super::afklarende_samtale::filled;
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::{CourseFacts, Intervention};
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[Rule { requirement: "KS-3.4-01", decide: Decide::Intervention(differentiated) }];

/// What a choice can rest on, in the standard's words.
const BASES: [&str; 6] = ["sundhedskompetence", "præferencer", "motivation", "ressourcer", "behov", "data"];

/// KS-3.4-01, section 3.4: format, intensity or support level was chosen, on one of the six bases and with a reason.
fn differentiated(_: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = at.in_period(intervention.started_on) else { return Verdict::OUTSIDE };
    let offer = intervention.offer.as_ref().and_then(|id| at.municipality.offer(id));
    let chosen = intervention.format.is_some()
        || filled(intervention.intensity.as_ref())
        || intervention.support_level.is_some();
    let based = intervention.differentiation_basis.iter().any(|basis| BASES.contains(&basis.as_str()));
    Case::on(started_on)
        .except("drop_in", offer.is_some_and(|offer| offer.drop_in == Some(true)))
        .recorded("intervention.format", chosen)
        .recorded("intervention.differentiation_basis", based)
        .recorded("intervention.differentiation_reason", filled(intervention.differentiation_reason.as_ref()))
        .decide(at)
}
