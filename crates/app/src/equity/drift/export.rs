//! The decisions as a file, protected as on the page: `GET /lighed/model/hent/{kind}`.

use axum::extract::{Path, Query as FromQuery, State};
use axum::response::Response;
use domain::stratification::Stratum;
use indicators::equity::drift::ModelVersion;
use indicators::period::FigurePeriod;
use indicators::statistics::Share;
use indicators::suppression::Shown;

use super::super::asked::Query;
use super::super::export::number;
use super::asked::{self, Answer, Question, named};
use super::page::{groups, shown};
use super::protect::{Decisions, Levels, Moves};
use crate::quality::{Cell, FileKind, Sheet, give};
use crate::{App, AppError, Caller};

const COLUMNS: [&str; 10] =
    ["Model", "Udgave", "Vist som", "Gruppe", "Periode", "Besluttet", "Andet niveau", "Hævet", "Sænket", "Andel"];

pub(in super::super) async fn fetch(
    State(app): State<App>,
    caller: Caller,
    Path(kind): Path<String>,
    FromQuery(query): FromQuery<Query>,
) -> Result<Response, AppError> {
    let kind = FileKind::parse(&kind)?;
    let today = domain::workdays::local_date(app.now());
    let question = Question::read(&query, caller.role, today)?;
    let answer = asked::answer(&app, &caller, question).await?;
    if answer.question.problem.is_some() {
        return Err(AppError::NotFound("what was asked for"));
    }
    give(&app, &caller, kind, &sheet(&answer), "modeldrift").await
}

/// A row for each point of the chart, each level now and before, each group and all of them.
fn sheet(answer: &Answer) -> Sheet<'static> {
    let shown = shown(answer);
    let mut rows = Vec::new();
    if let Some(version) = &answer.version {
        let row = |of: &ModelVersion, seen: &str, group: &str, period: FigurePeriod, cells: [Cell; 5]| {
            let words = [named(of).0, of.version.to_string(), seen.to_owned(), group.to_owned(), period.label()];
            words.into_iter().map(Cell::Text).chain(cells).collect::<Vec<_>>()
        };
        for (point, told) in answer.points.iter().zip(shown.points.iter().flatten()) {
            let of = point.version.as_ref().unwrap_or(version);
            rows.push(row(of, "Over tid", "", point.period, over_time(*told)));
        }
        let (now, before) = (answer.question.period, answer.before);
        for (levels, period) in shown.levels.into_iter().zip([now, before]) {
            let each = levels.iter().flat_map(|levels| (0..Stratum::ALL.len()).map(move |at| (at, levels)));
            rows.extend(
                each.map(|(at, levels)| row(version, "Niveau", Stratum::ALL[at].label(), period, level(levels, at))),
            );
        }
        let by = answer.question.by.label();
        rows.extend(groups(&shown).iter().map(|group| row(version, by, &group.name, now, moves(group.moves))));
        rows.extend(shown.groups.iter().map(|(_, all)| row(version, by, "Alle", now, moves(*all))));
    }
    Sheet { name: "Modeldrift".to_owned(), columns: COLUMNS.to_vec(), rows }
}

fn empty() -> Cell {
    Cell::Text(String::new())
}

fn share(of: Option<Share>) -> Cell {
    Cell::Share(of.map(Share::value))
}

fn over_time(told: Decisions) -> [Cell; 5] {
    [number(told.of), number(told.changed), empty(), empty(), share(told.share())]
}

fn level(levels: &Levels, at: usize) -> [Cell; 5] {
    let count = levels.each.get(at).copied().unwrap_or(Shown::Withheld);
    let of_all = count.exact().and_then(|count| Share::new(count, levels.of));
    [number(count), empty(), empty(), empty(), share(of_all)]
}

fn moves(told: Moves) -> [Cell; 5] {
    let Moves { up, down, both } = told;
    [number(both.of), number(both.changed), number(up), number(down), share(both.share())]
}
