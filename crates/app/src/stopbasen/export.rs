//! The rows of STOPbasen's forms for a period, as a file in the order of each form's questions.
//!
//! A row is named by a number of its own and carries no name and no CPR number: the forms do not ask for one. Only whole
//! forms of those who consented are in it (KS-5.3-12).

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use domain::ids::{CitizenId, CourseId, ResponseId};
use domain::response::{Answer, Response, ResponseStatus};
use domain::stop_course::{StopForm, window};
use domain::workdays::local_date;
use instruments::Instrument;
use jiff::civil::Date;
use store::{Seen, StoreError, Tx};

use super::forms;
use super::queries::{self, NewFile};
use super::standing::{self, StopStanding};
use crate::measures::Instruments;
use crate::{App, AppError, Caller, ids};

/// What to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportInput {
    /// Which form.
    pub form: StopForm,
    /// First day on which the interventions were granted.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

/// An exported file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The file.
    pub file: String,
    /// How many rows are in it.
    pub rows: usize,
    /// How many of them were in no file before.
    pub new_rows: usize,
}

/// The nicotine interventions of a period, and what is read of their forms.
pub(super) struct Loaded {
    interventions: Vec<StopStanding>,
    responses: HashMap<ResponseId, Response>,
    known: Instruments,
}

/// Reads it: of the forms those that are not whole, or the whole ones of one form. Three queries.
pub(super) fn load(
    tx: &mut Tx<'_>,
    off: &BTreeSet<String>,
    period: (Date, Date),
    whole: Option<StopForm>,
) -> Result<Loaded, StoreError> {
    let responses = match whole {
        Some(form) => standing::whole(tx, form, period)?,
        None => standing::not_whole(tx, period)?,
    };
    Ok(Loaded {
        interventions: standing::standings(tx, period)?,
        responses: responses.into_iter().map(|it| (it.id, it)).collect(),
        known: Instruments::read(tx, off)?,
    })
}

/// Where the form of one intervention stands.
pub(super) enum Standing {
    /// Whole, and in the file.
    Ready(ResponseId),
    /// The citizen has not consented to it.
    NoConsent,
    /// It is not time for it yet.
    NotDue,
    /// These answers are missing; all of them when it was not filled in.
    Missing(Vec<String>),
    /// It was not filled in, and the reason that was written.
    NotAnswered(Option<String>),
}

/// One intervention and where its form stands.
pub(super) struct Row {
    pub(super) citizen: CitizenId,
    pub(super) course: CourseId,
    /// Its number in the files.
    pub(super) number: String,
    pub(super) standing: Standing,
    /// Whether the citizen was reached after six months.
    pub(super) reached: bool,
}

/// The number of an intervention in the files: the random part of its id, which tells nobody anything else.
fn number(it: &StopStanding) -> String {
    let id = it.id.0.simple().to_string();
    id.get(20..).unwrap_or_default().to_uppercase()
}

impl Loaded {
    /// The rows of a form, the earliest grants first.
    pub(super) fn rows(&self, form: StopForm, today: Date) -> Vec<Row> {
        let row = |it: &StopStanding| Row {
            citizen: it.citizen,
            course: it.course,
            number: number(it),
            standing: self.standing(it, form, today),
            reached: it.reached,
        };
        self.interventions.iter().map(row).collect()
    }

    fn ready<'a>(&'a self, row: &'a Row) -> Option<(&'a str, &'a Response)> {
        let Standing::Ready(id) = row.standing else { return None };
        self.responses.get(&id).map(|response| (row.number.as_str(), response))
    }

    fn standing(&self, it: &StopStanding, form: StopForm, today: Date) -> Standing {
        if !it.allowed(form) {
            return Standing::NoConsent;
        }
        let Some(found) = it.form(form) else {
            return match (form, it.ended_on) {
                // It has not begun, and may never.
                (StopForm::Baseline, None) if !it.runs => Standing::NotDue,
                (StopForm::End | StopForm::SixMonths, None) => Standing::NotDue,
                (StopForm::SixMonths, Some(day)) if window(day).until >= today => Standing::NotDue,
                _ => Standing::NotAnswered(None),
            };
        };
        match (found.status, self.responses.get(&found.response)) {
            (ResponseStatus::Complete, _) => Standing::Ready(found.response),
            (ResponseStatus::Incomplete, Some(response)) => Standing::Missing(forms::missing(&self.known, response)),
            (_, response) => Standing::NotAnswered(response.and_then(|it| it.reason.clone())),
        }
    }
}

/// Makes the file, and keeps that it was made. Each row is logged as read of its citizen; a row that was in a file before
/// is in this one as well and is marked once.
pub async fn export(app: &App, who: &Caller, input: ExportInput) -> Result<Export, AppError> {
    if input.from > input.until {
        return Err(AppError::field("til", "before_start", "Sidste dag skal være efter den første."));
    }
    let home = app.organization(who.organization).await?;
    let (now, today) = (app.now(), local_date(app.now()));
    let read = move |tx: &mut Tx<'_>| {
        let loaded = load(tx, &home.settings.instruments_off, (input.from, input.until), Some(input.form))?;
        let instrument = loaded.known.newest(input.form.word()).ok_or(AppError::NotFound("instrument"))?;
        let rows = loaded.rows(input.form, today);
        let ready: Vec<(&str, &Response)> = rows.iter().filter_map(|row| loaded.ready(row)).collect();
        let marks: Vec<(CitizenId, ResponseId)> = ready.iter().map(|(_, r)| (r.citizen, r.id)).collect();
        let file = csv(instrument, &ready);
        let seen: Vec<uuid::Uuid> = marks.iter().map(|(citizen, _)| citizen.0).collect();
        Ok::<_, AppError>(if seen.is_empty() { Seen::nothing((file, marks)) } else { Seen::list(seen, (file, marks)) })
    };
    let (file, marks) = app.store.view(who.scope("stopbasen.export", now), read).await?;
    let (rows, made_by) = (marks.len(), who.user.0);
    let hash = store::sha256_hex(file.as_bytes());
    let new_rows = app
        .store
        .write(who.scope("stopbasen.export", now), move |tx| {
            let mut new_rows = 0;
            for (citizen, response) in &marks {
                new_rows += usize::from(queries::mark(tx, citizen.0, response.0)?);
            }
            let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
            let ExportInput { form, from, until } = input;
            let (rows, new) = (count(rows), count(new_rows));
            let kept = NewFile { id: ids::new(now), form: form.word(), from, until, made_by, rows, new_rows: new };
            queries::keep_file(tx, &kept)?;
            tx.note(&format!("stopbasen/export {} {rows} {hash}", form.word()));
            Ok::<_, AppError>(new_rows)
        })
        .await?;
    Ok(Export { file, rows, new_rows })
}

/// A line for each form, a column for each question in the form's order, the answers by their codes. Semicolons and a byte
/// order mark, as Danish spreadsheets open it.
fn csv(instrument: &Instrument, rows: &[(&str, &Response)]) -> String {
    let mut out = String::from("\u{feff}Nummer;Skema;Udgave;Dato");
    for item in &instrument.items {
        let _ = write!(out, ";{}", cell(&format!("{}. {}", item.no, item.text)));
    }
    out.push_str("\r\n");
    for (number, response) in rows {
        let day = super::prefill::day_text(response.on);
        let _ = write!(out, "{number};{};{};{day}", response.instrument, response.version);
        for item in &instrument.items {
            let text = response.answers.get(&item.no).map(code).unwrap_or_default();
            let _ = write!(out, ";{}", cell(&text));
        }
        out.push_str("\r\n");
    }
    out
}

/// An answer by its code; words as they are.
fn code(answer: &Answer) -> String {
    match answer {
        Answer::Value(number) => number.to_string(),
        Answer::Many(all) => all.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
        Answer::Text(text) => text.clone(),
        Answer::NotStated => "ikke oplyst".to_owned(),
    }
}

/// A cell: quoted when it must be, and never a formula for the spreadsheet that opens it.
pub(crate) fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    let quoted = text.contains([';', '"', '\n', '\r']);
    if quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_when_it_must_be_and_is_never_a_formula() {
        assert_eq!(cell("11-20 om dagen"), "11-20 om dagen");
        assert_eq!(cell("a;b \"c\"\nd"), "\"a;b \"\"c\"\"\nd\"");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(code(&Answer::NotStated), "ikke oplyst");
    }
}
