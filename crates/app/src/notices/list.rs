//! Who is to be rung up, written to or sent a text message: `GET /beskedliste`. One query.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Redirect;
use domain::ids::NoticeId;
use domain::notice::NoticeChannel;
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::Timestamp;
use store::{Seen, Tx};
use uuid::Uuid;

use super::queries::{self, NoticeRow};
use crate::layout::{Counts, Frame, Nav, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "notices/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    may: bool,
    groups: Vec<Group>,
}

/// The messages of one channel.
struct Group {
    id: &'static str,
    heading: &'static str,
    how: &'static str,
    press: &'static str,
    lines: Vec<Line>,
}

struct Line {
    id: NoticeId,
    name: String,
    href: String,
    kind: &'static str,
    phone: Option<String>,
    /// To whom else than the citizen.
    recipient: Option<String>,
    /// The language of the interpreter.
    interpreter: Option<String>,
    /// Why it could not be sent as it should.
    why: Option<String>,
    /// How often it was tried.
    tries: Option<String>,
    /// The letter to print.
    letter: Option<String>,
    text: String,
    since: String,
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<ListPage>, AppError> {
    let now = app.now();
    let read = |tx: &mut Tx<'_>| {
        let rows = queries::waiting(tx)?;
        let seen: std::collections::BTreeSet<Uuid> = rows.iter().map(|row| row.citizen.0).collect();
        Ok::<_, AppError>(if seen.is_empty() {
            Seen::nothing(rows)
        } else {
            Seen::list(seen.into_iter().collect(), rows)
        })
    };
    let rows = app.store.view(caller.scope("notice.list", now), read).await?;
    let by_itself = app.text_sender.is_some();
    Ok(Page(ListPage {
        frame: visit.frame(Nav::Teams, Counts::default()).await?,
        may: caller.role.may(Permission::CitizenWrite),
        groups: [NoticeChannel::Call, NoticeChannel::Sms, NoticeChannel::Letter]
            .into_iter()
            .filter_map(|channel| group(channel, &rows, by_itself, now))
            .collect(),
    }))
}

fn group(channel: NoticeChannel, rows: &[NoticeRow], by_itself: bool, now: Timestamp) -> Option<Group> {
    let (id, heading, how, press) = match channel {
        NoticeChannel::Call => ("ring", "Ring op", "Ring, og sig det, der står.", "Ringet"),
        NoticeChannel::Sms if by_itself => {
            ("sms", "SMS, der sendes af sig selv", "De sendes mellem kl. 8 og 20. Du behøver ikke gøre noget.", "")
        }
        NoticeChannel::Sms => ("sms", "Send SMS", "Send teksten, som den står. Den nævner intet om helbred.", "Sendt"),
        NoticeChannel::Letter => ("brev", "Send brev", "Print brevet, og send det.", "Sendt"),
    };
    let lines: Vec<Line> = rows.iter().filter(|row| row.channel == channel).map(|row| line(row, now)).collect();
    (!lines.is_empty()).then_some(Group { id, heading, how, press, lines })
}

fn line(row: &NoticeRow, now: Timestamp) -> Line {
    Line {
        id: row.id,
        name: row.name.clone(),
        href: format!("/borgere/{}", row.citizen),
        kind: row.kind.label(),
        phone: row.phone.clone(),
        recipient: row.recipient.clone(),
        interpreter: row.interpreter.clone(),
        why: row.why.clone(),
        tries: (row.tries > 0 && row.why.is_none()).then(|| match row.tries {
            1 => "Prøvet 1 gang. Prøves igen.".to_owned(),
            tries => format!("Prøvet {tries} gange. Prøves igen."),
        }),
        letter: (row.has_letter && row.channel == NoticeChannel::Letter)
            .then(|| format!("/beskedliste/{}/brev", row.id)),
        text: row.text.clone(),
        since: format!(
            "{} kl. {}",
            dates::short_day(local_date(row.made_at), local_date(now)),
            dates::clock(row.made_at)
        ),
    }
}

pub(super) async fn given(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Redirect, AppError> {
    super::given(&app, &caller, NoticeId(id)).await?;
    visit.done_unless("/beskedliste", "Beskeden er givet.", format!("/beskedliste/{id}/fortryd")).await
}

pub(super) async fn not_given(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Redirect, AppError> {
    super::not_given(&app, &caller, NoticeId(id)).await?;
    visit.done("/beskedliste", "Beskeden står på listen igen.").await
}
