//! Changes of what is set of the standard: a limit, a recommendation switched off or on, a declaration, a review. Each is a new version
//! with who, when and why.

use domain::permission::Permission;
use domain::workdays::local_date;
use indicators::definition::Breakdown;
use jiff::civil::Date;
use standard::{Check, LimitFault, LimitId, LocalLimits, STANDARD, SwitchFault, SwitchedOff, Switches};
use store::Tx;
use uuid::Uuid;

use super::settings::{self, Declaration, LocalGoal, ParticipationReview, SetAside, StandardSettings};
use crate::records;
use crate::{App, AppError, Caller, ids};

/// Sets a limit that is a local goal, or puts it back to the standard's value with none.
///
/// # Errors
///
/// The limit is fixed or set elsewhere, the value is out of its range, no reason is given, a colleague was first.
pub async fn set_limit(
    app: &App,
    who: &Caller,
    version: i64,
    limit: LimitId,
    value: Option<f64>,
    reason: String,
) -> Result<(), AppError> {
    let tried = LocalLimits::default().set(limit, value.unwrap_or_else(|| first(limit)));
    tried.map_err(|fault: LimitFault| AppError::field("vaerdi", "limit", fault.user_message()))?;
    let reason = said(reason, "hvorfor", "Skriv, hvorfor grænsen ændres.")?;
    let (by, on) = (who.user, local_date(app.now()));
    change(app, who, "quality.limit", version, reason.clone(), move |settings| {
        match value {
            Some(value) => settings.limits.insert(limit.word().to_owned(), LocalGoal { value, reason, on, by }),
            None => settings.limits.remove(limit.word()),
        };
    })
    .await
}

fn first(limit: LimitId) -> f64 {
    STANDARD.limits[limit as usize].value.numbers().next().unwrap_or_default()
}

/// Switches a recommendation off.
///
/// # Errors
///
/// It is a krav, no reason is given, a colleague was first.
pub async fn switch_off(
    app: &App,
    who: &Caller,
    version: i64,
    requirement: &'static str,
    reason: String,
) -> Result<(), AppError> {
    let (by, on) = (who.user, local_date(app.now()));
    let off = SwitchedOff { reason: reason.clone(), on, by: by.to_string() };
    let tried = Switches::default().off(requirement, off);
    tried.map_err(|fault: SwitchFault| AppError::field("hvorfor", "switch", fault.user_message()))?;
    change(app, who, "quality.switch_off", version, reason.clone(), move |settings| {
        settings.off.insert(requirement.to_owned(), SetAside { reason: reason.trim().to_owned(), on, by });
    })
    .await
}

/// Switches a recommendation on again.
///
/// # Errors
///
/// A colleague was first.
pub async fn switch_on(app: &App, who: &Caller, version: i64, requirement: &'static str) -> Result<(), AppError> {
    change(app, who, "quality.switch_on", version, String::new(), move |settings| {
        settings.off.remove(requirement);
    })
    .await
}

/// Writes down that who takes part was looked at today, split by something.
///
/// # Errors
///
/// A colleague was first.
pub async fn review(app: &App, who: &Caller, version: i64, by: Breakdown, of_population: bool) -> Result<(), AppError> {
    let review = ParticipationReview { on: local_date(app.now()), by: who.user, of_population };
    change(app, who, "quality.review", version, String::new(), move |settings| {
        settings.reviews.insert(by.word().to_owned(), review);
    })
    .await
}

async fn change(
    app: &App,
    who: &Caller,
    action: &'static str,
    version: i64,
    reason: String,
    change: impl FnOnce(&mut StandardSettings) + Send + 'static,
) -> Result<(), AppError> {
    who.require(Permission::QualityWrite)?;
    app.store
        .write(who.scope_because(action, app.now(), Some(reason)), move |tx: &mut Tx<'_>| {
            let before = settings::read(tx)?.settings;
            records::expect(version, before.version)?;
            let mut after = before.value.clone();
            change(&mut after);
            records::save_if_changed(tx, &before, &after)?;
            Ok::<_, AppError>(())
        })
        .await
}

/// What somebody declares.
#[derive(Debug, Clone)]
pub struct DeclarationInput {
    /// Who answers for it.
    pub owner: String,
    /// What it rests on.
    pub evidence: String,
    /// Last day it holds, when that is earlier than the standard lets it.
    pub expires_on: Option<Date>,
}

/// Declares a requirement that no record can show.
///
/// # Errors
///
/// The requirement is decided otherwise, nobody or nothing is named, it has run out before it began.
pub async fn declare(
    app: &App,
    who: &Caller,
    requirement: &'static str,
    input: DeclarationInput,
) -> Result<Uuid, AppError> {
    who.require(Permission::QualityWrite)?;
    let known = STANDARD.requirement(requirement).ok_or(AppError::NotFound("requirement"))?;
    if !matches!(known.check, Check::Attest(_)) {
        return Err(AppError::Rule { code: "not_declared", message: "Kravet afgøres ikke af en erklæring." });
    }
    let today = local_date(app.now());
    let owner = said(input.owner, "ansvarlig", "Skriv, hvem der står inde for det.")?;
    let evidence = said(input.evidence, "bevis", "Skriv, hvad det bygger på, og hvor det findes.")?;
    if input.expires_on.is_some_and(|day| day < today) {
        return Err(AppError::field("udloeb", "past", "Datoen er gået. Vælg en, der kommer."));
    }
    let id: Uuid = ids::new(app.now());
    let declaration = Declaration {
        id,
        requirement: requirement.to_owned(),
        owner,
        evidence,
        given_on: today,
        expires_on: input.expires_on,
        by: who.user,
        withdrawn_on: None,
    };
    app.store
        .write(who.scope("quality.declare", app.now()), move |tx| {
            records::add(tx, &declaration)?;
            Ok::<_, AppError>(id)
        })
        .await
}

/// Takes a declaration back; it stays in the log of what was declared.
///
/// # Errors
///
/// There is no such declaration, a colleague was first.
pub async fn withdraw(app: &App, who: &Caller, id: Uuid, version: i64) -> Result<String, AppError> {
    who.require(Permission::QualityWrite)?;
    let on = local_date(app.now());
    app.store
        .write(who.scope("quality.withdraw", app.now()), move |tx| {
            let before = records::one::<Declaration>(tx, Uuid::nil(), id)?
                .filter(|it| it.value.withdrawn_on.is_none())
                .ok_or(AppError::NotFound("declaration"))?;
            records::expect(version, before.version)?;
            let after = Declaration { withdrawn_on: Some(on), ..before.value.clone() };
            records::save(tx, before.version, &after)?;
            Ok(before.value.requirement)
        })
        .await
}

/// A text that has to be there.
fn said(text: String, field: &'static str, message: &'static str) -> Result<String, AppError> {
    let text = text.trim();
    if text.is_empty() { Err(AppError::field(field, "missing", message)) } else { Ok(text.to_owned()) }
}
