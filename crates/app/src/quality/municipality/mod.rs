//! What the municipality has beside its courses, as the tables that the rules of the quality standard read: offers, groups
//! with their sessions, the directory of associations, attested competences, improvement boards, meetings with practice, what
//! was estimated, population tables and when participation was looked at beside them.
//!
//! Runs of other indicators are kept nowhere. Whether stratification and the start form are switched on is no setting either.

mod associations;
mod competences;
mod groups;
mod improvements;
mod offers;
mod queries;

use domain::workdays::local_date;
use jiff::civil::Date;
use standard::facts::{Attestation, Collab, CourseFacts, IndicatorFacts, MunicipalityFacts, Population, Tables};
use store::{Seen, Tx};

pub use groups::{TeamsKept, WaitingKept};
pub(super) use queries::stop_exports;

use crate::{App, AppError, Caller};

/// What the tables are made of.
#[derive(Debug, Clone, Default)]
pub struct MunicipalityKept {
    /// Every offer of the catalogue.
    pub offers: Vec<domain::offer::Offer>,
    /// Every team, with who waits and what its sessions covered.
    pub teams: TeamsKept,
    /// The directory, without what is closed.
    pub activities: Vec<domain::activity::Activity>,
    /// What staff hold.
    pub staff: Vec<domain::calendar::PractitionerRole>,
    /// Improvement boards.
    pub boards: Vec<domain::improvement::ImprovementBoard>,
    /// What was declared about requirements.
    pub attestations: Vec<Attestation>,
    /// Meetings with practice, notes of practice consultants, estimates.
    pub collabs: Vec<Collab>,
    /// Population tables that are in force.
    pub populations: Vec<Population>,
    /// When participation was looked at.
    pub reviews: Vec<IndicatorFacts>,
}

/// The tables of a municipality as they stand on a day.
pub fn tables(kept: &MunicipalityKept, on: Date) -> Tables {
    Tables {
        offers: offers::of(&kept.offers),
        groups: groups::of(&kept.teams, on),
        associations: associations::of(&kept.activities),
        competences: competences::of(&kept.staff),
        improvements: improvements::of(&kept.boards, on),
        attestations: kept.attestations.clone(),
        collabs: kept.collabs.clone(),
        populations: kept.populations.clone(),
        indicators: kept.reviews.clone(),
        ..Tables::default()
    }
}

/// Reads the tables of the organization: nine queries.
///
/// # Errors
///
/// The store cannot be read.
pub async fn read(app: &App, who: &Caller) -> Result<MunicipalityFacts, AppError> {
    let on = local_date(app.now());
    app.store
        .view(who.scope("quality.municipality", app.now()), move |tx| {
            Ok::<_, AppError>(Seen::nothing(MunicipalityFacts::new(tables(&kept(tx, on)?, on))))
        })
        .await
}

fn kept(tx: &mut Tx<'_>, on: Date) -> Result<MunicipalityKept, AppError> {
    let set = super::settings::read(tx)?;
    Ok(MunicipalityKept {
        offers: queries::offers(tx)?,
        teams: TeamsKept {
            teams: queries::teams(tx)?,
            waiting: queries::waiting(tx)?,
            elements: groups::elements(queries::ticked(tx, super::kept::period(on).0)?),
        },
        activities: queries::activities(tx)?,
        staff: queries::staff(tx)?,
        boards: queries::boards(tx)?,
        attestations: set.attestations(),
        reviews: set.settings.value.reviews(),
        populations: crate::population::facts(tx)?,
        collabs: crate::cooperation::facts(tx)?,
    })
}

/// Says of each intervention in a group which offer its group delivers; the citizen's record knows the group only.
pub fn link_offers(course: &mut CourseFacts, municipality: &MunicipalityFacts) {
    let seats = &course.enrolments;
    for it in course.interventions.iter_mut().filter(|it| it.offer.is_none()) {
        let seat = seats.iter().find(|seat| seat.intervention.as_ref() == Some(&it.id));
        let group = seat.and_then(|seat| municipality.group(seat.group.as_deref()?));
        it.offer = group.and_then(|group| group.offer.clone());
    }
}
