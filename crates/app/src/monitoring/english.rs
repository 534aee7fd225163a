//! The English of what the definitions say, so that it stands once.

use indicators::definition::DEFINITIONS;

/// Each text of the definitions with its English one.
pub(crate) fn english() -> impl Iterator<Item = (&'static str, String)> {
    DEFINITIONS.iter().flat_map(|one| {
        let (danish, english) = (&one.danish, &one.english);
        let pairs = [
            (&danish.title, &english.title),
            (&danish.numerator, &english.numerator),
            (&danish.denominator, &english.denominator),
            (&danish.time, &english.time),
            (&danish.exclusions, &english.exclusions),
        ];
        let stated = pairs.into_iter().filter(|(danish, _)| !danish.is_empty());
        stated.map(|(danish, english)| (danish.as_str(), english.clone()))
    })
}
