//! What the form "Ret kontaktoplysninger" holds: texts and ticks by the id of their field, so that three versions of
//! them can be laid side by side.

use domain::citizen::{Address, Citizen, Needs, Phone, PhoneKind};
use domain::notice::NoticeChannel;
use domain::reminder::ReminderWish;

use super::CitizenInput;
use crate::layout::FormError;
use crate::web::fields::Fields;

/// Ids and labels of the texts.
pub(super) const TEXTS: [(&str, &str); 8] = [
    ("telefon", "Telefon"),
    ("gade", "Vej og nummer"),
    ("postnr", "Postnummer"),
    ("by", "By"),
    ("sprog", "Sprog"),
    ("bedst", "Foretrækker"),
    ("beskeder", "Korte beskeder"),
    ("paamindelser", "Påmindelser om tider"),
];

/// Ids and labels of the ticks; ticked is "ja".
pub(super) const TICKS: [(&str, &str); 7] = [
    ("tolk", "Tolk"),
    ("hoerelse", "Nedsat hørelse"),
    ("syn", "Nedsat syn"),
    ("transport", "Transport"),
    ("ledsager", "Har en med"),
    ("digitalt", "Hjælp til det digitale"),
    ("beskyttet", "Navne- og adressebeskyttelse"),
];

/// Fields of an address; they are nowhere while it is protected.
pub(super) const ADDRESS: [&str; 3] = ["gade", "postnr", "by"];

/// A form's values by field.
#[derive(Clone, Default)]
pub(super) struct Values(Fields);

impl Values {
    pub(super) fn typed(form: Fields) -> Self {
        Self(form.into_iter().map(|(id, text)| (id, text.trim().to_owned())).collect())
    }

    pub(super) fn of(citizen: &Citizen) -> Self {
        let tick = |yes: bool| if yes { "ja".to_owned() } else { String::new() };
        let address = citizen.address.clone().filter(|_| !citizen.protected_address).unwrap_or_default();
        let needs = &citizen.needs;
        let values = [
            ("telefon", citizen.phones.first().map(|p| p.number.clone()).unwrap_or_default()),
            ("gade", address.street.unwrap_or_default()),
            ("postnr", address.post_code.unwrap_or_default()),
            ("by", address.district.unwrap_or_default()),
            ("sprog", citizen.language.clone().unwrap_or_default()),
            ("bedst", needs.best_time.clone().unwrap_or_default()),
            ("beskeder", needs.notice_by.map_or("", NoticeChannel::word).to_owned()),
            ("paamindelser", needs.reminders.word().to_owned()),
            ("tolk", tick(needs.interpreter)),
            ("hoerelse", tick(needs.hearing)),
            ("syn", tick(needs.sight)),
            ("transport", tick(needs.transport)),
            ("ledsager", tick(needs.companion)),
            ("digitalt", tick(needs.digital)),
            ("beskyttet", tick(citizen.protected_address)),
        ];
        Self(values.into_iter().map(|(id, text)| (id.to_owned(), text)).collect())
    }

    pub(super) fn get(&self, id: &str) -> &str {
        self.0.get(id).map_or("", String::as_str)
    }

    pub(super) fn ticked(&self, id: &str) -> bool {
        self.get(id) == "ja"
    }

    pub(super) fn set(&mut self, id: &str, text: &str) {
        self.0.insert(id.to_owned(), text.to_owned());
    }

    /// Everything that cannot be kept as it stands.
    pub(super) fn errors(&self) -> Vec<FormError> {
        let phone = self.get("telefon");
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        let post_code = self.get("postnr");
        let mut errors = Vec::new();
        if !phone.is_empty() && digits < 8 {
            let missing = 8 - digits;
            let word = if missing == 1 { "ciffer" } else { "cifre" };
            errors.push(error("telefon", format!("Der mangler {missing} {word}. Et telefonnummer har 8.")));
        }
        let four_digits = post_code.len() == 4 && post_code.bytes().all(|b| b.is_ascii_digit());
        if !post_code.is_empty() && !four_digits {
            errors.push(error("postnr", "Et postnummer har 4 cifre.".to_owned()));
        }
        errors
    }

    /// What is to be stored of them, on top of what is known.
    pub(super) fn input(&self, known: &Citizen) -> CitizenInput {
        let text = |id: &str| Some(self.get(id).to_owned()).filter(|t| !t.is_empty());
        let mut phones = known.phones.clone();
        match (text("telefon"), phones.first_mut()) {
            (Some(number), Some(first)) => first.number = number,
            (Some(number), None) => phones.push(Phone { number, kind: PhoneKind::Mobile }),
            (None, Some(_)) => drop(phones.remove(0)),
            (None, None) => {}
        }
        let suburb = known.address.as_ref().and_then(|a| a.suburb.clone());
        let address = Address { street: text("gade"), suburb, district: text("by"), post_code: text("postnr") };
        CitizenInput {
            phones: Some(phones),
            address: (!known.protected_address && (known.address.is_some() || address != Address::default()))
                .then_some(address),
            protected_address: Some(self.ticked("beskyttet")),
            language: Some(self.get("sprog").to_owned()),
            needs: Some(Needs {
                asked: true,
                interpreter: self.ticked("tolk"),
                transport: self.ticked("transport"),
                companion: self.ticked("ledsager"),
                sight: self.ticked("syn"),
                hearing: self.ticked("hoerelse"),
                digital: self.ticked("digitalt"),
                best_time: text("bedst"),
                notice_by: NoticeChannel::parse(self.get("beskeder")).ok(),
                reminders: ReminderWish::parse(self.get("paamindelser")).unwrap_or(known.needs.reminders),
            }),
            ..CitizenInput::default()
        }
    }
}

fn error(field: &'static str, message: String) -> FormError {
    FormError { field, message }
}

/// What two people made of the same version: what both can keep, and the fields that one of them must choose.
pub(super) struct Merged {
    pub(super) values: Values,
    pub(super) asks: Vec<(&'static str, &'static str)>,
}

/// A field that only one of the two changed is taken from that one.
pub(super) fn merge(base: &Values, theirs: &Values, mine: &Values, protected: bool) -> Merged {
    let mut merged = Merged { values: theirs.clone(), asks: Vec::new() };
    let fields = TEXTS.iter().chain(&TICKS).filter(|(id, _)| !(protected && ADDRESS.contains(id)));
    for (id, label) in fields {
        let (base, theirs, mine) = (base.get(id), theirs.get(id), mine.get(id));
        if mine != base {
            merged.values.set(id, mine);
            if theirs != base && theirs != mine {
                merged.asks.push((id, label));
            }
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> Values {
        Values(pairs.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect())
    }

    #[test]
    fn two_people_who_change_different_fields_both_get_their_way() {
        let base = values(&[("telefon", "70000010"), ("bedst", "formiddag")]);
        let theirs = values(&[("telefon", "70000011"), ("bedst", "formiddag")]);
        let mine = values(&[("telefon", "70000010"), ("bedst", "eftermiddag")]);
        let merged = merge(&base, &theirs, &mine, false);
        assert!(merged.asks.is_empty());
        assert_eq!((merged.values.get("telefon"), merged.values.get("bedst")), ("70000011", "eftermiddag"));
    }

    #[test]
    fn the_same_field_changed_twice_is_asked_about() {
        let base = values(&[("bedst", "")]);
        let merged = merge(&base, &values(&[("bedst", "morgen")]), &values(&[("bedst", "aften")]), false);
        assert_eq!(merged.asks, [("bedst", "Foretrækker")]);
    }

    #[test]
    fn a_protected_address_is_never_asked_about() {
        let (base, theirs, mine) = (values(&[]), values(&[("gade", "A")]), values(&[("gade", "B")]));
        assert!(merge(&base, &theirs, &mine, true).asks.is_empty());
        assert_eq!(merge(&base, &theirs, &mine, false).asks.len(), 1);
    }

    #[test]
    fn a_telephone_number_is_counted() {
        let errors = values(&[("telefon", "7000001"), ("postnr", "99")]).errors();
        assert_eq!(errors[0].message, "Der mangler 1 ciffer. Et telefonnummer har 8.");
        assert_eq!(errors.len(), 2);
    }
}
