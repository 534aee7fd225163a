//! The examples that the instruments' own descriptions give, and what must never happen.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::collections::BTreeSet;

use domain::ids::{CitizenId, ResponseId, UserId};
use domain::quantity::Quantity;
use domain::response::{Answer, Answers, Decision, Mode, Phase, Response, ResponseStatus, TestSetting};
use instruments::{
    CATALOGUE, ChangeClass, Context, DecisionFault, Earlier, FaultKind, Instrument, NotComparable, Outcome, change,
    check, check_decision, evaluate, may_be_loaded, newest, read,
};
use jiff::civil::{Date, date};
use uuid::Uuid;

const TODAY: Date = date(2026, 11, 24);

fn the(id: &str) -> &'static Instrument {
    newest(id).unwrap()
}

fn given(values: &[(u16, i32)]) -> Answers {
    values.iter().map(|(no, value)| (*no, Answer::Value(Quantity::whole(*value)))).collect()
}

/// Answers to items 1, 2, 3 …
fn in_order(values: &[i32]) -> Answers {
    given(&(1..).zip(values.iter().copied()).collect::<Vec<_>>())
}

fn facts(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn outcome_with<'a>(instrument: &'a Instrument, answers: &Answers, known: &[&str], earlier: &[Earlier]) -> Outcome<'a> {
    evaluate(instrument, answers, Context { facts: &facts(known), on: TODAY, earlier })
}

fn outcome<'a>(instrument: &'a Instrument, answers: &Answers) -> Outcome<'a> {
    outcome_with(instrument, answers, &[], &[])
}

/// AUDIT answers with this total and nothing left out.
fn audit(total: i32) -> Answers {
    let (mut left, mut values) = (total - 2, Vec::new());
    for no in 1..=10 {
        // The first two are at least one, so that nothing is left out; the last two have no odd points.
        let own = i32::from(no <= 2);
        let more = if no > 8 { (left / 2 * 2).min(4) } else { left.min(4 - own) };
        values.push(own + more);
        left -= more;
    }
    assert_eq!(left, 0, "{total}");
    in_order(&values)
}

#[test]
fn every_file_is_read_and_says_its_terms_and_source() {
    assert_eq!(CATALOGUE.len(), 25);
    let mut ids: Vec<_> = CATALOGUE.iter().map(|one| (&one.id, one.version)).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), CATALOGUE.len());
    assert!(CATALOGUE.iter().all(|one| !one.licence.is_empty() && !one.reference.is_empty()));
    for id in ["eq5d5l", "hlq", "pam"] {
        assert!(newest(id).is_none(), "{id} is a name until its licence is there");
    }
}

#[test]
fn audit_asks_no_further_when_somebody_never_drinks() {
    let answers = given(&[(1, 0), (9, 0), (10, 0)]);
    let result = outcome(the("audit"), &answers);
    assert_eq!((result.score, result.missing.len()), (Some(Quantity::whole(0)), 0));
    assert_eq!(result.not_asked, (2..=8).collect());
    let little = given(&[(1, 1), (2, 0), (3, 0), (9, 0), (10, 0)]);
    let result = outcome(the("audit"), &little);
    assert_eq!((result.score, result.not_asked), (Some(Quantity::whole(1)), (4..=8).collect()));
}

#[test]
fn an_answer_that_should_not_have_been_asked_is_questioned_when_it_contradicts() {
    let faults = check(the("audit"), &given(&[(1, 0), (5, 2), (9, 0), (10, 0)]));
    assert_eq!((faults.len(), faults[0].item, faults[0].kind), (1, 5, FaultKind::Contradiction { by: 1 }));
    assert!(check(the("audit"), &given(&[(1, 0), (2, 0), (9, 0), (10, 0)])).is_empty(), "1-2 units has no points");
}

#[test]
fn audit_suggests_by_band() {
    let eight = in_order(&[2, 1, 1, 1, 0, 0, 1, 0, 0, 2]);
    let result = outcome(the("audit"), &eight);
    assert_eq!((result.score, result.route), (Some(Quantity::whole(8)), Some("preventive_talk")));
    assert_eq!(result.band.unwrap().label, "Tyder på storforbrug");
    for (total, from) in [(7, 0), (15, 8), (16, 16), (19, 16), (20, 20), (40, 20)] {
        let result = outcome(the("audit"), &audit(total));
        assert_eq!(result.score, Some(Quantity::whole(total)));
        assert_eq!(result.band.unwrap().from, Quantity::whole(from), "{total}");
        assert_eq!(result.worry, total >= 20, "{total}");
    }
    assert_eq!(outcome(the("audit"), &audit(20)).route, Some("treatment"));
    assert_eq!(the("audit").route("treatment").unwrap().tell.len(), 4, "free choice, no charge, anonymity, support");
}

#[test]
fn mental_illness_leads_to_treatment_whatever_the_band() {
    let result = outcome_with(the("audit"), &audit(9), &["mental_illness"], &[]);
    assert_eq!((result.route, result.band.unwrap().from), (Some("treatment"), Quantity::whole(8)));
    let below = outcome_with(the("audit"), &audit(7), &["mental_illness"], &[]);
    assert_eq!(below.route, Some("no_offer"));
    let dependent = outcome_with(the("audit"), &audit(21), &["mental_illness"], &[]);
    assert!(dependent.rules.iter().any(|rule| rule.asks.contains("consent_doctor")));
}

#[test]
fn pregnancy_asks_for_consent_and_whether_a_notification_was_considered() {
    let (audit_form, answers) = (the("audit"), audit(17));
    let result = outcome_with(audit_form, &answers, &["pregnant"], &[]);
    assert_eq!((result.route, result.worry), (Some("family_clinic_and_treatment"), true));
    let mut decision = Decision {
        route: "family_clinic_and_treatment".to_owned(),
        reason: None,
        said: [("consent_referral".to_owned(), "no".to_owned())].into(),
        told: BTreeSet::new(),
        by: UserId(Uuid::nil()),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    let still = check_decision(audit_form, &result, &decision);
    assert_eq!(still, [DecisionFault::NotAsked("notification".to_owned())], "no consent does not end the question");
    decision.said.insert("notification".to_owned(), "sent".to_owned());
    assert_eq!(check_decision(audit_form, &result, &decision), []);
    decision.route = "preventive_talk".to_owned();
    assert_eq!(check_decision(audit_form, &result, &decision), [DecisionFault::NoReason]);
    let some = outcome_with(audit_form, &audit(2), &["pregnant"], &[]);
    assert!(some.worry && some.route == Some("no_offer"), "any alcohol in pregnancy is talked about the same day");
}

#[test]
fn medicine_and_very_high_use_have_advice_of_their_own() {
    let ids = |known: &[&str]| {
        let result = outcome_with(the("audit"), &audit(12), known, &[]);
        result.rules.iter().map(|rule| rule.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["regular_medicine"]), [""; 0]);
    assert_eq!(ids(&["regular_medicine", "wants_change"]), ["medicine"]);
    assert_eq!(ids(&["very_high_use", "wants_to_stop"]), ["withdrawal"]);
}

#[test]
fn an_incomplete_audit_says_at_least_which_band() {
    let nine = given(&[(1, 4), (2, 4), (3, 4), (4, 4), (5, 4), (6, 0), (7, 0), (8, 0), (9, 0)]);
    let result = outcome(the("audit"), &nine);
    assert_eq!((result.score, result.band, result.missing.as_slice()), (None, None, &[10][..]));
    assert_eq!((result.at_least, result.at_least_band.unwrap().from), (Some(Quantity::whole(20)), Quantity::whole(20)));
    assert!(result.worry, "what is certain already does not wait for the last answer");
    let few = outcome(the("audit"), &given(&[(1, 4)]));
    assert_eq!((few.at_least, few.at_least_band), (Some(Quantity::whole(4)), None));
}

#[test]
fn what_is_certain_of_a_total_is_held_against_sound_answers_only() {
    let audit = the("audit");
    let least = outcome(audit, &given(&[(8, 1)])).at_least;
    assert_eq!(least, Some(Quantity::whole(1)));
    // "Never" before it takes the point away again: a set that contradicts itself is asked about before it is scored.
    let contradicted = given(&[(1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 1), (9, 0), (10, 0)]);
    assert_eq!(outcome(audit, &contradicted).score, Some(Quantity::whole(0)));
    assert_eq!(check(audit, &contradicted).first().map(|fault| fault.item), Some(8));
}

#[test]
fn fagerstrom_and_its_short_form() {
    let answers = in_order(&[3, 1, 1, 3, 1, 1]);
    let result = outcome(the("ftnd"), &answers);
    assert_eq!((result.score, result.band.unwrap().label.as_str()), (Some(Quantity::whole(10)), "Høj afhængighed"));
    let short = outcome(the("hsi"), &answers);
    assert_eq!((short.score, short.band.unwrap().label.as_str()), (Some(Quantity::whole(6)), "Høj"));
    let two = given(&[(1, 2), (4, 1)]);
    assert_eq!(outcome(the("ftnd"), &two).score, None);
    assert_eq!(outcome(the("hsi"), &two).score, Some(Quantity::whole(3)));
}

#[test]
fn who5_is_four_times_the_sum_and_nothing_when_one_is_missing() {
    for (answers, index, from) in
        [([2, 2, 2, 1, 1], 32, 0), ([2, 2, 2, 2, 1], 36, 36), ([3, 3, 2, 2, 2], 48, 36), ([3, 3, 3, 2, 2], 52, 51)]
    {
        let result = outcome(the("who5"), &in_order(&answers));
        assert_eq!((result.score, result.band.unwrap().from), (Some(Quantity::whole(index)), Quantity::whole(from)));
        assert_eq!(result.worry, from == 0);
    }
    let result = outcome(the("who5"), &in_order(&[0, 0, 0, 0]));
    assert_eq!((result.score, result.at_least, result.missing.len()), (None, None, 1));
}

fn weight(kg: &str, cm: i32, unplanned: i32) -> Answers {
    let mut answers = given(&[(2, cm), (3, 1), (4, unplanned)]);
    answers.insert(1, Answer::Value(Quantity::parse(kg).unwrap()));
    answers
}

#[test]
fn body_mass_index_is_of_unrounded_values_with_one_decimal() {
    let it = the("bmi_weight");
    let heavy = outcome(it, &weight("90,0", 173, 0));
    assert_eq!((heavy.score, heavy.rules[0].id.as_str()), (Quantity::parse("30,1"), "svaer_overvaegt"));
    let under = outcome(it, &weight("89,5", 173, 0));
    assert_eq!((under.score, under.rules.len()), (Quantity::parse("29,9"), 0));
    let expecting = outcome_with(it, &weight("90,0", 173, 0), &["pregnant"], &[]);
    assert!(expecting.is_complete() && expecting.score.is_none() && expecting.rules.is_empty());
    assert_eq!(outcome(it, &given(&[(1, 90), (3, 1), (4, 0)])).score, None);
}

#[test]
fn an_unplanned_loss_of_a_kilo_in_two_months_is_seen() {
    let it = the("bmi_weight");
    let before = |on| [Earlier { on, answers: weight("71,0", 173, 0) }];
    let lost = |unplanned, on| outcome_with(it, &weight("70,0", 173, unplanned), &[], &before(on)).worry;
    assert!(lost(1, date(2026, 10, 24)));
    assert!(!lost(0, date(2026, 10, 24)), "a planned loss is no risk");
    assert!(!lost(1, date(2026, 9, 23)), "longer ago than the window");
    let less = outcome_with(it, &weight("70,1", 173, 1), &[], &before(date(2026, 10, 24)));
    assert!(!less.worry);
}

#[test]
fn nutritional_risk_takes_disease_into_account() {
    let eaten_less = given(&[(1, 70), (2, 170), (3, 0), (5, 1), (7, 1), (8, 1), (9, 5)]);
    assert_eq!(outcome(the("nutrition_risk"), &eaten_less).route, None);
    let ill = outcome_with(the("nutrition_risk"), &eaten_less, &["chronic_disease"], &[]);
    assert_eq!(ill.route, Some("dietetic_treatment"));
    let mut unsure = eaten_less;
    unsure.insert(5, Answer::NotStated);
    assert!(outcome(the("nutrition_risk"), &unsure).is_complete(), "not knowing is an answer");
    assert!(check(the("nutrition_risk"), &unsure).is_empty());
}

#[test]
fn levels_come_from_their_tables() {
    let level = |id: &str, answers: &[i32]| outcome(the(id), &in_order(answers)).score;
    assert_eq!(level("stratification", &[2, 1]), Some(Quantity::whole(3)));
    assert_eq!(level("stratification", &[0, 1]), Some(Quantity::whole(1)));
    assert_eq!(level("stratification", &[2]), None);
    assert_eq!(level("vordingborg", &[0, 1, 1]), Some(Quantity::whole(1)));
    assert_eq!(level("vordingborg", &[2, 1, 0]), Some(Quantity::whole(2)));
    assert_eq!(level("vordingborg", &[2, 2, 2]), Some(Quantity::whole(3)));
}

#[test]
fn three_of_five_themes_make_health_literacy_clarified() {
    let two = outcome(the("health_literacy_chat"), &given(&[(1, 2), (3, 2)]));
    assert!(!two.is_complete() && two.route.is_none());
    let three = outcome(the("health_literacy_chat"), &given(&[(1, 2), (3, 2), (5, 0)]));
    assert_eq!((three.score, three.route), (Some(Quantity::whole(2)), Some("extra_support")));
}

#[test]
fn four_of_five_answers_tell_how_satisfied_somebody_is() {
    assert_eq!(outcome(the("satisfaction"), &in_order(&[5, 5, 4, 4])).score, Quantity::parse("22,5"));
    assert_eq!(outcome(the("satisfaction"), &in_order(&[5, 5, 4])).score, None);
    assert_eq!(outcome(the("satisfaction"), &in_order(&[1, 2, 3, 4, 5])).score, Some(Quantity::whole(15)));
}

#[test]
fn very_brief_advice_ends_with_a_no_or_leads_to_a_request() {
    assert!(outcome(the("vba"), &given(&[(1, 0)])).is_complete());
    let yes = outcome(the("vba"), &in_order(&[1, 1, 1]));
    assert_eq!(yes.rules[0].id, "refer");
    assert!(outcome(the("vba"), &in_order(&[1])).rules.is_empty(), "stopping at any step is allowed");
}

#[test]
fn impossible_numbers_are_refused_and_unlikely_ones_asked_again() {
    let kind = |id: &str, text: &str| {
        let answers = [(1, Answer::Value(Quantity::parse(text).unwrap()))].into();
        check(the(id), &answers).first().map(|fault| fault.kind)
    };
    assert_eq!(kind("sixmwt", "420"), None);
    assert!(matches!(kind("sixmwt", "950"), Some(FaultKind::Unlikely { .. })));
    assert!(matches!(kind("sixmwt", "1001"), Some(FaultKind::OutOfRange { .. })));
    assert_eq!(kind("sts30", "12,5"), Some(FaultKind::NotWhole));
    assert_eq!(kind("tug", "11,35"), None);
    assert_eq!(check(the("who5"), &in_order(&[6])).first().map(|f| f.kind), Some(FaultKind::NotAnOption));
    assert_eq!(check(the("who5"), &given(&[(9, 1)])).first().map(|f| f.kind), Some(FaultKind::NoSuchItem));
}

fn measured(id: &str, score: i32, phase: Phase, chair: &str) -> Response {
    let (citizen, by) = (CitizenId(Uuid::nil()), UserId(Uuid::nil()));
    Response {
        setting: TestSetting { place: Some("Sal 2".to_owned()), equipment: Some(chair.to_owned()) },
        answers: given(&[(1, score)]),
        status: ResponseStatus::Complete,
        score: Some(Quantity::whole(score)),
        ..Response::begun(ResponseId(Uuid::nil()), citizen, (id, 1), (Mode::Measured, phase), TODAY, by)
    }
}

#[test]
fn change_is_positive_when_it_is_better() {
    let pair = |id: &str, from, to| {
        let (start, end) = (measured(id, from, Phase::Start, "Stol A"), measured(id, to, Phase::End, "stol a"));
        change(the(id), &start, &end, the(id).mic.as_ref().map(|(mic, _)| *mic)).unwrap()
    };
    let walk = pair("sixmwt", 400, 425);
    assert_eq!((walk.amount, walk.class), (Quantity::whole(25), ChangeClass::Same));
    assert_eq!(pair("sixmwt", 400, 430).class, ChangeClass::Better);
    let up_and_go = pair("tug", 14, 11);
    assert_eq!((up_and_go.amount, up_and_go.class), (Quantity::whole(3), ChangeClass::NoneKnown));
    assert_eq!(pair("sts30", 12, 10).class, ChangeClass::Worse);
}

#[test]
fn another_chair_another_way_or_an_early_stop_is_no_pair() {
    let it = the("sts30");
    let start = measured("sts30", 9, Phase::Start, "Stol A");
    let compare = |end: &Response| change(it, &start, end, None).unwrap_err();
    assert_eq!(compare(&measured("sts30", 12, Phase::End, "Stol B")), NotComparable::OtherEquipment);
    let end = || measured("sts30", 12, Phase::End, "Stol A");
    assert_eq!(compare(&Response { stopped_early: true, ..end() }), NotComparable::StoppedEarly);
    assert_eq!(compare(&Response { status: ResponseStatus::Incomplete, ..end() }), NotComparable::Incomplete);
    assert_eq!(compare(&Response { version: 2, ..end() }), NotComparable::OtherVersion);
    assert_eq!(compare(&Response { mode: Mode::Interview, ..end() }), NotComparable::OtherMode);
    let nowhere = TestSetting { place: None, equipment: Some("Stol A".to_owned()) };
    assert_eq!(compare(&Response { setting: nowhere, ..end() }), NotComparable::OtherPlace);
}

#[test]
fn a_licensed_file_fills_its_slot_with_proof_and_nothing_else() {
    let file = |id: &str, version: u16, proof: &str| {
        let text = format!(
            "id = \"{id}\"\nversion = {version}\nname = \"Skema\"\npurpose = \"Prøve\"\nmodes = [\"citizen_self\"]\nlicence = \"Aftale\"\nwording = \"authorised\"\nreference = \"Kilde\"\ndirection = \"higher\"\n{proof}\n[scoring]\nrule = \"sum\"\n[[item]]\ntext = \"Hvordan går det?\"\noptions = [[\"Godt\", 1], [\"Skidt\", 0]]\n"
        );
        may_be_loaded(&read(&text).unwrap()).map_err(|fault| fault.user_message())
    };
    let proof = "proof = \"Aftale 2026-114\"";
    assert_eq!(file("eq5d5l", 1, proof), Ok(()));
    assert_eq!(file("pro_kol", 1, proof), Ok(()));
    assert_eq!(file("audit", 2, proof), Ok(()), "the authorised wording comes as a newer version");
    assert!(file("eq5d5l", 1, "").unwrap_err().contains("beviset for licensen"));
    assert!(file("audit", 1, proof).unwrap_err().contains("findes allerede"));
    assert!(file("noget_andet", 1, proof).unwrap_err().contains("hverken"));
}

#[test]
fn a_file_that_contradicts_itself_is_refused_in_words() {
    let base = instruments_file();
    assert!(read(&base).is_ok());
    let said = |text: String| read(&text).unwrap_err().user_message();
    assert!(said(base.replace("from = 8", "from = 7")).contains("uden at overlappe"));
    assert!(said(base.replace("to = 40", "to = 39")).contains("dækker ikke"));
    assert!(said(base.replace("route = \"treatment\"", "route = \"nowhere\"")).contains("der ikke findes"));
    assert!(said(base.replace("[\"Aldrig\", 0]", "[\"Aldrig\", 1]")).contains("egne point"));
    assert!(said(format!("ukendt = 1\n{base}")).starts_with("Linje 1 "));
    assert!(said("[[".to_owned()).contains("Linje"));
}

fn instruments_file() -> String {
    include_str!("../catalogue/audit.toml").to_owned()
}
