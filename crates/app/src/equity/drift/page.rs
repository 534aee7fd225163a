//! Whether a model drifts: `GET /lighed/model`. Four queries.

use askama::Template;
use axum::extract::{Query as FromQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use indicators::counting::label;
use indicators::definition::Breakdown;
use indicators::equity::drift::ModelVersion;
use indicators::suppression::Shown;
use standard::{LimitId, LimitValues};

use super::super::asked::{Query, period_choices};
use super::super::figures::adds_up;
use super::super::page::told;
use super::asked::{self, Answer, Question, named};
use super::picture;
use super::protect::{self, Moves, ShownDrift};
use crate::layout::{Choice, Counts, Frame, Nav, Tab, dates, lower_first};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, monitoring};

#[derive(Template)]
#[template(path = "equity/drift/page.html")]
pub(super) struct DriftPage {
    frame: Frame,
    at: Option<String>,
    behind: bool,
    problem: Option<(&'static str, &'static str)>,
    /// The model and its version; none when nothing was ever decided.
    model: Option<ModelView>,
    models: Vec<(Choice, bool)>,
    period: String,
    before: String,
    periods: Vec<Choice>,
    by: Breakdown,
    splits: Vec<Tab>,
    /// Nothing was decided with the version in the period.
    is_empty: bool,
    /// Another level was chosen 1 to 4 times in the period: more is not told.
    few: bool,
    chart: Option<ChartView>,
    /// The levels and the comparison of the groups, as HTML.
    levels: Option<String>,
    compared: Option<String>,
    groups: Vec<RowView>,
    all: Option<RowView>,
    files: (String, String),
}

/// The share over time.
struct ChartView {
    /// As HTML.
    html: String,
    /// A run, too few crossings or a point outside says more than chance.
    signal: bool,
    /// Several versions stand in it.
    several: bool,
}

struct ModelView {
    name: String,
    own: bool,
    version: u16,
}

/// A group as it is told.
pub(super) struct GroupView {
    pub(super) name: String,
    /// Its name is the municipality's own.
    pub(super) own: bool,
    pub(super) moves: Moves,
}

struct RowView {
    name: String,
    own: bool,
    decided: String,
    up: String,
    down: String,
    share: String,
}

pub(in super::super) async fn show(
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

/// What is shown of an answer.
pub(super) fn shown(answer: &Answer) -> ShownDrift {
    let of = |version: &ModelVersion| {
        protect::protect(&protect::Of {
            drift: &answer.drift,
            version,
            now: answer.question.period,
            before: answer.before,
            points: &answer.points,
            add_up: adds_up(answer.question.by),
        })
    };
    answer.version.as_ref().map(of).unwrap_or_default()
}

/// The groups of an answer as they are told, those of whom nothing is stated last.
pub(super) fn groups(shown: &ShownDrift) -> Vec<GroupView> {
    let mut all: Vec<_> = shown.groups.iter().flat_map(|(groups, _)| groups).collect();
    all.sort_by_key(|(word, _)| (super::super::figures::is_not_stated(word), word.as_str()));
    let view = |(word, moves): &(String, Moves)| GroupView {
        name: monitoring::named(word),
        own: label(word).is_none(),
        moves: *moves,
    };
    all.into_iter().map(view).collect()
}

async fn page(app: &App, caller: &Caller, visit: &Visit, answer: &Answer) -> Result<DriftPage, AppError> {
    let home = app.organization(caller.organization).await?;
    let question = &answer.question;
    let values = LimitValues::new(&home.settings.limits, &answer.set.settings.value.local_limits());
    let points = values.number(LimitId::EquityGapPoints);
    let (shown, language) = (shown(answer), visit.language());
    let series = shown.points.as_ref().map(|told| picture::over_time(&answer.points, told, answer.today));
    let groups = groups(&shown);
    let all = shown.groups.as_ref().map(|(_, all)| *all);
    let share = all.and_then(|all| all.both.share());
    let compared = share.map(|share| picture::groups(&groups, Some(share), points));
    let [now, before] = shown.levels;
    let levels = now.map(|now| picture::levels(now, before.filter(|before| before.of > 0), points));
    let href = |kind: &str| question.href(&format!("/hent/{kind}"), question.by);
    Ok(DriftPage {
        frame: visit.frame(Nav::Equity, Counts::default()).await?,
        at: answer.at.map(|at| lower_first(&dates::when_exactly(at, app.now()))),
        behind: answer.behind,
        problem: question.problem,
        model: answer.version.as_ref().map(model_view),
        models: models(answer),
        period: monitoring::period_in_full(&question.word, question.period),
        before: answer.before.label(),
        periods: period_choices(answer.today, &question.word),
        by: question.by,
        splits: asked::splits(caller.role).map(|by| tab(question, by)).collect(),
        is_empty: answer.whole(question.period).decided() == 0,
        few: shown.groups.is_none()
            && Shown::alone(answer.whole(question.period).changed()) == Shown::UnderFive
            && now.is_some(),
        chart: series.map(|picture| ChartView {
            html: language.figure("udvikling", &picture),
            signal: is_signal(&picture),
            several: !picture.changes.is_empty(),
        }),
        levels: levels.map(|picture| language.figure("niveauer", &picture)),
        compared: compared.map(|picture| language.figure("sammenligning", &picture)),
        all: all.map(|moves| row(&GroupView { name: "Alle".to_owned(), own: false, moves })),
        groups: groups.iter().map(row).collect(),
        files: (href("xlsx"), href("csv")),
    })
}

const fn is_signal(series: &charts::Series) -> bool {
    !series.signals.is_empty() || !series.outside.is_empty() || series.few_crossings.is_some()
}

fn model_view(of: &ModelVersion) -> ModelView {
    let (name, ours) = named(of);
    ModelView { name, own: !ours, version: of.version }
}

fn row(of: &GroupView) -> RowView {
    RowView {
        name: of.name.clone(),
        own: of.own,
        decided: told(of.moves.both.of),
        up: told(of.moves.up),
        down: told(of.moves.down),
        share: of.moves.both.share().map_or_else(|| "Skjult".to_owned(), |share| charts::percent(share.value(), 0)),
    }
}

/// The versions that were used, and the one that is looked at; with each whether its name is the municipality's own.
fn models(answer: &Answer) -> Vec<(Choice, bool)> {
    let mut all: Vec<&ModelVersion> = answer.drift.versions().collect();
    all.extend(answer.version.as_ref().filter(|of| !answer.drift.versions().any(|used| used == *of)));
    let choice = |of: &ModelVersion| {
        let (name, ours) = named(of);
        let label = format!("{name}, udgave {}", of.version);
        let choice = Choice { value: of.word(), label, hint: None, selected: answer.version.as_ref() == Some(of) };
        (choice, !ours)
    };
    all.into_iter().map(choice).collect()
}

fn tab(question: &Question, by: Breakdown) -> Tab {
    Tab { href: question.href("", by), label: by.label().to_owned(), count: None, current: by == question.by }
}
