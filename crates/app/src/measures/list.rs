//! A citizen's measures: `GET /borgere/{id}/maalinger`. Start and end beside each other with the change, and what can be
//! used next.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use domain::ids::CitizenId;
use domain::permission::Permission;
use domain::response::Response;
use domain::workdays::local_date;
use instruments::{Change, ChangeClass, NotComparable};
use jiff::civil::Date;
use uuid::Uuid;

use super::fill::{self, fill_href};
use super::known::Instruments;
use super::pairs::{Pair, pairs};
use super::result::result_href;
use super::words::{score_text, status_tag, unit_of};
use crate::citizens::person_header;
use crate::layout::{Counts, Frame, Link, Moment, Nav, PersonHeader, Tag};
use crate::records::CitizenRecord;
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, stopbasen};

#[derive(Template)]
#[template(path = "measures/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    person: PersonHeader,
    may: bool,
    /// Then and now for the citizen, when there is a pair to show.
    progress: Option<String>,
    pairs: Vec<PairView>,
    /// Measures outside the open course.
    before: Vec<UseView>,
    choices: Vec<Link>,
}

struct PairView {
    name: String,
    start: Option<UseView>,
    end: Option<UseView>,
    others: Vec<UseView>,
    change: Option<ChangeView>,
    /// Where the end is measured, when it is missing.
    lacks_end: Option<String>,
}

struct UseView {
    name: String,
    href: String,
    at: Moment,
    phase: &'static str,
    score: Option<String>,
    meaning: Option<String>,
    tag: Tag,
}

struct ChangeView {
    /// "+25 m", in the words of the instrument.
    amount: Option<String>,
    said: &'static str,
    tag: Tag,
}

pub(crate) fn list_href(citizen: CitizenId) -> String {
    format!("/borgere/{citizen}/maalinger")
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(citizen): Path<Uuid>,
) -> Result<Page<ListPage>, AppError> {
    let loaded = fill::load(&app, &caller, citizen.into()).await?;
    let frame = visit.frame(Nav::Citizens, Counts::default()).await?;
    Ok(Page(page(frame, &caller, &loaded, local_date(app.now()))))
}

fn page(frame: Frame, caller: &Caller, loaded: &fill::Loaded, today: Date) -> ListPage {
    let record = &loaded.record;
    let citizen = record.citizen.value.id;
    let all = responses(record);
    let course = record.open_course().map(|course| course.value.id);
    let pairs = pairs(&loaded.known, &all, course);
    let progress = pairs.iter().any(|pair| pair.change.is_some_and(|change| change.is_ok()));
    let mut person = person_header(&record.citizen.value, None, today);
    person.href = Some(format!("/borgere/{citizen}"));
    let outside = |r: &&Response| r.entered_in_error || (course.is_some() && r.course != course);
    let may = caller.role.may(Permission::CitizenWrite);
    ListPage {
        frame,
        person,
        may,
        progress: progress.then(|| super::progress::progress_href(citizen)),
        pairs: pairs.iter().map(|pair| pair_view(pair, today, citizen, may)).collect(),
        before: all.iter().rev().filter(outside).filter_map(|r| use_of(loaded, r, today)).collect(),
        choices: loaded
            .known
            .in_use()
            .iter()
            .filter(|one| stopbasen::may_offer(record, &one.id))
            .map(|one| Link::new(fill_href(citizen, &one.id), &one.name))
            .collect(),
    }
}

pub(super) fn responses(record: &CitizenRecord) -> Vec<Response> {
    record.responses.iter().map(|r| r.value.clone()).collect()
}

/// A result in a line.
pub(crate) struct ResultLine {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) at: Moment,
    /// The score, when there is one.
    pub(crate) score: Option<String>,
}

/// The newest result of each instrument, the newest first.
pub(crate) fn newest_results(known: &Instruments, record: &CitizenRecord, today: Date) -> Vec<ResultLine> {
    let mut newest: BTreeMap<&str, &Response> = BTreeMap::new();
    for response in record.responses.iter().map(|it| &it.value).filter(|it| it.counts()) {
        let own = newest.entry(&response.instrument).or_insert(response);
        if response.on >= own.on {
            *own = response;
        }
    }
    let mut all: Vec<&Response> = newest.into_values().collect();
    all.sort_by_key(|response| Reverse(response.on));
    let line = |response: &Response| {
        let instrument = known.find(&response.instrument, response.version)?;
        Some(ResultLine {
            name: instrument.name.clone(),
            href: result_href(response.id),
            at: Moment::day(response.on, today),
            score: response.score.map(|score| score_text(instrument, score)),
        })
    };
    all.into_iter().filter_map(line).collect()
}

fn use_of(loaded: &fill::Loaded, response: &Response, today: Date) -> Option<UseView> {
    let instrument = loaded.known.find(&response.instrument, response.version)?;
    Some(use_view(instrument, response, today))
}

fn use_view(instrument: &instruments::Instrument, response: &Response, today: Date) -> UseView {
    let band = response.score.and_then(|score| instrument.band(score));
    UseView {
        name: instrument.name.clone(),
        href: result_href(response.id),
        at: Moment::day(response.on, today),
        phase: response.phase.label(),
        score: response.score.map(|score| score_text(instrument, score)),
        meaning: band.map(|band| band.label.clone()),
        tag: status_tag(response),
    }
}

fn pair_view(pair: &Pair<'_>, today: Date, citizen: CitizenId, may: bool) -> PairView {
    let view = |response: &Response| use_view(pair.instrument, response, today);
    let shown = [pair.start, pair.end];
    let other = |r: &&&Response| !shown.iter().flatten().any(|one| one.id == r.id);
    PairView {
        name: pair.instrument.name.clone(),
        start: pair.start.map(view),
        end: pair.end.map(view),
        others: pair.all.iter().filter(other).map(|r| view(r)).collect(),
        change: pair.change.map(|change| change_view(pair, change)),
        lacks_end: (may && pair.lacks_end()).then(|| fill_href(citizen, &pair.instrument.id)),
    }
}

fn change_view(pair: &Pair<'_>, change: Result<Change, NotComparable>) -> ChangeView {
    let change = match change {
        Ok(change) => change,
        Err(NotComparable::NoScore) => {
            let tag = Tag::of("mute", "info", "Ingen tal");
            return ChangeView { amount: None, said: NotComparable::NoScore.user_message(), tag };
        }
        Err(why) => {
            let tag = Tag::of("soon", "info", "Kan ikke sammenlignes");
            return ChangeView { amount: None, said: why.user_message(), tag };
        }
    };
    let plus = if change.amount > domain::quantity::Quantity::default() { "+" } else { "" };
    let unit = unit_of(pair.instrument).unwrap_or_default();
    let tag = match change.class {
        ChangeClass::Better => Tag::done("Bedre"),
        ChangeClass::Same => Tag::of("mute", "swap", "Uændret"),
        ChangeClass::Worse => Tag::of("soon", "flag", "Dårligere"),
        ChangeClass::NoneKnown | ChangeClass::NoDirection => Tag::of("mute", "info", "Ændring"),
    };
    let amount = format!("{plus}{} {unit}", change.amount).trim_end().to_owned();
    ChangeView { amount: Some(amount), said: change.class.label(), tag }
}
