//! News to practices about what changed in the catalogue: a letter, to whom it goes, and whether it was sent.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{LINE_MOST, NUMBER, Struck, TEXT_MOST, fits, names_somebody};
use crate::ids::{OfferId, OrganizationId, PracticeNewsId, UserId};

/// News to practices. Each change is a version; what has been sent is changed no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticeNews {
    /// Stable id.
    pub id: PracticeNewsId,
    /// Heading of the letter.
    pub title: String,
    /// The letter.
    pub text: String,
    /// The day it was written; what changes later comes in the next.
    pub made_on: Date,
    /// The offers it is about.
    #[serde(default)]
    pub offers: Vec<OfferId>,
    /// To whom, in the order of their names.
    pub recipients: Vec<Recipient>,
    /// Should not have been written.
    #[serde(default)]
    pub struck: Option<Struck>,
}

/// A practice that gets the news.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// Which.
    pub practice: OrganizationId,
    /// What it was called then.
    pub name: String,
    /// The day it was sent, and who said so.
    #[serde(default)]
    pub sent: Option<(Date, UserId)>,
}

/// Why news cannot be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NewsError {
    /// No heading.
    #[error("the heading is empty or too long")]
    Title,
    /// No text.
    #[error("the text is empty or too long")]
    Text,
    /// To nobody.
    #[error("no practice is chosen")]
    ToNobody,
    /// A number that may be somebody's.
    #[error("the text holds a number of ten digits")]
    Number,
    /// Somebody has it already.
    #[error("it was sent already")]
    AlreadySent,
}

impl NewsError {
    /// What people read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::Title => "Skriv en overskrift, højst 200 tegn.",
            Self::Text => "Skriv nyheden, højst 4.000 tegn.",
            Self::ToNobody => "Vælg mindst én praksis.",
            Self::Number => NUMBER,
            Self::AlreadySent => "Nyheden er sendt og kan ikke rettes. Skriv en ny.",
        }
    }

    /// The field it is about, as the API names it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Text | Self::Number | Self::AlreadySent => "text",
            Self::ToNobody => "recipients",
        }
    }
}

impl PracticeNews {
    /// Everything that is wrong with it.
    pub fn faults(&self) -> Vec<NewsError> {
        let found = [
            (!fits(&self.title, LINE_MOST), NewsError::Title),
            (!fits(&self.text, TEXT_MOST), NewsError::Text),
            (self.recipients.is_empty(), NewsError::ToNobody),
            (names_somebody([self.text.as_str(), self.title.as_str()]), NewsError::Number),
        ];
        found.into_iter().filter(|(wrong, _)| *wrong).map(|(_, error)| error).collect()
    }

    /// To how many it was sent.
    pub fn sent(&self) -> usize {
        self.recipients.iter().filter(|it| it.sent.is_some()).count()
    }

    /// Whether it may still be changed.
    ///
    /// # Errors
    ///
    /// Somebody has it already.
    pub fn may_be_changed(&self) -> Result<(), NewsError> {
        if self.sent() == 0 { Ok(()) } else { Err(NewsError::AlreadySent) }
    }

    /// Says of practices that it was sent to them; those that have it keep their day, others are not looked at.
    #[must_use]
    pub fn send(mut self, to: &[OrganizationId], on: Date, by: UserId) -> Self {
        for it in self.recipients.iter_mut().filter(|it| to.contains(&it.practice)) {
            it.sent.get_or_insert((on, by));
        }
        self
    }

    /// Says of a practice that it was not sent after all.
    #[must_use]
    pub fn not_sent(mut self, to: OrganizationId) -> Self {
        for it in self.recipients.iter_mut().filter(|it| it.practice == to) {
            it.sent = None;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const WHO: UserId = UserId(Uuid::from_u128(9));

    fn practice(number: u128) -> OrganizationId {
        OrganizationId(Uuid::from_u128(number))
    }

    fn news() -> PracticeNews {
        let to = |number| Recipient { practice: practice(number), name: "Lægerne".into(), sent: None };
        PracticeNews {
            id: PracticeNewsId(Uuid::from_u128(1)),
            title: "Nyt hold".into(),
            text: "Der er kommet et nyt hold.".into(),
            made_on: date(2026, 11, 24),
            offers: Vec::new(),
            recipients: vec![to(2), to(3)],
            struck: None,
        }
    }

    #[test]
    fn it_is_sent_to_each_once_and_changed_no_more() {
        let first = news().send(&[practice(2), practice(7)], date(2026, 11, 24), WHO);
        let both = first.clone().send(&[practice(2), practice(3)], date(2026, 11, 25), WHO);
        assert_eq!((first.sent(), both.sent()), (1, 2));
        assert_eq!(both.recipients[0].sent, Some((date(2026, 11, 24), WHO)), "the first day stays");
        assert_eq!(first.may_be_changed(), Err(NewsError::AlreadySent));
        assert_eq!(first.not_sent(practice(2)).may_be_changed(), Ok(()));
    }

    #[test]
    fn it_says_something_to_somebody() {
        assert_eq!(news().faults(), []);
        let nothing = PracticeNews { title: " ".into(), text: String::new(), recipients: Vec::new(), ..news() };
        assert_eq!(nothing.faults(), [NewsError::Title, NewsError::Text, NewsError::ToNobody]);
        assert_eq!(PracticeNews { text: "2512489996".into(), ..news() }.faults(), [NewsError::Number]);
    }
}
