//! One indicator: `GET /maaltal/{id}` with its figure of a period, its chart, its groups, its definition, and what is not known.
//! Six queries at most.

use askama::Template;
use axum::extract::{Path, Query as FromQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use charts::Text;
use domain::permission::Permission;
use indicators::counting::unrecorded;
use indicators::definition::{Breakdown, Definition, Kind};
use standard::{LimitId, LimitValues, STANDARD};

use super::asked::{self, Answer, Group, Query, Question};
use super::said::{self, Said};
use super::{chart, differences, period};
use crate::layout::{Choice, Counts, Frame, Link, Nav, Tab, dates, lower_first};
use crate::quality::{limit_words, requirement_href};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "monitoring/page.html")]
pub(super) struct IndicatorPage {
    frame: Frame,
    id: &'static str,
    definition: &'static Definition,
    at: Option<String>,
    behind: bool,
    /// What is wrong with what was asked for.
    problem: Option<&'static str>,
    period: String,
    periods: Vec<(&'static str, Vec<Choice>)>,
    by: Option<Breakdown>,
    part: String,
    splits: Vec<Tab>,
    figure: Said,
    beside: Vec<String>,
    goal: Option<String>,
    /// The charts, as HTML.
    chart: Option<String>,
    multiples: Option<String>,
    differences: Vec<differences::Differences>,
    groups: Vec<GroupView>,
    columns: Columns,
    /// Its other figures.
    parts: Vec<(Link, String, String)>,
    limits: Vec<(&'static str, String)>,
    sources: Vec<Link>,
    unknown: Vec<&'static str>,
    /// Every number is shown, for those who treat the citizens.
    exact: bool,
    /// The page as it may leave the unit, and back.
    other_view: Option<Link>,
    rows: Option<String>,
    files: Option<(String, String)>,
}

/// What the table of groups holds beside the figures.
struct Columns {
    counts: bool,
    intervals: bool,
}

struct GroupView {
    name: String,
    own: bool,
    said: Said,
    small: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<String>,
    FromQuery(query): FromQuery<Query>,
) -> Result<Response, AppError> {
    let today = domain::workdays::local_date(app.now());
    let question = Question::read(&id, &query, caller.role, today)?;
    let bad = question.bad_period;
    let answer = asked::answer(&app, &caller, question).await?;
    let page = page(&app, &caller, &visit, answer).await?;
    let status = if bad { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Page(page)).into_response())
}

async fn page(app: &App, caller: &Caller, visit: &Visit, answer: Answer) -> Result<IndicatorPage, AppError> {
    let home = app.organization(caller.organization).await?;
    let Answer { question, kept, points, period: told, parts, groups } = answer;
    let (definition, by, today) = (question.definition, question.by, kept.today);
    let values = LimitValues::new(&home.settings.limits, &kept.set.settings.value.local_limits());
    let language = visit.language();
    let is_gap = definition.kind == Kind::Gap;
    let has_points = points.iter().any(|point| point.said.value.is_some() || point.said.is_hidden);
    let picture = || chart::html(language, "over-tid", &chart::over_time(definition, &question.part, &points));
    let opens = caller.role.may(Permission::CitizenRead);
    let other = |href: String, exact: bool| {
        if exact {
            Link::new(format!("{href}&visning=deling"), "Vis til deling")
        } else {
            Link::new(href, "Vis alle tal")
        }
    };
    let shareable = !by.is_some_and(Breakdown::is_internal);
    let small = |group: &Group| group.figure.of > 0 && group.figure.of < indicators::suppression::SMALL;
    Ok(IndicatorPage {
        frame: visit.frame(Nav::Monitoring, Counts::default()).await?,
        id: &definition.id,
        definition,
        at: kept.at.map(|at| lower_first(&dates::when_exactly(at, app.now()))),
        behind: kept.behind,
        problem: question.bad_period.then_some("Perioden findes ikke eller er ikke begyndt. Vælg en af dem på listen."),
        period: period_label(&question.choice),
        periods: periods(&question, today),
        by,
        part: question.part.clone(),
        splits: splits(&question, caller),
        beside: if is_gap { Vec::new() } else { said::beside(&told.figure, question.exact, today) },
        goal: definition.goal_percent.filter(|_| question.part.is_empty()).map(|goal| format!("Mål {goal} %")),
        chart: (!is_gap && has_points && (question.exact || definition.kind != Kind::Distribution)).then(picture),
        multiples: multiples(&question, &points, &groups).map(|picture| chart::html(language, "grupper", &picture)),
        differences: by
            .filter(|_| is_gap)
            .map_or_else(Vec::new, |by| differences::of(&question, &kept, by, &values, language)),
        columns: Columns {
            counts: groups.iter().any(|group| group.said.counts.is_some()),
            intervals: groups.iter().any(|group| group.said.interval.is_some()),
        },
        groups: groups
            .into_iter()
            .map(|group| GroupView { small: small(&group), name: group.name, own: group.own, said: group.said })
            .collect(),
        parts: parts
            .into_iter()
            .map(|(part, said)| (Link::new(question.href("", None, &part), part_name(&part)), said.number, said.of))
            .collect(),
        limits: limits(definition, &values),
        sources: definition.requirements.iter().map(|id| Link::new(requirement_link(id), id.as_str())).collect(),
        unknown: unrecorded::of(&definition.id).map(|one| one.why).collect(),
        exact: question.exact,
        other_view: (opens && shareable).then(|| other(question.href("", by, &question.part), question.exact)),
        rows: (opens && question.exact && !is_gap && has_rows(&definition.id))
            .then(|| question.href("/raekker", None, &question.part)),
        files: shareable.then(|| {
            let href = |kind: &str| question.href(&format!("/hent/{kind}"), by, &question.part);
            (href("xlsx"), href("csv"))
        }),
        figure: told.said,
    })
}

/// What is counted by what the rules say stands on the pages of the requirements.
pub(super) fn has_rows(id: &str) -> bool {
    !matches!(id, "Q03" | "Q07")
}

/// Requirements have pages of their own; what other documents ask has none.
fn requirement_link(id: &str) -> String {
    STANDARD.requirement(id).map_or_else(String::new, |one| requirement_href(&one.id))
}

/// What a figure of an indicator is called.
pub(super) fn part_name(part: &str) -> String {
    if part.is_empty() { "Hovedtallet".to_owned() } else { said::named(part) }
}

/// "Seneste 12 måneder" and when that is, or the period as it is called.
pub(super) fn period_label(choice: &period::Choice) -> String {
    period::in_full(&choice.word, choice.period)
}

fn periods(question: &Question, today: jiff::civil::Date) -> Vec<(&'static str, Vec<Choice>)> {
    let choice = |one: period::Choice| Choice {
        selected: one.word == question.choice.word,
        label: period::name(&one.word, one.period),
        value: one.word,
        hint: None,
    };
    let all = period::offered(question.definition, today).into_iter();
    all.map(|(name, choices)| (name, choices.into_iter().map(choice).collect())).collect()
}

fn splits(question: &Question, caller: &Caller) -> Vec<Tab> {
    let tab = |by: Option<Breakdown>| Tab {
        href: question.href("", by, &question.part),
        label: by.map_or("Ikke opdelt", Breakdown::label).to_owned(),
        count: None,
        current: by == question.by,
    };
    let none = (question.definition.kind != Kind::Gap).then(|| tab(None));
    none.into_iter().chain(asked::splits(question.definition, caller.role).map(|by| tab(Some(by)))).collect()
}

/// More groups than this are read in the table.
const PANELS: usize = 12;

fn multiples(question: &Question, points: &[chart::Told], groups: &[Group]) -> Option<charts::Multiples> {
    let several = groups.len() > 1 && question.definition.kind != Kind::Distribution;
    let series = || {
        let name = |group: &Group| if group.own { Text::record(&*group.name) } else { Text::from(&*group.name) };
        let shown = groups.iter().filter(|group| group.series.iter().any(|said| said.value.is_some()));
        shown.map(|group| (name(group), group.series.clone())).collect::<Vec<_>>()
    };
    let periods: Vec<_> = points.iter().map(|told| told.period).collect();
    (several && question.exact && groups.len() <= PANELS)
        .then(|| chart::of_groups(question.definition, &periods, series()))
}

fn limits(definition: &Definition, values: &LimitValues) -> Vec<(&'static str, String)> {
    definition.limits.iter().filter_map(|id| LimitId::parse(id)).map(|id| limit_words(id, values)).collect()
}
