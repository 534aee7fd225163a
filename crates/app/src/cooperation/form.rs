//! What the forms of this capability share: what was typed, what was wrong with it, and the parts of the menu within.

use axum::http::StatusCode;
use jiff::civil::Date;

use crate::AppError;
use crate::layout::{Field, FormError, Tab};
use crate::web::fields::{self, Fields};

/// A form that is shown: empty, of what is kept, or as it was typed and refused.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) fields: Fields,
    /// What may stand several times, such as ticked practices.
    pub(super) many: Vec<(String, String)>,
    pub(super) errors: Vec<FormError>,
    /// What was wrong with no field.
    pub(super) problem: Option<String>,
}

impl Typed {
    /// A form with these texts.
    pub(super) fn of<const N: usize>(texts: [(&str, String); N]) -> Self {
        Self { fields: texts.map(|(name, text)| (name.to_owned(), text)).into(), ..Self::default() }
    }

    /// A form as it was sent.
    pub(super) fn sent(pairs: Vec<(String, String)>) -> Self {
        Self { fields: pairs.iter().cloned().collect(), many: pairs, ..Self::default() }
    }

    /// What was typed under a name that may stand several times.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.many.iter().filter(move |(own, _)| own == name).map(|(_, text)| text.as_str())
    }

    pub(super) fn text(&self, name: &str) -> &str {
        fields::text(&self.fields, name)
    }

    pub(super) fn said(&self, name: &str) -> Option<String> {
        fields::said(&self.fields, name).map(str::to_owned)
    }

    /// The version that it was made from.
    pub(super) fn version(&self) -> i64 {
        fields::version(&self.fields)
    }

    /// A day that must be there; what is wrong with it is kept.
    pub(super) fn day(&mut self, name: &'static str) -> Option<Date> {
        let message = match fields::day(&self.fields, name) {
            Ok(Some(day)) => return Some(day),
            Ok(None) => "Skriv datoen.".to_owned(),
            Err(error) => error.user_message(),
        };
        self.wrong(name, message);
        None
    }

    pub(super) fn wrong(&mut self, field: &'static str, message: impl Into<String>) {
        self.errors.push(FormError { field, message: message.into() });
    }

    pub(super) fn error(&self, name: &str) -> Option<String> {
        self.errors.iter().find(|error| error.field == name).map(|error| error.message.clone())
    }

    pub(super) fn field(&self, name: &str) -> Field {
        let value = self.fields.get(name).cloned().unwrap_or_default();
        Field { value, error: self.error(name) }
    }

    /// What is wrong stands above the form: its field is one of several alike.
    pub(super) fn told_above(mut self) -> Self {
        self.problem = self.errors.pop().map(|error| error.message).or(self.problem);
        self
    }

    /// The form as it was refused, with the status of the answer. What no form can mend goes on as it is.
    ///
    /// # Errors
    ///
    /// Itself, when it is none of the form's.
    pub(super) fn refused(mut self, error: AppError) -> Result<Again, AppError> {
        let status = error.form_status();
        match error.at_the_form()? {
            AppError::Field { field, message, .. } => self.wrong(name(field), message),
            other => self.problem = Some(other.user_message()),
        }
        Ok((self, status))
    }
}

/// A form to show again, with the status of the answer.
pub(super) type Again = (Typed, StatusCode);

/// Carries out what was typed, told with the version it was made from. The form again when it could not be read, or was refused.
///
/// # Errors
///
/// What no form can mend.
pub(super) async fn carried_out<I, T, F: Future<Output = Result<T, AppError>>>(
    read: Result<(I, Typed), Typed>,
    command: impl FnOnce(I, i64) -> F,
) -> Result<Result<T, Again>, AppError> {
    match read {
        Err(typed) => Ok(Err((typed, StatusCode::UNPROCESSABLE_ENTITY))),
        Ok((input, typed)) => match command(input, typed.version()).await {
            Ok(done) => Ok(Ok(done)),
            Err(error) => typed.refused(error).map(Err),
        },
    }
}

/// The field of the form by its name in the API.
fn name(field: &'static str) -> &'static str {
    match field {
        "held_on" | "noted_on" => "dag",
        "participants" => "deltagere",
        "agenda" => "dagsorden",
        "decisions" => "beslutninger",
        "what" => "hvad",
        "who" => "hvem",
        "by" => "hvornaar",
        "consultant" => "konsulent",
        "practice" | "recipients" => "praksis",
        "text" => "tekst",
        "title" => "titel",
        "year" => "aar",
        "number" => "antal",
        "percent" => "procent",
        "persons" => "personer",
        "agreed_in" => "aftalt",
        other => other,
    }
}

/// The parts of the cooperation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Meetings,
    Practices,
    Notes,
    News,
    Estimates,
}

const PARTS: [(Part, &str, &str); 5] = [
    (Part::Meetings, "/samarbejde", "Møder og aftaler"),
    (Part::Practices, "/samarbejde/praksis", "Praksis"),
    (Part::Notes, "/samarbejde/noter", "Praksiskonsulenter"),
    (Part::News, "/samarbejde/nyheder", "Nyheder"),
    (Part::Estimates, "/samarbejde/skoen", "Skøn"),
];

/// The parts as tabs.
pub(super) fn tabs(current: Part) -> Vec<Tab> {
    let tab = |(part, href, label): (Part, &str, &str)| Tab {
        href: href.to_owned(),
        label: label.to_owned(),
        count: None,
        current: part == current,
    };
    PARTS.into_iter().map(tab).collect()
}
