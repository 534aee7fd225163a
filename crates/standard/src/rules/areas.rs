//! The six areas: that of an intervention, and that a referral asks for.

use crate::context::Context;
use crate::facts::Referral;
use crate::facts::words::{Area, Fsiii};

/// The area of an intervention; talks along the way and at the end belong to none.
pub const fn area_of(code: Fsiii) -> Option<Area> {
    match code {
        Fsiii::AfklarendeSamtale => Some(Area::AfklarendeSamtale),
        Fsiii::Sygdomshaandtering | Fsiii::MentalHaandtering | Fsiii::Faerdighedstraening => {
            Some(Area::Sygdomsmestring)
        }
        Fsiii::NikotinTobaksafvaenning => Some(Area::Nikotinafvaenning),
        Fsiii::VejledningFysiskAktivitet | Fsiii::FysiskTraening => Some(Area::FysiskAktivitet),
        Fsiii::Kostvejledning | Fsiii::Diaetbehandling | Fsiii::MadlavningIPraksis => Some(Area::Ernaering),
        Fsiii::SamtaleOmAlkohol => Some(Area::Alkohol),
        Fsiii::Behovssamtale | Fsiii::AfsluttendeSamtale | Fsiii::Opfoelgning => None,
    }
}

/// The area a referral asks for, by its name or by an offer.
pub fn requested(referral: &Referral, at: &Context<'_>) -> Option<Area> {
    let wish = referral.requested_area.as_deref()?;
    let named = Area::ALL.iter().copied().find(|area| area.word() == wish);
    named.or_else(|| at.municipality.offer(wish)?.area)
}
