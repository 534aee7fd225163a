//! Measured numbers and scores: exact, in hundredths, so that the same answers always give the same score.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number with at most two decimals: points, kilograms, metres, seconds, a score. Kept in hundredths.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Quantity(i32);

impl Quantity {
    /// A whole number; the largest there is when it is larger.
    pub const fn whole(number: i32) -> Self {
        Self(number.saturating_mul(100))
    }

    /// So many hundredths.
    pub const fn hundredths(number: i32) -> Self {
        Self(number)
    }

    /// In hundredths.
    pub const fn as_hundredths(self) -> i32 {
        self.0
    }

    /// A number as people type it, with comma or point and at most two decimals; none when it is no such number.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, text) = text.strip_prefix(['-', '−']).map_or((1, text), |rest| (-1, rest));
        let (whole, decimals) = text.split_once([',', '.']).unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 7 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
            return None;
        }
        let hundredths: i32 = format!("{decimals:0<2}").parse().ok()?;
        let whole: i32 = whole.parse().ok()?;
        whole.checked_mul(100)?.checked_add(hundredths).map(|number| Self(sign * number))
    }

    /// A whole number of at most seven digits; none when it has more.
    fn of_whole(number: i64) -> Option<Self> {
        let number = i32::try_from(number).ok().filter(|number| number.unsigned_abs() < 10_000_000)?;
        Some(Self::whole(number))
    }

    /// Its distance from zero.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// The sum.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// So many times.
    #[must_use]
    pub const fn times(self, number: i32) -> Self {
        Self(self.0.saturating_mul(number))
    }

    /// Rounded to tenths, halves away from zero.
    #[must_use]
    pub const fn in_tenths(self) -> Self {
        let half = if self.0 < 0 { -5 } else { 5 };
        Self((self.0.saturating_add(half)) / 10 * 10)
    }
}

/// As Danish writes it: "89,5".
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, number) = (if self.0 < 0 { "−" } else { "" }, self.0.unsigned_abs());
        match (number / 100, number % 100) {
            (whole, 0) => write!(f, "{sign}{whole}"),
            (whole, rest) if rest % 10 == 0 => write!(f, "{sign}{whole},{}", rest / 10),
            (whole, rest) => write!(f, "{sign}{whole},{rest:02}"),
        }
    }
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => serializer.serialize_i32(whole),
            _ => serializer.serialize_f64(f64::from(self.0) / 100.0),
        }
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Quantity;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number with at most two decimals")
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Quantity, E> {
                Quantity::of_whole(number).ok_or_else(|| E::custom("the number is too large"))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Quantity, E> {
                let whole = i64::try_from(number).ok().and_then(Quantity::of_whole);
                whole.ok_or_else(|| E::custom("the number is too large"))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Quantity, E> {
                let exact = Quantity::parse(&number.to_string());
                exact.ok_or_else(|| E::custom("the number has more than two decimals or is too large"))
            }
        }
        deserializer.deserialize_any(Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_danes_and_machines_write_it() {
        let read = |text| Quantity::parse(text).map(Quantity::as_hundredths);
        assert_eq!(read("89,5"), Some(8950));
        assert_eq!(read(" 89.50 "), Some(8950));
        assert_eq!(read("-3"), Some(-300));
        let json = |text| serde_json::from_str::<Quantity>(text).ok().map(Quantity::as_hundredths);
        assert_eq!((json("9999999"), json("-9999999")), (Some(999_999_900), Some(-999_999_900)));
        assert_eq!((json("10000000"), json("-10000000"), json("18446744073709551615")), (None, None, None));
        for wrong in ["", "12,345", "1.000,5", "tolv", "12 m", "12345678", ",5", "+4", "1e3"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn it_is_written_without_needless_decimals() {
        let said: Vec<_> = [8950, 8905, 9000, -40, 7].map(|n| Quantity::hundredths(n).to_string()).into();
        assert_eq!(said, ["89,5", "89,05", "90", "−0,4", "0,07"]);
    }

    #[test]
    fn tenths_are_rounded_from_the_whole_value() {
        assert_eq!(Quantity::hundredths(2995).in_tenths(), Quantity::whole(30));
        assert_eq!(Quantity::hundredths(2994).in_tenths(), Quantity::hundredths(2990));
        assert_eq!(Quantity::hundredths(-45).in_tenths(), Quantity::hundredths(-50));
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_again(number in -900_000_000..900_000_000_i32) {
            let quantity = Quantity::hundredths(number);
            let json = serde_json::to_string(&quantity).unwrap();
            assert_eq!(serde_json::from_str::<Quantity>(&json).unwrap(), quantity);
            assert_eq!(Quantity::parse(&quantity.to_string()), Some(quantity));
        }
    }
}
