//! The form of an instrument on another page than its own: what it shows, and what was taken from it.

use domain::ids::ResponseId;
use instruments::Instrument;
use jiff::civil::Date;

use super::ResponseInput;
use super::fill::{FillPage, first, input, page, refused};
use super::form::{self, ReadForm, Typed};
use crate::AppError;
use crate::layout::{Frame, PersonHeader};
use crate::records::CitizenRecord;

/// A form that somebody else shows: with its own person and addresses, and what was typed, when something was.
pub(crate) fn fill_for(
    frame: Frame,
    record: &CitizenRecord,
    instrument: &Instrument,
    (person, href, back): (PersonHeader, String, String),
    filled: Option<(&Taken, Option<&AppError>)>,
    (id, today): (String, Date),
) -> FillPage {
    let begun = first(record, instrument);
    let typed = filled.map_or(&begun, |(taken, _)| &taken.typed);
    let mut page = FillPage { person, href, back, id, ..page(frame, record, instrument, typed, today) };
    if let Some((taken, error)) = filled {
        refused(&mut page, instrument, &taken.typed, &taken.read, error, taken.input.is_some());
    }
    page
}

/// What a form sent: as it was typed, and what is recorded when it can be read.
pub(crate) struct Taken {
    typed: Typed,
    read: ReadForm,
    /// The id of the response.
    pub(crate) id: Option<ResponseId>,
    /// None when something of it is the matter.
    pub(crate) input: Option<ResponseInput>,
    /// What is the matter beside the answers.
    pub(crate) fault: Option<AppError>,
}

/// Reads what a form sent.
pub(crate) fn taken(instrument: &Instrument, pairs: Vec<(String, String)>) -> Taken {
    let typed = Typed::new(pairs);
    let read = form::read(instrument, &typed);
    let id = typed.get("svar-id").parse().ok().map(ResponseId);
    let (input, fault) = match input(instrument, &typed, &read) {
        Ok(input) => (Some(input), None),
        Err(fault) => (None, fault),
    };
    Taken { typed, read, id, input, fault }
}
