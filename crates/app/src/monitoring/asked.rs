//! What somebody asks of an indicator, from the address, and what is read for it.

use std::collections::HashMap;

use domain::organization::Organization;
use domain::permission::{Permission, Role};
use indicators::counting::unrecorded::{self, Lacks};
use indicators::definition::{Breakdown, DEFINITIONS, Definition, Kind, newest};
use indicators::period::{Every, FigurePeriod, Month};
use indicators::results::gaps::made_of;
use indicators::results::{Asked, PeriodFigure, of_cell, series, split};
use indicators::totals::kept_by;
use jiff::civil::Date;
use store::Seen;

use super::chart::Told;
use super::period::{self, Choice};
use super::protect::{Of, Protected, protect};
use super::read::{Kept, kept};
use super::said::{self, Said};
use crate::quality::Wanted;
use crate::{App, AppError, Caller, organizations};

/// The parameters of an address.
pub(super) type Query = HashMap<String, String>;

/// What is asked.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) definition: &'static Definition,
    /// Which of its figures; empty for the main one.
    pub(super) part: String,
    pub(super) choice: Choice,
    pub(super) by: Option<Breakdown>,
    /// The reader sees every number, as those do who treat the citizens.
    pub(super) exact: bool,
    /// The period in the address is none.
    pub(super) bad_period: bool,
}

/// A group of a breakdown in the period.
pub(super) struct Group {
    /// The word of the stratum.
    pub(super) word: String,
    /// What it is called; what a municipality names itself stands as it is.
    pub(super) name: String,
    /// Its name is the municipality's own or a partner's.
    pub(super) own: bool,
    pub(super) figure: PeriodFigure,
    pub(super) said: Said,
    /// Over time; nothing where small numbers are hidden.
    pub(super) series: Vec<Said>,
}

/// Everything that a page about an indicator shows.
pub(super) struct Answer {
    pub(super) question: Question,
    pub(super) kept: Kept,
    pub(super) points: Vec<Told>,
    pub(super) period: Told,
    /// Its other figures.
    pub(super) parts: Vec<(String, Said)>,
    pub(super) groups: Vec<Group>,
}

/// Whether somebody may split by it: what is sensitive and what names a practice is for those who answer for quality, or who
/// treat the citizens.
pub(crate) const fn may_split(by: Breakdown, role: Role) -> bool {
    if by.is_sensitive() {
        role.may(Permission::QualityWrite)
    } else if by.is_internal() {
        role.may(Permission::QualityWrite) || role.may(Permission::CitizenRead)
    } else {
        true
    }
}

/// Whether nobody records what a breakdown needs.
fn is_unrecorded(id: &str, by: Breakdown) -> bool {
    unrecorded::of(id).any(|one| one.lacks == Lacks::Split(by))
}

/// What an indicator can be split by, for a role.
pub(super) fn splits(definition: &'static Definition, role: Role) -> impl Iterator<Item = Breakdown> {
    let id = definition.id.as_str();
    let all = if made_of(id).is_empty() { kept_by(id).to_vec() } else { definition.breakdowns.clone() };
    all.into_iter().filter(move |by| may_split(*by, role) && !is_unrecorded(id, *by))
}

/// An indicator by the id in an address.
pub(super) fn known(id: &str) -> Result<&'static Definition, AppError> {
    newest(id).ok_or(AppError::NotFound("indicator"))
}

/// The newest version of every indicator, in the order people read them.
pub(super) fn all() -> impl Iterator<Item = &'static Definition> {
    DEFINITIONS.iter().filter(|one| newest(&one.id).is_some_and(|newest| newest.version == one.version))
}

impl Question {
    /// What an address asks.
    pub(super) fn read(id: &str, query: &Query, role: Role, today: Date) -> Result<Self, AppError> {
        let definition = known(id)?;
        let word = |name: &str| query.get(name).map(String::as_str).filter(|word| !word.is_empty());
        let usual = period::usual(definition, today);
        let (choice, bad_period) = match word("periode") {
            None => (usual, false),
            Some(typed) => period::parse(typed, today).map_or((usual, true), |choice| (choice, false)),
        };
        let by = word("opdel").map(|word| breakdown(definition, word, role)).transpose()?;
        let first = || splits(definition, role).next();
        Ok(Self {
            definition,
            part: word("del").unwrap_or_default().to_owned(),
            choice,
            // A difference is between groups: there is nothing to see without.
            by: if definition.kind == Kind::Gap { by.or_else(first) } else { by },
            exact: role.may(Permission::CitizenRead) && word("visning") != Some("deling"),
            bad_period,
        })
    }

    /// The same with every number protected, as it leaves the unit.
    pub(super) fn shared(self) -> Result<Self, AppError> {
        match self.by {
            Some(by) if by.is_internal() => Err(AppError::Rule {
                code: "never_leaves_the_municipality",
                message: "Tal om den enkelte henviser forlader ikke kommunen. Vælg en anden opdeling.",
            }),
            _ => Ok(Self { exact: false, ..self }),
        }
    }

    /// The address of a page below the indicator's, or of its own, with something in it changed.
    pub(super) fn href(&self, below: &str, by: Option<Breakdown>, part: &str) -> String {
        let mut href = format!("/maaltal/{}{below}?periode={}", self.definition.id, self.choice.word);
        if let Some(by) = by {
            href.push_str("&opdel=");
            href.push_str(by.word());
        }
        if !part.is_empty() {
            href.push_str("&del=");
            href.push_str(part);
        }
        href
    }

    fn asked(&self, period: FigurePeriod, today: Date) -> Asked<'_> {
        Asked { definition: self.definition, part: &self.part, period, today }
    }
}

fn breakdown(definition: &'static Definition, word: &str, role: Role) -> Result<Breakdown, AppError> {
    splits(definition, role).find(|by| by.word() == word).ok_or(AppError::NotFound("breakdown"))
}

/// Reads what a question needs: three queries to be up to date, one or two of counts, one of names of practices.
pub(super) async fn answer(app: &App, who: &Caller, question: Question) -> Result<Answer, AppError> {
    let today = domain::workdays::local_date(app.now());
    let definition = question.definition;
    let (last, count) = period::points(definition, question.choice.period, today);
    let from = first_of(definition.every, last, count).min(question.choice.period.from());
    let of_gap = made_of(&definition.id).iter().map(|(id, _)| *id);
    let indicators = if definition.kind == Kind::Gap { of_gap.collect() } else { vec![definition.id.as_str()] };
    let wanted = Wanted { indicators, by: question.by.into_iter().collect(), from };
    let kept = kept(app, who, wanted).await?;
    let partners = match question.by {
        Some(by) if by.is_internal() => {
            let scope = who.scope("monitoring.practices", app.now());
            app.store.view(scope, |tx| Ok::<_, AppError>(Seen::nothing(organizations::partners(tx)?))).await?
        }
        _ => Vec::new(),
    };
    Ok(Answer::of(question, kept, (last, count), &partners))
}

/// The first day that a chart looks at.
fn first_of(every: Every, last: FigurePeriod, count: u16) -> Date {
    let back = i32::from(count) - 1;
    match every {
        // Years that roll on by a month.
        Every::RollingYear => Month::of(last.from()).plus(-back).first_day(),
        Every::Month | Every::MonthEnd | Every::Quarter | Every::Year => last.step(-back).from(),
    }
}

impl Answer {
    fn of(question: Question, kept: Kept, chart: (FigurePeriod, u16), partners: &[Organization]) -> Self {
        let OverTime { points, period, shown } = over_time(&question, &kept, chart);
        let groups = match question.by {
            Some(by) if question.definition.kind != Kind::Gap => {
                groups(&question, &kept, by, &points, &shown, partners)
            }
            _ => Vec::new(),
        };
        let parts = parts(&question, &kept);
        Self { question, kept, points, period, parts, groups }
    }
}

/// The points of a chart and the figure of the period, protected together where small numbers are hidden.
pub(super) struct OverTime {
    pub(super) points: Vec<Told>,
    pub(super) period: Told,
    shown: Protected,
}

/// The points of a chart that ends with a period, so many, and the figure of the question's own period.
pub(super) fn over_time(question: &Question, kept: &Kept, (last, count): (FigurePeriod, u16)) -> OverTime {
    let (definition, today) = (question.definition, kept.today);
    let points = series(&kept.totals, question.asked(last, today), count);
    let shown = if question.exact { Protected::default() } else { guarded(question, kept, &points) };
    let told = |period, figure: PeriodFigure, shown: Option<_>| {
        let said = match shown {
            Some(shown) => said::protected(&figure, shown, definition),
            None => said::exactly(&figure, definition),
        };
        Told { period, figure, said }
    };
    let mut each = shown.points.iter().copied();
    let points = points.into_iter().map(|(period, figure)| told(period, figure, each.next())).collect();
    let asked = question.asked(question.choice.period, today);
    let period = told(asked.period, indicators::results::figure(&kept.totals, asked), shown.period);
    OverTime { points, period, shown }
}

/// The other figures of the indicator. Each stands by itself, so each is protected by itself.
fn parts(question: &Question, kept: &Kept) -> Vec<(String, Said)> {
    let definition = question.definition;
    let names = kept.totals.parts(&definition.id).into_iter().filter(|part| *part != question.part);
    let told = names.map(|part| {
        let asked = Asked { part, ..question.asked(question.choice.period, kept.today) };
        let figure = indicators::results::figure(&kept.totals, asked);
        let said = if question.exact {
            said::exactly(&figure, definition)
        } else {
            let other = Question { part: part.to_owned(), by: None, ..question.clone() };
            let shown = guarded(&other, kept, &[]).period;
            shown
                .map_or_else(|| said::exactly(&figure, definition), |shown| said::protected(&figure, shown, definition))
        };
        (part.to_owned(), said)
    });
    told.collect()
}

fn guarded(question: &Question, kept: &Kept, points: &[(FigurePeriod, PeriodFigure)]) -> Protected {
    let is_last = period::is_last(question.definition);
    let months = |period: FigurePeriod| -> Vec<Month> {
        if is_last { vec![Month::of(period.to())] } else { period.months().collect() }
    };
    let points: Vec<Vec<Month>> = points.iter().map(|(period, _)| months(*period)).collect();
    protect(&Of {
        totals: &kept.totals,
        id: &question.definition.id,
        part: &question.part,
        points: &points,
        period: &months(question.choice.period),
        by: question.by,
    })
}

fn groups(
    question: &Question,
    kept: &Kept,
    by: Breakdown,
    points: &[Told],
    shown: &Protected,
    partners: &[Organization],
) -> Vec<Group> {
    let definition = question.definition;
    let asked = question.asked(question.choice.period, kept.today);
    let all = split(&kept.totals, asked, by).into_iter();
    let mut groups: Vec<Group> = all
        .map(|(word, figure)| {
            let said = match (question.exact, shown.groups.get(&word)) {
                (true, _) => said::exactly(&figure, definition),
                (false, Some(counts)) => said::protected(&figure, *counts, definition),
                (false, None) => said::Said { number: said::HIDDEN.to_owned(), is_hidden: true, ..Said::default() },
            };
            let point = |told: &Told| {
                let cell = kept.totals.cell(&definition.id, &question.part, Some((by, &word)), told.period);
                said::exactly(&of_cell(&cell, Asked { period: told.period, ..asked }), definition)
            };
            let series = if question.exact { points.iter().map(point).collect() } else { Vec::new() };
            let (name, own) = called(&word, partners);
            Group { word, name, own, figure, said, series }
        })
        .collect();
    groups.sort_by(|one, other| place(one).cmp(&place(other)));
    groups
}

/// What is not stated comes last; names of the municipality stand by name, the others by their words, as bands and levels do.
fn place(group: &Group) -> (bool, &str) {
    let word = if group.own { &group.name } else { &group.word };
    (matches!(group.word.as_str(), "not_stated" | "not_assessed"), word)
}

/// What a stratum is called, and whether that is somebody's own name.
fn called(word: &str, partners: &[Organization]) -> (String, bool) {
    let code = |one: &Organization| one.sor.as_ref().map_or_else(|| one.id.to_string(), |sor| sor.as_str().to_owned());
    match partners.iter().find(|one| code(one) == word) {
        Some(partner) => (partner.name.clone(), true),
        None => (said::named(word), indicators::counting::label(word).is_none()),
    }
}
