//! Diet treatment (quality standard 7): by a dietitian, individually, followed up and assessed again.

use jiff::ToSpan;

use super::warning::Said;
use super::{Facts, InterventionFacts, Warning};
use crate::codes::{DeliveryType, InterventionCode as C};
use crate::deadlines::Deadline;

/// Days without an individual contact from which it is said (section 7.3: two months).
const HINT_DAYS: i64 = 61;
/// How long before that day it is said; a local goal.
const REASSESS_SHOWN_DAYS: i64 = 30;

fn treatment(facts: &Facts) -> Option<&InterventionFacts> {
    facts.of(C::DietaryTreatment).next()
}

/// KS-7.5-03: diet treatment is given by a clinical dietitian. A booked time is always with one.
pub(super) fn dietitian(facts: &Facts) -> Option<Warning> {
    let said = Said(
        "Diætbehandling gives af en klinisk diætist.",
        "Andre må vejlede om kost, men ikke behandle.",
        "Book en tid hos en diætist.",
    );
    let it = treatment(facts)?;
    let settled = it.booked || !it.held.is_empty();
    (!settled).then(|| Warning::new("KS-7.5-03", &said, &["no dietitian"]).about(it))
}

/// KS-7.3-02: group sessions alone are no diet treatment; with a weight loss it is individual (KS-7.4-01).
pub(super) fn individual_part(facts: &Facts) -> Option<Warning> {
    let it = treatment(facts).filter(|it| it.delivery == DeliveryType::Group)?;
    let said = if facts.weight_loss() {
        Said(
            "Ved uplanlagt vægttab er diætbehandling som regel individuel.",
            "Planen passer måske ikke til borgeren.",
            "Vælg individuel indsats, eller skriv, hvorfor hold er rigtigt.",
        )
    } else {
        Said(
            "Diætbehandling kan ikke kun være på hold.",
            "Uden en individuel plan er det kostvejledning.",
            "Aftal mindst én individuel samtale og en individuel plan.",
        )
    };
    let alone = it.held.iter().any(|held| held.alone);
    let weight = facts.weight_loss();
    (!alone).then(|| Warning::new("KS-7.3-02", &said, &["group"]).about(it).because(format!("weight loss {weight}")))
}

/// KS-7.3-03: an individual talk at least every second to third month.
pub(super) fn follow_up(facts: &Facts) -> Option<Warning> {
    let said = Said(
        "Det er mere end to måneder siden, borgeren havde en individuel diætsamtale.",
        "Behandlingen kan være forkert, uden at nogen ser det.",
        "Hold en opfølgende samtale senest tre måneder efter den sidste.",
    );
    let it = treatment(facts)?;
    let last = it.last_held(true).or(it.started_on)?;
    let late = facts.today >= last.saturating_add(HINT_DAYS.days());
    late.then(|| {
        Warning::new("KS-7.3-03", &said, &[]).about(it).because(format!("last {last}")).due(
            Deadline::DietFollowUp,
            last,
            &facts.limits,
        )
    })
}

/// KS-7.3-04: after twelve months at the latest somebody assesses whether it is still needed.
pub(super) fn reassessment(facts: &Facts) -> Option<Warning> {
    let said = Said(
        "Det er snart 12 måneder siden, behovet for diætbehandling blev vurderet.",
        "Borgeren kan få en behandling, der ikke længere passer.",
        "Vurdér behovet med borgeren, og skriv datoen.",
    );
    let it = treatment(facts)?;
    let started = it.started_on?;
    let since = facts.answers.diet_reassessed_on.map_or(started, |day| day.max(started));
    let by = Deadline::DietReassess.due(since, &facts.limits);
    let shown = facts.today >= by.saturating_sub(REASSESS_SHOWN_DAYS.days());
    shown.then(|| {
        Warning::new("KS-7.3-04", &said, &[]).about(it).because(format!("since {since}")).due(
            Deadline::DietReassess,
            since,
            &facts.limits,
        )
    })
}
