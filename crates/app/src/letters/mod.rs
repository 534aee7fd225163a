//! Letters to citizens and the text messages that say the same in short, in the municipality's own words.
//!
//! A text is plain words with fields that the program fills in. Whoever changes one sees it as the citizen will, and how
//! hard it is to read; it holds when somebody else has approved it. Until then, and until a municipality writes its own,
//! the texts beside `kinds.rs` hold.

mod commands;
mod engine;
mod kinds;
mod list;
mod markup;
mod preview;
mod queries;
mod routes;
mod sheet;
mod text_page;

pub(crate) use engine::Values;
pub(crate) use kinds::{
    CALLED_OFF, CLOSING, FOLLOW_UP, INVITATION, LetterKind, PLAN, REMINDER, SEAT, SEAT_OFFER, UNREACHED,
};
pub(crate) use markup::Block;
pub use routes::routes;
pub(crate) use sheet::Sheet;

use domain::organization::ManagingOrganization;
use jiff::Timestamp;
use store::{StoreError, Tx};

use crate::citizens::phone_text;
use crate::safety::LetterShape;

/// A letter and its short message, as the citizen gets them.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    /// The words of the letter, with their marks; what is kept of one that was sent.
    pub(crate) text: String,
    pub(crate) blocks: Vec<Block>,
    pub(crate) sms: String,
    /// The letter as it is read aloud.
    pub(crate) spoken: String,
}

/// Writes a letter by the text that held at a time: what was sent says what it said then. A text of ours is used when the municipality's own no longer fits its fields.
pub(crate) fn write(tx: &mut Tx<'_>, kind: &LetterKind, values: &Values, at: Timestamp) -> Result<Written, StoreError> {
    if let Some(own) = queries::in_force(tx, kind, at)? {
        match written(kind, &own, values) {
            Ok(written) => return Ok(written),
            Err(error) => tracing::error!(kind = kind.word, ?error, "the municipality's own text cannot be filled in"),
        }
    }
    let ours = written(kind, &Texts::ours(kind), values);
    Ok(ours.unwrap_or_else(|_| Written {
        text: String::new(),
        blocks: Vec::new(),
        sms: String::new(),
        spoken: String::new(),
    }))
}

/// A letter's words and its message's.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Texts {
    letter: String,
    sms: String,
}

impl Texts {
    fn ours(kind: &LetterKind) -> Self {
        Self { letter: kind.letter.trim().to_owned(), sms: kind.sms.trim().to_owned() }
    }
}

fn written(kind: &LetterKind, texts: &Texts, values: &Values) -> Result<Written, engine::TextError> {
    let text = engine::letter(kind, &texts.letter, values)?;
    let blocks = markup::blocks(&text);
    let sms = engine::sms(kind, &texts.sms, values)?;
    Ok(Written { spoken: markup::spoken(&blocks), text, blocks, sms })
}

/// A letter as it was kept.
pub(crate) fn kept(text: String, sms: String) -> Written {
    let blocks = markup::blocks(&text);
    Written { spoken: markup::spoken(&blocks), text, blocks, sms }
}

/// What every letter can say: who sends it, and what was agreed about its shape.
pub(crate) fn shared(home: &ManagingOrganization, shape: LetterShape) -> [(&'static str, String); 4] {
    let call = match home.phone.as_deref() {
        Some(number) => format!("Ring til os på {}", phone_text(number)),
        None => "Ring til os".to_owned(),
    };
    let aloud = if shape.read_aloud {
        format!("Vil du have brevet læst op? {call}. Så læser vi det op for dig.")
    } else {
        String::new()
    };
    let pictures = if shape.pictures { "ja".to_owned() } else { String::new() };
    let sender = format!("{}, {}", home.name, home.department);
    [("ring", call), ("afsender", sender), ("billeder", pictures), ("oplæsning", aloud)]
}
