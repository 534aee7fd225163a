//! Figures as files, with every number protected: a file leaves the unit. `GET /maaltal/hent/{kind}` has the newest figure of
//! every indicator, `GET /maaltal/{id}/hent/{kind}` one over time and by group.

use axum::extract::{Path, Query as FromQuery, State};
use axum::response::Response;
use indicators::definition::Definition;

use super::asked::{self, Answer, Query, Question, all};
use super::read::Kept;
use super::said::Said;
use super::{list, page};
use crate::quality::{Cell, FileKind, Sheet, give};
use crate::{App, AppError, Caller};

const COLUMNS: [&str; 10] =
    ["Målepunkt", "Navn", "Gruppe", "Periode", "Tal", "Værdi", "Tæller", "Nævner", "95 % interval", "Bemærk"];

/// What a row is of.
struct Of {
    definition: &'static Definition,
    part: String,
    group: String,
    period: String,
    preliminary: bool,
}

fn row(of: Of, said: &Said) -> Vec<Cell> {
    let Of { definition, part, group, period, preliminary } = of;
    let title = &definition.danish.title;
    let name = if part.is_empty() { title.clone() } else { format!("{title}: {}", page::part_name(&part)) };
    let (met, of) = said.counts.clone().unwrap_or_default();
    let note = match said.unknown {
        Some(why) => why,
        None if preliminary => "Foreløbig",
        None => "",
    };
    vec![
        Cell::Text(format!("{} version {}", definition.id, definition.version)),
        Cell::Text(name),
        Cell::Text(group),
        Cell::Text(period),
        Cell::Text(said.number.clone()),
        Cell::Decimal(said.value),
        Cell::Text(met),
        Cell::Text(of),
        Cell::Text(said.interval.clone().unwrap_or_default()),
        Cell::Text(note.to_owned()),
    ]
}

/// Every indicator with its newest figure.
///
/// # Errors
///
/// The workbook cannot be written.
pub fn file_of_all(kept: &Kept, kind: FileKind) -> Result<Vec<u8>, AppError> {
    kind.bytes(&of_all(kept))
}

fn of_all(kept: &Kept) -> Sheet<'_> {
    let rows = all().map(|definition| {
        let (told, _) = list::newest(definition, kept, false);
        let of = Of {
            definition,
            part: String::new(),
            group: String::new(),
            period: told.period.label(),
            preliminary: told.figure.finality.is_preliminary(),
        };
        row(of, &told.said)
    });
    Sheet { name: "Målepunkter".to_owned(), columns: COLUMNS.to_vec(), rows: rows.collect() }
}

pub(super) async fn all_of_them(
    State(app): State<App>,
    caller: Caller,
    Path(kind): Path<String>,
) -> Result<Response, AppError> {
    let kind = FileKind::parse(&kind)?;
    let kept = list::everything(&app, &caller).await?;
    give(&app, &caller, kind, &of_all(&kept), "maalepunkter").await
}

pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path((id, kind)): Path<(String, String)>,
    FromQuery(query): FromQuery<Query>,
) -> Result<Response, AppError> {
    let kind = FileKind::parse(&kind)?;
    let today = domain::workdays::local_date(app.now());
    let question = Question::read(&id, &query, caller.role, today)?.shared()?;
    if question.bad_period {
        return Err(AppError::NotFound("period"));
    }
    let answer = asked::answer(&app, &caller, question).await?;
    give(&app, &caller, kind, &sheet(&answer), &id.to_lowercase()).await
}

/// The period, its groups, and the points of the chart.
fn sheet(answer: &Answer) -> Sheet<'_> {
    let Answer { question, points, period, groups, .. } = answer;
    let of = |group: &str, told: &super::chart::Told| Of {
        definition: question.definition,
        part: question.part.clone(),
        group: group.to_owned(),
        period: told.period.label(),
        preliminary: told.figure.finality.is_preliminary(),
    };
    let mut rows = vec![row(of("", period), &period.said)];
    rows.extend(groups.iter().map(|group| row(of(&group.name, period), &group.said)));
    for (name, count) in &period.said.groups {
        let said = Said { number: count.clone(), ..Said::default() };
        rows.push(row(of(name, period), &said));
    }
    if question.definition.kind != indicators::definition::Kind::Distribution {
        rows.extend(points.iter().map(|told| row(of("", told), &told.said)));
    }
    Sheet { name: question.definition.id.clone(), columns: COLUMNS.to_vec(), rows }
}
