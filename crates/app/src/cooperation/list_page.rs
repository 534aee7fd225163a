//! Meetings, and what is agreed and not done: `GET /samarbejde`. One query.

use askama::Template;
use axum::extract::State;
use domain::cooperation::{Agreed, AgreedState, Meeting};
use domain::workdays::local_date;
use jiff::civil::Date;
use store::{Seen, Tx};

use super::form::{Part, tabs};
use super::kept;
use crate::layout::{Counts, Frame, Moment, Nav, Tab, Tag};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "cooperation/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    tabs: Vec<Tab>,
    open: Vec<AgreedLine>,
    meetings: Vec<MeetingLine>,
}

struct AgreedLine {
    href: String,
    what: String,
    who: String,
    by: Moment,
    tag: Tag,
    meeting: Moment,
}

struct MeetingLine {
    href: String,
    day: Moment,
    forum: &'static str,
    tag: Option<Tag>,
    agenda: String,
    about_prevention: bool,
    agreed: usize,
    not_done: usize,
}

/// Where a meeting has its page.
pub(super) fn href(meeting: &Meeting) -> String {
    format!("/samarbejde/moeder/{}", meeting.id)
}

/// How an agreement stands.
pub(super) fn tag(agreed: &Agreed, today: Date) -> Tag {
    match agreed.state(today) {
        AgreedState::Done(_) => Tag::done("Udført"),
        AgreedState::Open | AgreedState::Late => Tag::deadline(agreed.by, today),
    }
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<ListPage>, AppError> {
    let today = local_date(app.now());
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(kept::all::<Meeting>(tx)?));
    let found = app.store.view(caller.scope("meeting.list", app.now()), read).await?;
    let mut meetings: Vec<Meeting> = found.into_iter().map(|it| it.value).collect();
    meetings.sort_by_key(|it| std::cmp::Reverse(it.held_on));
    let not_done = |it: &&Agreed| it.done.is_none();
    let mut open: Vec<(&Meeting, &Agreed)> =
        meetings.iter().flat_map(|it| it.standing_agreed().filter(not_done).map(move |agreed| (it, agreed))).collect();
    open.sort_by_key(|(_, agreed)| agreed.by);
    let line = |it: &Meeting| MeetingLine {
        href: href(it),
        day: Moment::day(it.held_on, today),
        forum: it.forum.label(),
        tag: (!it.was_held(today)).then(|| Tag::planned("Planlagt")),
        agenda: it.agenda.clone(),
        about_prevention: it.about_prevention,
        agreed: it.standing_agreed().count(),
        not_done: it.standing_agreed().filter(not_done).count(),
    };
    let agreed = |(meeting, agreed): &(&Meeting, &Agreed)| AgreedLine {
        href: href(meeting),
        what: agreed.what.clone(),
        who: agreed.who.clone(),
        by: Moment::day(agreed.by, today),
        tag: tag(agreed, today),
        meeting: Moment::day(meeting.held_on, today),
    };
    Ok(Page(ListPage {
        frame: visit.frame(Nav::Cooperation, Counts::default()).await?,
        tabs: tabs(Part::Meetings),
        open: open.iter().map(agreed).collect(),
        meetings: meetings.iter().map(line).collect(),
    }))
}
