//! The indicators in the API: each with its newest figure, and one over time and by group. Every number is protected, for what an
//! answer holds leaves the unit.

use axum::extract::{Path, Query as FromQuery, State};
use domain::permission::Permission;
use indicators::definition::Definition;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::OpenApi;

use super::asked::{self, Query, Question, all};
use super::chart::Told;
use super::elsewhere::{self, Compared};
use super::list;
use super::said::Said;
use crate::web::{Answer, Command, Failure, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(every, one, compared, import))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of the indicators.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/indicators", Permission::QualityRead, every)
        .get("/api/v1/indicators/{id}", Permission::QualityRead, one)
        .get("/api/v1/indicators/{id}/elsewhere", Permission::QualityRead, compared)
        .post("/api/v1/indicators/elsewhere", Permission::QualityWrite, import)
}

/// Every indicator with its newest figure.
#[derive(Serialize, utoipa::ToSchema)]
struct Indicators {
    /// When the figures were brought up to date.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    /// Something was changed that is not counted yet.
    behind: bool,
    /// In the order of the definitions.
    items: Vec<Indicator>,
}

/// An indicator with its newest figure.
#[derive(Serialize, utoipa::ToSchema)]
struct Indicator {
    /// Id of the definition.
    id: &'static str,
    /// Its version.
    version: u8,
    /// Area of the standard.
    area: &'static str,
    /// count, share, `median_days`, rate, `mean_change`, gap or distribution.
    kind: &'static str,
    /// Name, in Danish.
    title: &'static str,
    /// Who meets it, in Danish.
    numerator: &'static str,
    /// Of whom, in Danish.
    denominator: &'static str,
    /// The quality goal in per cent.
    goal_percent: Option<u8>,
    /// What it may be split by.
    breakdowns: Vec<&'static str>,
    /// The figure.
    figure: ApiFigure,
}

impl Indicator {
    fn new(definition: &'static Definition, told: &Told) -> Self {
        Self {
            id: &definition.id,
            version: definition.version,
            area: definition.area.word(),
            kind: definition.kind.word(),
            title: &definition.danish.title,
            numerator: &definition.danish.numerator,
            denominator: &definition.danish.denominator,
            goal_percent: definition.goal_percent,
            breakdowns: definition.breakdowns.iter().filter(|by| !by.is_internal()).map(|by| by.word()).collect(),
            figure: ApiFigure::new(told),
        }
    }
}

/// A figure of a period.
#[derive(Serialize, utoipa::ToSchema)]
struct ApiFigure {
    /// First day of the period.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// Last day of the period.
    #[schema(value_type = String, format = Date)]
    to: Date,
    /// The number; none where there is none, or it is hidden.
    value: Option<f64>,
    /// Numerator as it may be shown: a number, "<5", "Skjult", or rounded.
    numerator: Option<String>,
    /// Denominator as it may be shown.
    denominator: Option<String>,
    /// Hidden, because it is of few citizens or would give another number away.
    hidden: bool,
    /// It can still change by itself.
    preliminary: bool,
    /// Why nobody can tell it, in Danish.
    unknown: Option<&'static str>,
    /// The groups of a distribution with how many are in each.
    groups: Vec<(String, String)>,
}

impl ApiFigure {
    fn new(told: &Told) -> Self {
        Self::of(&told.said, told)
    }

    fn of(said: &Said, told: &Told) -> Self {
        let (numerator, denominator) = said.counts.clone().unzip();
        Self {
            from: told.period.from(),
            to: told.period.to(),
            value: said.value,
            numerator,
            denominator,
            hidden: said.is_hidden,
            preliminary: told.figure.finality.is_preliminary(),
            unknown: said.unknown,
            groups: said.groups.clone(),
        }
    }
}

/// Every indicator with its newest figure.
#[utoipa::path(get, path = "/api/v1/indicators", tag = "indicators",
    responses((status = 200, description = "Every indicator", body = Indicators)))]
async fn every(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    let kept = list::everything(&app, &who).await?;
    let items = all().map(|definition| Indicator::new(definition, &list::newest(definition, &kept, false).0));
    Answer::ok(&Indicators { at: kept.at, behind: kept.behind, items: items.collect() })
}

/// An indicator over time and by group.
#[derive(Serialize, utoipa::ToSchema)]
struct OneIndicator {
    /// The indicator with the figure of the period.
    indicator: Indicator,
    /// The breakdown.
    by: Option<&'static str>,
    /// Its groups in the period.
    groups: Vec<GroupFigure>,
    /// The points of its chart, the earliest first.
    points: Vec<ApiFigure>,
    /// What nobody records that it needs, in Danish.
    lacks: Vec<&'static str>,
}

/// A group with its figure.
#[derive(Serialize, utoipa::ToSchema)]
struct GroupFigure {
    /// The stable word of the group, or its name where the municipality names it.
    group: String,
    /// What people read.
    name: String,
    /// Its figure.
    figure: ApiFigure,
}

/// An indicator in a period, split or not.
#[utoipa::path(get, path = "/api/v1/indicators/{id}", tag = "indicators",
    params(("id" = String, Path), ("periode" = Option<String>, Query, description = "12m, 2026, 2026-k3 or 2026-10"),
        ("opdel" = Option<String>, Query, description = "a breakdown"), ("del" = Option<String>, Query, description = "a part")),
    responses((status = 200, description = "The indicator", body = OneIndicator)))]
async fn one(
    State(app): State<App>,
    who: Caller,
    Path(id): Path<String>,
    FromQuery(query): FromQuery<Query>,
) -> Result<Answer, AppError> {
    let today = domain::workdays::local_date(app.now());
    let question = Question::read(&id, &query, who.role, today)?.shared()?;
    if question.bad_period {
        return Err(AppError::field("periode", "not_a_period", "Perioden findes ikke eller er ikke begyndt."));
    }
    let answer = asked::answer(&app, &who, question).await?;
    let definition = answer.question.definition;
    let group = |group: &asked::Group| GroupFigure {
        group: group.word.clone(),
        name: group.name.clone(),
        figure: ApiFigure {
            preliminary: group.figure.finality.is_preliminary(),
            ..ApiFigure::of(&group.said, &answer.period)
        },
    };
    Answer::ok(&OneIndicator {
        indicator: Indicator::new(definition, &answer.period),
        by: answer.question.by.map(indicators::definition::Breakdown::word),
        groups: answer.groups.iter().map(group).collect(),
        points: answer.points.iter().map(ApiFigure::new).collect(),
        lacks: indicators::counting::unrecorded::of(&definition.id).map(|one| one.why).collect(),
    })
}

/// A period in which others have a figure of the same definition and version.
#[derive(Serialize, utoipa::ToSchema)]
struct ComparedPeriod {
    /// First day.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    to: Date,
    /// Our own number; none where there is none, or it is hidden.
    own: Option<f64>,
    /// Each other's number, by name.
    others: Vec<OtherFigure>,
}

/// A figure of somebody else.
#[derive(Serialize, utoipa::ToSchema)]
struct OtherFigure {
    /// Whose it is.
    source: String,
    /// A share between 0 and 1, days, or a count.
    value: f64,
    /// Numerator, where it is told.
    numerator: Option<u32>,
    /// Denominator, where it is told.
    denominator: Option<u32>,
}

/// Periods in which there is something to compare with.
#[derive(Serialize, utoipa::ToSchema)]
struct ComparedPeriods {
    /// The newest first.
    items: Vec<ComparedPeriod>,
}

/// An indicator beside others' figures of the same definition, version and period.
#[utoipa::path(get, path = "/api/v1/indicators/{id}/elsewhere", tag = "indicators", params(("id" = String, Path)),
    responses((status = 200, description = "By period", body = ComparedPeriods)))]
async fn compared(State(app): State<App>, who: Caller, Path(id): Path<String>) -> Result<Answer, AppError> {
    let (periods, _) = elsewhere::compared(&app, &who, asked::known(&id)?, false).await?;
    let item = |Compared { period, own, others }: Compared| ComparedPeriod {
        from: period.from(),
        to: period.to(),
        own: own.value,
        others: others
            .into_iter()
            .map(|other| {
                let (numerator, denominator) = other.counts.unzip();
                OtherFigure { source: other.source, value: other.value, numerator, denominator }
            })
            .collect(),
    };
    Answer::ok(&ComparedPeriods { items: periods.into_iter().map(item).collect() })
}

/// A file of figures of others.
#[derive(Deserialize, utoipa::ToSchema)]
struct FiguresInput {
    /// The file as text: CSV with the columns Kilde, Målepunkt, Version, Fra, Til, Værdi, Tæller and Nævner.
    content: String,
}

/// How many figures were taken in.
#[derive(Serialize, utoipa::ToSchema)]
struct Imported {
    /// Figures.
    figures: usize,
}

/// Takes in figures of others: all of them or none.
#[utoipa::path(post, path = "/api/v1/indicators/elsewhere", tag = "indicators", request_body = FiguresInput,
    responses((status = 200, description = "Taken in", body = Imported)))]
async fn import(command: Command<FiguresInput>) -> Result<Answer, Failure> {
    command
        .run(async |go, input| {
            let imported = elsewhere::import(&go.app, &go.who, input.content.into_bytes()).await;
            let figures = imported.map_err(|error| error.of_field("content"))?;
            Answer::ok(&Imported { figures })
        })
        .await
}
