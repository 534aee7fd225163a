//! What an instrument is made of.

use std::collections::BTreeSet;

use domain::consent::ConsentPurpose;
use domain::course_message::CourseMessage;
use domain::quantity::Quantity;
use domain::response::Mode;
use serde::Deserialize;

/// A questionnaire, screening instrument or physical test, in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// Stable id.
    pub id: String,
    /// Version of items and scoring.
    pub version: u16,
    /// Danish name.
    pub name: String,
    /// What it is for, in Danish.
    pub purpose: String,
    /// How it may be answered; the first is the usual way. Empty for one that is computed from another's answers.
    pub modes: Vec<Mode>,
    /// Requirements that ask for it.
    pub required_by: Vec<String>,
    /// Terms of use.
    pub licence: String,
    /// Whose words the items are.
    pub wording: Wording,
    /// Where it comes from.
    pub reference: String,
    /// What is said before the items, in Danish.
    pub lead: Option<String>,
    /// Which period the answers are about, in Danish.
    pub period: Option<String>,
    /// What it cannot be used for, in Danish.
    pub limits_of_use: Option<String>,
    /// When not to do it or when to stop, in Danish.
    pub safety: Option<String>,
    /// How it is set up, in Danish. A test with this asks for place and equipment, and pairs need the same of both.
    pub setup: Option<String>,
    /// Which way is better.
    pub direction: Direction,
    /// Unit of the score.
    pub unit: Option<String>,
    /// Lowest and highest score.
    pub range: Option<(Quantity, Quantity)>,
    /// The items in order.
    pub items: Vec<Item>,
    /// Which items are not asked.
    pub skips: Vec<Skip>,
    /// How it is scored.
    pub scoring: Scoring,
    /// What scores mean, from the lowest.
    pub bands: Vec<Band>,
    /// What staff may know that changes the advice.
    pub facts: Vec<Fact>,
    /// What follows from answers, score and facts together.
    pub rules: Vec<Rule>,
    /// Where a result can lead.
    pub routes: Vec<Route>,
    /// What is asked on the way there.
    pub asks: Vec<Ask>,
    /// The smallest change taken as meaningful, with its source.
    pub mic: Option<(Quantity, String)>,
    /// Days a result holds (KS-8.2-01).
    pub validity_days: Option<u16>,
    /// Start and end make a pair.
    pub pair: bool,
    /// Can be entered for a whole class in one grid.
    pub class_grid: bool,
    /// Then and now in one sentence for the citizen, with `{foer}` and `{nu}` for the two scores.
    pub sentence: Option<String>,
    /// The instrument whose answers this one is computed from.
    pub computed_from: Option<String>,
    /// Proof of the licence, of a file that a municipality loaded.
    pub proof: Option<String>,
}

/// Whose words the items are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wording {
    /// The project's own questions.
    Own,
    /// The project's own translation; to be replaced by the authorised one before clinical use.
    OwnTranslation,
    /// The authorised Danish wording.
    Authorised,
    /// No wording: a measurement, or a structure whose questions the municipality has the right to.
    None,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither: a change is shown without judgement.
    None,
}

/// One question or measurement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Number, as answers name it.
    pub no: u16,
    /// The question in Danish.
    pub text: String,
    /// What helps to answer it.
    pub hint: Option<String>,
    /// Heading that it stands under.
    pub theme: Option<String>,
    /// What an answer is.
    pub kind: Kind,
    /// May be left without an answer.
    pub optional: bool,
    /// "Ved ikke" or "ikke oplyst" is an answer.
    pub may_not_state: bool,
}

/// What an answer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One of several, each with its points.
    Choice(Vec<(String, Quantity)>),
    /// Any of several.
    Many(Vec<(String, Quantity)>),
    /// A number within a range.
    Number {
        /// Lowest and highest that can be.
        range: (Quantity, Quantity),
        /// What is likely; outside it is asked again.
        plausible: (Quantity, Quantity),
        /// Unit in Danish.
        unit: String,
        /// Only whole numbers.
        whole: bool,
    },
    /// Own words.
    Text,
}

/// Items that are not asked, and count as zero, when others all have zero points.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skip {
    /// All of these have zero points.
    pub when_zero: Vec<u16>,
    /// Then these are not asked.
    pub not_asked: Vec<u16>,
}

/// How answers become a score.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum Scoring {
    /// No score.
    None,
    /// The sum of points, times a factor.
    Sum {
        /// These items; left out, all that have points.
        #[serde(default)]
        items: Vec<u16>,
        /// Times this.
        #[serde(default = "one")]
        factor: i32,
        /// With so many answered the mean stands for the rest; left out, all are needed.
        #[serde(default)]
        answered: Option<u16>,
        /// The lowest possible total is shown while answers are missing.
        #[serde(default)]
        show_least: bool,
    },
    /// The number of one item.
    Value {
        /// Which.
        item: u16,
    },
    /// Weight by height squared, kg/m², from unrounded values, shown with one decimal.
    Bmi {
        /// Item of the weight in kilograms.
        weight: u16,
        /// Item of the height in centimetres.
        height: u16,
        /// No body mass index when one of these facts holds.
        #[serde(default)]
        not_with: Vec<String>,
    },
    /// A level from a table of two choices.
    Table {
        /// Item whose points choose the row, from zero.
        row: u16,
        /// Item whose points choose the column, from zero.
        column: u16,
        /// The levels.
        levels: Vec<Vec<Quantity>>,
    },
    /// How many items were answered with these points, plus a start, at most a most.
    Count {
        /// The points that count.
        points: Quantity,
        /// Begins with.
        start: i32,
        /// Ends with.
        most: i32,
        /// So many must be answered; left out, all.
        #[serde(default)]
        answered: Option<u16>,
    },
}

const fn one() -> i32 {
    1
}

/// What a range of scores means.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Lowest score.
    pub from: Quantity,
    /// Highest score.
    pub to: Quantity,
    /// Danish words for it.
    pub label: String,
    /// What it suggests, in Danish.
    pub consequence: String,
    /// Where it leads, by the word of a route.
    pub route: Option<String>,
    /// Somebody must act the same working day.
    #[serde(default)]
    pub worry: bool,
}

/// Something staff may know.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Stable word.
    pub id: String,
    /// In Danish, as it is ticked.
    pub label: String,
}

/// What follows when conditions hold.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Stable word.
    pub id: String,
    /// Short Danish name; shown as a mark.
    pub label: String,
    /// Holds when all conditions of any one list hold.
    pub any: Vec<Vec<Condition>>,
    /// What it suggests, in Danish.
    pub consequence: String,
    /// Where it leads, before what the band says.
    pub route: Option<String>,
    /// Somebody must act the same working day.
    #[serde(default)]
    pub worry: bool,
    /// What must then be asked, by the words of asks.
    #[serde(default)]
    pub asks: BTreeSet<String>,
    /// What is then written to others, with the citizen's consent.
    #[serde(default)]
    pub messages: Vec<CourseMessage>,
    /// The requirement behind it.
    pub source: Option<String>,
}

/// All parts that are set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Condition {
    /// This fact is known to hold.
    pub fact: Option<String>,
    /// About this item:
    pub item: Option<u16>,
    /// … it has these points;
    pub points: Option<Quantity>,
    /// … its number is at least this;
    pub at_least: Option<Quantity>,
    /// … its number is at least this much lower than an earlier one
    pub fell_by: Option<Quantity>,
    /// … of at most so many months before.
    pub within_months: Option<u16>,
    /// The score is at least this; of an incomplete one the lowest possible.
    pub score_at_least: Option<Quantity>,
    /// There is a score, and it is below this.
    pub score_below: Option<Quantity>,
}

/// Where a result can lead.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Stable word.
    pub id: String,
    /// In Danish.
    pub label: String,
    /// What the citizen is told of it (KS-8.2-05).
    #[serde(default)]
    pub tell: Vec<String>,
    /// What is written to whoever it leads to.
    #[serde(default)]
    pub messages: Vec<CourseMessage>,
}

/// What is asked on the way to a decision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Stable word.
    pub id: String,
    /// The question in Danish.
    pub text: String,
    /// Answers: the stable word and the Danish one.
    pub options: Vec<(String, String)>,
    /// The answer "yes", or another, is the citizen's consent for this, or a refusal.
    pub consent: Option<ConsentPurpose>,
}

impl Instrument {
    /// An item by its number.
    pub fn item(&self, no: u16) -> Option<&Item> {
        self.items.iter().find(|item| item.no == no)
    }

    /// A route by its word.
    pub fn route(&self, id: &str) -> Option<&Route> {
        self.routes.iter().find(|route| route.id == id)
    }

    /// The band of a score.
    pub fn band(&self, score: Quantity) -> Option<&Band> {
        self.bands.iter().rev().find(|band| score >= band.from).filter(|band| score <= band.to || self.is_last(band))
    }

    fn is_last(&self, band: &Band) -> bool {
        self.bands.last().is_some_and(|last| last == band)
    }

    /// Whether place and equipment are asked for and remembered.
    pub const fn needs_setting(&self) -> bool {
        self.setup.is_some()
    }

    /// The one number of a simple test, for a column of the class grid.
    pub fn single(&self) -> Option<&Item> {
        match (&self.scoring, self.class_grid) {
            (Scoring::Value { item }, true) => self.item(*item),
            _ => None,
        }
    }
}

impl Item {
    /// The options, when there are some.
    pub fn options(&self) -> &[(String, Quantity)] {
        match &self.kind {
            Kind::Choice(options) | Kind::Many(options) => options,
            Kind::Number { .. } | Kind::Text => &[],
        }
    }
}
