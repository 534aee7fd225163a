//! A text as the citizen will meet it: on paper, on a telephone, read aloud, and how hard it is.

use domain::plain_language::{LIX_GOAL, Lix, long_sentences, message_parts};

use super::kinds::LetterKind;
use super::{Block, Texts, written};
use crate::layout::Tag;

/// What is shown of a text.
pub(super) struct Preview {
    pub(super) blocks: Vec<Block>,
    pub(super) sms: String,
    pub(super) sms_length: String,
    pub(super) spoken: String,
    pub(super) lix: Tag,
    /// What the figure means.
    pub(super) means: String,
    /// Sentences to look at.
    pub(super) long: Vec<String>,
}

impl Preview {
    /// Of a text filled in with examples; none when it cannot be.
    pub(super) fn of(kind: &LetterKind, texts: &Texts) -> Option<Self> {
        let written = written(kind, texts, &kind.examples()).ok()?;
        let (lix, means) = readability(&written.spoken);
        let characters = written.sms.chars().count();
        let sms_length = match message_parts(&written.sms) {
            1 => format!("{characters} tegn. Sendes som én sms"),
            parts => format!("{characters} tegn. Sendes som {parts} sms'er"),
        };
        Some(Self {
            long: long_sentences(&written.spoken).into_iter().map(str::to_owned).collect(),
            blocks: written.blocks,
            sms: written.sms,
            sms_length,
            spoken: written.spoken,
            lix,
            means,
        })
    }
}

/// The figure as a tag, and what to make of it.
pub(super) fn readability(text: &str) -> (Tag, String) {
    match Lix::of(text) {
        Some(lix) if lix.is_plain() => {
            (Tag::done(format!("Lix {}", lix.value())), format!("Teksten er {}.", lix.label()))
        }
        Some(lix) => (
            Tag::of("soon", "info", format!("Lix {}", lix.value())),
            format!("Teksten er {}. Målet er højst {LIX_GOAL}: skriv kortere sætninger og kortere ord.", lix.label()),
        ),
        None => (Tag::partly("Ingen ord"), "Der er ingen ord at læse.".to_owned()),
    }
}
