//! Definitions from a file (TOML), checked so that nothing later has to doubt them.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Chart, Definition, Kind, Wording};

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// It is not TOML of this form: an unknown field, a missing one, an unknown word.
    #[error("line {line}: the file is not of the form of definitions: {why}")]
    Form {
        /// Line, from one; zero when it is not known.
        line: usize,
        /// What the reader says, in English.
        why: String,
    },
    /// Something in it cannot be.
    #[error("indicator '{id}': {why}")]
    Content {
        /// Which indicator.
        id: String,
        /// What is wrong, in Danish.
        why: &'static str,
    },
}

impl FileFault {
    /// What an administrator reads.
    pub fn user_message(&self) -> String {
        match self {
            Self::Form { line: 0, .. } => "Filen kan ikke læses som indikatorer i TOML.".to_owned(),
            Self::Form { line, .. } => {
                format!("Linje {line} i filen kan ikke læses. Se, om feltet er skrevet rigtigt.")
            }
            Self::Content { id, why } => format!("{id}: {why}"),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    indicator: Vec<Definition>,
}

/// Reads the definitions of a file.
pub fn read(text: &str) -> Result<Vec<Definition>, FileFault> {
    let file: File = toml::from_str(text).map_err(|fault| FileFault::Form {
        line: fault.span().map_or(0, |span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1),
        why: fault.message().to_owned(),
    })?;
    let mut seen = BTreeSet::new();
    for definition in &file.indicator {
        check(definition)
            .and_then(|()| hold(seen.insert((&definition.id, definition.version)), "Den samme version står to gange."))
            .map_err(|why| FileFault::Content { id: definition.id.clone(), why })?;
    }
    Ok(file.indicator)
}

const fn hold(holds: bool, why: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(why) }
}

fn check(one: &Definition) -> Result<(), &'static str> {
    hold(is_id(&one.id), "Id er et bogstav og to cifre.")?;
    hold(one.version > 0, "Versionen begynder med 1.")?;
    hold(one.chart != Chart::P || one.kind == Kind::Share, "Et kontroldiagram kræver en andel.")?;
    hold(one.closes_after_days.is_none_or(|days| (1..=366).contains(&days)), "Opfølgningen er 1 til 366 dage.")?;
    hold(one.goal_percent.is_none_or(|goal| (1..=100).contains(&goal)), "Målet er 1 til 100 %.")?;
    hold(one.goal_percent.is_none() || one.kind == Kind::Share, "Et mål i procent kræver en andel.")?;
    hold(different(&one.breakdowns), "En opdeling står to gange.")?;
    hold(one.limits.iter().all(|limit| is_word(limit)) && different(&one.limits), "En grænse er skrevet forkert.")?;
    hold(!one.fields.is_empty() && different(&one.fields), "Et felt mangler eller står to gange.")?;
    hold(one.fields.iter().all(|field| is_field(field)), "Et felt er skrevet forkert.")?;
    hold(!one.requirements.is_empty() && different(&one.requirements), "Et krav mangler eller står to gange.")?;
    hold(one.requirements.iter().all(|id| is_requirement(id)), "Et krav er skrevet forkert.")?;
    check_words(&one.danish)?;
    check_words(&one.english)
}

fn check_words(words: &Wording) -> Result<(), &'static str> {
    let texts = [&words.title, &words.numerator, &words.denominator, &words.time];
    hold(texts.iter().all(|text| !text.trim().is_empty()), "Navn, tæller, nævner og tid skal være skrevet.")
}

fn different<T: Ord>(list: &[T]) -> bool {
    list.iter().collect::<BTreeSet<_>>().len() == list.len()
}

fn is_id(id: &str) -> bool {
    matches!(id.as_bytes(), [b'A'..=b'Z', tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit())
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// "referral.received_on"
fn is_field(field: &str) -> bool {
    field.split_once('.').is_some_and(|(record, name)| is_word(record) && is_word(name))
}

/// "KS-9.1-08", "SP-004-17": the source, the place in it, a number.
fn is_requirement(id: &str) -> bool {
    let parts: Vec<&str> = id.split('-').collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    matches!(parts[..], [source, place, number]
        if source.len() == 2 && source.bytes().all(|b| b.is_ascii_uppercase()) && digits(place) && digits(number))
}
