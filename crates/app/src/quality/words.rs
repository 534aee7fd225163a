//! How shares, outcomes and where a requirement stands are said.

use jiff::civil::Date;
use standard::attestation::State;
use standard::{Check, Requirement, STANDARD, Share, Tally};

use super::stand::Status;
use crate::layout::{Tag, dates};

/// "92 %"; a share that is not whole is never rounded to it. None without units.
pub(super) fn percent(share: Share) -> Option<String> {
    whole_percent(share).map(|percent| format!("{percent} %"))
}

/// Percent for a bar, 0 to 100.
pub(super) fn whole_percent(share: Share) -> Option<u64> {
    let Share { met, of, .. } = share;
    let rounded = (met * 100 + of / 2).checked_div(of)?;
    Some(if met == of { 100 } else { rounded.min(99) })
}

/// "1.204 af 1.310".
pub(super) fn of(share: Share) -> String {
    format!("{} af {}", number(share.met), number(share.of))
}

/// "1.310".
pub(super) fn number(value: u64) -> String {
    let digits = value.to_string();
    let grouped: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    grouped.iter().map(|group| String::from_utf8_lossy(group)).collect::<Vec<_>>().join(".")
}

/// The sign and word of where a requirement stands.
pub(super) fn tag(status: &Status<'_>) -> Tag {
    match status {
        Status::Met => Tag::done("Opfyldt"),
        Status::Partly => Tag::partly("Delvist"),
        Status::NotMet => Tag::of("late", "late", "Ikke opfyldt"),
        Status::Nothing => Tag::of("mute", "wait", "Intet at måle endnu"),
        Status::Figure => Tag::of("line", "info", "Vises uden vurdering"),
        Status::Guaranteed => Tag::done("Sikret af systemet"),
        Status::Declared(State::Valid(_)) => Tag::done("Erklæret"),
        Status::Declared(State::ExpiresSoon(_)) => Tag::of("soon", "soon", "Erklæringen udløber"),
        Status::Declared(State::Expired(_)) => Tag::of("late", "late", "Erklæringen er udløbet"),
        Status::Declared(State::Missing) => Tag::of("soon", "draft", "Erklæring mangler"),
        Status::Off(_) => Tag::of("mute", "close", "Slået fra"),
    }
}

/// "Til og med 24. november 2027", "Uden udløb".
pub(super) fn until(day: Option<Date>, today: Date) -> String {
    day.map_or_else(|| "Uden udløb".to_owned(), |day| format!("Til og med {}", dates::month_day(day, today)))
}

/// Where a requirement stands in the document it is from: "Kvalitetsstandarder …, afsnit 2.2 Henvisning".
pub(super) fn source(requirement: &Requirement) -> (&'static str, &str) {
    let document = STANDARD.document(&requirement.document);
    (document.map_or("", |document| document.name_da.as_str()), requirement.section.as_str())
}

/// How it is decided, in a word.
pub(super) const fn way(check: &Check) -> &'static str {
    match check {
        Check::Data(_) => "Måles i journalen",
        Check::Attest(_) => "Erklæres af en navngiven person",
        Check::Design(_) => "Sikret af systemet",
    }
}

/// What is still to be seen of a tally, for a line: "3 ikke opfyldt", "2 ukendt", "5 har frist endnu".
pub(super) fn rest(tally: Tally) -> Vec<String> {
    let one = |count: u64, what: &str| (count > 0).then(|| format!("{} {what}", number(count)));
    [one(tally.not_met, "ikke opfyldt"), one(tally.unknown, "ukendt"), one(tally.not_yet_due, "har frist endnu")]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_whole_is_never_a_hundred_percent() {
        let share = |met, of| Share { met, of, unknown: 0 };
        assert_eq!(percent(share(999, 1000)).as_deref(), Some("99 %"));
        assert_eq!(percent(share(1000, 1000)).as_deref(), Some("100 %"));
        assert_eq!(percent(share(0, 0)), None);
        assert_eq!(of(share(1204, 1310)), "1.204 af 1.310");
    }
}
