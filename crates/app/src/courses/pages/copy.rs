//! The citizen's copy of the status, in large letters on paper: `GET /forloeb/{id}/kopi`.
//!
//! It is the letter that was sent, word for word; before one is sent there is none to copy. The CPR number and the
//! address are not in it: it may lie on a table.

use askama::Template;
use axum::extract::{Path, State};
use domain::workdays::local_date;
use store::Seen;
use uuid::Uuid;

use super::course::load;
use super::{course_href, panels};
use crate::citizens::phone_text;
use crate::layout::{Counts, Frame, Nav, Tag, dates};
use crate::mailbox::{self, delivery_next, delivery_tag};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "courses/pages/copy.html")]
pub(super) struct CopyPage {
    frame: Frame,
    href: String,
    greeting: String,
    from: Vec<String>,
    written_on: String,
    phone: Option<String>,
    letter: Option<Copied>,
}

/// The newest status that was sent.
struct Copied {
    to: String,
    html: String,
    tag: Tag,
    next: &'static str,
    href: String,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<CopyPage>, AppError> {
    let loaded = load(&app, &caller, id.into()).await?;
    let home = app.organization(caller.organization).await?;
    let (view, now) = (&loaded.view, app.now());
    let newest = panels::statuses(view, id.into()).next();
    let letter = match newest {
        Some(message) => {
            let (outgoing, citizen) = (message.id, view.record.citizen.value.id.0);
            let read = move |tx: &mut store::Tx<'_>| {
                Ok::<_, AppError>(Seen::record(citizen, mailbox::outgoing_body(tx, outgoing)?))
            };
            let (_, body, _) = app.store.view(caller.scope("course.copy", now), read).await?;
            let line =
                panels::letters(view, id.into(), now).into_iter().find(|l| l.href.ends_with(&outgoing.to_string()));
            mailbox::readable(&app, &body).map(|html| Copied {
                to: line.map(|line| line.to).unwrap_or_default(),
                html,
                tag: delivery_tag(&message.state),
                next: delivery_next(&message.state),
                href: format!("/udgaaende/{outgoing}"),
            })
        }
        None => None,
    };
    Ok(Page(CopyPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        href: course_href(id.into()),
        greeting: view.record.citizen.value.name.full(),
        from: vec![home.name.clone(), home.department.clone()],
        written_on: dates::full_day(local_date(now)),
        phone: home.phone.as_deref().map(phone_text),
        letter,
    }))
}
