//! Reading the file of a calibration.

use std::collections::BTreeMap;

use domain::codes::InterventionCode;
use serde::Deserialize;

use super::{Calibration, CalibrationFault, Ground, Parameter, Programme, Season, StatedParameter};

/// How far the average of twelve months may lie from 1.
const EVEN: f64 = 0.001;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    parameter: BTreeMap<String, ParameterEntry>,
    season: BTreeMap<Season, SeasonEntry>,
    programme: Vec<ProgrammeEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterEntry {
    value: f64,
    low: f64,
    high: f64,
    source: Option<String>,
    assumption: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeasonEntry {
    months: [f64; 12],
    source: Option<String>,
    assumption: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProgrammeEntry {
    code: InterventionCode,
    group: bool,
    share: f64,
    sessions: u8,
    sessions_a_week: u8,
    #[serde(default = "one")]
    weeks_between: u8,
    minutes: u16,
    #[serde(default)]
    seats: u16,
    #[serde(default)]
    instructors: u8,
    source: Option<String>,
    assumption: Option<String>,
}

const fn one() -> u8 {
    1
}

/// Reads and checks the whole file.
pub(super) fn read(text: &str) -> Result<Calibration, CalibrationFault> {
    let form = |at: String, why: String| CalibrationFault::Form { at, why };
    let toml = toml::Deserializer::parse(text).map_err(|error| form("calibration".into(), error.to_string()))?;
    let file: File = serde_path_to_error::deserialize(toml)
        .map_err(|error| form(error.path().to_string(), error.inner().message().to_owned()))?;
    let parameters = parameters(file.parameter)?;
    Ok(Calibration { parameters, seasons: seasons(&file.season)?, programmes: programmes(file.programme)? })
}

fn parameters(mut entries: BTreeMap<String, ParameterEntry>) -> Result<Vec<StatedParameter>, CalibrationFault> {
    let all = Parameter::ALL.into_iter().map(|parameter| {
        let entry = entries.remove(parameter.word()).ok_or(CalibrationFault::MissingParameter(parameter.word()))?;
        stated(parameter, entry)
    });
    let parameters = all.collect::<Result<_, _>>()?;
    match entries.into_keys().next() {
        Some(unknown) => Err(CalibrationFault::UnknownParameter(unknown)),
        None => Ok(parameters),
    }
}

fn stated(parameter: Parameter, entry: ParameterEntry) -> Result<StatedParameter, CalibrationFault> {
    let ParameterEntry { value, low, high, source, assumption } = entry;
    let word = parameter.word();
    let share = word.ends_with("_share");
    let ordered = low.is_finite() && high.is_finite() && low <= high;
    if !ordered || (share && !(low >= 0.0 && high <= 1.0)) {
        return Err(CalibrationFault::ImpossibleLimits(word.to_owned()));
    }
    if !(low..=high).contains(&value) {
        return Err(CalibrationFault::OutOfRange { parameter: word.to_owned(), value, low, high });
    }
    let ground = ground(&format!("parameter.{word}"), source, assumption)?;
    Ok(StatedParameter { parameter, value, low, high, ground })
}

/// One of the two, with words in it; a source names its document and the place in it.
fn ground(at: &str, source: Option<String>, assumption: Option<String>) -> Result<Ground, CalibrationFault> {
    let unfounded = || CalibrationFault::Unfounded(at.to_owned());
    let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    match (said(source), said(assumption)) {
        (Some(source), None) => {
            let documents = ["001", "002", "003", "004", "Danmarks Statistik"];
            let named = documents.iter().any(|document| source.starts_with(document));
            if named && source.contains(", ") {
                return Ok(Ground::Source(source));
            }
            Err(CalibrationFault::VagueSource { at: at.to_owned(), source_text: source })
        }
        (None, Some(assumption)) => Ok(Ground::Assumption(assumption)),
        (Some(_), Some(_)) | (None, None) => Err(unfounded()),
    }
}

fn seasons(entries: &BTreeMap<Season, SeasonEntry>) -> Result<[[f64; 12]; 3], CalibrationFault> {
    let mut all = [[1.0; 12]; 3];
    for (season, months) in Season::ALL.into_iter().zip(&mut all) {
        let at = format!("season.{}", season.word());
        let entry = entries.get(&season).ok_or_else(|| CalibrationFault::Unfounded(at.clone()))?;
        ground(&at, entry.source.clone(), entry.assumption.clone())?;
        let mean = entry.months.iter().sum::<f64>() / 12.0;
        if entry.months.iter().any(|month| *month <= 0.0) || (mean - 1.0).abs() > EVEN {
            return Err(CalibrationFault::NotAYear { word: season.word(), mean });
        }
        *months = entry.months;
    }
    Ok(all)
}

fn programmes(entries: Vec<ProgrammeEntry>) -> Result<Vec<Programme>, CalibrationFault> {
    let mut all: Vec<Programme> = Vec::new();
    for entry in entries {
        let ProgrammeEntry { code, group, share, sessions, sessions_a_week, weeks_between, .. } = entry;
        let ProgrammeEntry { minutes, seats, instructors, source, assumption, .. } = entry;
        let ground = ground(&format!("programme {}", code.word()), source, assumption)?;
        let programme = Programme {
            code,
            group,
            share,
            sessions,
            sessions_a_week,
            weeks_between,
            minutes,
            seats,
            instructors,
            ground,
        };
        programme.check()?;
        if all.iter().any(|other| other.code == code) {
            return Err(CalibrationFault::Programme { code: code.word(), why: "stands twice" });
        }
        all.push(programme);
    }
    for code in [InterventionCode::NicotineCessation, InterventionCode::AlcoholTalk] {
        if !all.iter().any(|programme| programme.code == code) {
            return Err(CalibrationFault::Programme {
                code: code.word(),
                why: "is missing: it is begun without a talk",
            });
        }
    }
    let shares: f64 = all.iter().map(|programme| programme.share).sum();
    if (shares - 1.0).abs() > EVEN { Err(CalibrationFault::Shares(shares)) } else { Ok(all) }
}
