//! What a practice consultant noted, of one practice or of all.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{LINE_MOST, NUMBER, Struck, TEXT_MOST, fits, names_somebody};
use crate::ids::{ConsultantNoteId, OrganizationId};

/// A note of a practice consultant. Each change is a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultantNote {
    /// Stable id.
    pub id: ConsultantNoteId,
    /// The day of the visit or talk.
    pub noted_on: Date,
    /// Whose note it is.
    pub consultant: String,
    /// The practice it is about; none when it is general.
    pub practice: Option<OrganizationId>,
    /// What was noted.
    pub text: String,
    /// Should not have been written.
    #[serde(default)]
    pub struck: Option<Struck>,
}

/// Why a note cannot be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Nothing is noted, or too much.
    #[error("the note is empty or too long")]
    Text,
    /// Whose it is is not said.
    #[error("the consultant is empty or too long")]
    Consultant,
    /// The day is to come.
    #[error("the day is in the future")]
    NotYet,
    /// A number that may be somebody's.
    #[error("the text holds a number of ten digits")]
    Number,
}

impl NoteError {
    /// What people read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::Text => "Skriv noten, højst 4.000 tegn.",
            Self::Consultant => "Skriv, hvilken praksiskonsulent det er, højst 200 tegn.",
            Self::NotYet => "Dagen ligger ude i fremtiden. Ret datoen.",
            Self::Number => NUMBER,
        }
    }

    /// The field it is about, as the API names it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Text | Self::Number => "text",
            Self::Consultant => "consultant",
            Self::NotYet => "noted_on",
        }
    }
}

impl ConsultantNote {
    /// Everything that is wrong with it.
    pub fn faults(&self, today: Date) -> Vec<NoteError> {
        let found = [
            (!fits(&self.consultant, LINE_MOST), NoteError::Consultant),
            (self.noted_on > today, NoteError::NotYet),
            (!fits(&self.text, TEXT_MOST), NoteError::Text),
            (names_somebody([self.text.as_str(), self.consultant.as_str()]), NoteError::Number),
        ];
        found.into_iter().filter(|(wrong, _)| *wrong).map(|(_, error)| error).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    #[test]
    fn a_note_is_somebodys_of_a_day_and_about_no_citizen() {
        let note = |text: &str, consultant: &str, noted_on| ConsultantNote {
            id: ConsultantNoteId(Uuid::from_u128(1)),
            noted_on,
            consultant: consultant.into(),
            practice: None,
            text: text.into(),
            struck: None,
        };
        let today = date(2026, 11, 24);
        assert_eq!(note("Vil gerne henvise", "Praksiskonsulent", today).faults(today), []);
        let wrong = note("251248 9996", " ", date(2026, 11, 25)).faults(today);
        assert_eq!(wrong, [NoteError::Consultant, NoteError::NotYet, NoteError::Number]);
        assert_eq!(note("", "Praksiskonsulent", today).faults(today), [NoteError::Text]);
    }
}
