//! `docs/standard.md`: every requirement with how it is decided and the test that covers it.

use std::fmt::Write as _;

use crate::catalogue::{Check, Requirement, STANDARD};

/// The page, made from the data alone.
pub fn page() -> String {
    let mut page = String::from(LEAD);
    for area in &STANDARD.areas {
        let of_area: Vec<&Requirement> = STANDARD.requirements.iter().filter(|one| one.area == area.id).collect();
        if of_area.is_empty() {
            continue;
        }
        let _ = write!(page, "\n## {}\n\n{HEAD}", area.name_da);
        for requirement in of_area {
            row(&mut page, requirement);
        }
    }
    page
}

const LEAD: &str = "# The quality standard, requirement by requirement

Made by `cargo run -p standard --example document`; a test fails when it is not up to date.

Each requirement is decided in one of three ways. *data*: a rule in `crates/standard/src/rules` reads the records; the
municipality of `crates/standard/tests/paper` holds its outcomes. *attest*: a named person declares it with evidence, and
`crates/standard/src/attestation.rs` holds when that ends. *design*: the system guarantees it, and the test named here fails
when it does not.
";

const HEAD: &str =
    "| Requirement | Kind | Check | How it is decided | Limits | Test |\n| --- | --- | --- | --- | --- | --- |\n";

fn row(page: &mut String, requirement: &Requirement) {
    let Requirement { id, kind, summary_da, .. } = requirement;
    let (check, how, limits, test) = match &requirement.check {
        Check::Data(rule) => {
            let informational = if rule.informational { " Informational." } else { "" };
            let how = format!("Per {}. {} {}{informational}", rule.unit.word(), rule.population, rule.condition);
            ("data", how, code(&rule.limits), "`crates/standard/tests/paper.rs`".to_owned())
        }
        Check::Attest(attest) => {
            let holds = match attest.validity_months {
                0 => "for ever".to_owned(),
                months => format!("{months} months"),
            };
            let how = format!("By {}: {}. Holds {holds}.", attest.by, attest.evidence);
            ("attest", how, String::new(), "`crates/standard/src/attestation.rs`".to_owned())
        }
        Check::Design(design) => {
            let test = if design.test.is_empty() { "none".to_owned() } else { code(&design.test) };
            ("design", design.guarantee.clone(), code(&design.limits), test)
        }
    };
    let how = how.replace('|', "\\|");
    let _ = writeln!(page, "| **{id}** {summary_da} | {} | {check} | {how} | {limits} | {test} |", kind.label());
}

fn code(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join("<br>")
}
