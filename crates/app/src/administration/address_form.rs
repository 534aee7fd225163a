//! The form of one address.

use askama::Template;
use domain::organization::{Organization, OrganizationKind};
use serde::Deserialize;
use store::Versioned;
use uuid::Uuid;

use crate::layout::{Choice, Field, FormError, Frame};
use crate::organizations::AddressInput;

#[derive(Template)]
#[template(path = "administration/address.html")]
pub(super) struct AddressPage {
    frame: Frame,
    action: String,
    heading: &'static str,
    version: String,
    name: Field,
    department: Field,
    kinds: Vec<Choice>,
    kind_error: Option<String>,
    gln: Field,
    sor: Field,
    phone: Field,
    reason: Field,
    /// What kind of number a letter named the place by, and which; kept as it came.
    known_as: Option<(&'static str, String)>,
    pub(super) problem: Option<String>,
    errors: Vec<FormError>,
}

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct AddressForm {
    version: String,
    navn: String,
    afdeling: String,
    #[serde(rename = "type")]
    kind: String,
    gln: String,
    sor: String,
    telefon: String,
    hvorfor: String,
    /// Shown only.
    #[serde(skip)]
    known_as: Option<(&'static str, String)>,
}

impl AddressForm {
    /// The form of an address as it is kept.
    pub(super) fn of(found: &Versioned<Organization>) -> Self {
        let one = &found.value;
        let known_as = one.medcom_identifier.as_ref().map(|known| (known.code.label(), known.value.clone()));
        Self {
            version: found.version.to_string(),
            navn: one.name.clone(),
            afdeling: one.department.clone().unwrap_or_default(),
            kind: one.kind.word().to_owned(),
            gln: one.gln.as_ref().map(|gln| gln.as_str().to_owned()).unwrap_or_default(),
            sor: one.sor.as_ref().map(|sor| sor.as_str().to_owned()).unwrap_or_default(),
            telefon: one.phone.clone().unwrap_or_default(),
            hvorfor: String::new(),
            known_as,
        }
    }

    pub(super) fn version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }

    pub(super) fn input(&self) -> AddressInput {
        AddressInput {
            name: self.navn.clone(),
            department: self.afdeling.clone(),
            kind: self.kind.clone(),
            gln: self.gln.clone(),
            sor: self.sor.clone(),
            phone: self.telefon.clone(),
            reason: self.hvorfor.clone(),
        }
    }
}

impl AddressPage {
    /// The form with what is typed and what is wrong with it.
    pub(super) fn new(frame: Frame, id: Option<Uuid>, form: AddressForm, errors: Vec<(&'static str, String)>) -> Self {
        let error = |id: &str| errors.iter().find(|(field, _)| *field == id).map(|(_, text)| text.clone());
        let field = |id: &str, value: &str| Field { value: value.to_owned(), error: error(id) };
        let kind = |kind: &OrganizationKind| Choice {
            value: kind.word().to_owned(),
            label: kind.label().to_owned(),
            hint: None,
            selected: kind.word() == form.kind,
        };
        Self {
            frame,
            action: id.map_or_else(
                || "/administration/adresser/ny".to_owned(),
                |id| format!("/administration/adresser/{id}"),
            ),
            heading: if id.is_some() { "Ret adresse" } else { "Ny adresse" },
            name: field("navn", &form.navn),
            department: field("afdeling", &form.afdeling),
            kinds: OrganizationKind::ALL.iter().map(kind).collect(),
            kind_error: error("type"),
            gln: field("gln", &form.gln),
            sor: field("sor", &form.sor),
            phone: field("telefon", &form.telefon),
            reason: field("hvorfor", &form.hvorfor),
            errors: errors.iter().map(|(field, message)| FormError { field, message: message.clone() }).collect(),
            problem: None,
            known_as: form.known_as,
            version: form.version,
        }
    }
}
