//! An instrument from its file (TOML), checked so that nothing later has to doubt it.

use std::collections::BTreeSet;

use domain::quantity::Quantity;
use domain::response::Mode;
use serde::Deserialize;

use crate::instrument::{Ask, Band, Direction, Fact, Instrument, Item, Kind, Route, Rule, Scoring, Skip, Wording};
use crate::rules;

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// It is not TOML of this form.
    #[error("line {line}: the file is not of the form of an instrument: {why}")]
    Form {
        /// Line, from one; zero when it is not known.
        line: usize,
        /// What the reader says, in English.
        why: String,
    },
    /// Something in it cannot be.
    #[error("{place}: {why}")]
    Content {
        /// Where, by the file's own words.
        place: String,
        /// What is wrong, in Danish.
        why: &'static str,
    },
}

impl FileFault {
    /// What an administrator reads.
    pub fn user_message(&self) -> String {
        match self {
            Self::Form { line: 0, .. } => "Filen kan ikke læses som et redskab i TOML.".to_owned(),
            Self::Form { line, .. } => {
                format!("Linje {line} i filen kan ikke læses. Se, om feltet er skrevet rigtigt.")
            }
            Self::Content { place, why } => format!("{place}: {why}"),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    version: u16,
    name: String,
    purpose: String,
    #[serde(default)]
    modes: Vec<Mode>,
    #[serde(default)]
    required_by: Vec<String>,
    licence: String,
    wording: Wording,
    reference: String,
    lead: Option<String>,
    period: Option<String>,
    limits_of_use: Option<String>,
    safety: Option<String>,
    setup: Option<String>,
    direction: Direction,
    unit: Option<String>,
    range: Option<(Quantity, Quantity)>,
    #[serde(default)]
    skip: Vec<Skip>,
    scoring: Scoring,
    #[serde(default)]
    item: Vec<FileItem>,
    /// Each theme has every item of `per_theme`, numbered on.
    #[serde(default)]
    themes: Vec<String>,
    #[serde(default)]
    per_theme: Vec<FileItem>,
    #[serde(default)]
    band: Vec<Band>,
    #[serde(default)]
    fact: Vec<Fact>,
    #[serde(default)]
    rule: Vec<Rule>,
    #[serde(default)]
    route: Vec<Route>,
    #[serde(default)]
    ask: Vec<Ask>,
    mic: Option<Quantity>,
    mic_source: Option<String>,
    validity_days: Option<u16>,
    #[serde(default)]
    pair: bool,
    #[serde(default)]
    class_grid: bool,
    sentence: Option<String>,
    computed_from: Option<String>,
    proof: Option<String>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the words of the file")]
struct FileItem {
    no: Option<u16>,
    text: String,
    hint: Option<String>,
    options: Option<Vec<(String, Quantity)>>,
    #[serde(default)]
    many: bool,
    number: Option<(Quantity, Quantity)>,
    plausible: Option<(Quantity, Quantity)>,
    unit: Option<String>,
    #[serde(default)]
    whole: bool,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    may_not_state: bool,
}

/// Reads an instrument from the text of its file.
pub fn read(text: &str) -> Result<Instrument, FileFault> {
    let file: File = toml::from_str(text).map_err(|error| FileFault::Form {
        line: error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1),
        why: error.message().to_owned(),
    })?;
    let items = items(&file)?;
    let mic = file.mic.map(|mic| (mic, file.mic_source.unwrap_or_default()));
    let instrument = Instrument {
        id: file.id,
        version: file.version,
        name: file.name,
        purpose: file.purpose,
        modes: file.modes,
        required_by: file.required_by,
        licence: file.licence,
        wording: file.wording,
        reference: file.reference,
        lead: file.lead,
        period: file.period,
        limits_of_use: file.limits_of_use,
        safety: file.safety,
        setup: file.setup,
        direction: file.direction,
        unit: file.unit,
        range: file.range,
        items,
        skips: file.skip,
        scoring: file.scoring,
        bands: file.band,
        facts: file.fact,
        rules: file.rule,
        routes: file.route,
        asks: file.ask,
        mic,
        validity_days: file.validity_days,
        pair: file.pair,
        class_grid: file.class_grid,
        sentence: file.sentence,
        computed_from: file.computed_from,
        proof: file.proof,
    };
    rules::hold(&instrument)?;
    Ok(instrument)
}

fn items(file: &File) -> Result<Vec<Item>, FileFault> {
    let themed = file.themes.iter().flat_map(|theme| file.per_theme.iter().map(move |item| (Some(theme), item)));
    let all = file.item.iter().map(|item| (None, item)).chain(themed);
    let mut next = 1;
    let mut items = Vec::new();
    for (theme, from) in all {
        let no = from.no.unwrap_or(next);
        next = no.saturating_add(1);
        items.push(item(no, theme.cloned(), from)?);
    }
    Ok(items)
}

fn item(no: u16, theme: Option<String>, from: &FileItem) -> Result<Item, FileFault> {
    let fault = |why| FileFault::Content { place: format!("item {no}"), why };
    let kind = match (&from.options, from.number) {
        (Some(_), Some(_)) => return Err(fault("Et spørgsmål har enten svarmuligheder eller et tal.")),
        (Some(options), None) => {
            let points: BTreeSet<_> = options.iter().map(|(_, points)| *points).collect();
            if options.len() < 2 || points.len() != options.len() {
                return Err(fault("Svarmulighederne skal være mindst to, og hver have sine egne point."));
            }
            if from.many { Kind::Many(options.clone()) } else { Kind::Choice(options.clone()) }
        }
        (None, Some(range)) => {
            let plausible = from.plausible.unwrap_or(range);
            if range.0 >= range.1 || plausible.0 < range.0 || plausible.1 > range.1 || plausible.0 >= plausible.1 {
                return Err(fault("Grænserne for tallet passer ikke sammen."));
            }
            Kind::Number { range, plausible, unit: from.unit.clone().unwrap_or_default(), whole: from.whole }
        }
        (None, None) => Kind::Text,
    };
    Ok(Item {
        no,
        text: from.text.clone(),
        hint: from.hint.clone(),
        theme,
        kind,
        optional: from.optional,
        may_not_state: from.may_not_state,
    })
}
