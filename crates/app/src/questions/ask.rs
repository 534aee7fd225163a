//! Asking: the statement of a question is run over the caller's own organization, and what it found is protected before
//! anything sees it.

use analysis::answer::{Answer, Group, Measured, NoAnswer, protect};
use analysis::{Asked, Bound, MeasureKind, Period, Span, Statement};
use domain::workdays::local_date;
use jiff::civil::Date;
use store::{Row, Seen, StoreError, Tx, Value};

use crate::{App, AppError, Caller};

/// A question with its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// What was asked.
    pub asked: Asked,
    /// The days it is about.
    pub span: Span,
    /// What may be shown, or why there is nothing.
    pub answer: Result<Answer, NoAnswer>,
    /// The statement that ran, as it ran.
    pub sql: String,
    /// Its values, by their place.
    pub values: Vec<(String, String)>,
}

/// Asks a question about the caller's organization.
///
/// # Errors
///
/// The store cannot be read.
pub async fn ask(app: &App, who: &Caller, asked: Asked) -> Result<Answered, AppError> {
    let today = local_date(app.now());
    app.store
        .view(who.scope("question.ask", app.now()), move |tx| {
            Ok::<_, AppError>(Seen::nothing(answered(tx, asked, today)?))
        })
        .await
}

pub(super) fn answered(tx: &mut Tx<'_>, asked: Asked, today: Date) -> Result<Answered, StoreError> {
    let span = asked.period.span(today);
    let statement = Statement::of(&asked, span);
    let values: Vec<Value<'_>> = statement.values.iter().map(|bound| value(*bound)).collect();
    let splits = asked.splits.len();
    let kind = asked.measure.kind;
    let groups = tx.ask(&statement.sql, &values, |row| group(row, splits, kind))?;
    let answer = protect(&asked, span, groups);
    let sql = tx.engine().reporting(&statement.sql.text());
    let said = std::iter::once("kommunen selv".to_owned()).chain(statement.values.iter().map(|bound| said(*bound)));
    let values = said.enumerate().map(|(at, text)| (format!("${}", at + 1), text)).collect();
    Ok(Answered { asked, span, answer, sql, values })
}

const fn value(bound: Bound) -> Value<'static> {
    match bound {
        Bound::Day(day) => Value::Date(day),
        Bound::Word(word) => Value::Text(word),
        Bound::Flag(flag) => Value::Bool(flag),
    }
}

fn said(bound: Bound) -> String {
    match bound {
        Bound::Day(day) => day.to_string(),
        Bound::Word(word) => word.to_owned(),
        Bound::Flag(true) => "ja".to_owned(),
        Bound::Flag(false) => "nej".to_owned(),
    }
}

/// A row in the order of [`Statement::of`].
fn group(row: &mut Row<'_>, splits: usize, kind: MeasureKind) -> Result<Group, StoreError> {
    let values = (0..splits).map(|_| row.take::<Option<String>>()).collect::<Result<_, _>>()?;
    // A question without a split has one row, also when nothing is there.
    let (rows, citizens, outside) = (row.take::<Option<i64>>()?.unwrap_or(0), row.take()?, row.take()?);
    let measured = match kind {
        MeasureKind::Count | MeasureKind::Citizens => Measured::Itself,
        MeasureKind::Share => {
            let (yes, no, citizens_yes, citizens_no) = (row.take()?, row.take()?, row.take()?, row.take()?);
            Measured::Share {
                yes: count(yes),
                no: count(no),
                citizens_yes: count(citizens_yes),
                citizens_no: count(citizens_no),
            }
        }
        MeasureKind::Mean => {
            let (_, citizens, hundredths) = (row.take::<i64>()?, row.take()?, row.take()?);
            Measured::Mean { citizens: count(citizens), hundredths }
        }
    };
    Ok(Group { values, rows: count(rows), citizens: count(citizens), outside: count(outside), measured })
}

fn count(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

/// Whether a period can have an answer at all yet.
pub(super) fn is_over(period: Period, today: Date) -> bool {
    let span = period.span(today);
    span.from <= span.to
}
