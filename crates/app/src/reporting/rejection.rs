//! Why the gateway refused a report, in words that lead to what is to be mended.
//!
//! The gateway answers with an OperationOutcome in the language of FHIR. Its own codes are not public, so a rule is
//! recognised by its id where our own check knows it, and by the general kind of the issue otherwise.

use fhir_gateway::{ResourceKind, check};
use serde_json::Value;

/// One thing that was refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reason {
    /// What in the record it is about: "Indsatsforløb".
    pub(super) about: Option<&'static str>,
    /// What is wrong, in Danish.
    pub(super) text: String,
    /// The gateway's own words; they are what its operator asks for.
    pub(super) said: Option<String>,
}

/// The reasons in the gateway's answer; one that says so when it cannot be read.
pub(super) fn reasons(outcome: Option<&str>, payload: &[u8]) -> Vec<Reason> {
    let answer: Option<Value> = outcome.and_then(|text| serde_json::from_str(text).ok());
    let issues = answer.as_ref().and_then(|answer| answer["issue"].as_array()).map_or(&[][..], Vec::as_slice);
    let sent: Value = serde_json::from_slice(payload).unwrap_or(Value::Null);
    let own = check(payload).issues;
    let known = |said: &str| own.iter().find(|issue| said.contains(issue.rule)).map(|issue| issue.text.to_string());
    let mut all: Vec<Reason> = issues
        .iter()
        .filter(|issue| matches!(issue["severity"].as_str(), Some("error" | "fatal") | None))
        .map(|issue| {
            let said = issue["diagnostics"].as_str().or_else(|| issue["details"]["text"].as_str());
            Reason {
                about: place(issue).and_then(|entry| kind(&sent["entry"][entry]["resource"])),
                text: said.and_then(known).unwrap_or_else(|| by_kind(issue["code"].as_str()).to_owned()),
                said: said.map(str::to_owned),
            }
        })
        .collect();
    if all.is_empty() {
        let text = "FK-Gateway afviste indberetningen uden en grund, der kan læses. Send den igen; bliver den afvist \
                    igen, så kontakt systemets forvalter.";
        all.push(Reason { about: None, text: text.to_owned(), said: outcome.map(str::to_owned) });
    }
    all
}

/// The entry of the report that an issue points at: `Bundle.entry[3].resource` is the fourth.
fn place(issue: &Value) -> Option<usize> {
    let path = ["expression", "location"].iter().find_map(|field| issue[field][0].as_str())?;
    path.split_once("entry[")?.1.split_once(']')?.0.parse().ok()
}

/// Which of our things a resource is. Conditions and plans are told apart by their profile.
fn kind(resource: &Value) -> Option<&'static str> {
    let of_type = |kind: &&ResourceKind| Some(kind.fhir_type()) == resource["resourceType"].as_str();
    let mut kinds = ResourceKind::ALL.iter().filter(of_type);
    let first = kinds.next()?;
    let profile = resource["meta"]["profile"][0].as_str().unwrap_or_default();
    let other = match first {
        ResourceKind::FocusCondition => !profile.ends_with("focus-condition"),
        ResourceKind::CarePlan => profile.ends_with("planned-intervention"),
        _ => false,
    };
    Some(if other { kinds.next().unwrap_or(first) } else { first }.label())
}

/// The kinds of issue that FHIR names.
fn by_kind(code: Option<&str>) -> &'static str {
    match code {
        Some("duplicate" | "conflict") => "Indberetningens nummer er brugt før. En ny indberetning får et nyt nummer.",
        Some("required") => "Der mangler en oplysning. Udfyld den i journalen.",
        Some("code-invalid" | "not-supported" | "extension") => "En kode er ikke en, som FK-Gateway kender.",
        Some("structure" | "invalid" | "value" | "too-long") => {
            "En oplysning har en form, som FK-Gateway ikke tager imod."
        }
        Some("invariant" | "business-rule" | "processing") => {
            "Oplysningerne passer ikke sammen efter reglerne for indberetning."
        }
        Some("not-found" | "deleted") => "Indberetningen peger på noget, som FK-Gateway ikke har.",
        Some("security" | "login" | "forbidden" | "expired" | "unknown") => {
            "FK-Gateway gav ikke adgang. Kontakt systemets forvalter; journalen skal ikke rettes."
        }
        Some("throttled" | "timeout" | "transient" | "exception" | "lock-error" | "no-store") => {
            "FK-Gateway kunne ikke tage imod lige da. Journalen skal ikke rettes; send igen."
        }
        _ => "FK-Gateway tog ikke imod oplysningen.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: &[u8] = br#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}},{"resource":
        {"resourceType":"CarePlan","meta":{"profile":["http://x/klgateway-119-planned-intervention"]}}},{"resource":
        {"resourceType":"CarePlan","meta":{"profile":["http://x/klgateway-119-care-plan"]}}}]}"#;

    fn outcome(code: &str, entry: usize) -> String {
        format!(
            r#"{{"resourceType":"OperationOutcome","issue":[{{"severity":"error","code":"{code}","diagnostics":
            "klgateway-119-care-plan-9: no","location":["Bundle.entry[{entry}].resource"]}},{{"severity":"warning","code":"value"}}]}}"#
        )
    }

    #[test]
    fn each_error_says_what_it_is_about_and_keeps_the_words_of_the_gateway() {
        for (entry, about) in [(0, "Borger"), (1, "Indsats"), (2, "Indsatsforløb")] {
            let found = reasons(Some(&outcome("processing", entry)), SENT);
            assert_eq!(found.len(), 1, "a warning refuses nothing");
            assert_eq!(found[0].about, Some(about));
            assert_eq!(found[0].said.as_deref(), Some("klgateway-119-care-plan-9: no"));
            assert!(found[0].text.starts_with("Oplysningerne passer ikke sammen"));
        }
        assert_eq!(reasons(Some(&outcome("required", 9)), SENT)[0].about, None, "an entry that was not sent");
    }

    #[test]
    fn a_rule_that_our_own_check_knows_is_told_in_its_words() {
        let own = check(SENT).issues.remove(0);
        let said = format!(r#"{{"issue":[{{"severity":"error","code":"invalid","diagnostics":"{}: x"}}]}}"#, own.rule);
        assert_eq!(reasons(Some(&said), SENT)[0].text, own.text);
    }

    #[test]
    fn an_answer_that_cannot_be_read_is_a_reason_too() {
        for answer in [None, Some("<html>"), Some("{}")] {
            let found = reasons(answer, b"");
            assert_eq!(found.len(), 1);
            assert!(found[0].text.contains("uden en grund, der kan læses"));
        }
    }
}
