//! An offer on its way out: the hash of its sheet, JSON, and a page that stands alone.

use askama::Template;
use domain::offer::{Entrance, Offer, SheetField, canonical, sheet};
use domain::organization::ManagingOrganization;
use serde::Serialize;

use crate::AppError;

/// Where letters to a municipality go.
pub(super) fn entrance(home: &ManagingOrganization) -> Entrance {
    Entrance {
        municipality: home.name.clone(),
        department: home.department.clone(),
        gln: home.glns.first().map(|gln| gln.as_str().to_owned()),
    }
}

/// SHA-256 of the copy sheet in hexadecimal: the same as long as the sheet says the same.
pub fn content_hash(offer: &Offer, home: &ManagingOrganization) -> String {
    hash_of(&sheet(offer, &entrance(home)))
}

pub(super) fn hash_of(sheet: &[SheetField]) -> String {
    store::sha256_hex(canonical(sheet).as_bytes())
}

/// A field of the sheet in JSON.
#[derive(Serialize)]
struct FieldOut<'a> {
    key: &'a str,
    label: &'a str,
    text: &'a str,
}

/// An offer as a file. `content_hash` is SHA-256 over the line `forebyg-offer-1` and, for each field of `sheet` that stands
/// in it in order, a line of key, length of the text in bytes, and text, with a blank between.
#[derive(Serialize)]
struct Exported<'a> {
    format: &'static str,
    id: uuid::Uuid,
    municipality: &'a str,
    municipality_code: &'a str,
    state: &'a str,
    intervention: &'a str,
    intervention_code: &'a str,
    content_hash: String,
    sheet: Vec<FieldOut<'a>>,
}

/// The offer as JSON, the same bytes as long as it says the same.
pub(super) fn json(offer: &Offer, home: &ManagingOrganization) -> Result<String, AppError> {
    let fields = sheet(offer, &entrance(home));
    let out = Exported {
        format: "forebyg-offer-1",
        id: offer.id.0,
        municipality: &home.name,
        municipality_code: home.code.as_str(),
        state: offer.publication.word(),
        intervention: offer.code.word(),
        intervention_code: offer.code.code(),
        content_hash: hash_of(&fields),
        sheet: fields.iter().map(|f| FieldOut { key: f.key, label: f.label, text: &f.text }).collect(),
    };
    serde_json::to_string_pretty(&out).map_err(|_| AppError::Unreadable("offer"))
}

/// A page without our clothes, for another web site or for paper.
#[derive(Template)]
#[template(path = "catalogue/export.html")]
pub(super) struct ExportPage {
    pub(super) name: String,
    pub(super) fields: Vec<SheetField>,
    pub(super) hash: String,
}

impl ExportPage {
    pub(super) fn new(offer: &Offer, home: &ManagingOrganization) -> Self {
        let fields = sheet(offer, &entrance(home));
        let hash = hash_of(&fields);
        let said = fields.into_iter().filter(|field| field.key != "name" && !field.text.is_empty());
        Self { name: offer.name.clone(), fields: said.collect(), hash }
    }
}
