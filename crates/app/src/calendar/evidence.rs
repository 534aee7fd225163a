//! What competences rest on: a leader says what was seen, when, and how long it counts. A mistaken line is taken back; the
//! version before keeps it.

use domain::calendar::PractitionerRole;
use domain::competence::{Attestation, Competence};
use domain::ids::UserId;
use domain::workdays::local_date;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use store::Versioned;

use super::queries;
use crate::records;
use crate::{App, AppError, Caller};

/// Most characters of what was seen.
const LONGEST: usize = 300;

/// What was seen of a competence.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct AttestationInput {
    /// Which.
    #[schema(value_type = String)]
    pub competence: Competence,
    /// What: education, course, supervision.
    pub evidence: String,
    /// The day it was seen; today when left out.
    #[schema(value_type = Option<String>, format = Date)]
    pub seen_on: Option<Date>,
    /// The last day it counts. Left out it is as long as is usual for the competence.
    #[schema(value_type = Option<String>, format = Date)]
    pub expires_on: Option<Date>,
}

/// Keeps that the caller has seen it; the colleague then holds the competence.
pub async fn attest(
    app: &App,
    who: &Caller,
    user: UserId,
    version: Option<i64>,
    input: AttestationInput,
) -> Result<i64, AppError> {
    let today = local_date(app.now());
    let evidence = input.evidence.trim().to_owned();
    if !(1..=LONGEST).contains(&evidence.chars().count()) {
        return Err(AppError::field("evidence", "required", "Skriv, hvad du har set, højst 300 tegn."));
    }
    let seen_on = input.seen_on.unwrap_or(today);
    if seen_on > today {
        return Err(AppError::field("seen_on", "future", "Dagen ligger i fremtiden."));
    }
    if input.expires_on.is_some_and(|last| last < seen_on) {
        return Err(AppError::field("expires_on", "before", "Den udløber, før den er set."));
    }
    let usual = input.competence.validity_months().map(|months| seen_on.saturating_add(months.months()));
    let attestation = Attestation {
        competence: input.competence,
        evidence,
        seen_on,
        seen_by: who.user,
        seen_by_label: format!("{} {}", who.title, who.initials).trim().to_owned(),
        expires_on: input.expires_on.or(usual),
    };
    change(app, who, (user, version), move |role| {
        role.competences.insert(attestation.competence);
        role.attestations.push(attestation);
    })
    .await
}

/// Takes a mistaken line back, by its place in the order. The competence stays ticked: that is said on the form of the
/// colleague.
pub async fn take_back(
    app: &App,
    who: &Caller,
    user: UserId,
    version: Option<i64>,
    place: usize,
) -> Result<i64, AppError> {
    change(app, who, (user, version), move |role| {
        if place < role.attestations.len() {
            role.attestations.remove(place);
        }
    })
    .await
}

async fn change(
    app: &App,
    who: &Caller,
    (user, version): (UserId, Option<i64>),
    rule: impl FnOnce(&mut PractitionerRole) + Send + 'static,
) -> Result<i64, AppError> {
    app.store
        .write(who.scope("practitioner.attest", app.now()), move |tx| {
            let person = queries::practitioners(tx)?.into_iter().find(|person| person.role.value.id == user);
            let before: Versioned<PractitionerRole> = person.ok_or(AppError::NotFound("user"))?.role;
            records::expect(version, before.version)?;
            let mut after = before.value.clone();
            rule(&mut after);
            Ok(records::save_if_changed(tx, &before, &after)?)
        })
        .await
}
