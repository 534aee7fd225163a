//! One activity: what it says, how true it is, what was changed by whom, and how it went for those who were helped on to
//! it: `/foreninger/{id}`. Four queries.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Redirect;
use domain::activity::{Activity, ActivityChange, ConfirmedBy, activity_changes};
use domain::ids::ActivityId;
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::Timestamp;
use serde::Deserialize;
use store::{Seen, Tx};
use uuid::Uuid;

use super::queries::{self, Was};
use super::words::{freshness, price, signs};
use super::{confirm_activity, set_closed};
use crate::access;
use crate::citizens::phone_text;
use crate::layout::{Counts, Fact, Frame, Moment, Nav, Tag};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "bridge/activity.html")]
pub(super) struct ActivityPage {
    frame: Frame,
    href: String,
    may: bool,
    title: String,
    association: String,
    kind: &'static str,
    about: Option<String>,
    facts: Vec<Fact>,
    video: Option<String>,
    signs: Vec<Tag>,
    fresh: Tag,
    confirmed_by: &'static str,
    owner: Option<String>,
    closed: bool,
    outcomes: Vec<(i64, &'static str)>,
    history: Vec<HistoryLine>,
}

struct HistoryLine {
    at: Moment,
    /// A member of staff; none when it came by the association's link.
    by: Option<String>,
    what: &'static str,
    changes: Vec<ActivityChange>,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<ActivityPage>, AppError> {
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| {
        let activity = queries::activity(tx, ActivityId(id))?.value;
        let (history, outcomes) = (queries::history(tx, activity.id)?, queries::outcomes(tx, activity.id)?);
        Ok::<_, AppError>(Seen::nothing((activity, history, outcomes, access::users_in(tx)?)))
    };
    let (activity, history, outcomes, users) = app.store.view(caller.scope("activity.open", now), read).await?;
    let owner = activity.owner.and_then(|owner| users.into_iter().find(|user| user.id == owner));
    let Activity { entry, .. } = &activity;
    let mut facts = vec![
        Fact::said("Tid", entry.when()),
        Fact::new("Sted", &entry.place),
        Fact::said("Pris", price(entry)),
        Fact::new("Kontaktperson", &entry.contact.name),
    ];
    facts.extend(entry.contact.phone.as_deref().map(|phone| Fact::new("Telefon", phone_text(phone))));
    facts.extend(entry.contact.email.as_deref().map(|email| Fact::new("E-mail", email)));
    let labels = ["kommer stadig", "kom én gang", "kom ikke", "er ikke spurgt endnu"];
    Ok(Page(ActivityPage {
        frame: visit.frame(Nav::Associations, Counts::default()).await?,
        href: format!("/foreninger/{id}"),
        may: caller.role.may(Permission::TeamWrite),
        title: entry.title.clone(),
        association: entry.association.clone(),
        kind: entry.kind.label(),
        about: entry.about.clone(),
        facts,
        video: entry.video.clone(),
        signs: signs(entry),
        fresh: freshness(&activity, local_date(now)),
        confirmed_by: match activity.confirmed_by {
            ConfirmedBy::Association => "Foreningen har selv bekræftet det.",
            ConfirmedBy::Staff => "En medarbejder har bekræftet det.",
        },
        owner: owner.map(|user| format!("{} {}", user.title, user.initials)),
        closed: activity.closed,
        outcomes: outcomes.into_iter().zip(labels).filter(|(count, _)| *count > 0).collect(),
        history: lines(&history, now),
    }))
}

/// Each version with what it changed of the one before it, the newest first.
fn lines(history: &[Was], now: Timestamp) -> Vec<HistoryLine> {
    let befores = history.iter().skip(1).map(Some).chain([None]);
    let line = |(was, before): (&Was, Option<&Was>)| {
        let changes = before.map(|b| activity_changes(&b.activity.entry, &was.activity.entry)).unwrap_or_default();
        HistoryLine {
            at: Moment::exactly(was.at, now),
            by: was.by.as_ref().map(|(title, initials)| format!("{title} {initials}")),
            what: what(was, before, &changes),
            changes,
        }
    };
    history.iter().zip(befores).map(line).collect()
}

fn what(was: &Was, before: Option<&Was>, changes: &[ActivityChange]) -> &'static str {
    let Some(before) = before else { return "Oprettet" };
    match (changes.is_empty(), before.activity.closed, was.activity.closed) {
        (_, false, true) => "Lukket",
        (_, true, false) => "Åbnet igen",
        (false, ..) => "Ændret og bekræftet",
        _ if before.activity.reminded_on != was.activity.reminded_on => "Påmindelse lavet",
        _ => "Bekræftet uden ændringer",
    }
}

/// What is pressed on the page.
#[derive(Debug, Deserialize)]
pub(super) struct StatusForm {
    handling: String,
}

pub(super) async fn status(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<StatusForm>,
) -> Result<Redirect, AppError> {
    let activity = ActivityId(id);
    let notice = match form.handling.as_str() {
        "bekraeft" => {
            confirm_activity(&app, &caller, activity).await?;
            "Aktiviteten er bekræftet i dag."
        }
        "luk" => {
            set_closed(&app, &caller, activity, true).await?;
            "Aktiviteten er lukket og foreslås ikke mere."
        }
        "aabn" => {
            set_closed(&app, &caller, activity, false).await?;
            "Aktiviteten er åbnet igen."
        }
        _ => return Err(AppError::Unreadable("form")),
    };
    visit.done(&format!("/foreninger/{id}"), notice).await
}
