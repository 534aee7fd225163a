//! Teams: who does better in a smaller one (quality standard 4.3 and 5.3, KS-5.3-02).

use super::warning::Said;
use super::{Facts, Question as Q, Warning};
use crate::codes::InterventionCode as C;

/// Most seats of a smaller team. The standard gives no number; a local goal (limit `small_group_max`).
pub const SMALL_TEAM_SEATS: u16 = 12;

/// A citizen who was promised a smaller team, or is pregnant or mentally ill and gives up nicotine, sits on a large one.
pub(super) fn smaller(facts: &Facts) -> Option<Warning> {
    let said = Said(
        "Borgeren har bedst af et mindre hold og står på et stort.",
        "Borgeren kan falde fra.",
        "Find et mindre hold eller en individuel tid, eller skriv, hvorfor holdet er rigtigt.",
    );
    let fragile = facts.yes(Q::Pregnant) || facts.yes(Q::MentalIllness);
    let wants = |code| facts.smaller_team || (fragile && code == C::NicotineCessation);
    let large = |seats: u16| seats > SMALL_TEAM_SEATS;
    let it = facts.interventions.iter().find(|it| it.seats.is_some_and(large) && wants(it.code))?;
    Some(Warning::new("KS-5.3-02", &said, &["large team"]).about(it))
}
