//! The fields of an agreement: what stands there, what was typed, and the input that becomes of it.

use std::collections::HashMap;

use domain::competence::Competence;
use domain::supplier::{SupplierAgreement, SupplierKind};
use jiff::civil::Date;

use super::AgreementInput;
use crate::layout::{Choice, Field, FormError};

/// The texts of the form by their names, and the competences that were ticked.
#[derive(Default)]
pub(super) struct Typed {
    texts: HashMap<String, String>,
    competences: Vec<String>,
}

impl Typed {
    pub(super) fn new(pairs: Vec<(String, String)>) -> Self {
        let (ticks, texts): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name == "kompetence");
        Self { texts: texts.into_iter().collect(), competences: ticks.into_iter().map(|(_, word)| word).collect() }
    }

    /// A new agreement begins today.
    pub(super) fn empty(today: Date) -> Self {
        let texts = [("fra", today.to_string()), ("svarfrist", "14".to_owned())];
        Self { texts: texts.map(|(name, value)| (name.to_owned(), value)).into(), competences: Vec::new() }
    }

    pub(super) fn of(it: &SupplierAgreement) -> Self {
        let texts = [
            ("navn", it.name.clone()),
            ("slags", it.kind.word().to_owned()),
            ("kontakt", it.contact.clone().unwrap_or_default()),
            ("telefon", it.phone.clone().unwrap_or_default()),
            ("data", it.data.clone()),
            ("svarfrist", it.response_days.to_string()),
            ("ansvar", if it.own_responsibility { "selv" } else { "" }.to_owned()),
            ("fra", it.from.to_string()),
            ("til", it.to.map(|day| day.to_string()).unwrap_or_default()),
        ];
        Self {
            texts: texts.map(|(name, value)| (name.to_owned(), value)).into(),
            competences: it.competences.iter().map(|one| one.word().to_owned()).collect(),
        }
    }

    pub(super) fn get(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", |text| text.trim())
    }

    pub(super) fn version(&self) -> i64 {
        self.get("version").parse().unwrap_or(0)
    }

    fn said(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// The agreement, or everything that is wrong with it.
    pub(super) fn read(&self, today: Date) -> Result<AgreementInput, Vec<FormError>> {
        let mut errors = Vec::new();
        let mut wrong = |field, message: &str| errors.push(FormError { field, message: message.to_owned() });
        let kind = SupplierKind::parse(self.get("slags")).ok();
        if kind.is_none() {
            wrong("slags", "Vælg, hvad det er.");
        }
        let from = self.get("fra").parse::<Date>().ok();
        if from.is_none() {
            wrong("fra", "Skriv, hvornår aftalen begynder.");
        }
        let to = self.said("til").map(|text| text.parse::<Date>().ok());
        if to == Some(None) {
            wrong("til", "Skriv slutdagen som dag, måned og år, eller lad feltet stå tomt.");
        }
        let input = AgreementInput {
            name: self.get("navn").to_owned(),
            kind: kind.unwrap_or(SupplierKind::Outside),
            contact: self.said("kontakt"),
            phone: self.said("telefon"),
            competences: self.competences.iter().filter_map(|word| Competence::parse(word).ok()).collect(),
            data: self.get("data").to_owned(),
            response_days: self.get("svarfrist").parse().unwrap_or(0),
            own_responsibility: self.get("ansvar") == "selv",
            from: from.unwrap_or(today),
            to: to.flatten(),
        };
        for (field, message) in input.errors() {
            wrong(field, message);
        }
        if errors.is_empty() { Ok(input) } else { Err(errors) }
    }

    /// The fields as the page draws them.
    pub(super) fn fields(&self, errors: &[FormError]) -> Fields {
        let error = |id: &str| errors.iter().find(|error| error.field == id).map(|error| error.message.clone());
        let field = |id: &str| Field { value: self.get(id).to_owned(), error: error(id) };
        let kind = |one: &SupplierKind| Choice {
            value: one.word().to_owned(),
            label: one.label().to_owned(),
            hint: None,
            selected: one.word() == self.get("slags"),
        };
        let competence = |one: &Competence| Choice {
            value: one.word().to_owned(),
            label: one.label().to_owned(),
            hint: None,
            selected: self.competences.iter().any(|word| word == one.word()),
        };
        Fields {
            name: field("navn"),
            kinds: SupplierKind::ALL.iter().map(kind).collect(),
            kind_error: error("slags"),
            contact: field("kontakt"),
            phone: field("telefon"),
            competences: Competence::ALL.iter().filter(|one| one.leads_alone()).map(competence).collect(),
            competence_error: error("kompetence"),
            data: field("data"),
            response_days: field("svarfrist"),
            own_responsibility: self.get("ansvar") == "selv",
            from: field("fra"),
            to: field("til"),
        }
    }
}

/// The fields of the form.
pub(super) struct Fields {
    pub(super) name: Field,
    pub(super) kinds: Vec<Choice>,
    pub(super) kind_error: Option<String>,
    pub(super) contact: Field,
    pub(super) phone: Field,
    pub(super) competences: Vec<Choice>,
    pub(super) competence_error: Option<String>,
    pub(super) data: Field,
    pub(super) response_days: Field,
    pub(super) own_responsibility: bool,
    pub(super) from: Field,
    pub(super) to: Field,
}
