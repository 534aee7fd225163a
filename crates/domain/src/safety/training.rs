//! Training (quality standard 6): weight loss, caution, dose, tests.

use jiff::ToSpan;

use super::warning::Said;
use super::{Facts, InterventionFacts, Level, Question as Q, Warning};
use crate::codes::InterventionCode as C;
use crate::task::TaskKind;

/// Times a week (section 6.3).
const TIMES_A_WEEK: std::ops::RangeInclusive<u16> = 2..=3;
/// Minutes each time (section 6.3).
const MINUTES: std::ops::RangeInclusive<u16> = 30..=90;
/// Weeks (section 6.3).
const WEEKS: std::ops::RangeInclusive<u16> = 6..=12;
/// The end test is taken within this many days before the last session. Local: the standard says "towards the end".
const END_TEST_DAYS: i64 = 14;
/// Days looked back for what was delivered: two whole weeks, so that one missed time is no alarm.
const LOOKED_BACK_DAYS: i32 = 14;
/// Days to find out why too little is delivered: a habit of the house. The requirement judges the plan and sets no day.
const DOSE_ANSWER_DAYS: i64 = 7;

fn training(facts: &Facts) -> Option<&InterventionFacts> {
    facts.of(C::PhysicalTraining).next()
}

/// KS-6.2-11 and KS-7.2-08: an unplanned weight loss has a nutrition intervention beside training.
pub(super) fn weight_loss(facts: &Facts) -> Option<Warning> {
    let said = Said(
        "Borgeren har tabt sig uden at ville det og skal træne uden en ernæringsindsats.",
        "Træning alene kan øge vægttabet.",
        "Tilbyd også en ernæringsindsats, eller skriv, at borgeren takker nej.",
    );
    let it = training(facts)?;
    let stands = facts.weight_loss() && !facts.nutrition() && !facts.yes(Q::NutritionDeclined);
    stands.then(|| Warning::new("KS-6.2-11", &said, &["weight loss", "no nutrition"]).about(it))
}

/// KS-6.4-02: caution is asked about before the first session; in doubt the doctor or hospital is asked.
pub(super) fn caution(facts: &Facts) -> Option<Warning> {
    let it = training(facts)?;
    if !facts.asked(Q::TrainingCaution) {
        let said = Said(
            "Der er ikke spurgt, om borgeren har en sygdom, der kræver forsigtighed ved træning.",
            "Borgeren kan blive dårlig under træningen.",
            "Svar på det før den første træning.",
        );
        return Some(Warning::new("KS-6.4-02", &said, &["not asked"]).about(it).at(Level::Ask));
    }
    let said = Said(
        "Borgeren har en sygdom, der kræver forsigtighed ved træning, og det er ikke afklaret.",
        "Borgeren kan blive dårlig under træningen.",
        "Spørg egen læge eller sygehuset før den første træning.",
    );
    let stands = facts.yes(Q::TrainingCaution) && !facts.yes(Q::CautionCleared);
    stands.then(|| Warning::new("KS-6.4-02", &said, &["caution", "not cleared"]).about(it))
}

/// KS-6.3-08: two to three times a week of 30 to 90 minutes, as planned and as delivered.
pub(super) fn dose(facts: &Facts) -> Option<Warning> {
    let it = training(facts)?;
    let (times, minutes) = (facts.answers.times_a_week, facts.answers.minutes);
    let outside = times.is_some_and(|n| !TIMES_A_WEEK.contains(&n)) || minutes.is_some_and(|n| !MINUTES.contains(&n));
    if outside {
        let said = Said(
            "Træningen er planlagt uden for 2-3 gange om ugen à 30-90 minutter.",
            "Effekten kan blive mindre, eller belastningen for stor.",
            "Ret planen, eller skriv, hvorfor den er rigtig for borgeren.",
        );
        let plan = format!("{} x {}", times.unwrap_or_default(), minutes.unwrap_or_default());
        return Some(Warning::new("KS-6.3-08", &said, &["plan"]).about(it).because(plan));
    }
    let said = Said(
        "Borgeren har trænet mindre end to gange om ugen de sidste to uger.",
        "Effekten kan blive mindre.",
        "Find ud af, hvad der står i vejen, eller skriv, at borgeren træner selv.",
    );
    let started = it.started_on?;
    let two_weeks = facts.today >= started.saturating_add(i64::from(LOOKED_BACK_DAYS).days());
    let least = usize::from(*TIMES_A_WEEK.start()) * 2;
    let low = two_weeks && it.held_within(LOOKED_BACK_DAYS, facts.today) < least;
    let by = facts.today.saturating_add(DOSE_ANSWER_DAYS.days());
    low.then(|| Warning::new("KS-6.3-08", &said, &["delivered"]).about(it).looked_into(TaskKind::TrainingDose, by))
}

/// KS-6.3-09: six to twelve weeks.
pub(super) fn weeks(facts: &Facts) -> Option<Warning> {
    let said = Said(
        "Træningen er planlagt til mindre end 6 eller mere end 12 uger.",
        "Effekten kan udeblive, eller borgeren bliver ikke hjulpet videre.",
        "Ret planen, eller skriv, hvorfor den er rigtig for borgeren.",
    );
    let it = training(facts)?;
    let planned = facts.answers.weeks.filter(|weeks| !WEEKS.contains(weeks))?;
    Some(Warning::new("KS-6.3-09", &said, &[]).about(it).because(format!("{planned} weeks")))
}

/// KS-6.2-09: a test by the second session, and one towards the end.
pub(super) fn tests(facts: &Facts) -> Option<Warning> {
    let it = training(facts)?;
    if facts.answers.start_test.is_none() && it.held.len() >= 2 {
        let said = Said(
            "Der er trænet to gange uden en starttest.",
            "Fremgang kan ikke ses bagefter.",
            "Tag en test nu, og skriv den ind.",
        );
        return Some(Warning::new("KS-6.2-09", &said, &["no start test"]).about(it));
    }
    let said = Said(
        "Træningen slutter snart, og der er ingen sluttest.",
        "Fremgang kan ikke ses.",
        "Tag den samme test som ved start, og skriv den ind.",
    );
    let end = it.planned_end_on?;
    let near = facts.today >= end.saturating_sub(END_TEST_DAYS.days());
    let missing = facts.answers.start_test.is_some() && facts.answers.end_test.is_none();
    (near && missing).then(|| Warning::new("KS-6.2-09", &said, &["no end test"]).about(it))
}

/// KS-6.3-05: the end is measured with the test of the start.
pub(super) fn same_test(facts: &Facts) -> Option<Warning> {
    let said = Said(
        "Sluttesten er en anden end starttesten.",
        "De to kan ikke sammenlignes, og fremgangen tæller ikke.",
        "Tag den samme test som ved start, eller skriv, hvorfor det ikke kunne lade sig gøre.",
    );
    let it = training(facts)?;
    let (start, end) = facts.answers.start_test.zip(facts.answers.end_test)?;
    (start != end).then(|| Warning::new("KS-6.3-05", &said, &[start.word(), end.word()]).about(it))
}
