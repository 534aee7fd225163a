//! MedCom's code lists (namespace 2016/12/01) with their Danish words for the screen.
//!
//! They are read as open sets: a value that the list lacks is kept as text and shown as it is. What decides whether a
//! letter can be read at all (version, type, status, acknowledgement) is closed and lives elsewhere.

use serde::{Deserialize, Serialize};

macro_rules! open_codes {
    ($(#[$about:meta])* $name:ident { $($variant:ident = $code:literal, $danish:literal;)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $(#[doc = concat!("`", $code, "`: ", $danish)] $variant,)*
            /// A value that the list does not have, as received.
            Other(String),
        }

        impl $name {
            /// The values of the list, without [`Self::Other`].
            pub const LISTED: &'static [Self] = &[$(Self::$variant),*];

            /// The value in messages.
            pub fn code(&self) -> &str {
                match self {
                    $(Self::$variant => $code,)*
                    Self::Other(text) => text,
                }
            }

            /// The Danish word for the screen; an unlisted value is shown as received.
            pub fn danish(&self) -> &str {
                match self {
                    $(Self::$variant => $danish,)*
                    Self::Other(text) => text,
                }
            }

            /// The value of a code; one that the list lacks is kept as it is.
            pub fn from_code(code: &str) -> Self {
                match code {
                    $($code => Self::$variant,)*
                    _ => Self::Other(code.to_owned()),
                }
            }
        }
    };
}

open_codes! {
    /// What kind of number `Identifier` of an organisation is.
    IdentifierCode {
        Sygehusafdelingsnummer = "sygehusafdelingsnummer", "SHAK-kode";
        Ydernummer = "ydernummer", "ydernummer";
        Lokationsnummer = "lokationsnummer", "lokationsnummer";
        Kommunenummer = "kommunenummer", "kommunenummer";
        Sorkode = "sorkode", "SOR-kode";
    }
}

open_codes! {
    /// The code system of a diagnosis as the letter names it. An unlisted value counts as uspecificeretkode.
    DiagnoseTypeCode {
        Sks = "SKSdiagnosekode", "SKS";
        Icpc = "ICPCkode", "ICPC";
        Unspecified = "uspecificeretkode", "fritekst";
    }
}

open_codes! {
    /// What a further diagnosis is to the letter.
    DiagnoseDescriptionCode {
        Unspecified = "uspec_diagnose", "diagnose";
        Referral = "henv_diagnose", "henvisningsdiagnose";
        Secondary = "bidiagnose", "bidiagnose";
        AddOn = "tillaegsdiagnose", "tillægskode";
        Action = "aktionsdiagnose", "aktionsdiagnose";
        Temporary = "midlertidig_diagnose", "midlertidig diagnose";
        Course = "forloebsdiagnose", "forløbsdiagnose";
        Operation = "operation", "operation";
        Imaging = "roentgenundersoegelse", "røntgenundersøgelse";
    }
}

open_codes! {
    /// Who a relative is to the citizen.
    RelationCode {
        Unspecified = "uspec_paaroerende", "pårørende";
        Mother = "mor", "mor";
        Father = "far", "far";
        Son = "soen", "søn";
        Daughter = "datter", "datter";
    }
}

open_codes! {
    /// Kind of telephone.
    TelephoneCode {
        Mobile = "mobil", "mobil";
        Work = "arbejde", "arbejde";
        Landline = "fastnet", "fastnet";
    }
}

open_codes! {
    /// What a note by a receiver is about (`MunicipalityVisitation`).
    VisitationCode {
        Unstructured = "ustruktureret", "bemærkning";
        OwnDoctor = "egen_laege", "egen læge";
        ReferralReceived = "henvisning_modtaget", "henvisning modtaget";
        Visitation = "visitering", "visitering";
        Invited = "indkaldt", "indkaldt";
        AdmittedTo = "indlagt_paa", "indlagt på";
        Surety = "udenamts_kaution", "udenamts kaution";
    }
}

open_codes! {
    /// Kind of an attached file.
    ObjectCode {
        TextFile = "tekstfil", "tekst";
        Image = "billede", "billede";
        Program = "program", "program";
        VectorGraphics = "vektor_grafik", "dokument";
        Biosignals = "biosignaler", "biosignaler";
        Multimedia = "multimedie", "lyd eller video";
        Proprietary = "proprietaert_indhold", "leverandørformat";
    }
}

open_codes! {
    /// Category of the newer schema (2020/05/06).
    CategoryCode {
        Social = "social", "socialområdet";
        ElderCare = "aeldre_omsorg", "ældreomsorg";
        HealthVisitors = "sundhedspleje", "sundhedspleje";
    }
}

open_codes! {
    /// Why a message or letter is refused in a receipt.
    RefuseCode {
        IkkeSpecificeret = "ikke_specificeret", "ikke specificeret";
        UkendtLokationsnummer = "ukendt_lokationsnummer", "ukendt lokationsnummer";
        ProblemMedModtagerId = "problem_med_modtagerID", "problem med modtagerens id";
        ProblemMedVersion = "problem_med_version", "versionen kan ikke modtages";
        Syntaksfejl = "syntaksfejl", "syntaksfejl";
    }
}

open_codes! {
    /// Where the citizen stands at the sender (XDIS91). We write `inaktiv`.
    EpisodeOfCareStatus {
        Inactive = "inaktiv", "ikke indlagt";
        Admitted = "indlagt", "indlagt";
        Outpatient = "ambulant", "ambulant";
        Deceased = "doed", "død";
        OutpatientImaging = "ambulant_roentgen", "ambulant røntgen";
    }
}

open_codes! {
    /// Priority of correspondence.
    Priority {
        Routine = "rutine", "rutine";
        High = "høj_prioritet", "høj prioritet";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_outside_the_list_is_kept_as_received() {
        let code = RelationCode::from_code("nabo");
        assert_eq!(code, RelationCode::Other("nabo".to_owned()));
        assert_eq!((code.code(), code.danish()), ("nabo", "nabo"));
    }

    #[test]
    fn every_listed_value_is_read_back() {
        for code in DiagnoseDescriptionCode::LISTED {
            assert_eq!(&DiagnoseDescriptionCode::from_code(code.code()), code);
        }
    }
}
