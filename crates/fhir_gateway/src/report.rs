//! The delivery report: a Bundle of kind collection, profile klgateway-119-delivery-report, for one citizen and day.
//!
//! It holds the citizen, everything created or changed since the latest report that was not rejected, and
//! everything those refer to, followed to the end (guide 3.1 and 3.2). Same input, same bytes.

mod closure;
mod drafts;

use std::ops::Range;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::elements::Reference;
use crate::kind::{Key, ResourceKind};
use crate::records::{Options, Records};
use crate::reported::{ContentHash, Reported};
use crate::scope::Scope;
use crate::systems::REPORT_PROFILE;

/// A report that is ready to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct DeliveryReport {
    /// The Bundle's id; new for every report.
    pub bundle_id: Uuid,
    /// The Bundle, UTF-8.
    pub json: Vec<u8>,
    /// What it holds, in the order of the entries.
    pub resources: Vec<Resource>,
}

impl std::fmt::Debug for DeliveryReport {
    /// Without the text, which names the citizen.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeliveryReport")
            .field("bundle_id", &self.bundle_id)
            .field("bytes", &self.json.len())
            .field("resources", &self.resources)
            .finish()
    }
}

/// One resource of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resource {
    /// Its kind.
    pub kind: ResourceKind,
    /// Its id.
    pub id: Uuid,
    /// Fingerprint of its text, to be remembered when the report is accepted.
    pub hash: ContentHash,
    /// Why it is there.
    pub inclusion: Inclusion,
}

/// Why a resource is in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Inclusion {
    /// Never reported before.
    New,
    /// Reported before with other content.
    Updated,
    /// Unchanged; something else refers to it.
    Referred,
}

impl Inclusion {
    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::New => "Ny",
            Self::Updated => "Ændret",
            Self::Referred => "Uændret",
        }
    }
}

/// Why no report can be built. Names things by id, never by name or number.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Anonymous, or only a replacement number.
    #[error("the citizen has no CPR number and cannot be reported")]
    NotReportable,
    /// The performing unit has no SOR code.
    #[error("organization {0} has no SOR code and cannot be reported as performer")]
    PerformerWithoutSor(Uuid),
    /// The record refers to something that was not given.
    #[error("the record refers to {} {id}, which it does not hold", .kind.word())]
    Missing {
        /// Its kind.
        kind: ResourceKind,
        /// Its id.
        id: Uuid,
    },
    /// Two things of a kind share an id.
    #[error("two records of kind {} share id {id}", .kind.word())]
    Twice {
        /// Their kind.
        kind: ResourceKind,
        /// Their id.
        id: Uuid,
    },
    /// The setting for the base of addresses cannot stand in a report.
    #[error("the base URL of reports is not an absolute http(s) address")]
    BaseUrl,
    /// The text could not be written.
    #[error("the report could not be written")]
    Write(#[from] serde_json::Error),
}

impl BuildError {
    /// What staff read: what is wrong and what to do.
    pub const fn user_message(&self) -> &'static str {
        match self {
            Self::NotReportable => "Borgeren har ikke et CPR-nummer og kan ikke indberettes.",
            Self::PerformerWithoutSor(_) => {
                "Leverandøren af en indsats mangler SOR-kode. Skriv SOR-koden på organisationen, og prøv igen."
            }
            Self::BaseUrl => "Adressen, som indberetninger dannes med, er ikke gyldig. Kontakt systemets forvalter.",
            Self::Missing { .. } | Self::Twice { .. } | Self::Write(_) => {
                "Journalen hænger ikke sammen, så indberetningen kan ikke dannes. Kontakt systemets forvalter."
            }
        }
    }
}

/// Builds the report of what changed since `reported`, or none when nothing did.
pub fn build(
    records: &Records<'_>,
    options: &Options<'_>,
    reported: &Reported,
    bundle_id: Uuid,
    assembled_at: Timestamp,
) -> Result<Option<DeliveryReport>, BuildError> {
    if !records.citizen.reportable() {
        return Err(BuildError::NotReportable);
    }
    // A record made by mistake that nobody was told of needs no withdrawal.
    if records.citizen.entered_in_error && !reported.has((ResourceKind::Citizen, records.citizen.id.0)) {
        return Ok(None);
    }
    let base_url = base(options)?;
    let scope = Scope::new(*records, *options, reported);
    let (sheet, drafts) = drafts::draw(&scope)?;
    let chosen = closure::choose(&sheet, &drafts, &scope)?;
    if chosen.is_empty() {
        return Ok(None);
    }
    let json = assemble(&sheet, &chosen, base_url, bundle_id, assembled_at);
    let resources = chosen.iter().map(|(draft, inclusion)| draft.resource(*inclusion)).collect();
    Ok(Some(DeliveryReport { bundle_id, json, resources }))
}

/// The base of addresses without a closing slash. It is a setting, so it is looked at before it stands in a report.
fn base<'o>(options: &Options<'o>) -> Result<&'o str, BuildError> {
    let base = options.base_url.trim_end_matches('/');
    let absolute = base.starts_with("https://") || base.starts_with("http://");
    let plain = base.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'\\'));
    if absolute && plain { Ok(base) } else { Err(BuildError::BaseUrl) }
}

/// Everything rendered so far: the texts one after the other, and what they refer to.
pub(crate) struct Sheet {
    bytes: Vec<u8>,
    references: Vec<Key>,
}

impl Sheet {
    /// Room for so many resources.
    fn for_about(count: usize) -> Self {
        Self { bytes: Vec::with_capacity(count * 800), references: Vec::with_capacity(count * 4) }
    }

    /// A reference, remembered so that its target comes along.
    pub(crate) fn refer(&mut self, kind: ResourceKind, id: Uuid) -> Reference {
        self.references.push((kind, id));
        Reference::to(kind, id)
    }

    /// Writes a resource behind the others: what each begins with, then its own elements.
    pub(crate) fn write(&mut self, (kind, id): Key, elements: &impl Serialize) -> Result<(), BuildError> {
        self.bytes.extend_from_slice(br#"{"resourceType":""#);
        self.bytes.extend_from_slice(kind.fhir_type().as_bytes());
        self.bytes.extend_from_slice(br#"","id":""#);
        self.bytes.extend_from_slice(id.as_hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes());
        self.bytes.extend_from_slice(br#"","meta":{"profile":[""#);
        self.bytes.extend_from_slice(kind.profile().as_bytes());
        self.bytes.extend_from_slice(br#""]}"#);
        let elements_begin = self.bytes.len();
        serde_json::to_writer(&mut self.bytes, elements)?;
        // The elements go on where the head stopped: their opening brace becomes a comma.
        self.bytes[elements_begin] = b',';
        Ok(())
    }
}

/// A rendered resource that may come into the report.
pub(crate) struct Draft {
    key: Key,
    text: Range<usize>,
    references: Range<usize>,
    hash: ContentHash,
    /// Stands for itself; otherwise it only comes when something refers to it.
    stands_alone: bool,
}

impl Draft {
    const fn resource(&self, inclusion: Inclusion) -> Resource {
        Resource { kind: self.key.0, id: self.key.1, hash: self.hash, inclusion }
    }
}

fn assemble(
    sheet: &Sheet,
    chosen: &[(&Draft, Inclusion)],
    base_url: &str,
    bundle_id: Uuid,
    assembled_at: Timestamp,
) -> Vec<u8> {
    let texts: usize = chosen.iter().map(|(draft, _)| draft.text.len() + base_url.len() + 90).sum();
    let mut json = Vec::with_capacity(texts + 300);
    let head = format!(
        r#"{{"resourceType":"Bundle","id":"{bundle_id}","meta":{{"profile":["{REPORT_PROFILE}"]}},"type":"collection","timestamp":"{assembled_at}","entry":["#
    );
    json.extend_from_slice(head.as_bytes());
    for (place, (draft, _)) in chosen.iter().enumerate() {
        let (kind, id) = draft.key;
        json.extend_from_slice(if place == 0 { br#"{"fullUrl":""# } else { br#",{"fullUrl":""# });
        json.extend_from_slice(base_url.as_bytes());
        json.push(b'/');
        json.extend_from_slice(kind.fhir_type().as_bytes());
        json.push(b'/');
        json.extend_from_slice(id.as_hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes());
        json.extend_from_slice(br#"","resource":"#);
        json.extend_from_slice(&sheet.bytes[draft.text.clone()]);
        json.push(b'}');
    }
    json.extend_from_slice(b"]}");
    json
}
