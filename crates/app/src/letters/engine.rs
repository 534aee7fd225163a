//! Words with holes, filled in. Only names and conditions may stand between the braces, so that a text can do nothing but
//! be read: no calculation, no repetition, no other text.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use minijinja::{Environment, ErrorKind, UndefinedBehavior};

use super::kinds::{LetterField, LetterKind};

/// What stands in the holes, by name.
pub(crate) type Values = BTreeMap<&'static str, String>;

/// Steps of one text; the longest allowed one takes some hundred.
const STEPS: u64 = 10_000;

/// Letters and message have an end.
pub(super) const LONGEST_LETTER: usize = 4_000;
pub(super) const LONGEST_SMS: usize = 600;

/// What is wrong with a text that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TextError {
    /// A field that is none of this text's.
    Unknown { line: usize, name: String },
    /// A field that says too much for a text message.
    NotInSms { name: String },
    /// Something else than a name or a condition between the braces.
    NotAllowed { line: usize },
    /// A brace or an `endif` is missing.
    Unfinished { line: usize },
    /// Nothing is written.
    Empty,
    /// More characters than allowed.
    TooLong { most: usize },
}

impl TextError {
    /// What whoever wrote it reads.
    pub(super) fn message(&self) -> String {
        match self {
            Self::Unknown { line, name } => {
                format!("Linje {line}: {name} er ikke et felt. Vælg et af felterne under teksten.")
            }
            Self::NotInSms { name } => format!("{name} må ikke stå i en sms. Andre kan se den."),
            Self::NotAllowed { line } => {
                format!("Linje {line}: mellem krøllede parenteser må der kun stå et felt, eller if, else og endif.")
            }
            Self::Unfinished { line } => {
                format!("Linje {line}: der mangler en krøllet parentes, eller et if uden endif.")
            }
            Self::Empty => "Skriv teksten.".to_owned(),
            Self::TooLong { most } => format!("Teksten er for lang. Højst {most} tegn."),
        }
    }
}

/// A letter's text, filled in.
pub(super) fn letter(kind: &LetterKind, text: &str, values: &Values) -> Result<String, TextError> {
    filled(text, values, LONGEST_LETTER, |name| kind.field(name).is_some())
}

/// A text message, filled in.
pub(super) fn sms(kind: &LetterKind, text: &str, values: &Values) -> Result<String, TextError> {
    let text = filled(text, values, LONGEST_SMS, |name| kind.field(name).is_some())?;
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The first field of a text that a text message must not have.
pub(super) fn told_too_much(kind: &LetterKind, text: &str) -> Option<TextError> {
    let used = parsed(text).ok()?;
    let private = kind.fields().find(|field| !field.in_sms && used.fields.contains(field.name))?;
    Some(TextError::NotInSms { name: private.name.to_owned() })
}

impl LetterKind {
    fn field(&self, name: &str) -> Option<&LetterField> {
        self.fields().find(|field| field.name == name)
    }

    /// What the fields may be, to try a text with.
    pub(super) fn examples(&self) -> Values {
        self.fields().map(|field| (field.name, field.example.to_owned())).collect()
    }
}

fn filled(text: &str, values: &Values, most: usize, known: impl Fn(&str) -> bool) -> Result<String, TextError> {
    if text.trim().is_empty() {
        return Err(TextError::Empty);
    }
    if text.chars().count() > most {
        return Err(TextError::TooLong { most });
    }
    let parsed = parsed(text)?;
    if let Some(name) = parsed.fields.iter().find(|name| !known(name)) {
        return Err(TextError::Unknown { line: line_of(text, name), name: name.clone() });
    }
    parsed.environment.get_template(NAME).and_then(|text| text.render(values)).map_err(|error| unfinished(&error))
}

/// A text that was parsed.
struct Parsed {
    /// Holds it alone.
    environment: Environment<'static>,
    /// The fields it names.
    fields: BTreeSet<String>,
}

/// What the text is called in its environment.
const NAME: &str = "text";
/// Most texts kept parsed: each municipality has some dozens, and letters are written from the same ones again and again.
const PARSED_MAX: usize = 1_000;

fn parsed(text: &str) -> Result<Arc<Parsed>, TextError> {
    static PARSED: LazyLock<RwLock<HashMap<String, Arc<Parsed>>>> = LazyLock::new(RwLock::default);
    let known = PARSED.read().unwrap_or_else(PoisonError::into_inner).get(text).map(Arc::clone);
    if let Some(known) = known {
        return Ok(known);
    }
    if let Some(line) = forbidden(text) {
        return Err(TextError::NotAllowed { line });
    }
    let mut environment = environment();
    environment.add_template_owned(NAME, text.to_owned()).map_err(|error| unfinished(&error))?;
    let fields = environment.get_template(NAME).map_err(|error| unfinished(&error))?.undeclared_variables(false);
    let fields = fields.into_iter().collect();
    let parsed = Arc::new(Parsed { environment, fields });
    let mut all = PARSED.write().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= PARSED_MAX {
        all.clear();
    }
    all.insert(text.to_owned(), Arc::clone(&parsed));
    Ok(parsed)
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(STEPS));
    environment
}

fn unfinished(error: &minijinja::Error) -> TextError {
    let line = error.line().unwrap_or(1);
    if error.kind() == ErrorKind::SyntaxError { TextError::Unfinished { line } } else { TextError::NotAllowed { line } }
}

/// The first line with anything but names between braces.
fn forbidden(text: &str) -> Option<usize> {
    const WORDS: [&str; 8] = ["if", "else", "elif", "endif", "not", "and", "or", ""];
    let mut at = 0;
    while let Some(start) = text[at..].find("{{").into_iter().chain(text[at..].find("{%")).min() {
        let open = at + start;
        // An unfinished one is told by the engine.
        let end = text[open..].find(if text[open..].starts_with("{{") { "}}" } else { "%}" })?;
        let inside = &text[open + 2..open + end];
        let word = |word: &str| WORDS.contains(&word) || word.chars().all(|c| c.is_alphabetic() || c == '_');
        let conditions = inside.split_whitespace().filter(|word| WORDS.contains(word)).count();
        let names = inside.split_whitespace().count() - conditions;
        let begins = inside.split_whitespace().next().is_some_and(|first| WORDS.contains(&first));
        let is_value = text[open..].starts_with("{{");
        let fits = if is_value { conditions == 0 && names == 1 } else { begins };
        if !fits || !inside.split(' ').all(word) {
            return Some(line_at(text, open));
        }
        at = open + end;
    }
    None
}

fn line_of(text: &str, name: &str) -> usize {
    text.lines().position(|line| line.contains(name)).map_or(1, |index| index + 1)
}

fn line_at(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::super::kinds::{INVITATION, KINDS};
    use super::*;

    fn tried(text: &str) -> Result<String, TextError> {
        letter(&INVITATION, text, &INVITATION.examples())
    }

    #[test]
    fn fields_and_conditions_are_filled_in() {
        assert_eq!(
            tried("Kære {{ navn }}{% if hjælp %}, vi hjælper{% else %}.{% endif %}").as_deref(),
            Ok("Kære Nancy Ann Berggren, vi hjælper")
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let unknown = TextError::Unknown { line: 2, name: "cpr".into() };
        assert_eq!(tried("Hej\n{{ cpr }}"), Err(unknown));
        assert_eq!(tried("Hej\n\n{{ navn "), Err(TextError::Unfinished { line: 3 }));
        assert!(matches!(tried("{% if navn %}Hej"), Err(TextError::Unfinished { .. })));
        assert_eq!(tried("  \n"), Err(TextError::Empty));
        assert_eq!(tried(&"å".repeat(4_001)), Err(TextError::TooLong { most: 4_000 }));
    }

    #[test]
    fn a_text_can_do_nothing_but_be_read() {
        let bad = [
            "{{ navn * 1000000 }}",
            "{{ 'a' * 9 }}",
            "{% for x in navn %}{{ x }}{% endfor %}",
            "{% include 'x' %}",
            "{{ navn.x }}",
            "{{ navn|upper }}",
            "{{ range(9) }}",
            "{% set navn = dag %}",
            "{{ navn dag }}",
        ];
        for text in bad {
            assert_eq!(tried(&format!("Hej\n{text}")), Err(TextError::NotAllowed { line: 2 }), "{text}");
        }
    }

    #[test]
    fn what_stands_in_a_hole_is_never_read_as_a_text() {
        let mut values = INVITATION.examples();
        values.insert("navn", "{{ dag }} {% if %}".into());
        assert_eq!(letter(&INVITATION, "Kære {{ navn }}", &values).as_deref(), Ok("Kære {{ dag }} {% if %}"));
    }

    #[test]
    fn the_texts_we_bring_are_whole_and_plain() {
        for kind in KINDS {
            let letter = letter(kind, kind.letter, &kind.examples()).expect(kind.word);
            let lix = domain::plain_language::Lix::of(&letter).expect(kind.word);
            assert!(lix.is_plain(), "{}: {lix:?}", kind.word);
            let sms = sms(kind, kind.sms, &kind.examples()).expect(kind.word);
            assert!(told_too_much(kind, kind.sms).is_none(), "{}", kind.word);
            assert!(domain::plain_language::health_words(&sms).is_empty(), "{}: {sms}", kind.word);
            assert!(domain::plain_language::message_parts(&sms) <= 2, "{}: {sms}", kind.word);
        }
    }

    #[test]
    fn a_text_message_does_not_name_the_citizen() {
        let error = told_too_much(&INVITATION, "Kære {{ navn }}");
        assert_eq!(error, Some(TextError::NotInSms { name: "navn".into() }));
    }
}
