//! The parts that the shared templates draw.

/// Sign, word and colour of a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// late, soon, ok, wait, care, mute, new, line or guard.
    pub kind: &'static str,
    /// A name in `assets/icons.txt`.
    pub icon: &'static str,
    /// The word; it carries the meaning.
    pub text: String,
    /// The full date behind "2 dage over".
    pub title: Option<String>,
}

/// The machine's time and the words people read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// ISO 8601.
    pub iso: String,
    /// Danish.
    pub text: String,
}

/// Who is responsible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Initials.
    pub initials: String,
    /// Title or role.
    pub role: String,
}

/// The same words as the beginning of a line: the first letter large.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The same words inside a sentence: the first letter small.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Address.
    pub href: String,
    /// Words.
    pub text: String,
}

impl Link {
    /// A link of two texts.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into() }
    }
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Label.
    pub label: String,
    /// Value, as somebody gave it.
    pub value: String,
    /// A text of the interface after it, or instead of it.
    pub said: String,
}

impl Fact {
    /// A fact with what somebody gave.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), said: String::new() }
    }

    /// A fact in words of the interface.
    pub fn said(label: impl Into<String>, said: impl Into<String>) -> Self {
        Self { label: label.into(), value: String::new(), said: said.into() }
    }
}

/// What was typed, kept after a refusal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// What was typed.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

impl Field {
    /// A field nothing is wrong with.
    pub fn of(value: impl Into<String>) -> Self {
        Self { value: value.into(), error: None }
    }
}

/// A line of the summary above a refused form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormError {
    /// Id of the field, which is its name.
    pub field: &'static str,
    /// What is wrong.
    pub message: String,
}

/// One of several to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A line below.
    pub hint: Option<String>,
    /// Chosen already.
    pub selected: bool,
}

/// A view of a list; a real address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Address.
    pub href: String,
    /// Words.
    pub label: String,
    /// How many there are.
    pub count: Option<usize>,
    /// The one shown.
    pub current: bool,
}

/// The person before the case.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonHeader {
    /// Name.
    pub name: String,
    /// "251248-9996"; none for an anonymous enquiry.
    pub cpr: Option<String>,
    /// "77 år".
    pub age: Option<String>,
    /// Needs, of kind care.
    pub needs: Vec<Tag>,
    /// Then there is no address.
    pub protected: bool,
    /// Where they live.
    pub address: Option<String>,
    /// Telephone, preferences, relatives …
    pub facts: Vec<Fact>,
    /// Day of death.
    pub dead: Option<String>,
    /// The citizen's page, when this is another page.
    pub href: Option<String>,
    /// Who has seen the record.
    pub seen_by_href: Option<String>,
}
