//! The form of a question: what was chosen, as a question and as an address, and what there is to choose.

use analysis::{Asked, CATALOGUE, Grain, Measure, Period, Question, View, can_split, filter_values};
use jiff::civil::Date;

use crate::layout::Choice;
use crate::web::fields::{self, Fields};

/// The period that stands there first.
const FIRST_PERIOD: Period = Period::TwelveMonths;

/// What was chosen.
pub(super) fn question(form: &Fields) -> Question {
    let splits = ["opdel", "opdel2"].iter().filter_map(|name| fields::said(form, name)).map(str::to_owned);
    let filter = fields::said(form, "kun").map(|both| {
        let (column, value) = both.split_once(':').unwrap_or((both, ""));
        (column.to_owned(), value.to_owned())
    });
    let period = fields::said(form, "periode").map_or_else(|| FIRST_PERIOD.word(), str::to_owned);
    Question { measure: fields::text(form, "maal").to_owned(), splits: splits.collect(), filter, period }
}

/// A question as fields, in the order of the form.
pub(super) fn fields(question: &Question) -> Vec<(&'static str, String)> {
    let split = |at: usize| question.splits.get(at).cloned().unwrap_or_default();
    let filter = question.filter.as_ref().map(|(column, value)| format!("{column}:{value}")).unwrap_or_default();
    vec![
        ("maal", question.measure.clone()),
        ("opdel", split(0)),
        ("opdel2", split(1)),
        ("kun", filter),
        ("periode", question.period.clone()),
    ]
}

/// A question as the end of an address. Words of the catalogue; whatever else was typed is written so that it stays one value.
pub(super) fn address(question: &Question) -> String {
    let pairs = fields(question).into_iter().filter(|(_, value)| !value.is_empty());
    serde_html_form::to_string(pairs.collect::<Vec<_>>()).unwrap_or_default()
}

/// A group of choices under a heading.
pub(super) struct Choices {
    pub(super) label: String,
    pub(super) all: Vec<Choice>,
}

/// What can be measured, by what is counted.
pub(super) fn measures() -> Vec<(&'static View, Vec<&'static Measure>)> {
    let of = |view: &'static View| CATALOGUE.measures.iter().filter(|one| one.view == view.name).collect::<Vec<_>>();
    CATALOGUE.views.iter().map(|view| (view, of(view))).filter(|(_, all)| !all.is_empty()).collect()
}

/// What an answer can be split by.
pub(super) fn splits(view: &'static View, chosen: &str) -> Vec<Choice> {
    let times = Grain::ALL.iter().map(|grain| (grain.word(), grain.label()));
    let columns = view.columns.iter().filter(|column| can_split(column));
    let columns = columns.map(|column| (column.name.as_str(), column.label.as_str()));
    times.chain(columns).map(|(value, label)| choice(value, label, value == chosen)).collect()
}

/// What an answer can be limited to, by column.
pub(super) fn filters(view: &'static View, chosen: &str) -> Vec<Choices> {
    let of = |column: &'static analysis::Column| Choices {
        label: column.label.clone(),
        all: filter_values(column)
            .into_iter()
            .map(|(word, label)| {
                let value = format!("{}:{word}", column.name);
                choice(&value, label, value == chosen)
            })
            .collect(),
    };
    view.columns.iter().map(of).filter(|choices| !choices.all.is_empty()).collect()
}

/// The periods, with the one that is chosen also when it is an older year.
pub(super) fn periods(today: Date, chosen: &str) -> Vec<Choice> {
    let mut all = Period::offered(today);
    if let Ok(period) = Period::parse(chosen)
        && !all.contains(&period)
    {
        all.push(period);
    }
    all.into_iter().map(|period| choice(&period.word(), &period.label(), period.word() == chosen)).collect()
}

fn choice(value: &str, label: &str, selected: bool) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), hint: None, selected }
}

/// What was asked, in parts: the measure, the splits, the filter, the period.
pub(super) fn in_words(asked: &Asked) -> String {
    let splits: Vec<&str> = asked.splits.iter().map(|split| split.label()).collect();
    let splits = (!splits.is_empty()).then(|| splits.join(", "));
    let filter = asked.filter.map(|filter| filter.label());
    let parts = [Some(asked.measure.label.clone()), splits, filter, Some(asked.period.label())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
