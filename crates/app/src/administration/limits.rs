//! The limits: `/administration/frister`.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::limits::Limits;

use super::limit_list::{LIMITS, Limit, counted};
use super::{stand, tabs};
use crate::layout::{Counts, Field, FormError, Frame, Nav, Tab};
use crate::web::fields::Fields;
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, organizations};

#[derive(Template)]
#[template(path = "administration/limits.html")]
pub(super) struct LimitsPage {
    frame: Frame,
    tabs: Vec<Tab>,
    stand: String,
    rows: Vec<Row>,
    reason: Field,
    problem: Option<String>,
    errors: Vec<FormError>,
}

struct Row {
    id: &'static str,
    label: &'static str,
    unit: &'static str,
    source: &'static str,
    default: String,
    changed: bool,
    field: Field,
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<LimitsPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, None, Vec::new()).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let mut errors = Vec::new();
    let mut values = Vec::new();
    for limit in LIMITS {
        match typed(limit, &form) {
            Ok(value) => values.push((limit, value)),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        let page = page(&app, &caller, &visit, Some(&form), errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    }
    let said = |id: &str| form.get(id).map_or("", String::as_str);
    let change = |organization: &mut domain::organization::ManagingOrganization| {
        for (limit, value) in values {
            (limit.set)(&mut organization.settings.limits, value);
        }
    };
    match super::save(&app, &caller, "organization.limits", (said("stand"), said("hvorfor")), change).await {
        Ok(()) => Ok(visit.done("/administration/frister", "Fristerne er gemt.").await?.into_response()),
        Err(error @ AppError::Rule { .. }) => {
            let mut page = page(&app, &caller, &visit, Some(&form), Vec::new()).await?;
            page.problem = Some(error.user_message());
            Ok((StatusCode::CONFLICT, Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

fn typed(limit: &Limit, form: &Fields) -> Result<u16, FormError> {
    let text = form.get(limit.id).map_or("", |text| text.trim());
    let value = text.parse::<u16>().ok().filter(|value| (1..=limit.most).contains(value));
    value.ok_or_else(|| FormError {
        field: limit.id,
        message: format!("{}: skriv et helt tal fra 1 til {}.", limit.label, limit.most),
    })
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    form: Option<&Fields>,
    errors: Vec<FormError>,
) -> Result<LimitsPage, AppError> {
    let organization = organizations::find(app, caller.organization).await?;
    let limits = organization.settings.limits;
    let said = |id: &str| form.and_then(|form| form.get(id)).cloned();
    let row = |limit: &Limit| {
        let (stored, default) = ((limit.get)(&limits), (limit.get)(&Limits::default()));
        let error = errors.iter().find(|error| error.field == limit.id).map(|error| error.message.clone());
        let value = said(limit.id).unwrap_or_else(|| stored.to_string());
        let Limit { id, label, unit, source, .. } = *limit;
        let changed = stored != default;
        Row { id, label, unit, source, default: counted(default, unit), changed, field: Field { value, error } }
    };
    Ok(LimitsPage {
        rows: LIMITS.iter().map(row).collect(),
        frame: visit.frame(Nav::Administration, Counts::default()).await?,
        tabs: tabs("/administration/frister"),
        stand: said("stand").unwrap_or_else(|| stand(&organization)),
        reason: Field::of(said("hvorfor").unwrap_or_default()),
        problem: None,
        errors,
    })
}
