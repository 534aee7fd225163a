//! The operator's list of what came in: `GET /postkasse`. It names no citizen, so it is not a look into any record.

use askama::Template;
use axum::extract::State;
use domain::message::Outcome;
use domain::permission::Permission;
use jiff::Timestamp;
use store::Seen;

use super::queries::{self, MailboxRow};
use super::words::{incoming_label, outcome_tag};
use crate::layout::{Counts, Frame, Link, Moment, Nav, Tag};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

/// Rows of the page; those that need somebody come first.
const ROWS: u8 = 100;

#[derive(Template)]
#[template(path = "mailbox/mailbox.html")]
pub(super) struct MailboxPage {
    frame: Frame,
    trouble: Vec<MailRow>,
    others: Vec<MailRow>,
    /// There are older ones than shown.
    more: bool,
}

struct MailRow {
    at: Moment,
    kind: &'static str,
    sender: Option<String>,
    tag: Tag,
    reason: String,
    link: Option<Link>,
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<MailboxPage>, AppError> {
    let now = app.now();
    let rows = app
        .store
        .view(caller.scope("mailbox", now), |tx| {
            Ok::<_, AppError>(Seen::nothing(queries::mailbox_page(tx, ROWS.into())?))
        })
        .await?;
    let more = rows.len() == usize::from(ROWS);
    let may_open = caller.role.may(Permission::ReferralRead);
    let (trouble, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| needs_somebody(&row.outcome));
    let counts = Counts { referrals: None, mailbox: Some(trouble.len()) };
    let lines = |rows: Vec<MailboxRow>| rows.into_iter().map(|row| line(row, may_open, now)).collect();
    Ok(Page(MailboxPage {
        frame: visit.frame(Nav::Mailbox, counts).await?,
        trouble: lines(trouble),
        others: lines(others),
        more,
    }))
}

fn needs_somebody(outcome: &str) -> bool {
    matches!(Outcome::parse(outcome), Ok(Outcome::Quarantined | Outcome::Refused))
}

fn line(row: MailboxRow, may_open: bool, now: Timestamp) -> MailRow {
    MailRow {
        at: Moment::exactly(row.received_at, now),
        kind: incoming_label(&row.kind),
        sender: row.sender,
        tag: outcome_tag(&row.outcome),
        reason: row.reason.unwrap_or_default(),
        link: may_open.then(|| Link::new(format!("/beskeder/{}", row.id), "Se den")),
    }
}
