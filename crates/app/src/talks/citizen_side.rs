//! The citizen's side of the talk, calm and large, also on paper: `GET /samtaler/{id}/borger`.

use askama::Template;
use axum::extract::{Path, State};
use domain::course::TalkNotes;
use domain::ids::PlannedInterventionId;
use domain::workdays::local_date;
use uuid::Uuid;

use super::wheel::Wheel;
use super::words::plain;
use super::{page, parts, talk_href};
use crate::layout::{Counts, Frame, Nav, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "talks/citizen.html")]
pub(super) struct CitizenSide {
    frame: Frame,
    back: String,
    back_text: &'static str,
    name: String,
    day: String,
    wheel: Wheel,
    goals: Vec<String>,
    plan: Vec<(&'static str, &'static str)>,
    own: String,
}

/// Goals and plan come from what is typed while the talk is open, and from the record once it is ended.
pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<CitizenSide>, AppError> {
    let now = app.now();
    let loaded = page::load(&app, &caller, "talk.citizen_side", PlannedInterventionId(id)).await?;
    let (record, talk) = (&loaded.record, &loaded.talk);
    let open = talk.status.is_open();
    let texts = parts::texts(record, &loaded.draft, loaded.time(), now);
    let notes = if open { texts.notes() } else { TalkNotes::default() };
    let known = record.goals.iter().map(|g| &g.value).filter(|g| g.course == talk.course).map(|g| g.words.clone());
    let granted = record.interventions.iter().map(|i| &i.value);
    let granted = granted.filter(|i| i.course == talk.course && !i.code.is_talk() && i.status.is_open());
    let typed = if open { texts.plan() } else { Vec::new() };
    let plan = granted.map(|i| (i.code, i.delivery)).chain(typed).map(|(code, delivery)| plain(code, delivery));
    let mut frame = visit.frame(Nav::None, Counts::default()).await?;
    frame.nav.clear();
    Ok(Page(CitizenSide {
        frame,
        back: if open { talk_href(talk.id) } else { format!("/borgere/{}", talk.citizen) },
        back_text: if open { "Tilbage til noter" } else { "Tilbage til journalen" },
        name: record.citizen.value.name.full(),
        day: dates::full_day(local_date(now)),
        wheel: Wheel::of(&notes.wheel),
        goals: known.chain(if open { texts.goals() } else { Vec::new() }).collect(),
        plan: plan.collect(),
        own: notes.maintenance.unwrap_or_default(),
    }))
}
