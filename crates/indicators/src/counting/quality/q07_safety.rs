//! Q07: safety tasks in time, late and open (KS-8.2-03, KS-8.2-07, KS-7.2-08, KS-6.4-02). The rules of these requirements say
//! what became of each; what is asked of the lowest band of WHO-5 is no requirement and leaves no record of its own.

use standard::{Finding, Outcome, Verdict};

use crate::counting::{Tell, Unit};
use crate::definition::Breakdown;

const KINDS: [(&str, &str); 4] = [
    ("KS-8.2-03", "audit"),
    ("KS-8.2-07", "pregnancy_alcohol"),
    ("KS-7.2-08", "weight_loss"),
    ("KS-6.4-02", "training_caution"),
];

pub(super) fn count<'a>(finding: &'a Finding<'a>, tell: Tell<'_, 'a>) {
    let kind = KINDS.iter().find(|(requirement, _)| *requirement == finding.requirement);
    let Some((on, (_, kind))) = finding.verdict.on.or(finding.verdict.due).zip(kind) else { return };
    if finding.verdict.outcome != Outcome::NotApplicable {
        tell(state(Unit::on(on).own(Breakdown::Kind, kind), &finding.verdict));
    }
}

fn state<'a>(unit: Unit<'a>, verdict: &Verdict) -> Unit<'a> {
    match verdict.outcome {
        Outcome::Met => unit.group("in_time"),
        Outcome::NotMet if verdict.missing.is_empty() => unit.group("late"),
        Outcome::NotMet | Outcome::NotYetDue => unit.group("open"),
        Outcome::Unknown | Outcome::NotApplicable => unit.needs(false),
    }
}
