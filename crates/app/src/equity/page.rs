//! Whom the offers reach: `GET /lighed`. Six queries.

use askama::Template;
use axum::extract::{Query as FromQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::permission::Permission;
use indicators::definition::Breakdown;
use indicators::equity::missing_people::Against;
use indicators::equity::participation::ALL_OFFERS;
use indicators::suppression::Shown;
use standard::{LimitId, LimitValues};

use super::asked::{self, Answer, Query, Question, stage_label, stage_word};
use super::figures::{self, Figures, Group, OfferRow};
use super::protect::{STAGES, ShownStages};
use super::{drift, picture, way};
use crate::layout::{Choice, Counts, Frame, Link, Nav, Tab, dates, lower_first};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, monitoring, quality};

#[derive(Template)]
#[template(path = "equity/page.html")]
pub(super) struct EquityPage {
    frame: Frame,
    at: Option<String>,
    behind: bool,
    /// What is wrong with what was asked for: the field and what to do.
    problem: Option<(&'static str, &'static str)>,
    /// Name of the offer; none for all of them.
    offer: Option<String>,
    offers: Vec<Choice>,
    stage: &'static str,
    stages: Vec<Choice>,
    period: String,
    periods: Vec<Choice>,
    by: Breakdown,
    splits: Vec<Tab>,
    is_empty: bool,
    /// The comparison, as HTML.
    chart: Option<String>,
    groups: Vec<GroupView>,
    sum: Option<[CellView; 4]>,
    missing: Option<MissingView>,
    /// The population it is measured against.
    measured: Option<MeasuredView>,
    may_write: bool,
    /// When this was looked at last.
    reviewed: Option<String>,
    version: i64,
    question: Question,
    /// The way and the waiting times, as HTML.
    way: Option<String>,
    waiting: Option<String>,
    files: (String, String),
    /// Where it stands whether the models drift.
    drift: String,
}

/// A group: what the population has, and its stages.
struct GroupView {
    name: String,
    own: bool,
    persons: String,
    cells: [CellView; 4],
}

/// A count as it is shown, with its share of those referred.
struct CellView {
    label: &'static str,
    count: String,
    share: Option<String>,
}

/// Those missing of each group, and with each offer.
struct MissingView {
    rows: Vec<MissingRow>,
    offers: Vec<OfferView>,
}

struct MissingRow {
    name: String,
    own: bool,
    take_part: String,
    expected: String,
    missing: String,
}

struct OfferView {
    href: String,
    name: String,
    is_all: bool,
    current: bool,
    take_part: String,
    missing: String,
    most: Option<(String, bool)>,
}

struct MeasuredView {
    link: Link,
    source: String,
    dataset: String,
    persons: String,
}

const HIDDEN: &str = "Skjult";
const NOTHING: &str = "–";

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    FromQuery(query): FromQuery<Query>,
) -> Result<Response, AppError> {
    let today = domain::workdays::local_date(app.now());
    let question = Question::read(&query, caller.role, today)?;
    let answer = asked::answer(&app, &caller, question).await?;
    let status = if answer.question.problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = page(&app, &caller, &visit, &answer).await?;
    Ok((status, Page(page)).into_response())
}

/// Writes down that the figures were looked at, as they are split now.
pub(super) async fn review(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let today = domain::workdays::local_date(app.now());
    let question = Question::read(&form, caller.role, today)?;
    let answer = asked::answer(&app, &caller, question).await?;
    let question = &answer.question;
    if question.problem.is_some() {
        return Err(AppError::NotFound("what was asked for"));
    }
    let of_population = answer.measured.is_some();
    quality::review(&app, &caller, fields::version(&form), question.by, of_population).await?;
    let back = question.href("", question.by, &question.offer);
    Ok(visit.done(&back, "Det er noteret, at tallene er gennemgået.").await?.into_response())
}

async fn page(app: &App, caller: &Caller, visit: &Visit, answer: &Answer) -> Result<EquityPage, AppError> {
    let home = app.organization(caller.organization).await?;
    let question = &answer.question;
    let found = figures::of(answer, &home.code);
    let values = LimitValues::new(&home.settings.limits, &answer.set.settings.value.local_limits());
    let reviews = &answer.set.settings.value.reviews;
    let compared = picture::comparison(&found, question.stage, values.number(LimitId::EquityGapPoints));
    let href = |kind: &str| question.href(&format!("/hent/{kind}"), question.by, &question.offer);
    Ok(EquityPage {
        frame: visit.frame(Nav::Equity, Counts::default()).await?,
        at: answer.at.map(|at| lower_first(&dates::when_exactly(at, app.now()))),
        behind: answer.behind,
        problem: question.problem,
        offer: answer.offers.iter().find(|(id, _)| *id == question.offer).map(|(_, name)| name.clone()),
        offers: offers(answer),
        stage: stage_label(question.stage),
        stages: stages(question),
        period: monitoring::period_in_full(&question.word, question.period),
        periods: asked::period_choices(answer.today, &question.word),
        by: question.by,
        splits: splits(question, caller),
        is_empty: found.is_empty,
        chart: compared.filter(|_| !found.is_empty).map(|picture| visit.language().figure("sammenligning", &picture)),
        missing: missing(answer, &found, &figures::of_offers(answer, &home.code)),
        sum: found.sum.map(cells),
        groups: found.groups.iter().map(group).collect(),
        measured: measured(answer, &found),
        may_write: caller.role.may(Permission::QualityWrite),
        reviewed: reviews.get(question.by.word()).map(|review| dates::month_day(review.on, answer.today)),
        version: answer.set.settings.version,
        way: way::flow(&answer.kept.way).map(|picture| visit.language().figure("vejen", &picture)),
        waiting: way::waiting(&answer.kept.way).map(|picture| visit.language().figure("ventetid", &picture)),
        question: question.clone(),
        files: (href("xlsx"), href("csv")),
        drift: drift::link(question.by, &question.word),
    })
}

fn group(of: &Group) -> GroupView {
    GroupView {
        name: of.name.clone(),
        own: of.own,
        persons: of.persons.map_or_else(|| NOTHING.to_owned(), people),
        cells: cells(of.shown),
    }
}

fn people(count: u64) -> String {
    charts::count(u32::try_from(count).unwrap_or(u32::MAX))
}

fn cells(shown: ShownStages) -> [CellView; 4] {
    STAGES.map(|stage| CellView {
        label: stage_label(stage),
        count: told(shown.of(stage)),
        share: figures::share(shown, stage)
            .filter(|_| stage != STAGES[0])
            .map(|share| charts::percent(share.value(), 0)),
    })
}

pub(super) fn told(shown: Shown) -> String {
    shown.exact().map_or_else(|| shown.text(), charts::count)
}

fn missing(answer: &Answer, found: &Figures, offers: &[OfferRow]) -> Option<MissingView> {
    found.against?;
    let question = &answer.question;
    let row = |of: &Group| MissingRow {
        name: of.name.clone(),
        own: of.own,
        take_part: told(of.shown.of(question.stage)),
        expected: of.missing.map_or_else(|| HIDDEN.to_owned(), |(expected, _)| charts::decimal(expected, 1)),
        missing: of.missing.map_or_else(|| HIDDEN.to_owned(), |(_, count)| charts::count(count)),
    };
    let offer = |of: &OfferRow| OfferView {
        href: question.href("", question.by, &of.id),
        name: of.name.clone(),
        is_all: of.id == ALL_OFFERS,
        current: of.id == question.offer,
        take_part: told(of.take_part),
        missing: of.missing.map_or_else(|| HIDDEN.to_owned(), charts::count),
        most: of.most.clone(),
    };
    Some(MissingView {
        rows: found.groups.iter().filter(|group| group.is_placed).map(row).collect(),
        offers: offers.iter().map(offer).collect(),
    })
    .filter(|_| !found.is_empty)
}

fn measured(answer: &Answer, found: &Figures) -> Option<MeasuredView> {
    let measured = answer.measured.as_ref().filter(|_| found.against == Some(Against::Population))?;
    Some(MeasuredView {
        link: Link::new(measured.href.clone(), measured.subject.label()),
        source: measured.source.clone(),
        dataset: dates::month_day(measured.dataset_on, answer.today),
        persons: people(found.persons),
    })
}

fn offers(answer: &Answer) -> Vec<Choice> {
    let choice = |value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: None,
        selected: value == answer.question.offer,
    };
    answer.offers.iter().map(|(id, name)| choice(id, name)).collect()
}

fn stages(question: &Question) -> Vec<Choice> {
    let choice = |stage| Choice {
        value: stage_word(stage).to_owned(),
        label: stage_label(stage).to_owned(),
        hint: None,
        selected: stage == question.stage,
    };
    STAGES.map(choice).into()
}

fn splits(question: &Question, caller: &Caller) -> Vec<Tab> {
    let tab = |by: Breakdown| Tab {
        href: question.href("", by, &question.offer),
        label: by.label().to_owned(),
        count: None,
        current: by == question.by,
    };
    asked::splits(caller.role).map(tab).collect()
}
