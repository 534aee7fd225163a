//! Every instrument that the program brings along. A new one is its file in `catalogue/` and its line here.

use std::sync::LazyLock;

use crate::instrument::Instrument;
use crate::read::read;

macro_rules! files {
    ($($name:literal,)+) => {
        [$(include_str!(concat!("../catalogue/", $name, ".toml")),)+]
    };
}

/// The files, in the order in which people choose.
pub(crate) const FILES: [&str; 25] = files![
    "who5",
    "audit",
    "ftnd",
    "hsi",
    "co",
    "smoke_free",
    "vba",
    "stopbasen_baseline",
    "stopbasen_end",
    "stopbasen_6m",
    "bmi_weight",
    "nutrition_risk",
    "sixmwt",
    "sts30",
    "twomwt",
    "tug",
    "stairs",
    "step2min",
    "activity_level",
    "kram_risk",
    "health_literacy_chat",
    "conversation_wheel",
    "stratification",
    "vordingborg",
    "satisfaction",
];

/// Every instrument; a test holds that each file is read.
pub static CATALOGUE: LazyLock<Vec<Instrument>> =
    LazyLock::new(|| FILES.iter().filter_map(|text| read(text).ok()).collect());

/// An instrument in one version.
pub fn find(id: &str, version: u16) -> Option<&'static Instrument> {
    CATALOGUE.iter().find(|one| one.id == id && one.version == version)
}

/// The newest version of an instrument.
pub fn newest(id: &str) -> Option<&'static Instrument> {
    CATALOGUE.iter().filter(|one| one.id == id).max_by_key(|one| one.version)
}
