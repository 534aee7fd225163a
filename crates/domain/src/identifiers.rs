//! Numbers that name people, places and letters. Each can only be built from text that passes its check.
//!
//! Sources: MedCom's schemas for lengths, `docs/glossary.md` for the words; the rules of each number stand with it.

mod cpr;
mod place;

pub use cpr::{AlternativeIdentifier, AlternativeIdentifierError, Cpr, CprError, TEST_PERSONS};
pub use place::{
    Gln, GlnError, MunicipalityCode, MunicipalityCodeError, SorId, SorIdError, Ydernummer, YdernummerError,
};

/// Serde through the same parser as everything else, so that stored text cannot smuggle in an invalid number.
macro_rules! text_serde {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::words::deserialized(deserializer, Self::parse)
            }
        }
    };
}
pub(crate) use text_serde;
