//! Numbers that name organisations: GLN, SOR, ydernummer and municipality code.

use super::text_serde;

/// A global location number (EAN, lokationsnummer): 13 digits with a GS1 check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Gln(String);

/// Why a text is no GLN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GlnError {
    /// Not 13 digits.
    #[error("a GLN has 13 digits")]
    NotThirteenDigits,
    /// The last digit does not fit the others.
    #[error("the check digit of the GLN is wrong")]
    CheckDigit,
}

impl Gln {
    /// Reads 13 digits; the last is `(10 − Σ mod 10) mod 10` with weights 1, 3, 1, 3 … (GS1 General Specifications 7.9).
    pub fn parse(text: &str) -> Result<Self, GlnError> {
        let bytes = text.as_bytes();
        if bytes.len() != 13 || !bytes.iter().all(u8::is_ascii_digit) {
            return Err(GlnError::NotThirteenDigits);
        }
        let sum: u32 = (0u32..).zip(&bytes[..12]).map(|(i, b)| u32::from(b - b'0') * (1 + 2 * (i % 2))).sum();
        if (10 - sum % 10) % 10 == u32::from(bytes[12] - b'0') {
            Ok(Self(text.to_owned()))
        } else {
            Err(GlnError::CheckDigit)
        }
    }

    /// The 13 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
text_serde!(Gln);

/// A SOR code (Sundhedsvæsenets Organisationsregister): at least 11 digits (DK Core `min-digits-sor`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SorId(String);

/// The text is not a row of 11 to 18 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a SOR code has at least 11 digits")]
pub struct SorIdError;

impl SorId {
    /// Reads the digits. The Verhoeff check digit is asked for separately, see [`SorId::has_valid_check_digit`]:
    /// the profile demands only the length, so a code that fails it is a warning.
    pub fn parse(text: &str) -> Result<Self, SorIdError> {
        let ok = (11..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if ok { Ok(Self(text.to_owned())) } else { Err(SorIdError) }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the last digit is the Verhoeff check digit of the others.
    pub fn has_valid_check_digit(&self) -> bool {
        verhoeff_holds(self.0.as_bytes())
    }
}
text_serde!(SorId);

/// Verhoeff's scheme over the dihedral group D5; zero after the whole number means it holds.
fn verhoeff_holds(digits: &[u8]) -> bool {
    const PERMUTATION: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let product = |a: u8, b: u8| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b) % 5,
        (false, true) => 5 + (a + 5 - b) % 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let check = digits.iter().rev().enumerate().fold(0, |sum, (place, digit)| {
        let moved = (0..place % 8).fold(digit - b'0', |d, _| PERMUTATION[usize::from(d)]);
        product(sum, moved)
    });
    check == 0
}

/// A GP's provider number: six digits, leading zero kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ydernummer(String);

/// The text is not six digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a ydernummer has six digits")]
pub struct YdernummerError;

impl Ydernummer {
    /// Reads six digits; a shorter number is not padded, as the leading zero is part of it.
    pub fn parse(text: &str) -> Result<Self, YdernummerError> {
        let ok = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
        if ok { Ok(Self(text.to_owned())) } else { Err(YdernummerError) }
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
text_serde!(Ydernummer);

/// A municipality's code as MedCom writes it: three digits (the leading zero of the four-digit form left out).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MunicipalityCode(String);

/// The text is not three digits, or four with a leading zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a municipality code has three digits")]
pub struct MunicipalityCodeError;

impl MunicipalityCode {
    /// Reads `999` or `0999`. Whether a municipality of that code exists is asked with
    /// [`crate::codes::municipality_name`]; test set-ups use codes that no municipality has.
    pub fn parse(text: &str) -> Result<Self, MunicipalityCodeError> {
        let digits = if text.len() == 4 { text.strip_prefix('0').ok_or(MunicipalityCodeError)? } else { text };
        let ok = digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit());
        if ok { Ok(Self(digits.to_owned())) } else { Err(MunicipalityCodeError) }
    }

    /// Three digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
text_serde!(MunicipalityCode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_location_numbers_of_the_test_messages_hold() {
        for text in
            ["5790009999003", "5790009999010", "5790009999027", "5790009999034", "5790009999041", "5790009999904"]
        {
            assert!(Gln::parse(text).is_ok(), "{text}");
        }
        assert_eq!(Gln::parse("5790009999004"), Err(GlnError::CheckDigit));
        assert_eq!(Gln::parse("579000999900"), Err(GlnError::NotThirteenDigits));
    }

    #[test]
    fn the_sor_codes_of_the_guide_have_a_valid_check_digit() {
        for text in ["451000016003", "1037791000016002", "1071391000016009", "1347831000016005", "391951000016006"] {
            assert!(SorId::parse(text).unwrap().has_valid_check_digit(), "{text}");
        }
        assert!(!SorId::parse("451000016004").unwrap().has_valid_check_digit());
        assert_eq!(SorId::parse("4510000160"), Err(SorIdError));
    }

    #[test]
    fn a_changed_digit_never_keeps_the_sor_check() {
        let right = "1037791000016002";
        for place in 0..right.len() {
            for digit in '0'..='9' {
                let mut text: Vec<char> = right.chars().collect();
                if text[place] != digit {
                    text[place] = digit;
                    let wrong: String = text.into_iter().collect();
                    assert!(!SorId::parse(&wrong).unwrap().has_valid_check_digit(), "{wrong}");
                }
            }
        }
    }

    #[test]
    fn the_leading_zero_of_a_provider_number_is_kept() {
        assert_eq!(Ydernummer::parse("079741").unwrap().as_str(), "079741");
        assert_eq!(Ydernummer::parse("79741"), Err(YdernummerError));
    }

    #[test]
    fn a_municipality_code_is_read_in_both_lengths() {
        assert_eq!(MunicipalityCode::parse("0316").unwrap(), MunicipalityCode::parse("316").unwrap());
        assert_eq!(MunicipalityCode::parse("1316"), Err(MunicipalityCodeError));
    }
}
