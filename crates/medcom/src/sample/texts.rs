//! Words of the invented letters.

/// CPR number, given names, surname: official test persons (DK Core).
pub(super) const PERSONS: [(&str, &str, &str); 12] = [
    ("2512489996", "Nancy Ann Test", "Berggren"),
    ("2509479989", "Bruno Test", "Elmer"),
    ("0201919990", "Else Test", "Lauridsen"),
    ("3001749995", "Niels Test", "Vendelboe"),
    ("1502779995", "Ruddi Test", "Berggren"),
    ("2911829996", "Kirsten Test", "Berggren"),
    ("1509819996", "Brita Test", "Berggren"),
    ("0107729995", "Max Test", "Berggren"),
    ("2103009996", "Kaja Test", "Hansen"),
    ("3103979995", "Anders Test", "Jensen"),
    ("0108629996", "May June Test", "Moberg"),
    ("1007059995", "Muhammed Test", "Abdul"),
];

/// GLN, number, name.
pub(super) const SENDERS: [(&str, &str, &str); 3] = [
    ("5790009999010", "099901", "Lægehuset Prøvegade"),
    ("5790009999027", "9901030", "Prøve Sygehus"),
    ("5790009999034", "099902", "Lægerne ved Søen"),
];

pub(super) const REFERRERS: [&str; 3] = ["Anna Lægesen", "Bo Praksis", "Carl Overlægesen"];

pub(super) const OCCUPATIONS: [&str; 5] = ["Pensionist", "Pædagog", "Tømrer", "Chauffør", "Sygemeldt"];

pub(super) const STREETS: [&str; 5] = ["Hindbærvej", "Kastanievej", "Blåbærstræde", "Æblehaven", "Ølandsgade"];

/// Code, code system, words.
pub(super) const DIAGNOSES: [(&str, &str, &str); 8] = [
    ("DE119", "SKSdiagnosekode", "Type 2-diabetes uden komplikationer"),
    ("DJ449", "SKSdiagnosekode", "Kronisk obstruktiv lungesygdom UNS"),
    ("DI259", "SKSdiagnosekode", "Kronisk iskæmisk hjertesygdom UNS"),
    ("DM545", "SKSdiagnosekode", "Lænderygsmerter UNS"),
    ("T90", "ICPCkode", "Type 2-diabetes"),
    ("T82", "ICPCkode", "Fedme"),
    ("K86", "ICPCkode", "Hypertension uden organpåvirkning"),
    ("P17", "ICPCkode", "Tobaksmisbrug"),
];

pub(super) const HEADINGS: [&str; 5] = ["Henvises til:", "Aktuelt:", "KRAM:", "Medicin:", "Motivation:"];

pub(super) const SENTENCES: [&str; 12] = [
    "Afklarende samtale med fokus på kost og motion.",
    "HbA1c 58 mmol/mol, BT 142/86, BMI 31,4, vægt 94 kg.",
    "Ryger 10-15 cigaretter dagligt gennem 30 år og har prøvet at stoppe to gange.",
    "Går 20 minutter dagligt, men bliver forpustet på trapper.",
    "Uregelmæssige måltider og mange søde drikke, spiser sjældent grøntsager.",
    "Alkohol: 5 genstande om ugen, AUDIT 4.",
    "Behandles med metformin 1000 mg x 2 og losartan 50 mg.",
    "Er motiveret for at ændre vaner & ønsker hold om formiddagen.",
    "Bor alene, har en voksen datter i nærheden og behov for kørsel.",
    "Smerter i højre knæ ved belastning gennem ½ år, ingen røde flag.",
    "FEV1 62 % af forventet, MRC 2, SpO2 96 % i hvile.",
    "Kontrol hos egen læge om tre måneder, blodprøver bestilt (LDL < 2,6 ønskes).",
];
