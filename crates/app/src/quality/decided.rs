//! How a requirement is decided, in words, and what is missing, in words: the rules have stable names, people read these.

use std::collections::HashMap;
use std::sync::LazyLock;

use standard::{Check, Requirement, STANDARD, UnitKind};

use super::kept::Finding;
use crate::layout::capitalised;

/// Words by their name, from a file beside this one.
struct Words(HashMap<String, String>);

impl Words {
    fn read(name: &'static str, text: &str) -> Self {
        Self(toml::from_str(text).unwrap_or_else(|error| {
            tracing::error!(name, %error, "a file of words cannot be read");
            HashMap::new()
        }))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// How each rule decides, by requirement.
static RULES: LazyLock<Words> = LazyLock::new(|| Words::read("rules", include_str!("words/rules.toml")));
/// What each fact is called.
static FACTS: LazyLock<Words> = LazyLock::new(|| Words::read("facts", include_str!("words/facts.toml")));
/// Why something is not met.
static REASONS: LazyLock<Words> = LazyLock::new(|| Words::read("reasons", include_str!("words/reasons.toml")));
/// What each limit is called.
static LIMITS: LazyLock<Words> = LazyLock::new(|| Words::read("limits", include_str!("words/limits.toml")));

/// Who declares, and on what, by requirement.
static DECLARED: LazyLock<Words> = LazyLock::new(|| Words::read("declared", include_str!("words/declared.toml")));

/// How a requirement is decided.
pub(super) fn of(requirement: &'static Requirement) -> Vec<&'static str> {
    match &requirement.check {
        Check::Data(_) => RULES.get(&requirement.id).into_iter().chain([HOW_DATA]).collect(),
        Check::Attest(_) => [HOW_ATTEST].into_iter().chain(DECLARED.get(&requirement.id)).collect(),
        Check::Design(_) => vec![HOW_DESIGN],
    }
}

const HOW_DATA: &str = "Det afgøres af det, der står i journalen. Mangler en oplysning, som reglen ikke kan undvære, er svaret \
    ukendt og tæller som ikke opfyldt.";
const HOW_ATTEST: &str =
    "Ingen oplysning i journalen kan vise det. En navngiven person står inde for det med et bevis.";
const HOW_DESIGN: &str =
    "Systemet er lavet, så det altid er opfyldt. Prøver, der køres, hver gang systemet ændres, viser det.";

/// The English of what comes from the standard's data and from the stable names of its rules.
pub(crate) fn english() -> impl Iterator<Item = (&'static str, String)> {
    let summaries = STANDARD.requirements.iter().map(|one| (one.summary_da.as_str(), one.summary_en.clone()));
    let rules = STANDARD.requirements.iter().filter_map(|one| {
        let rule = one.rule()?;
        let said = [rule.population.as_str(), rule.condition.as_str(), rule.exclusions.as_str()].join(" ");
        Some((RULES.get(&one.id)?, said.trim().to_owned()))
    });
    let declared = STANDARD.requirements.iter().filter_map(|one| {
        let Check::Attest(text) = &one.check else { return None };
        Some((DECLARED.get(&one.id)?, capitalised(&format!("{}: {}", text.by, text.evidence))))
    });
    let named = [&*FACTS, &*REASONS, &*LIMITS].into_iter().flat_map(|words| &words.0);
    summaries.chain(rules).chain(declared).chain(named.map(|(name, danish)| (danish.as_str(), spelt_out(name))))
}

/// A stable name as words: "referral.received_on" is "Referral: received on".
fn spelt_out(name: &str) -> String {
    capitalised(&name.replace('.', ": ").replace('_', " "))
}

/// What a limit is called.
pub(super) fn limit(id: &'static str) -> &'static str {
    LIMITS.get(id).unwrap_or(id)
}

/// What does not hold, and what is missing of a unit.
pub(super) fn lacks(finding: &Finding) -> Vec<&'static str> {
    let reason = finding.reason.as_deref().map(|reason| REASONS.get(reason).unwrap_or(OTHER));
    let facts = finding.missing.split(' ').filter(|fact| !fact.is_empty());
    let mut all: Vec<&'static str> = reason.into_iter().collect();
    for fact in facts.map(|fact| FACTS.get(fact).unwrap_or(OTHER)) {
        if !all.contains(&fact) {
            all.push(fact);
        }
    }
    all
}

const OTHER: &str = "En oplysning mangler";

/// Whether units of a kind belong to a citizen.
pub(super) const fn is_about_citizens(unit: UnitKind) -> bool {
    match unit {
        UnitKind::Offer | UnitKind::Group | UnitKind::Session | UnitKind::Association | UnitKind::Municipality => false,
        UnitKind::Course
        | UnitKind::Referral
        | UnitKind::Talk
        | UnitKind::Intervention
        | UnitKind::Enrolment
        | UnitKind::Attendance
        | UnitKind::Message => true,
    }
}

/// Where what is missing can be mended.
pub(super) fn href(unit: Option<UnitKind>, one: &Finding) -> Option<String> {
    let subject = one.subject;
    match unit? {
        UnitKind::Offer => Some(format!("/katalog/{subject}")),
        UnitKind::Group => Some(format!("/hold/{subject}")),
        UnitKind::Association => Some(format!("/foreninger/{subject}")),
        UnitKind::Session | UnitKind::Municipality => None,
        _ if one.citizen.is_nil() => None,
        _ if one.of_course => Some(format!("/forloeb/{subject}")),
        _ => Some(format!("/henvisninger/{subject}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use standard::LimitId;

    /// The literals of a rule's file that look like the name of a fact or of a reason.
    fn said_in_rules(wanted: impl Fn(&str) -> Vec<String>) -> Vec<String> {
        fn files(folder: &std::path::Path, all: &mut Vec<std::path::PathBuf>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() { files(&path, all) } else { all.push(path) }
            }
        }
        let mut all = Vec::new();
        files(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../standard/src/rules"), &mut all);
        let mut found: Vec<String> =
            all.iter().filter_map(|path| std::fs::read_to_string(path).ok()).flat_map(|text| wanted(&text)).collect();
        found.sort();
        found.dedup();
        found
    }

    fn literals(text: &str) -> impl Iterator<Item = &str> {
        text.split('"').skip(1).step_by(2)
    }

    fn is_word(text: &str) -> bool {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit())
    }

    #[test]
    fn every_rule_every_limit_and_every_fact_has_its_words() {
        let rules: Vec<&str> =
            STANDARD.requirements.iter().filter(|one| one.rule().is_some()).map(|one| one.id.as_str()).collect();
        assert_eq!(rules.iter().filter(|id| RULES.get(id).is_none()).collect::<Vec<_>>(), Vec::<&&str>::new());
        let declared = STANDARD.requirements.iter().filter(|one| matches!(one.check, Check::Attest(_)));
        assert_eq!(declared.filter(|one| DECLARED.get(&one.id).is_none()).count(), 0);
        assert_eq!(LimitId::ALL.iter().filter(|id| LIMITS.get(id.word()).is_none()).count(), 0);
        let facts = said_in_rules(|text| {
            let names = literals(text).filter(|name| {
                name.split_once('.').is_some_and(|(entity, fact)| is_word(entity) && is_word(fact) && fact != "rs")
            });
            names.map(str::to_owned).collect()
        });
        assert!(facts.len() > 200, "{}", facts.len());
        let without: Vec<_> = facts.iter().filter(|fact| FACTS.get(fact).is_none()).collect();
        assert_eq!(without, Vec::<&String>::new());
    }

    #[test]
    fn every_reason_has_its_words() {
        let reasons = said_in_rules(|text| {
            let after = |call: &str| -> Vec<String> {
                let calls = text.split(call).skip(1);
                calls.filter_map(|rest| literals(rest.get(..80).unwrap_or(rest)).next().map(str::to_owned)).collect()
            };
            let mut all = after(".holds(");
            all.retain(|name| is_word(name));
            all.push("late".to_owned());
            all
        });
        assert!(reasons.len() > 40, "{}", reasons.len());
        let without: Vec<_> = reasons.iter().filter(|reason| REASONS.get(reason).is_none()).collect();
        assert_eq!(without, Vec::<&String>::new());
    }
}
