//! Groups of a population table in words.

use indicators::definition::Breakdown;

/// A group: ours is translated, one of the file's own stands as it is.
pub(super) enum Group {
    Ours(&'static str),
    File(String),
}

/// What a group is called.
pub(super) fn group(by: Breakdown, word: &str) -> Group {
    match (by, word) {
        (Breakdown::Sex, "male") => Group::Ours("Mænd"),
        (Breakdown::Sex, "female") => Group::Ours("Kvinder"),
        (_, "yes") => Group::Ours("Ja"),
        (_, "no") => Group::Ours("Nej"),
        _ => Group::File(word.to_owned()),
    }
}
