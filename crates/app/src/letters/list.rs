//! The letters and how their words stand: `/administration/tekster`.

use askama::Template;
use axum::extract::State;
use store::Seen;

use super::Texts;
use super::engine;
use super::kinds::{KINDS, LetterKind};
use super::preview::readability;
use super::queries::{self, State as Stand, Version};
use crate::administration::tabs;
use crate::layout::{Counts, Frame, Moment, Nav, Tab, Tag};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "letters/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    title: &'static str,
    when: &'static str,
    lix: Tag,
    /// When the municipality's own words were approved; none while ours hold.
    own_since: Option<Moment>,
    waits: bool,
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<ListPage>, AppError> {
    let now = app.now();
    let read = |tx: &mut store::Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::versions(tx, None)?));
    let versions = app.store.view(caller.scope("letters", now), read).await?;
    let row = |kind: &'static LetterKind| {
        let of = |state| versions.iter().find(|version: &&Version| version.kind == kind.word && version.state == state);
        let holds = of(Stand::Approved);
        let texts = holds.map_or_else(|| Texts::ours(kind), |own| own.texts.clone());
        let filled = engine::letter(kind, &texts.letter, &kind.examples()).unwrap_or_default();
        Row {
            href: format!("/administration/tekster/{}", kind.word),
            title: kind.title,
            when: kind.when,
            lix: readability(&filled).0,
            own_since: holds.and_then(|own| own.settled.as_ref()).map(|(_, at)| Moment::new(*at, now)),
            waits: of(Stand::Proposed).is_some(),
        }
    };
    Ok(Page(ListPage {
        rows: KINDS.into_iter().map(row).collect(),
        frame: visit.frame(Nav::Administration, Counts::default()).await?,
        tabs: tabs("/administration/tekster"),
    }))
}
