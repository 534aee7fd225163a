//! A citizen's way to an association: the first visit, who goes along, how it went: `/brobygning/{id}`. Four queries.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::activity::{Activity, ActivityKind};
use domain::bridge::{Bridge, BridgeOutcome, Escort, EscortAnswer, EscortShare, escort_share};
use domain::ids::{ActivityId, BridgeId};
use domain::organization::ManagingOrganization;
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::civil::Date;
use store::{Seen, Tx, Versioned};
use uuid::Uuid;

use super::matching::bridge_tag;
use super::reminders::encoded;
use super::words::{bridge_href, match_href, visit as visit_text};
use super::{EscortInput, answer_escort, ask_escort, end_bridge, queries};
use crate::citizens::{self, phone_text};
use crate::layout::{Choice, Counts, Fact, Frame, Nav, PersonHeader, Tag, capitalised, dates};
use crate::records::{self, CitizenRecord};
use crate::web::fields::Fields;
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "bridge/bridge.html")]
pub(super) struct BridgePage {
    frame: Frame,
    href: String,
    match_href: String,
    title: String,
    association: String,
    person: PersonHeader,
    facts: Vec<Fact>,
    tag: Tag,
    may: bool,
    /// How it went: word and label; empty when it is said.
    outcomes: Vec<(&'static str, &'static str)>,
    result: Option<(Tag, String, Option<String>)>,
    escort: Option<EscortView>,
    /// The first visit is to come, so that somebody can still go along.
    may_ask: bool,
    partners: Vec<Choice>,
    /// What a partner would be told as the consents stand.
    shared: Vec<Fact>,
    agreed_to_more: bool,
    problem: Option<String>,
}

struct EscortView {
    partner: String,
    asked_on: String,
    tag: Tag,
    who: Option<String>,
    shared: Vec<Fact>,
    waiting: bool,
    mail: Option<String>,
    phone: Option<String>,
}

/// A bridge with whose it is and the partners that have escorts.
pub(super) struct Loaded {
    pub(super) record: Arc<CitizenRecord>,
    pub(super) bridge: Versioned<Bridge>,
    partners: Vec<Activity>,
}

pub(super) async fn load(app: &App, caller: &Caller, action: &'static str, id: BridgeId) -> Result<Loaded, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "bridge", id.0)?;
        let record = records::citizen_record(tx, citizen)?;
        let bridge = record.bridge(id)?.clone();
        let all = queries::activities(tx, false)?.into_iter().map(|one| one.value);
        let partners = all.filter(|one| one.entry.kind == ActivityKind::Escort).collect();
        Ok::<_, AppError>(Seen::record(citizen.0, Loaded { record, bridge, partners }))
    };
    app.store.view(caller.scope(action, app.now()), read).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<BridgePage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, BridgeId(id), None).await?))
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: BridgeId,
    problem: Option<String>,
) -> Result<BridgePage, AppError> {
    let Loaded { record, bridge, partners } = load(app, caller, "bridge.open", id).await?;
    let home = app.organization(caller.organization).await?;
    let (today, citizen, bridge) = (local_date(app.now()), &record.citizen.value, &bridge.value);
    let may = caller.role.may(Permission::CourseWrite) && citizen.deceased_on.is_none();
    let shared = escort_share(bridge, citizen, &record.consent_values());
    let person = citizens::person_header(citizen, None, today);
    let outcomes = BridgeOutcome::ALL.iter().map(|outcome| (outcome.word(), outcome.label()));
    Ok(BridgePage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        href: bridge_href(id),
        match_href: match_href(citizen.id),
        title: bridge.agreed.title.clone(),
        association: bridge.agreed.association.clone(),
        person: PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person },
        facts: facts(bridge, today),
        tag: bridge_tag(bridge, today),
        may,
        outcomes: if bridge.result.is_none() { outcomes.collect() } else { Vec::new() },
        result: bridge
            .result
            .as_ref()
            .map(|result| (bridge_tag(bridge, today), dates::short_day(result.on, today), result.reason.clone())),
        escort: bridge.escort.as_ref().map(|escort| escort_view(escort, &partners, &home, today)),
        may_ask: may && bridge.result.is_none() && bridge.first_visit_on >= today,
        partners: choices(&partners, bridge.escort.as_ref()),
        agreed_to_more: shared.more.is_some(),
        shared: told(&shared, today),
        problem,
    })
}

fn facts(bridge: &Bridge, today: Date) -> Vec<Fact> {
    let agreed = &bridge.agreed;
    let mut facts = vec![
        Fact::said("Første gang", capitalised(&visit_text(bridge.first_visit_on, bridge.first_visit_at, today))),
        Fact::new("Sted", &agreed.place),
        Fact::new("Kontaktperson", &agreed.contact),
    ];
    facts.extend(agreed.phone.as_deref().map(|phone| Fact::new("Telefon", phone_text(phone))));
    facts.push(Fact::said("Vi spørger", capitalised(&dates::long_day(bridge.ask_on(), today))));
    facts
}

/// What a partner is told, a line each.
fn told(shared: &EscortShare, today: Date) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new("Fornavn", &shared.first_name),
        Fact::said("Tid", capitalised(&visit_text(shared.on, shared.at, today))),
        Fact::new("Sted", &shared.place),
    ];
    if let Some(more) = &shared.more {
        facts.push(Fact::new("Fulde navn", &more.name));
        facts.extend(more.phone.as_deref().map(|phone| Fact::new("Telefon", phone_text(phone))));
        facts.extend(more.address.as_ref().map(|address| Fact::new("Bor", address)));
    }
    facts
}

fn choices(partners: &[Activity], asked: Option<&Escort>) -> Vec<Choice> {
    let only = partners.len() == 1;
    let choice = |one: &Activity| Choice {
        value: one.id.to_string(),
        label: one.entry.association.clone(),
        hint: None,
        selected: only || asked.is_some_and(|escort| escort.partner == one.id),
    };
    partners.iter().map(choice).collect()
}

fn escort_view(escort: &Escort, partners: &[Activity], home: &ManagingOrganization, today: Date) -> EscortView {
    let contact = partners.iter().find(|one| one.id == escort.partner).map(|one| &one.entry.contact);
    let email = contact.and_then(|contact| contact.email.as_deref());
    EscortView {
        partner: escort.partner_name.clone(),
        asked_on: dates::short_day(escort.asked_on, today),
        tag: match escort.answer {
            EscortAnswer::Waiting => Tag::of("wait", "wait", escort.answer.label()),
            EscortAnswer::Yes => Tag::done(escort.answer.label()),
            EscortAnswer::No => Tag::of("line", "flag", escort.answer.label()),
        },
        who: escort.who.clone(),
        shared: told(&escort.shared, today),
        waiting: escort.answer == EscortAnswer::Waiting,
        mail: email.map(|email| mail(email, escort, home, today)),
        phone: contact.and_then(|contact| contact.phone.as_deref()).map(phone_text),
    }
}

/// The request as an e-mail that says what is shared and no more.
fn mail(email: &str, escort: &Escort, home: &ManagingOrganization, today: Date) -> String {
    let told = told(&escort.shared, today);
    let lines: Vec<String> = told.iter().map(|fact| format!("{}: {}{}", fact.label, fact.value, fact.said)).collect();
    let body = format!(
        "Kære {}\r\n\r\nKan en af jer følge med første gang?\r\n\r\n{}\r\n\r\nSvar gerne på denne mail.\r\n\r\n\
         Venlig hilsen\r\n{}, {}",
        escort.partner_name,
        lines.join("\r\n"),
        home.name,
        home.department
    );
    format!("mailto:{}?subject={}&body={}", encoded(email), encoded("Kan I følge med?"), encoded(&body))
}

pub(super) async fn result(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let done = match form.get("svar").and_then(|word| BridgeOutcome::parse(word).ok()) {
        Some(outcome) => end_bridge(&app, &caller, BridgeId(id), outcome, typed(&form, "hvorfor")).await,
        None => Err(AppError::field("svar", "required", "Vælg, hvordan det gik.")),
    };
    answer(&app, &caller, &visit, id, done, "Svaret er skrevet ind.").await
}

pub(super) async fn escort(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let partner = form.get("hvem").and_then(|text| text.parse::<Uuid>().ok());
    let done = match partner {
        Some(partner) => {
            let agreed_to_more = form.get("mere").is_some_and(|it| it == "ja");
            ask_escort(&app, &caller, BridgeId(id), EscortInput { partner: ActivityId(partner), agreed_to_more }).await
        }
        None => Err(AppError::field("hvem", "required", "Vælg, hvem I spørger.")),
    };
    answer(&app, &caller, &visit, id, done, "Det er noteret, at der er spurgt. Send nu beskeden.").await
}

pub(super) async fn escort_answer(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let done = match form.get("svar").and_then(|word| EscortAnswer::parse(word).ok()) {
        Some(said) => answer_escort(&app, &caller, BridgeId(id), said, typed(&form, "navn")).await,
        None => Err(AppError::field("svar", "required", "Vælg, hvad der blev svaret.")),
    };
    answer(&app, &caller, &visit, id, done, "Svaret om følgevennen er skrevet ind.").await
}

/// What was typed, without air around it and not endless; none when it is nothing.
fn typed(form: &Fields, name: &str) -> Option<String> {
    let text: String = form.get(name)?.trim().chars().take(500).collect();
    Some(text).filter(|text| !text.is_empty())
}

async fn answer(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: Uuid,
    done: Result<(), AppError>,
    notice: &'static str,
) -> Result<Response, AppError> {
    match done {
        Ok(()) => Ok(visit.done(&bridge_href(BridgeId(id)), notice).await?.into_response()),
        Err(error @ (AppError::Field { .. } | AppError::Bridge(_))) => {
            let page = page(app, caller, visit, BridgeId(id), Some(error.user_message())).await?;
            Ok((error.form_status(), Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}
