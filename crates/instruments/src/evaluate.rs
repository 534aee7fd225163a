//! From answers to score, band and what follows.

use std::collections::{BTreeMap, BTreeSet};

use domain::quantity::Quantity;
use domain::response::{Answer, Answers};
use jiff::civil::Date;

use crate::instrument::{Band, Condition, Instrument, Kind, Rule, Scoring};

/// What is known beside the answers.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// What staff knows, by the words of the instrument's facts.
    pub facts: &'a BTreeSet<String>,
    /// The day the answers are about.
    pub on: Date,
    /// The same instrument earlier with the same citizen.
    pub earlier: &'a [Earlier],
}

/// Answers of an earlier day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Which day.
    pub on: Date,
    /// What was answered.
    pub answers: Answers,
}

/// What answers say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome<'a> {
    /// Items that need an answer and have none.
    pub missing: Vec<u16>,
    /// Items that other answers leave out.
    pub not_asked: BTreeSet<u16>,
    /// The score; only of a complete set.
    pub score: Option<Quantity>,
    /// The lowest total that an incomplete set can still become, where the instrument shows it.
    pub at_least: Option<Quantity>,
    /// What the score means; never of an incomplete set.
    pub band: Option<&'a Band>,
    /// What an incomplete set means at least, above the lowest band.
    pub at_least_band: Option<&'a Band>,
    /// What else follows.
    pub rules: Vec<&'a Rule>,
    /// Where it leads, by the word of a route.
    pub route: Option<&'a str>,
    /// Somebody must act the same working day.
    pub worry: bool,
}

impl Outcome<'_> {
    /// Whether every needed answer is there.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }
}

/// Scores answers that [`crate::check`] found no fault with; what is no answer of the item counts as none.
pub fn evaluate<'a>(instrument: &'a Instrument, answers: &Answers, context: Context<'_>) -> Outcome<'a> {
    let skipped: BTreeSet<u16> = not_asked(instrument, answers).into_keys().collect();
    let missing = missing(instrument, answers, &skipped);
    let complete = missing.is_empty();
    let score = if complete { score(instrument, answers, &skipped, context.facts) } else { None };
    let at_least = if complete { None } else { least(instrument, answers, &skipped) };
    let band = score.and_then(|score| instrument.band(score));
    let lowest = instrument.bands.first();
    let at_least_band = at_least.and_then(|least| instrument.band(least)).filter(|band| Some(*band) != lowest);
    let known = Known { answers, context, score, at_least };
    let holds = |rule: &&Rule| rule.any.iter().any(|all| all.iter().all(|condition| known.holds(condition)));
    let rules: Vec<&Rule> = instrument.rules.iter().filter(holds).collect();
    let said = band.or(at_least_band);
    let route = rules.iter().find_map(|rule| rule.route.as_deref()).or_else(|| said?.route.as_deref());
    let worry = said.is_some_and(|band| band.worry) || rules.iter().any(|rule| rule.worry);
    Outcome { missing, not_asked: skipped, score, at_least, band, at_least_band, rules, route, worry }
}

/// Items that are not asked, each with the one that leaves it out.
pub(crate) fn not_asked(instrument: &Instrument, answers: &Answers) -> BTreeMap<u16, u16> {
    let zero = |no: &u16| matches!(answers.get(no), Some(Answer::Value(points)) if *points == Quantity::default());
    let holding = instrument.skips.iter().filter(|skip| skip.when_zero.iter().all(zero));
    let mut all = BTreeMap::new();
    for skip in holding {
        for no in &skip.not_asked {
            // The first rule that leaves an item out is the one that says why.
            all.entry(*no).or_insert_with(|| skip.when_zero.first().copied().unwrap_or_default());
        }
    }
    all
}

fn is_answered(answer: Option<&Answer>) -> bool {
    match answer {
        None => false,
        Some(Answer::Text(text)) => !text.trim().is_empty(),
        Some(Answer::Value(_) | Answer::Many(_) | Answer::NotStated) => true,
    }
}

fn missing(instrument: &Instrument, answers: &Answers, skipped: &BTreeSet<u16>) -> Vec<u16> {
    let (Scoring::Sum { answered, .. } | Scoring::Count { answered, .. }) = &instrument.scoring else {
        return missing_of(instrument, answers, skipped);
    };
    let missing = missing_of(instrument, answers, skipped);
    let Some(enough) = answered else { return missing };
    let there = scored_items(instrument).iter().filter(|no| is_answered(answers.get(no))).count();
    if there >= usize::from(*enough) { Vec::new() } else { missing }
}

fn missing_of(instrument: &Instrument, answers: &Answers, skipped: &BTreeSet<u16>) -> Vec<u16> {
    let needed: Vec<u16> = if instrument.computed_from.is_some() {
        scored_items(instrument)
    } else {
        instrument.items.iter().filter(|item| !item.optional).map(|item| item.no).collect()
    };
    needed.into_iter().filter(|no| !skipped.contains(no) && !is_answered(answers.get(no))).collect()
}

/// The items that the score is made of.
fn scored_items(instrument: &Instrument) -> Vec<u16> {
    match &instrument.scoring {
        Scoring::Sum { items, .. } if !items.is_empty() => items.clone(),
        Scoring::Sum { .. } | Scoring::Count { .. } => {
            instrument.items.iter().filter(|item| matches!(item.kind, Kind::Choice(_))).map(|item| item.no).collect()
        }
        Scoring::None | Scoring::Value { .. } | Scoring::Bmi { .. } | Scoring::Table { .. } => Vec::new(),
    }
}

fn number(answers: &Answers, no: u16) -> Option<Quantity> {
    match answers.get(&no) {
        Some(Answer::Value(number)) => Some(*number),
        _ => None,
    }
}

/// Points of the scored items; those not asked have none.
fn points<'a>(
    instrument: &Instrument,
    answers: &'a Answers,
    skipped: &'a BTreeSet<u16>,
) -> impl Iterator<Item = Quantity> + use<'a> {
    let items = scored_items(instrument).into_iter();
    items.filter_map(|no| if skipped.contains(&no) { Some(Quantity::default()) } else { number(answers, no) })
}

fn score(
    instrument: &Instrument,
    answers: &Answers,
    skipped: &BTreeSet<u16>,
    facts: &BTreeSet<String>,
) -> Option<Quantity> {
    match &instrument.scoring {
        Scoring::None => None,
        Scoring::Sum { factor, answered, .. } => {
            let all: Vec<Quantity> = points(instrument, answers, skipped).collect();
            let sum = all.iter().fold(Quantity::default(), |sum, one| sum.plus(*one)).times(*factor);
            let (there, of) = (i32::try_from(all.len()).ok()?, i32::try_from(scored_items(instrument).len()).ok()?);
            match (answered, there) {
                (_, 0) => None,
                // The mean of the answers given stands for those left out.
                (Some(_), there) if there < of => Some(Quantity::hundredths(sum.times(of).as_hundredths() / there)),
                _ => Some(sum),
            }
        }
        Scoring::Value { item } => number(answers, *item),
        Scoring::Bmi { not_with, .. } if not_with.iter().any(|fact| facts.contains(fact)) => None,
        Scoring::Bmi { weight, height, .. } => bmi(number(answers, *weight)?, number(answers, *height)?),
        Scoring::Table { row, column, levels } => {
            let place = |no| usize::try_from(number(answers, no)?.as_hundredths() / 100).ok();
            levels.get(place(*row)?)?.get(place(*column)?).copied()
        }
        Scoring::Count { points: wanted, start, most, .. } => {
            let count = points(instrument, answers, skipped).filter(|points| points == wanted).count();
            Some(Quantity::whole(start.saturating_add(i32::try_from(count).ok()?).min(*most)))
        }
    }
}

/// kg / m², in hundredths of whole numbers: 100 · (kg·100) · 10 000 / (cm·100)² · 100, rounded to tenths.
fn bmi(weight: Quantity, height: Quantity) -> Option<Quantity> {
    let (weight, height) = (i64::from(weight.as_hundredths()), i64::from(height.as_hundredths()));
    let square = height.checked_mul(height).filter(|square| *square > 0)?;
    // weight/100 kg over (height/10 000 m)², in tenths and rounded to the nearest.
    let tenths = (weight * 10_000_000 + square / 2) / square;
    i32::try_from(tenths).ok().map(|tenths| Quantity::hundredths(tenths.saturating_mul(10)))
}

/// The lowest total of an incomplete sum: what is missing counts as its lowest option.
fn least(instrument: &Instrument, answers: &Answers, skipped: &BTreeSet<u16>) -> Option<Quantity> {
    let Scoring::Sum { factor, show_least: true, .. } = &instrument.scoring else { return None };
    let lowest = |no: u16| instrument.item(no)?.options().iter().map(|(_, points)| *points).min();
    let of = |no: u16| {
        let open = || lowest(no).unwrap_or_default();
        if skipped.contains(&no) { Quantity::default() } else { number(answers, no).unwrap_or_else(open) }
    };
    Some(scored_items(instrument).into_iter().fold(Quantity::default(), |sum, no| sum.plus(of(no))).times(*factor))
}

/// What conditions are held against.
struct Known<'a> {
    answers: &'a Answers,
    context: Context<'a>,
    score: Option<Quantity>,
    at_least: Option<Quantity>,
}

impl Known<'_> {
    fn holds(&self, condition: &Condition) -> bool {
        let Condition { fact, item, points, at_least, fell_by, within_months, score_at_least, score_below } = condition;
        let of_item = item.and_then(|no| self.answers.get(&no));
        let there = item.and_then(|no| number(self.answers, no));
        let has_points = |wanted: &Quantity| match of_item {
            Some(Answer::Value(points)) => points == wanted,
            Some(Answer::Many(all)) => all.contains(wanted),
            Some(Answer::Text(_) | Answer::NotStated) | None => false,
        };
        fact.as_ref().is_none_or(|fact| self.context.facts.contains(fact))
            && points.as_ref().is_none_or(has_points)
            && at_least.is_none_or(|least| there.is_some_and(|number| number >= least))
            && fell_by.is_none_or(|by| item.is_some_and(|no| self.fell(no, by, within_months.unwrap_or(u16::MAX))))
            && score_at_least.is_none_or(|least| self.score.or(self.at_least).is_some_and(|score| score >= least))
            && score_below.is_none_or(|limit| self.score.is_some_and(|score| score < limit))
    }

    /// Whether a number is at least so much lower than an earlier one within the months.
    fn fell(&self, no: u16, by: Quantity, months: u16) -> bool {
        let Some(now) = number(self.answers, no) else { return false };
        let since = self.context.on.saturating_sub(jiff::Span::new().months(months.min(1200)));
        let near = self.context.earlier.iter().filter(|one| one.on >= since && one.on <= self.context.on);
        near.filter_map(|one| number(&one.answers, no)).any(|then| then.minus(now) >= by)
    }
}
