//! CPR numbers and the replacement numbers of people who have none.

use std::fmt;

use jiff::civil::Date;

use super::text_serde;

/// A Danish civil registration number: ten digits, held without the dash.
///
/// Form and birth date are checked. The modulus-11 rule is left out on purpose: numbers that fail it have been
/// issued since 2007, and every official test number fails it. `Debug` hides the last four digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cpr([u8; 10]);

/// The official test persons of Danish health IT (the test patients of the HL7 Denmark core profiles).
pub const TEST_PERSONS: [&str; 19] = [
    "2512489996",
    "2509479989",
    "0201919990",
    "3001749995",
    "1502779995",
    "0211223989",
    "2911829996",
    "1509819996",
    "0107729995",
    "0201609995",
    "0201609996",
    "0504909995",
    "0504909989",
    "2103009996",
    "3103979995",
    "0108589995",
    "0108629996",
    "2311143995",
    "1007059995",
];

/// Why a text is no CPR number. Never holds the text: an error must be safe to log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CprError {
    /// There are not ten digits; holds how many there are.
    #[error("a CPR number has ten digits, found {0}")]
    NotTenDigits(usize),
    /// Something else than digits, one dash or spaces.
    #[error("a CPR number holds only digits")]
    NotDigits,
    /// The first six digits and the century digit name no day of the calendar.
    #[error("the first six digits are not a date")]
    NoSuchDate,
}

impl Cpr {
    /// Reads what a person types: spaces and a dash are allowed.
    pub fn parse(text: &str) -> Result<Self, CprError> {
        let mut digits = [0u8; 10];
        let mut count = 0;
        for byte in text.bytes().filter(|b| !matches!(b, b'-' | b' ')) {
            if !byte.is_ascii_digit() {
                return Err(CprError::NotDigits);
            }
            if let Some(slot) = digits.get_mut(count) {
                *slot = byte;
            }
            count += 1;
        }
        if count != 10 {
            return Err(CprError::NotTenDigits(count));
        }
        let cpr = Self(digits);
        cpr.date().ok_or(CprError::NoSuchDate)?;
        Ok(cpr)
    }

    /// The ten digits without the dash, as messages and reports carry them.
    pub fn as_str(&self) -> &str {
        // The bytes were checked to be ASCII digits when the value was built.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// `DDMMYY-NNNN`, as people write it.
    pub fn with_dash(&self) -> String {
        let text = self.as_str();
        format!("{}-{}", &text[..6], &text[6..])
    }

    /// The day the number says its owner was born, with the century from the seventh digit.
    pub fn birth_date(&self) -> Date {
        self.date().unwrap_or(Date::ZERO)
    }

    /// Whole years lived on `day`; zero for a day before birth.
    pub fn age_on(&self, day: Date) -> u16 {
        let born = self.birth_date();
        let birthday_passed = (day.month(), day.day()) >= (born.month(), born.day());
        u16::try_from(day.year() - born.year() - i16::from(!birthday_passed)).unwrap_or(0)
    }

    /// Century by the seventh digit and the year: 0–3 are 19YY; 4 and 9 are 20YY up to 36, else 19YY; 5–8 are
    /// 20YY up to 57, else 18YY (CPR-kontoret, "Personnummeret i CPR").
    fn date(&self) -> Option<Date> {
        let two = |i: usize| i16::from(self.0[i] - b'0') * 10 + i16::from(self.0[i + 1] - b'0');
        let (day, month, year) = (two(0), two(2), two(4));
        let century = match (self.0[6], year) {
            (b'0'..=b'3', _) | (b'4' | b'9', 37..) => 1900,
            (b'4' | b'9', _) | (b'5'..=b'8', ..=57) => 2000,
            _ => 1800,
        };
        Date::new(century + year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }
}

impl fmt::Debug for Cpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cpr({}-****)", &self.as_str()[..6])
    }
}
text_serde!(Cpr);

/// A replacement number (erstatnings-CPR): ten characters, letters possible, no further rule.
///
/// MedCom carries it in `AlternativeIdentifier`; a person known only by it cannot be reported to FK-Gateway.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AlternativeIdentifier(String);

/// The text is not exactly ten printable characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a replacement number has ten characters")]
pub struct AlternativeIdentifierError;

impl AlternativeIdentifier {
    /// Reads exactly ten characters; upper case is kept as given.
    pub fn parse(text: &str) -> Result<Self, AlternativeIdentifierError> {
        let ok = text.chars().count() == 10 && text.chars().all(|c| c.is_alphanumeric() || c == '-');
        if ok { Ok(Self(text.to_owned())) } else { Err(AlternativeIdentifierError) }
    }

    /// The ten characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AlternativeIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AlternativeIdentifier(**********)")
    }
}
text_serde!(AlternativeIdentifier);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_official_test_person_has_a_cpr_number() {
        for text in TEST_PERSONS {
            assert!(Cpr::parse(text).is_ok(), "{}", &text[..6]);
        }
    }

    #[test]
    fn the_dash_and_spaces_that_people_type_are_dropped() {
        assert_eq!(Cpr::parse("251248-9996").unwrap().as_str(), "2512489996");
        assert_eq!(Cpr::parse(" 251248 9996 ").unwrap().with_dash(), "251248-9996");
    }

    #[test]
    fn the_century_follows_the_seventh_digit() {
        let year = |text: &str| Cpr::parse(text).unwrap().birth_date().year();
        assert_eq!(year("2512489996"), 1948);
        assert_eq!(year("2103009996"), 2000);
        assert_eq!(year("0211223989"), 1922);
        assert_eq!(year("0101585000"), 1858);
        assert_eq!(year("0101575000"), 2057);
    }

    #[test]
    fn an_impossible_date_is_refused() {
        assert_eq!(Cpr::parse("3113489996"), Err(CprError::NoSuchDate));
        assert_eq!(Cpr::parse("0000000000"), Err(CprError::NoSuchDate));
        assert_eq!(Cpr::parse("2902019999"), Err(CprError::NoSuchDate));
    }

    #[test]
    fn a_missing_digit_is_counted_for_the_message() {
        assert_eq!(Cpr::parse("251248-999"), Err(CprError::NotTenDigits(9)));
        assert_eq!(Cpr::parse("25124899961"), Err(CprError::NotTenDigits(11)));
        assert_eq!(Cpr::parse("251248x999"), Err(CprError::NotDigits));
    }

    #[test]
    fn age_counts_whole_years() {
        let cpr = Cpr::parse("2512489996").unwrap();
        assert_eq!(cpr.age_on(Date::new(2026, 12, 24).unwrap()), 77);
        assert_eq!(cpr.age_on(Date::new(2026, 12, 25).unwrap()), 78);
    }

    #[test]
    fn debug_output_shows_no_whole_number() {
        assert_eq!(format!("{:?}", Cpr::parse("2512489996").unwrap()), "Cpr(251248-****)");
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,20}") {
            let _ = Cpr::parse(&text);
            let _ = AlternativeIdentifier::parse(&text);
        }
    }
}
