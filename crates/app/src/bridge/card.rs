//! The card that the citizen leaves with: where, when, whom to ring to, and when we ring: `GET /brobygning/{id}/kort`. On
//! paper or as a text message on their own telephone. No CPR number, no address, no health words: it may lie on a table.

use askama::Template;
use axum::extract::{Path, State};
use domain::bridge::{Bridge, EscortAnswer};
use domain::citizen::{Citizen, PhoneKind};
use domain::follow_up::FollowUpState;
use domain::ids::BridgeId;
use domain::workdays::local_date;
use jiff::civil::Date;
use uuid::Uuid;

use super::bridge_page::{Loaded, load};
use super::reminders::encoded;
use super::words::{bridge_href, visit as visit_text};
use crate::citizens::{phone_href, phone_text};
use crate::layout::{Counts, Frame, Nav, capitalised, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "bridge/card.html")]
pub(super) struct CardPage {
    frame: Frame,
    href: String,
    from: Vec<String>,
    greeting: String,
    lines: Vec<(&'static str, String)>,
    follows: Option<String>,
    rings: Vec<String>,
    phone: Option<String>,
    /// Opens a text message to the citizen with the same words; none without a mobile number.
    message: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<CardPage>, AppError> {
    let Loaded { record, bridge, .. } = load(&app, &caller, "bridge.card", BridgeId(id)).await?;
    let home = app.organization(caller.organization).await?;
    let (today, bridge, citizen) = (local_date(app.now()), &bridge.value, &record.citizen.value);
    let next = record.follow_ups.iter().map(|stored| &stored.value);
    let next =
        next.filter(|one| one.state == FollowUpState::Planned && one.due_on >= today).map(|one| one.due_on).min();
    let lines = lines(bridge, today);
    let rings = rings(bridge, next, today);
    Ok(Page(CardPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        href: bridge_href(bridge.id),
        from: vec![home.name.clone(), home.department.clone()],
        greeting: citizen.name.given.as_deref().unwrap_or(&citizen.name.surname).to_owned(),
        follows: follows(bridge),
        message: message(citizen, &lines, &rings, &home.name),
        phone: home.phone.as_deref().map(phone_text),
        lines,
        rings,
    }))
}

fn lines(bridge: &Bridge, today: Date) -> Vec<(&'static str, String)> {
    let agreed = &bridge.agreed;
    let contact = match &agreed.phone {
        Some(phone) => format!("{}, {}", agreed.contact, phone_text(phone)),
        None => agreed.contact.clone(),
    };
    vec![
        ("Hvad", agreed.title.clone()),
        ("Hvem", agreed.association.clone()),
        ("Første gang", capitalised(&visit_text(bridge.first_visit_on, bridge.first_visit_at, today))),
        ("Sted", agreed.place.clone()),
        ("Spørg efter", contact),
    ]
}

fn follows(bridge: &Bridge) -> Option<String> {
    let escort = bridge.escort.as_ref().filter(|escort| escort.answer == EscortAnswer::Yes)?;
    Some(escort.who.clone().unwrap_or_else(|| escort.partner_name.clone()))
}

/// When we ring: the question after four weeks, and the next follow-up that is agreed.
fn rings(bridge: &Bridge, next: Option<Date>, today: Date) -> Vec<String> {
    let ask = (bridge.result.is_none() && bridge.ask_on() >= today).then(|| bridge.ask_on());
    let mut days: Vec<Date> = ask.into_iter().chain(next).collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter().map(|day| dates::long_day(day, today)).collect()
}

fn message(citizen: &Citizen, lines: &[(&'static str, String)], rings: &[String], home: &str) -> Option<String> {
    let mobile = citizen.phones.iter().find(|phone| phone.kind == PhoneKind::Mobile)?;
    let number = phone_href(&mobile.number)?.replacen("tel:", "sms:", 1);
    let said = lines.iter().map(|(label, value)| format!("{label}: {value}")).collect::<Vec<_>>().join("\n");
    let rings = if rings.is_empty() { String::new() } else { format!("\nVi ringer: {}", rings.join(" og ")) };
    Some(format!("{number}?body={}", encoded(&format!("{said}{rings}\n{home}"))))
}
