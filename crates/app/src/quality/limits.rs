//! The limits of the standard: `GET /kvalitet/graenser` with each limit, where it comes from, and its value with who changed
//! it, when and why; `POST` sets one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::limits::Limits;
use domain::permission::Permission;
use domain::workdays::local_date;
use standard::{LimitDefinition, LimitFault, LimitId, LimitUnit, LimitValues, LocalLimits, Origin, STANDARD};
use store::Seen;

use super::declare::set_limit;
use super::{decided, settings};
use crate::access;
use crate::layout::{Counts, Field, FormError, Frame, Nav, dates};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "quality/limits.html")]
pub(super) struct LimitsPage {
    frame: Frame,
    version: i64,
    own: Vec<OwnView>,
    elsewhere: Vec<FixedView>,
    fixed: Vec<FixedView>,
    problem: Option<String>,
    errors: Vec<FormError>,
}

struct OwnView {
    id: &'static str,
    label: &'static str,
    unit: &'static str,
    range: String,
    default: String,
    /// Set by the municipality: who, when and why.
    changed: Option<(String, String, String)>,
    value: Field,
    reason: Field,
}

struct FixedView {
    label: &'static str,
    value: String,
    origin: &'static str,
}

/// What a limit is called.
pub(super) fn label(id: LimitId) -> &'static str {
    decided::limit(id.word())
}

/// A limit's name and the value in force.
pub(crate) fn words(id: LimitId, values: &LimitValues) -> (&'static str, String) {
    (label(id), said(&STANDARD.limits[id as usize], values))
}

/// Where a limit comes from.
pub(super) const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Local => "Lokalt mål",
        Origin::Standard => "Står i standarden",
        Origin::Law => "Står i loven",
        Origin::Stopbasen => "STOPbasens vejledning",
        Origin::Obsolete => "Bruges ikke længere",
    }
}

/// The value in force with its unit.
pub(super) fn said(definition: &LimitDefinition, values: &LimitValues) -> String {
    if definition.id == LimitId::FollowupMonths {
        let [first, second, third] = values.follow_up_months();
        return format!("{first}, {second} og {third} måneder");
    }
    if definition.value.numbers().next().is_none() {
        return String::new();
    }
    with_unit(values.number(definition.id), definition.unit)
}

fn with_unit(value: f64, unit: LimitUnit) -> String {
    if unit == LimitUnit::Share {
        return format!("{} %", number(value * 100.0));
    }
    let label = unit.label();
    let one = (value - 1.0).abs() < f64::EPSILON;
    let label = match (one, label) {
        (true, "dage") => "dag",
        (true, "arbejdsdage") => "arbejdsdag",
        (true, "uger") => "uge",
        (true, "måneder") => "måned",
        _ => label,
    };
    format!("{} {label}", number(value))
}

/// A number as people write it, without decimals that say nothing.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<LimitsPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, None, None).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<String>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let limit = LimitId::parse(&id).ok_or(AppError::NotFound("limit"))?;
    let reason = fields::text(&form, "hvorfor").to_owned();
    let set = match value(limit, &form) {
        Ok(value) => set_limit(&app, &caller, fields::version(&form), limit, value, reason).await,
        Err(error) => Err(error),
    };
    let error = match set {
        Ok(()) => {
            return Ok(visit.done(&format!("/kvalitet/graenser#{id}"), "Grænsen er gemt.").await?.into_response());
        }
        Err(error) => error.at_the_form()?,
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let page = page(&app, &caller, &visit, Some((limit, &form)), Some(&error)).await?;
    Ok((status, Page(page)).into_response())
}

/// What was typed; none puts the limit back to the standard's value.
fn value(limit: LimitId, form: &Fields) -> Result<Option<f64>, AppError> {
    let definition = &STANDARD.limits[limit as usize];
    if form.contains_key("tilbage") {
        return Ok(None);
    }
    let (least, most) = range(definition);
    let out =
        || AppError::field("vaerdi", "range", format!("Skriv et tal fra {} til {}.", number(least), number(most)));
    let typed = fields::text(form, "vaerdi").replace(',', ".");
    let typed: f64 = typed.parse().map_err(|_| out())?;
    let whole = definition.unit == LimitUnit::Kilograms || definition.unit == LimitUnit::Share;
    if !typed.is_finite() || (!whole && typed.fract() != 0.0) || !(least..=most).contains(&typed) {
        return Err(out());
    }
    Ok(Some(if definition.unit == LimitUnit::Share { typed / 100.0 } else { typed }))
}

/// As people type it: a share in percent.
fn range(definition: &LimitDefinition) -> (f64, f64) {
    let (least, most) = definition.unit.range();
    if definition.unit == LimitUnit::Share { (least * 100.0, most * 100.0) } else { (least, most) }
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    typed: Option<(LimitId, &Fields)>,
    error: Option<&AppError>,
) -> Result<LimitsPage, AppError> {
    caller.require(Permission::QualityRead)?;
    let home = app.organization(caller.organization).await?;
    let (set, users) = app
        .store
        .view(caller.scope("quality.limits", app.now()), |tx| {
            Ok::<_, AppError>(Seen::nothing((settings::read(tx)?.settings, access::users_in(tx)?)))
        })
        .await?;
    let today = local_date(app.now());
    let local = set.value.local_limits();
    let values = LimitValues::new(&home.settings.limits, &local);
    let standard = LimitValues::new(&Limits::default(), &LocalLimits::default());
    let message = |field: &str| match error {
        Some(AppError::Field { field: own, message, .. }) if *own == field => Some(message.clone()),
        _ => None,
    };
    let (mut own, mut elsewhere, mut fixed) = (Vec::new(), Vec::new(), Vec::new());
    for definition in STANDARD.limits.iter().filter(|one| one.origin != Origin::Obsolete) {
        let view = FixedView {
            label: label(definition.id),
            value: said(definition, &values),
            origin: origin(definition.origin),
        };
        match LocalLimits::default().set(definition.id, values.number(definition.id)) {
            Err(LimitFault::SetElsewhere(_)) => elsewhere.push(view),
            Err(LimitFault::Fixed(_)) => fixed.push(view),
            // What is several numbers is no field.
            Ok(()) | Err(LimitFault::OutOfRange { .. }) => {
                let form = typed.filter(|(id, _)| *id == definition.id).map(|(_, form)| form);
                let shown = |name: &str, otherwise: String| Field {
                    value: form.and_then(|form| form.get(name).cloned()).unwrap_or(otherwise),
                    error: form.and_then(|_| message(name)),
                };
                let (least, most) = range(definition);
                let value = values.number(definition.id);
                let value = if definition.unit == LimitUnit::Share { value * 100.0 } else { value };
                let unit = if definition.unit == LimitUnit::Share { "%" } else { definition.unit.label() };
                let goal = set.value.limits.get(definition.id.word());
                own.push(OwnView {
                    id: definition.id.word(),
                    label: label(definition.id),
                    unit,
                    range: format!("{} til {}", number(least), number(most)),
                    default: with_unit(standard.number(definition.id), definition.unit),
                    changed: goal.map(|goal| {
                        (access::name_of(&users, goal.by), dates::month_day(goal.on, today), goal.reason.clone())
                    }),
                    value: shown("vaerdi", number(value)),
                    reason: shown("hvorfor", String::new()),
                });
            }
        }
    }
    let problem = error.filter(|error| !matches!(error, AppError::Field { .. })).map(AppError::user_message);
    let errors = match error {
        Some(AppError::Field { field, message, .. }) => vec![FormError { field, message: message.clone() }],
        _ => Vec::new(),
    };
    let frame = visit.frame(Nav::Quality, Counts::default()).await?;
    Ok(LimitsPage { frame, version: set.version, own, elsewhere, fixed, problem, errors })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_units_are_written_as_people_write_them() {
        assert_eq!(with_unit(1.0, LimitUnit::Workdays), "1 arbejdsdag");
        assert_eq!(with_unit(21.0, LimitUnit::Days), "21 dage");
        assert_eq!(with_unit(0.95, LimitUnit::Share), "95 %");
        assert_eq!(number(0.5), "0,5");
    }
}
