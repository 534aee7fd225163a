//! The standard from its files, checked as a whole.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::fault::{Part, StandardFault};
use super::file::{self, AreaFile, CheckWord, Entry, FieldsFile, LimitsFile, StandardFile};
use super::{Check, Files, Requirement, Standard};
use crate::limits::{LimitDefinition, LimitId};

/// How many requirements are decided from records, by attestation and by design.
const BY_CHECK: [(&str, usize); 3] = [("data", 181), ("attest", 41), ("design", 34)];

/// Reads a standard.
pub fn read(files: &Files<'_>) -> Result<Standard, StandardFault> {
    let top: StandardFile = file::parse("standard.toml", files.standard)?;
    let limits = limits(files.limits)?;
    let fields = file::parse::<FieldsFile>("fields.toml", files.fields)?;
    let fields: BTreeMap<String, String> = fields
        .into_iter()
        .flat_map(|(entity, facts)| facts.into_iter().map(move |(fact, what)| (format!("{entity}.{fact}"), what)))
        .collect();
    let mut standard = Standard {
        version: top.version,
        documents: top.document,
        areas: top.area,
        capabilities: top.capability,
        limits,
        fields,
        requirements: Vec::with_capacity(top.count),
        by_id: HashMap::new(),
    };
    for (name, text) in files.areas {
        let AreaFile { area, requirement } = file::parse(name, text)?;
        for entry in requirement {
            add(&mut standard, name, &area, entry)?;
        }
    }
    counts(&standard, top.count)?;
    Ok(standard)
}

fn limits(text: &str) -> Result<Vec<LimitDefinition>, StandardFault> {
    let file = "limits.toml";
    let mut found: HashMap<LimitId, LimitDefinition> = HashMap::new();
    for entry in file::parse::<LimitsFile>(file, text)?.limit {
        let Some(id) = LimitId::parse(&entry.id) else {
            return Err(StandardFault::Limits { file: file.to_owned(), limit: entry.id });
        };
        let (least, most) = entry.unit.range();
        if let Some(value) = entry.value.numbers().find(|value| !(least..=most).contains(value)) {
            let (unit, limit) = (entry.unit, entry.id);
            return Err(StandardFault::Range { file: file.to_owned(), limit, value, unit, least, most });
        }
        let definition =
            LimitDefinition { id, value: entry.value, unit: entry.unit, origin: entry.origin, note: entry.note };
        if found.insert(id, definition).is_some() {
            return Err(StandardFault::Twice { file: file.to_owned(), id: entry.id });
        }
    }
    let missing = |id: &LimitId| StandardFault::Limits { file: file.to_owned(), limit: id.word().to_owned() };
    LimitId::ALL.iter().map(|id| found.remove(id).ok_or_else(|| missing(id))).collect()
}

fn add(standard: &mut Standard, file: &'static str, area: &str, entry: Entry) -> Result<(), StandardFault> {
    if standard.by_id.contains_key(&entry.id) {
        return Err(StandardFault::Twice { file: file.to_owned(), id: entry.id });
    }
    let requirement = requirement(file, area, entry)?;
    known(standard, &requirement)?;
    standard.by_id.insert(requirement.id.clone(), standard.requirements.len());
    standard.requirements.push(requirement);
    Ok(())
}

fn requirement(file: &'static str, area: &str, entry: Entry) -> Result<Requirement, StandardFault> {
    let wrong =
        |check, needs| StandardFault::WrongTable { file: file.to_owned(), requirement: entry.id.clone(), check, needs };
    let check = match (entry.check, entry.rule, entry.attest, entry.design) {
        (CheckWord::Data, Some(rule), None, None) => Check::Data(rule),
        (CheckWord::Attest, None, Some(attest), None) => Check::Attest(attest),
        (CheckWord::Design, None, None, Some(design)) => Check::Design(design),
        (CheckWord::Data, ..) => return Err(wrong("data", "rule")),
        (CheckWord::Attest, ..) => return Err(wrong("attest", "attest")),
        (CheckWord::Design, ..) => return Err(wrong("design", "design")),
    };
    Ok(Requirement {
        id: entry.id,
        file,
        area: area.to_owned(),
        document: entry.document,
        section: entry.section,
        also: entry.also,
        kind: entry.kind,
        modality: entry.modality,
        check,
        capabilities: entry.capability,
        summary_da: entry.summary_da,
        summary_en: entry.summary_en,
        safety: entry.safety,
        elements: entry.elements,
    })
}

/// Everything a requirement names is there.
fn known(standard: &Standard, requirement: &Requirement) -> Result<(), StandardFault> {
    let capabilities: HashSet<&str> = standard.capabilities.iter().map(|one| one.id.as_str()).collect();
    let (fields, limits): (&[String], &[String]) = match &requirement.check {
        Check::Data(rule) => (&rule.fields, &rule.limits),
        Check::Design(design) => (&[], &design.limits),
        Check::Attest(_) => (&[], &[]),
    };
    let unknown = |part, found: &str| StandardFault::Unknown {
        file: requirement.file.to_owned(),
        requirement: requirement.id.clone(),
        part,
        found: found.to_owned(),
    };
    let all = |part, names: &[String], is_known: &dyn Fn(&str) -> bool| {
        names.iter().find(|name| !is_known(name)).map_or(Ok(()), |name| Err(unknown(part, name)))
    };
    let one = std::slice::from_ref;
    all(Part::Area, one(&requirement.area), &|id| standard.area(id).is_some())?;
    all(Part::Document, one(&requirement.document), &|id| standard.document(id).is_some())?;
    all(Part::Capability, &requirement.capabilities, &|id| capabilities.contains(id))?;
    all(Part::Field, fields, &|id| standard.fields.contains_key(id))?;
    all(Part::Limit, limits, &|id| LimitId::parse(id).is_some())
}

fn counts(standard: &Standard, expected: usize) -> Result<(), StandardFault> {
    let number = |word: &str| {
        let is = |check: &Check| match check {
            Check::Data(_) => word == "data",
            Check::Attest(_) => word == "attest",
            Check::Design(_) => word == "design",
        };
        standard.requirements.iter().filter(|one| is(&one.check)).count()
    };
    for (check, expected) in BY_CHECK {
        let found = number(check);
        if found != expected {
            return Err(StandardFault::Count { check, expected, found });
        }
    }
    let found = standard.requirements.len();
    if found == expected { Ok(()) } else { Err(StandardFault::Count { check: "all", expected, found }) }
}
