//! The files of `data/`. A new one is its line here.

/// The texts that make up a standard.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// Documents, areas and capabilities.
    pub standard: &'a str,
    /// Limits.
    pub limits: &'a str,
    /// Facts.
    pub fields: &'a str,
    /// Requirements: name and text of each file.
    pub areas: &'a [(&'static str, &'a str)],
}

macro_rules! areas {
    ($($name:literal,)+) => {
        &[$((concat!("areas/", $name, ".toml"), include_str!(concat!("../../data/areas/", $name, ".toml"))),)+]
    };
}

impl Files<'static> {
    /// Those of the program.
    pub const BUILT_IN: Self = Self {
        standard: include_str!("../../data/standard.toml"),
        limits: include_str!("../../data/limits.toml"),
        fields: include_str!("../../data/fields.toml"),
        areas: areas![
            "maalgruppe",
            "henvisning",
            "tilrettelaeggelse",
            "afklarende_samtale",
            "sundhedspaedagogik",
            "lighed",
            "differentiering",
            "sygdomsmestring",
            "nikotinafvaenning_1",
            "nikotinafvaenning_2",
            "fysisk_aktivitet_1",
            "fysisk_aktivitet_2",
            "ernaering_1",
            "ernaering_2",
            "alkohol_1",
            "alkohol_2",
            "paaroerende",
            "samtykke",
            "samarbejde",
            "brobygning",
            "afslutning",
            "opfoelgning",
            "dokumentation",
            "monitorering",
            "forskning",
        ],
    };
}
