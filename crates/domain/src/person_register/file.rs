//! The person register as a file: one person a line, columns by semicolon, the first line names them.
//!
//! The format is ours, for places where a register is not connected yet. Text in, values out; who reads the file and
//! when is decided outside. Fields are not quoted, so no field can hold a semicolon.

use jiff::civil::Date;

use super::RegisteredPerson;
use crate::citizen::{Address, PersonName};
use crate::identifiers::{Cpr, CprError, MunicipalityCode};

/// The columns, in order; the first line of the file.
pub const COLUMNS: [&str; 10] = [
    "cpr",
    "given",
    "surname",
    "street",
    "suburb",
    "post_code",
    "district",
    "protected",
    "municipality",
    "deceased_on",
];

/// Where a register file cannot be read. Never holds what stood there: an error must be safe to log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {what}")]
pub struct RegisterLineError {
    /// Line of the file, counted from one.
    pub line: usize,
    /// Name of the column; `cpr` when it is the whole line.
    pub column: &'static str,
    /// What is wrong.
    pub what: RegisterFault,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RegisterFault {
    /// The first line does not name the ten columns in order.
    #[error("the first line does not name the columns")]
    Header,
    /// Too many or too few columns; holds how many there are.
    #[error("ten columns expected, found {0}")]
    ColumnCount(usize),
    /// No CPR number.
    #[error(transparent)]
    Cpr(#[from] CprError),
    /// The number stands on an earlier line too.
    #[error("the person stands on an earlier line too")]
    Twice,
    /// Empty where something must stand.
    #[error("the field is empty")]
    Empty,
    /// Neither `yes`, `no` nor empty.
    #[error("expected yes or no")]
    NotYesOrNo,
    /// No municipality code.
    #[error("expected a municipality code of three digits")]
    MunicipalityCode,
    /// No date.
    #[error("expected a date as YYYY-MM-DD")]
    Date,
}

impl RegisterLineError {
    /// What the operator reads.
    pub fn user_message(&self) -> String {
        let what = match self.what {
            RegisterFault::Header => "overskriften skal nævne de ti kolonner i rækkefølge",
            RegisterFault::ColumnCount(_) => "der skal være ti kolonner",
            RegisterFault::Cpr(_) => "CPR-nummeret er ikke gyldigt",
            RegisterFault::Twice => "personen står også på en tidligere linje",
            RegisterFault::Empty => "feltet skal udfyldes",
            RegisterFault::NotYesOrNo => "skriv yes eller no",
            RegisterFault::MunicipalityCode => "kommunekoden skal have tre cifre",
            RegisterFault::Date => "datoen skal skrives som ÅÅÅÅ-MM-DD",
        };
        format!("Personregisteret, linje {}, kolonnen {}: {what}.", self.line, self.column)
    }
}

/// Reads a whole file; the first fault ends it, so that half a register is never used.
pub fn parse_register(csv_text: &str) -> Result<Vec<RegisteredPerson>, RegisterLineError> {
    let text = csv_text.strip_prefix('\u{feff}').unwrap_or(csv_text);
    let mut lines = (1..).zip(text.lines());
    let header = lines.next().map(|(_, line)| line.split(';').map(str::trim).collect::<Vec<_>>());
    if header.as_deref() != Some(COLUMNS.as_slice()) {
        return Err(RegisterLineError { line: 1, column: COLUMNS[0], what: RegisterFault::Header });
    }
    let mut seen = std::collections::BTreeSet::new();
    let mut people = Vec::new();
    for (line, text) in lines.filter(|(_, text)| !text.trim().is_empty()) {
        let person = parse_line(text).map_err(|(column, what)| RegisterLineError { line, column, what })?;
        if !seen.insert(person.cpr) {
            return Err(RegisterLineError { line, column: COLUMNS[0], what: RegisterFault::Twice });
        }
        people.push(person);
    }
    Ok(people)
}

type Fault = (&'static str, RegisterFault);

fn parse_line(line: &str) -> Result<RegisteredPerson, Fault> {
    let fields: Vec<_> = line.split(';').map(str::trim).collect();
    let [cpr, given, surname, street, suburb, post_code, district, protected, municipality, deceased_on] =
        <[&str; 10]>::try_from(fields).map_err(|fields| (COLUMNS[0], RegisterFault::ColumnCount(fields.len())))?;
    if surname.is_empty() {
        return Err(("surname", RegisterFault::Empty));
    }
    Ok(RegisteredPerson {
        cpr: Cpr::parse(cpr).map_err(|error| ("cpr", error.into()))?,
        name: PersonName { given: filled(given), surname: surname.to_owned() },
        address: address(street, suburb, post_code, district),
        protected_address: yes_or_no(protected).ok_or(("protected", RegisterFault::NotYesOrNo))?,
        municipality: optional(municipality, |text| MunicipalityCode::parse(text).ok())
            .map_err(|()| ("municipality", RegisterFault::MunicipalityCode))?,
        deceased_on: optional(deceased_on, |text| text.parse::<Date>().ok())
            .map_err(|()| ("deceased_on", RegisterFault::Date))?,
    })
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn address(street: &str, suburb: &str, post_code: &str, district: &str) -> Option<Address> {
    let address = Address {
        street: filled(street),
        suburb: filled(suburb),
        district: filled(district),
        post_code: filled(post_code),
    };
    (address != Address::default()).then_some(address)
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" | "" => Some(false),
        _ => None,
    }
}

/// None for an empty field, an error for one that cannot be read.
fn optional<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ()> {
    if text.is_empty() { Ok(None) } else { parse(text).map(Some).ok_or(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const HEADER: &str = "cpr;given;surname;street;suburb;post_code;district;protected;municipality;deceased_on";

    fn fault(line: &str) -> RegisterLineError {
        parse_register(&format!("{HEADER}\n{line}\n")).unwrap_err()
    }

    #[test]
    fn a_line_becomes_a_person() {
        let text =
            format!("{HEADER}\n2512489996;Nancy Ann Test;Berggren;Testgade 1;;4300;Holbæk;yes;0316;2026-03-02\n");
        let people = parse_register(&text).unwrap();
        assert_eq!(people.len(), 1);
        assert_eq!(people[0].name.full(), "Nancy Ann Test Berggren");
        assert_eq!(people[0].address.as_ref().unwrap().line(), "Testgade 1, 4300 Holbæk");
        assert!(people[0].protected_address);
        assert_eq!(people[0].municipality, MunicipalityCode::parse("316").ok());
        assert_eq!(people[0].deceased_on, Some(date(2026, 3, 2)));
    }

    #[test]
    fn empty_fields_are_none_and_empty_lines_are_skipped() {
        let people = parse_register(&format!("\u{feff}{HEADER}\r\n\r\n251248-9996;;Berggren;;;;;;;\r\n")).unwrap();
        assert_eq!(people[0].name.given, None);
        assert_eq!((&people[0].address, people[0].protected_address), (&None, false));
        assert_eq!((&people[0].municipality, people[0].deceased_on), (&None, None));
    }

    #[test]
    fn a_file_without_people_is_an_empty_register() {
        assert_eq!(parse_register(HEADER), Ok(vec![]));
    }

    #[test]
    fn a_file_without_its_header_is_refused() {
        let wrong = RegisterLineError { line: 1, column: "cpr", what: RegisterFault::Header };
        assert_eq!(parse_register(""), Err(wrong));
        assert_eq!(parse_register("2512489996;;Berggren;;;;;;;"), Err(wrong));
    }

    #[test]
    fn a_fault_names_its_line_and_column() {
        let at = |line, column| fault(line) == RegisterLineError { line: 2, column, what: fault(line).what };
        assert!(at("2512489996;;Berggren;;;;;maybe;;", "protected"));
        assert!(at("2512489996;;Berggren;;;;;;31;", "municipality"));
        assert!(at("2512489996;;Berggren;;;;;;;2026-02-30", "deceased_on"));
        assert!(at("2512489996;Nancy;;;;;;;;", "surname"));
        assert_eq!(fault("251248999;;Berggren;;;;;;;").what, RegisterFault::Cpr(CprError::NotTenDigits(9)));
        assert_eq!(fault("2512489996;Berggren").what, RegisterFault::ColumnCount(2));
    }

    #[test]
    fn the_same_person_twice_is_a_fault() {
        let line = "2512489996;;Berggren;;;;;;;";
        let text = format!("{HEADER}\n{line}\n{line}\n");
        assert_eq!(parse_register(&text).unwrap_err().what, RegisterFault::Twice);
        assert_eq!(parse_register(&text).unwrap_err().line, 3);
    }

    #[test]
    fn no_fault_repeats_what_stood_in_the_file() {
        for line in ["3113489996;;Berggren;;;;;;;", "2512489996;;Berggren;;;;;Holbæk;;", "2512489996;;Berggren;;;;;;x;"]
        {
            for text in [fault(line).to_string(), fault(line).user_message(), format!("{:?}", fault(line))] {
                assert!(!text.contains("9996") && !text.contains("Berggren") && !text.contains("Holbæk"), "{text}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in "[;\n0-9a-zæ-]{0,80}") {
            let _ = parse_register(&text);
            let _ = parse_register(&format!("{HEADER}\n{text}"));
        }
    }
}
