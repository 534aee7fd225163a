//! Numbers as Danes write them: decimal comma, a point between thousands, a real minus.

/// Keeps a number and its unit on one line.
const NO_BREAK: char = '\u{a0}';

/// A number with at most so many decimals; those that are zero at the end are left out. "1.240", "69,5", "−3".
pub fn decimal(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let rounded = format!("{:.decimals$}", value.abs());
    let (whole, part) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let part = part.trim_end_matches('0');
    let sign = if value < 0.0 && rounded.bytes().any(|b| matches!(b, b'1'..=b'9')) { "−" } else { "" };
    let comma = if part.is_empty() { "" } else { "," };
    format!("{sign}{}{comma}{part}", thousands(whole))
}

/// A count. "1.240"
pub fn count(value: u32) -> String {
    thousands(&value.to_string())
}

/// A share from 0 to 1 in per cent. "69,5 %"
pub fn percent(share: f64, decimals: usize) -> String {
    format!("{}{NO_BREAK}%", decimal(share * 100.0, decimals))
}

fn thousands(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// A small number in words, as it stands in a sentence; larger ones in digits.
pub(crate) fn in_words(number: usize) -> String {
    const WORDS: [&str; 13] =
        ["nul", "et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// A number as a sentence begins with it: in words, and a larger one not with a digit.
pub(crate) fn at_first(number: usize) -> String {
    if number > 12 { format!("I alt {number}") } else { capital(&in_words(number)) }
}

/// The first letter large, as at the beginning of a sentence.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_danes_write_them() {
        assert_eq!(decimal(69.5, 1), "69,5");
        assert_eq!(decimal(70.0, 1), "70");
        assert_eq!(decimal(-3.25, 1), "−3,2");
        assert_eq!(decimal(-0.04, 1), "0");
        assert_eq!(decimal(1_234_567.0, 0), "1.234.567");
        assert_eq!(decimal(f64::NAN, 1), "–");
        assert_eq!(count(1_240), "1.240");
        assert_eq!(count(999), "999");
        assert_eq!(percent(0.695, 1), "69,5\u{a0}%");
        assert_eq!(percent(1.0, 0), "100\u{a0}%");
    }

    #[test]
    fn small_numbers_stand_in_words() {
        assert_eq!((in_words(9), in_words(13)), ("ni".to_owned(), "13".to_owned()));
        assert_eq!((at_first(2), at_first(20)), ("To".to_owned(), "I alt 20".to_owned()));
        assert_eq!(capital("æblet"), "Æblet");
        assert_eq!(capital(""), "");
    }
}
