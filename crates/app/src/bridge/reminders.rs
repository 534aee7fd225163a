//! Reminders to associations, each with its personal link: to everybody whose entry is due, or to one:
//! `POST /foreninger/paamindelser`, `POST /foreninger/{id}/paamindelse`.
//!
//! The program sends no e-mail itself. It writes the letters, to be sent from the member of staff's own mail program or on
//! paper. The links are shown this once: only their hashes are kept, so the answer is the page itself.

use std::fmt::Write as _;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::{Extension, response::IntoResponse, response::Response};
use domain::activity::Activity;
use domain::ids::ActivityId;
use domain::organization::ManagingOrganization;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Tx, Versioned};
use uuid::Uuid;

use super::words::DUE_DAYS;
use super::{links, queries};
use crate::citizens::phone_text;
use crate::layout::{Counts, Frame, Nav, dates};
use crate::web::{Page, Settings, Visit};
use crate::{App, AppError, Caller, records};

#[derive(Template)]
#[template(path = "bridge/reminders.html")]
pub(super) struct RemindersPage {
    frame: Frame,
    letters: Vec<Letter>,
    from: Vec<String>,
    phone: Option<String>,
    written_on: String,
    until: String,
}

struct Letter {
    title: String,
    association: String,
    contact: String,
    /// The link as it is written; the path alone leads there as well.
    address: String,
    path: String,
    /// Opens the member of staff's mail program with the letter; none without an address.
    mail: Option<String>,
    /// Otherwise somebody can ring.
    phone: Option<String>,
}

pub(super) async fn all(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    headers: HeaderMap,
    Extension(settings): Extension<Settings>,
) -> Result<Response, AppError> {
    let (now, today) = (app.now(), local_date(app.now()));
    let work = move |tx: &mut Tx<'_>| {
        let due = queries::activities(tx, false)?.into_iter().filter(|one| one.value.is_due(today, DUE_DAYS));
        due.map(|one| remind(tx, one, now)).collect::<Result<Vec<_>, AppError>>()
    };
    let made = app.store.write(caller.scope("activity.remind", now), work).await?;
    page(&app, &caller, &visit, made, &settings.address(&headers)).await
}

pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    headers: HeaderMap,
    Extension(settings): Extension<Settings>,
    Path(id): Path<Uuid>,
) -> Result<Response, AppError> {
    let now = app.now();
    let work = move |tx: &mut Tx<'_>| {
        let activity = queries::activity(tx, ActivityId(id))?;
        Ok::<_, AppError>(vec![remind(tx, activity, now)?])
    };
    let made = app.store.write(caller.scope("activity.remind", now), work).await?;
    page(&app, &caller, &visit, made, &settings.address(&headers)).await
}

/// Makes the link and notes the day.
fn remind(tx: &mut Tx<'_>, before: Versioned<Activity>, now: Timestamp) -> Result<(Activity, String), AppError> {
    let activity = Activity { reminded_on: Some(local_date(now)), ..before.value.clone() };
    records::save_if_changed(tx, &before, &activity)?;
    let path = links::make(tx, activity.id, now)?;
    Ok((activity, path))
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    made: Vec<(Activity, String)>,
    base: &str,
) -> Result<Response, AppError> {
    let home = app.organization(caller.organization).await?;
    let today = local_date(app.now());
    let until = app.now().saturating_add(links::LIFE).map_or(today, local_date);
    let letters = made.into_iter().map(|(activity, path)| letter(activity, path, base, &home, until)).collect();
    Ok(Page(RemindersPage {
        frame: visit.frame(Nav::Associations, Counts::default()).await?,
        letters,
        from: vec![home.name.clone(), home.department.clone()],
        phone: home.phone.as_deref().map(phone_text),
        written_on: dates::full_day(today),
        until: dates::full_day(until),
    })
    .into_response())
}

fn letter(activity: Activity, path: String, base: &str, home: &ManagingOrganization, until: Date) -> Letter {
    let entry = activity.entry;
    let address = format!("{base}{path}");
    let body = format!(
        "Kære {}\r\n\r\nVi fortæller borgere om {}. Vil du se efter, om det stadig passer? Det tager et minut, og du skal \
         ikke logge ind:\r\n\r\n{address}\r\n\r\nLinket er jeres eget og virker til og med {}.\r\n\r\nVenlig hilsen\r\n{}, {}",
        entry.contact.name,
        entry.title,
        dates::full_day(until),
        home.name,
        home.department,
    );
    let mail = entry.contact.email.as_deref().map(|email| {
        let subject = format!("Passer det stadig? {}", entry.title);
        format!("mailto:{}?subject={}&body={}", encoded(email), encoded(&subject), encoded(&body))
    });
    Letter {
        title: entry.title,
        association: entry.association,
        contact: entry.contact.name,
        phone: entry.contact.phone.filter(|_| mail.is_none()).as_deref().map(phone_text),
        address,
        path,
        mail,
    }
}

/// As a part of an address: everything but letters, digits and a few signs by its bytes (RFC 3986; RFC 6068 for the `@`).
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'@') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_a_part_of_an_address_and_can_add_nothing_to_it() {
        assert_eq!(encoded("a&bcc=x@y.dk\r\nå"), "a%26bcc%3Dx@y.dk%0D%0A%C3%A5");
    }
}
