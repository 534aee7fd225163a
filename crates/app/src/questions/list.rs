//! `GET /spoergsmaal`: the questions that were saved, and what can be asked anew. Two queries.

use askama::Template;
use axum::extract::State;
use domain::permission::Permission;
use domain::workdays::local_date;
use store::Seen;

use super::{form, queries};
use crate::layout::{Counts, Frame, Link, Nav, Tag, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, access};

#[derive(Template)]
#[template(path = "questions/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    saved: Vec<SavedView>,
    measures: Vec<(&'static str, Vec<Link>)>,
    may_extract: bool,
}

struct SavedView {
    href: String,
    name: String,
    /// What is asked, or why it cannot be asked any more.
    words: String,
    owner: String,
    own: bool,
    tags: Vec<Tag>,
    since: String,
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<ListPage>, AppError> {
    let (all, kept, users) = app
        .store
        .view(caller.scope("question.list", app.now()), |tx| {
            Ok::<_, AppError>(Seen::nothing((queries::all(tx)?, queries::kept(tx)?, access::users_in(tx)?)))
        })
        .await?;
    let today = local_date(app.now());
    let seen = all.into_iter().map(|one| one.value).filter(|one| one.is_seen_by(caller.user));
    let saved = seen.map(|one| {
        let asked = one.question.asked();
        let fresh = kept.iter().any(|it| it.question == one.id && !it.seen);
        let mut tags = Vec::new();
        if asked.is_err() {
            tags.push(tag("late", "error", "Kan ikke stilles"));
        }
        if fresh {
            tags.push(tag("new", "new", "Nyt svar"));
        }
        if one.shared {
            tags.push(tag("line", "teams", "Delt"));
        }
        if one.monthly {
            tags.push(tag("line", "swap", "Hver periode"));
        }
        SavedView {
            href: format!("/spoergsmaal/{}", one.id),
            name: one.name,
            words: asked.map_or_else(|error| error.user_message(), |asked| form::in_words(&asked)),
            owner: access::name_of(&users, one.owner),
            own: one.owner == caller.user,
            tags,
            since: dates::month_day(one.made_on, today),
        }
    });
    let saved = saved.collect();
    let measures = form::measures().into_iter().map(|(view, all)| {
        let link =
            |one: &&analysis::Measure| Link::new(format!("/spoergsmaal/nyt?maal={}", one.id), one.label.as_str());
        (view.label.as_str(), all.iter().map(link).collect())
    });
    let measures = measures.collect();
    let frame = visit.frame(Nav::Quality, Counts::default()).await?;
    Ok(Page(ListPage { frame, saved, measures, may_extract: caller.role.may(Permission::Extract) }))
}

fn tag(kind: &'static str, icon: &'static str, text: &str) -> Tag {
    Tag { kind, icon, text: text.to_owned(), title: None }
}
