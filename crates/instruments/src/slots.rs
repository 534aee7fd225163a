//! Licensed instruments: names with a slot. A municipality loads its own file with the proof of its licence; until then
//! they cannot be switched on.

use crate::catalogue::newest;
use crate::instrument::Instrument;
use crate::read::FileFault;

/// A name with a place for the municipality's own file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Id that the file must have. Of a chosen PRO it is how the id begins.
    pub id: &'static str,
    /// Danish name.
    pub name: &'static str,
    /// Who holds the rights.
    pub licence: &'static str,
}

/// The slots.
pub static SLOTS: [Slot; 4] = [
    Slot { id: "eq5d5l", name: "EQ-5D-5L", licence: "Licens fra EuroQol Research Foundation. Herdman m.fl. 2011." },
    Slot {
        id: "hlq",
        name: "HLQ – Health Literacy Questionnaire",
        licence: "Licens fra rettighedshaverne. Osborne m.fl. 2013.",
    },
    Slot {
        id: "pam",
        name: "PAM – Patient Activation Measure",
        licence: "Licens fra rettighedshaverne. Hibbard m.fl. 2005.",
    },
    Slot {
        id: "pro_",
        name: "PRO, som kommunen har valgt",
        licence: "Efter vilkårene for det valgte skema (pro-danmark.dk, Kommunal PRO).",
    },
];

/// Whether a municipality may load this file: it fills a slot with proof of its licence, or it is a newer version of an
/// instrument of the catalogue, such as one with the authorised wording.
pub fn may_be_loaded(instrument: &Instrument) -> Result<(), FileFault> {
    let fault = |place: &str, why| Err(FileFault::Content { place: place.to_owned(), why });
    if instrument.proof.as_ref().is_none_or(|proof| proof.trim().len() < 5) {
        return fault("proof", "Skriv beviset for licensen i feltet proof: aftalens nummer, dato og hvem der gav den.");
    }
    match newest(&instrument.id) {
        Some(known) if instrument.version <= known.version => {
            fault("version", "Den udgave findes allerede. En ny udgave får et højere nummer.")
        }
        Some(_) => Ok(()),
        None if slot_of(&instrument.id).is_some() => Ok(()),
        None => fault(
            "id",
            "Id'et er hverken et licenseret redskab (eq5d5l, hlq, pam, pro_…) eller et, der findes i forvejen.",
        ),
    }
}

/// The slot that an id belongs to.
fn slot_of(id: &str) -> Option<&'static Slot> {
    SLOTS.iter().find(|slot| if slot.id.ends_with('_') { id.starts_with(slot.id) } else { id == slot.id })
}
