//! Nicotine (quality standard 5): medicine that smoking changes, and the wait before the course begins.

use jiff::ToSpan;

use super::warning::Said;
use super::{Facts, Level, Question as Q, Warning};
use crate::codes::InterventionCode as C;
use crate::deadlines::{Deadline, nicotine_wait_over};

/// How long before its day a further contact is shown, so that it is made in time; the first one is when the wait is long.
const SHOWN_DAYS_BEFORE: i64 = 5;

/// KS-5.4-01: with psychotropics or other affected medicine the treating doctor is involved before the stop date.
pub(super) fn affected_medicine(facts: &Facts) -> Option<Warning> {
    let it = facts.of(C::NicotineCessation).next()?;
    if !facts.asked(Q::AffectedMedicine) {
        let said = Said(
            "Der er ikke spurgt, om borgeren tager psykofarmaka eller anden medicin, som et rygestop påvirker.",
            "Ved rygestop kan dosis blive for høj.",
            "Spørg om medicinen, før stopdatoen aftales.",
        );
        return Some(Warning::new("KS-5.4-01", &said, &["not asked"]).about(it).at(Level::Ask));
    }
    let said = Said(
        "Borgeren tager medicin, som et rygestop påvirker, og lægen er ikke inddraget.",
        "Ved rygestop kan dosis blive for høj.",
        "Inddrag den behandlende læge om dosis før stopdatoen.",
    );
    let stands = facts.yes(Q::AffectedMedicine) && !facts.yes(Q::DoctorInvolved);
    stands.then(|| Warning::new("KS-5.4-01", &said, &["affected medicine", "doctor not involved"]).about(it))
}

/// KS-5.3-06: whoever waits more than 14 days for the first session is contacted regularly meanwhile. Before the first
/// session the wait is counted from the grant: a start talk of its own is the first session.
pub(super) fn wait(facts: &Facts) -> Option<Warning> {
    let said = Said(
        "Borgeren venter på at begynde nikotinafvænning.",
        "Lysten til at stoppe kan nå at forsvinde.",
        "Ring og hør, hvordan det går, eller find en tid før fristen.",
    );
    let it = facts.of(C::NicotineCessation).find(|it| it.id.is_some() && it.started_on.is_none())?;
    let over = nicotine_wait_over(it.granted_on);
    let last = it.last_held(false).filter(|last| *last > over);
    let from = last.unwrap_or(over);
    let next = Deadline::BridgeContact.due(from, &facts.limits);
    let soon = facts.today >= next.saturating_sub(SHOWN_DAYS_BEFORE.days());
    let shown = facts.today > over && (last.is_none() || soon);
    shown.then(|| {
        Warning::new("KS-5.3-06", &said, &["waits"]).about(it).because(format!("contact by {next}")).due(
            Deadline::BridgeContact,
            from,
            &facts.limits,
        )
    })
}
