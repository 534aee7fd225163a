//! What somebody asks about the decisions, from the address, and what is read for it: four queries.

use domain::permission::Role;
use domain::stratification::{MODELS, model};
use domain::workdays::local_date;
use indicators::definition::Breakdown;
use indicators::equity::drift::{self, Drift, LevelCounts, ModelVersion};
use indicators::period::{Every, FigurePeriod};
use indicators::statistics::Share;
use indicators::statistics::shewhart::fits_p_chart;
use jiff::Timestamp;
use jiff::civil::Date;
use store::Seen;

use super::super::asked::{Query, period_asked, splits as splits_of_equity};
use crate::{App, AppError, Caller, quality};

/// Points of the chart: two years of months, or three of quarters.
const MONTHS: i32 = 24;
const QUARTERS: i32 = 12;

/// What is asked.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) by: Breakdown,
    pub(super) word: String,
    pub(super) period: FigurePeriod,
    /// The version that is looked at; none asks for the one that was used most.
    pub(super) version: Option<ModelVersion>,
    /// What is wrong with what was asked for: the field and what to do.
    pub(super) problem: Option<(&'static str, &'static str)>,
}

/// A point of the chart, with the newest version that was used in it.
#[derive(Debug, Clone)]
pub(super) struct Point {
    pub(super) period: FigurePeriod,
    pub(super) version: Option<ModelVersion>,
}

/// Everything that the page shows.
pub(super) struct Answer {
    pub(super) question: Question,
    pub(super) drift: Drift,
    /// The version that is looked at; none when nothing was decided.
    pub(super) version: Option<ModelVersion>,
    /// The period before, as long.
    pub(super) before: FigurePeriod,
    pub(super) points: Vec<Point>,
    pub(super) at: Option<Timestamp>,
    pub(super) behind: bool,
    pub(super) set: quality::Set,
    pub(super) today: Date,
}

/// What somebody may split the decisions by: as participation, without the level.
pub(super) fn splits(role: Role) -> impl Iterator<Item = Breakdown> {
    splits_of_equity(role).filter(|by| drift::is_split_by(*by))
}

/// The address of the page with the split and period of another; the usual split where the decisions are not split so.
pub(in super::super) fn link(by: Breakdown, period: &str) -> String {
    let by = if drift::is_split_by(by) { by } else { Breakdown::District };
    format!("/lighed/model?opdel={}&periode={period}", by.word())
}

/// What a model is called, and whether that is the program's own name.
pub(super) fn named(of: &ModelVersion) -> (String, bool) {
    let known = MODELS.iter().find(|model| *model.word == *of.model);
    known.map_or_else(|| (of.model.to_string(), false), |model| (model.name.to_owned(), true))
}

impl Question {
    /// What an address asks. A split that is none, or not for the reader, is no page.
    pub(super) fn read(query: &Query, role: Role, today: Date) -> Result<Self, AppError> {
        let word = |name: &str| query.get(name).map(String::as_str).filter(|word| !word.is_empty());
        let by = match word("opdel") {
            Some(word) => splits(role).find(|by| by.word() == word).ok_or(AppError::NotFound("breakdown"))?,
            None => Breakdown::District,
        };
        let ((word_of_period, period), mut problem) = period_asked(word("periode"), today);
        let version = word("model").map(ModelVersion::parse);
        if version == Some(None) {
            problem = Some(UNKNOWN_MODEL);
        }
        Ok(Self { by, word: word_of_period, period, version: version.flatten(), problem })
    }

    /// The address of the page, or of what is below it, split in a way.
    pub(super) fn href(&self, below: &str, by: Breakdown) -> String {
        let href = format!("/lighed/model{below}?opdel={}&periode={}", by.word(), self.word);
        self.version.as_ref().map_or_else(|| href.clone(), |of| format!("{href}&model={}", of.word()))
    }
}

const UNKNOWN_MODEL: (&str, &str) = ("model", "Modellen findes ikke i den udgave. Vælg en af dem på listen.");

impl Answer {
    /// The decisions of the version in a period.
    pub(super) fn whole(&self, period: FigurePeriod) -> LevelCounts {
        self.version.as_ref().map_or_else(LevelCounts::default, |of| self.drift.whole(of, period))
    }
}

/// Reads what a question needs: three queries to be up to date, and one of the decisions.
pub(super) async fn answer(app: &App, who: &Caller, mut question: Question) -> Result<Answer, AppError> {
    let standing = quality::up_to_date(app, who).await?;
    let today = local_date(app.now());
    let (by, before) = (question.by, question.period.step(-1));
    let last = question.period.to().min(today);
    let quarters = back(Every::Quarter, last, QUARTERS);
    let from = quarters.first().map_or(before.from(), |first| first.from().min(before.from()));
    let to = quarters.last().map_or(last, |last| last.to());
    let read = move |tx: &mut store::Tx<'_>| Ok::<_, AppError>(Seen::nothing(quality::levels(tx, by, (from, to))?));
    let drift = app.store.view(who.scope("equity.read", app.now()), read).await?;
    let is_known =
        |of: &ModelVersion| drift.versions().any(|used| used == of) || model(&of.model, of.version).is_some();
    if question.version.as_ref().is_some_and(|of| !is_known(of)) {
        (question.version, question.problem) = (None, Some(UNKNOWN_MODEL));
    }
    let version = question.version.clone().or_else(|| most_used(&drift, question.period));
    let points = version.as_ref().map_or_else(Vec::new, |of| points(&drift, of, last, &quarters));
    let quality::Standing { at, behind, set, .. } = standing;
    Ok(Answer { question, drift, version, before, points, at, behind, set, today })
}

/// The version with most decisions in a period, the newest of several; one that was used at another time when none was.
fn most_used(drift: &Drift, period: FigurePeriod) -> Option<ModelVersion> {
    drift.versions().max_by_key(|of| (drift.whole(of, period).decided(), of.version)).cloned()
}

/// So many periods of a kind, the last of which holds a day.
fn back(every: Every, last: Date, count: i32) -> Vec<FigurePeriod> {
    let last = FigurePeriod::containing(every, last);
    (1 - count..=0).map(|step| last.step(step)).collect()
}

/// Months where there are enough decisions in them for a p-chart, else quarters; from the first in which the model was used.
fn points(drift: &Drift, of: &ModelVersion, last: Date, quarters: &[FigurePeriod]) -> Vec<Point> {
    let with_version = |period: &FigurePeriod| Point { period: *period, version: in_force(drift, of, *period) };
    let months: Vec<Point> = back(Every::Month, last, MONTHS).iter().map(with_version).collect();
    let share = |point: &Point| {
        let counts = drift.whole(point.version.as_ref()?, point.period);
        Share::new(counts.changed(), counts.decided())
    };
    let shares: Vec<Option<Share>> = months.iter().map(share).collect();
    let chosen = if fits_p_chart(&shares) { months } else { quarters.iter().map(with_version).collect() };
    chosen.into_iter().skip_while(|point| point.version.is_none()).collect()
}

/// The newest version of the same model that was used in a period.
fn in_force(drift: &Drift, of: &ModelVersion, period: FigurePeriod) -> Option<ModelVersion> {
    let same = drift.versions().filter(|one| one.model == of.model);
    same.filter(|one| drift.whole(one, period).decided() > 0).max_by_key(|one| one.version).cloned()
}
