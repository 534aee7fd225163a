//! What somebody asks, from the address, and what is read for it: six queries.

use std::collections::HashMap;

use domain::permission::Role;
use domain::workdays::local_date;
use indicators::definition::Breakdown;
use indicators::equity::participation::{ALL_OFFERS, EQUITY, Reached};
use indicators::period::{Every, FigurePeriod};
use jiff::Timestamp;
use jiff::civil::Date;
use store::Seen;

use super::protect::STAGES;
use crate::layout::Choice;
use crate::monitoring::YEAR;
use crate::population::{self, Measured};
use crate::quality::{self, TakePart};
use crate::{App, AppError, Caller, catalogue, monitoring};

/// The parameters of an address.
pub(super) type Query = HashMap<String, String>;

/// What is asked.
#[derive(Debug, Clone)]
pub(super) struct Question {
    /// Id of the offer; [`ALL_OFFERS`] for all of them.
    pub(super) offer: String,
    pub(super) stage: Reached,
    pub(super) by: Breakdown,
    pub(super) word: String,
    pub(super) period: FigurePeriod,
    /// What is wrong with what was asked for: the field and what to do.
    pub(super) problem: Option<(&'static str, &'static str)>,
}

/// Everything that the page shows.
pub(super) struct Answer {
    pub(super) question: Question,
    pub(super) kept: TakePart,
    /// The offers by name.
    pub(super) offers: Vec<(String, String)>,
    pub(super) measured: Option<Measured>,
    pub(super) at: Option<Timestamp>,
    pub(super) behind: bool,
    pub(super) set: quality::Set,
    pub(super) today: Date,
}

/// The word of a stage in an address.
pub(super) const fn stage_word(stage: Reached) -> &'static str {
    match stage {
        Reached::Referred => "henvist",
        Reached::Started => "begyndt",
        Reached::Completed => "gennemfoert",
        Reached::Gained => "gavn",
    }
}

/// What a stage is called.
pub(super) const fn stage_label(stage: Reached) -> &'static str {
    match stage {
        Reached::Referred => "Henvist",
        Reached::Started => "Begyndt",
        Reached::Completed => "Gennemført",
        Reached::Gained => "Fået gavn",
    }
}

/// What somebody may split by; what is sensitive is for those who answer for quality.
pub(super) fn splits(role: Role) -> impl Iterator<Item = Breakdown> {
    const ORDER: [Breakdown; 8] = [
        Breakdown::District,
        Breakdown::Education,
        Breakdown::LanguageNeed,
        Breakdown::MentalIllness,
        Breakdown::StratLevel,
        Breakdown::AgeBand,
        Breakdown::Sex,
        Breakdown::Disease,
    ];
    ORDER.into_iter().filter(move |by| EQUITY.contains(by) && monitoring::may_split(*by, role))
}

impl Question {
    /// What an address asks. A split that is none, or not for the reader, is no page.
    pub(super) fn read(query: &Query, role: Role, today: Date) -> Result<Self, AppError> {
        let word = |name: &str| query.get(name).map(String::as_str).filter(|word| !word.is_empty());
        let mut problem = None;
        let by = match word("opdel") {
            Some(word) => splits(role).find(|by| by.word() == word).ok_or(AppError::NotFound("breakdown"))?,
            None => Breakdown::District,
        };
        let stage = word("trin")
            .map_or(Some(Reached::Started), |word| STAGES.into_iter().find(|stage| stage_word(*stage) == word));
        if stage.is_none() {
            problem = Some(("trin", "Trinnet findes ikke. Vælg et af dem på listen."));
        }
        let ((word_of_period, period), wrong) = period_asked(word("periode"), today);
        Ok(Self {
            offer: word("tilbud").unwrap_or(ALL_OFFERS).to_owned(),
            stage: stage.unwrap_or(Reached::Started),
            by,
            word: word_of_period,
            period,
            problem: wrong.or(problem),
        })
    }

    pub(super) const fn stage_word(&self) -> &'static str {
        stage_word(self.stage)
    }

    /// The address of the page, or of what is below it, with something in it changed.
    pub(super) fn href(&self, below: &str, by: Breakdown, offer: &str) -> String {
        let mut href = format!("/lighed{below}?opdel={}&trin={}", by.word(), stage_word(self.stage));
        href.push_str("&periode=");
        href.push_str(&self.word);
        if !offer.is_empty() {
            href.push_str("&tilbud=");
            href.push_str(offer);
        }
        href
    }
}

/// What is wrong with a field, and what to do.
type Problem = (&'static str, &'static str);

/// The period of a word; the last twelve months for none, and with what is wrong for one that is no period.
pub(super) fn period_asked(word: Option<&str>, today: Date) -> ((String, FigurePeriod), Option<Problem>) {
    const WRONG: Problem = ("periode", "Perioden findes ikke eller er ikke begyndt. Vælg en af dem på listen.");
    match monitoring::long_period(word.unwrap_or(YEAR), today) {
        Some(chosen) => (chosen, None),
        None => ((YEAR.to_owned(), FigurePeriod::last_complete(Every::RollingYear, today)), Some(WRONG)),
    }
}

/// The periods to choose from, with the one that is chosen.
pub(super) fn period_choices(today: Date, chosen: &str) -> Vec<Choice> {
    let choice = |(word, period): (String, FigurePeriod)| Choice {
        selected: word == chosen,
        label: monitoring::period_name(&word, period),
        value: word,
        hint: None,
    };
    periods(today).into_iter().map(choice).collect()
}

/// What can be chosen: twelve months, three years, five quarters; the newest first.
fn periods(today: Date) -> Vec<(String, FigurePeriod)> {
    let years = (0..3).map(|back| (today.year() - back).to_string());
    let this = FigurePeriod::containing(Every::Quarter, today);
    let quarters = (0..5).map(|back| {
        let from = this.step(-back).from();
        format!("{}-k{}", from.year(), (from.month() - 1) / 3 + 1)
    });
    let words = std::iter::once(YEAR.to_owned()).chain(years).chain(quarters);
    words.filter_map(|word| monitoring::long_period(&word, today)).collect()
}

/// Reads what a question needs: three queries to be up to date, one each of counts, offers and the population.
pub(super) async fn answer(app: &App, who: &Caller, mut question: Question) -> Result<Answer, AppError> {
    let standing = quality::up_to_date(app, who).await?;
    let home = app.organization(who.organization).await?;
    let (by, offer, period) = (question.by, question.offer.clone(), question.period);
    let read = move |tx: &mut store::Tx<'_>| {
        let kept = quality::take_part(tx, by, &offer, period)?;
        let offers = catalogue::names(tx)?;
        Ok::<_, AppError>(Seen::nothing((kept, offers, population::split_by(tx, by, &home.code)?)))
    };
    let (kept, offers, measured) = app.store.view(who.scope("equity.read", app.now()), read).await?;
    let offers: Vec<(String, String)> = offers.into_iter().map(|(id, name)| (id.0.to_string(), name)).collect();
    let is_known = |offer: &str| offer == ALL_OFFERS || offers.iter().any(|(id, _)| id == offer);
    if !is_known(&question.offer) {
        question.offer.clear();
        question.problem = Some(("tilbud", "Tilbuddet findes ikke. Vælg et af dem på listen."));
    }
    let quality::Standing { at, behind, set, .. } = standing;
    Ok(Answer { question, kept, offers, measured, at, behind, set, today: local_date(app.now()) })
}
