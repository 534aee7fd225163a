//! Messages, reports and offers: `/administration/beskeder`.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::message::UNANSWERED_AFTER_MINUTES;
use domain::organization::{ManagingOrganization, Settings};
use domain::permission::Permission;
use serde::Deserialize;

use super::{stand, tabs};
use crate::layout::{Counts, Fact, Field, FormError, Frame, Nav, Tab};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, organizations};

/// Journalføringsbekendtgørelsen asks for ten; more than this is a slip of the finger.
const YEARS: std::ops::RangeInclusive<i16> = 10..=100;

#[derive(Template)]
#[template(path = "administration/messages.html")]
pub(super) struct MessagesPage {
    frame: Frame,
    tabs: Vec<Tab>,
    may_change: bool,
    department: String,
    sender: Option<String>,
    facts: Vec<Fact>,
    stand: String,
    link: bool,
    at_risk: bool,
    years: Field,
    reason: Field,
    problem: Option<String>,
    errors: Vec<FormError>,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MessagesForm {
    stand: String,
    henvisning: String,
    risiko: String,
    aar: String,
    hvorfor: String,
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<MessagesPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, None).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(form): PageForm<MessagesForm>,
) -> Result<Response, AppError> {
    let years = form.aar.trim().parse::<i16>().ok().filter(|years| YEARS.contains(years));
    let Some(retention_years) = years else {
        let mut page = page(&app, &caller, &visit, Some(&form)).await?;
        let message = "Skriv et helt antal år fra 10 til 100. Loven kræver mindst 10.".to_owned();
        page.years.error = Some(message.clone());
        page.errors = vec![FormError { field: "aar", message }];
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    };
    let change = |organization: &mut ManagingOrganization| {
        organization.settings = Settings {
            report_service_request_link: form.henvisning == "ja",
            at_risk_offers: form.risiko == "ja",
            retention_years,
            ..organization.settings.clone()
        };
    };
    match super::save(&app, &caller, "organization.messages", (&form.stand, &form.hvorfor), change).await {
        Ok(()) => Ok(visit.done("/administration/beskeder", "Valgene er gemt.").await?.into_response()),
        Err(error @ AppError::Rule { .. }) => {
            let mut page = page(&app, &caller, &visit, Some(&form)).await?;
            page.problem = Some(error.user_message());
            Ok((StatusCode::CONFLICT, Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    form: Option<&MessagesForm>,
) -> Result<MessagesPage, AppError> {
    let organization = organizations::find(app, caller.organization).await?;
    let settings = &organization.settings;
    Ok(MessagesPage {
        frame: visit.frame(Nav::Administration, Counts::default()).await?,
        tabs: tabs("/administration/beskeder"),
        may_change: caller.role.may(Permission::Administer),
        department: organization.department.clone(),
        sender: organization.glns.first().map(|gln| gln.as_str().to_owned()),
        facts: facts(app, &organization),
        stand: form.map_or_else(|| stand(&organization), |form| form.stand.clone()),
        link: form.map_or(settings.report_service_request_link, |form| form.henvisning == "ja"),
        at_risk: form.map_or(settings.at_risk_offers, |form| form.risiko == "ja"),
        years: Field::of(form.map_or_else(|| settings.retention_years.to_string(), |form| form.aar.clone())),
        reason: Field::of(form.map_or("", |form| form.hvorfor.as_str())),
        problem: None,
        errors: Vec::new(),
    })
}

/// What is set elsewhere, so that nobody looks for it in vain.
fn facts(app: &App, organization: &ManagingOrganization) -> Vec<Fact> {
    let megabytes = |bytes: usize| format!("{} MB", bytes / 1_000_000);
    vec![
        Fact::new(
            "Svar til henviseren inden",
            super::limit_list::counted(organization.settings.limits.receipt_workdays, "arbejdsdage"),
        ),
        Fact::new("Ubesvaret efter", format!("{UNANSWERED_AFTER_MINUTES} minutter uden kvittering (MedCom)")),
        Fact::new("Største henvisning", megabytes(app.message_limits.referral_bytes)),
        Fact::new("Største bilag", megabytes(app.message_limits.attachment_bytes)),
    ]
}
