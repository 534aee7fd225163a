//! The groups as a file, protected as on the page: `GET /lighed/hent/{kind}`.

use axum::extract::{Path, Query as FromQuery, State};
use axum::response::Response;
use indicators::suppression::Shown;

use super::asked::{self, Answer, Query, Question, stage_label};
use super::figures::{self, Figures, OfferRow};
use super::protect::{STAGES, ShownStages};
use crate::quality::{Cell, FileKind, Sheet, give};
use crate::{App, AppError, Caller};

const COLUMNS: [&str; 14] = [
    "Tilbud",
    "Opdelt efter",
    "Gruppe",
    "Periode",
    "Befolkning",
    "Henvist",
    "Begyndt",
    "Gennemført",
    "Fået gavn",
    "Andel begyndt",
    "Andel gennemført",
    "Andel med gavn",
    "Manglende borgere målt på",
    "Manglende borgere",
];

pub(super) async fn fetch(
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
    let home = app.organization(caller.organization).await?;
    let sheet = sheet(&answer, &figures::of(&answer, &home.code), &figures::of_offers(&answer, &home.code));
    give(&app, &caller, kind, &sheet, "lighed").await
}

/// A row for each group, one for their sum, and one for each other offer.
fn sheet(answer: &Answer, found: &Figures, offers: &[OfferRow]) -> Sheet<'static> {
    let question = &answer.question;
    let offer = answer.offers.iter().find(|(id, _)| *id == question.offer);
    let offer = offer.map_or_else(|| "Alle tilbud".to_owned(), |(_, name)| name.clone());
    let row = |offer: &str, group: &str, persons: Option<u64>, shown: ShownStages, missing: Cell| {
        let mut cells = vec![
            Cell::Text(offer.to_owned()),
            Cell::Text(question.by.label().to_owned()),
            Cell::Text(group.to_owned()),
            Cell::Text(question.period.label()),
            persons.map_or_else(|| Cell::Text(String::new()), Cell::Number),
        ];
        cells.extend(STAGES.map(|stage| number(shown.of(stage))));
        cells.extend(STAGES[1..].iter().map(|stage| Cell::Share(figures::share(shown, *stage).map(|it| it.value()))));
        cells.push(Cell::Text(stage_label(question.stage).to_owned()));
        cells.push(missing);
        cells
    };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for group in &found.groups {
        let missing = told(group.is_placed, group.missing.map(|(_, count)| count));
        rows.push(row(&offer, &group.name, group.persons, group.shown, missing));
    }
    if let Some(sum) = found.sum {
        let persons = Some(found.persons).filter(|persons| *persons > 0);
        let of = offers.iter().find(|row| row.id == question.offer);
        rows.push(row(&offer, "I alt", persons, sum, told(of.is_some(), of.and_then(|row| row.missing))));
    }
    Sheet { name: "Lighed".to_owned(), columns: COLUMNS.to_vec(), rows }
}

pub(super) fn number(shown: Shown) -> Cell {
    shown.exact().map_or_else(|| Cell::Text(shown.text()), |count| Cell::Number(u64::from(count)))
}

/// Nothing where nobody is compared.
fn told(is_compared: bool, missing: Option<u32>) -> Cell {
    match missing {
        Some(count) => Cell::Number(u64::from(count)),
        None if is_compared => Cell::Text("Skjult".to_owned()),
        None => Cell::Text(String::new()),
    }
}
