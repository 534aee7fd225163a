//! The fields of an instrument's form: what they look like, what was typed in them, and the answers that become of it.

use std::collections::{BTreeSet, HashMap};

use domain::quantity::Quantity;
use domain::response::{Answer, Answers};
use instruments::{AnswerFault, FaultKind, Instrument, Item, Kind, check};

/// What a browser sends for an answer that is not known.
const NOT_STATED: &str = "?";

/// One item as it stands in a form.
#[expect(clippy::struct_excessive_bools, reason = "what a template asks of an item")]
pub(super) struct ItemView {
    pub(super) no: u16,
    /// Id and name of its field.
    pub(super) id: String,
    pub(super) text: String,
    pub(super) hint: Option<String>,
    /// Heading, where a new theme begins.
    pub(super) theme: Option<String>,
    pub(super) field: FieldView,
    pub(super) optional: bool,
    pub(super) may_not_state: bool,
    pub(super) not_stated: bool,
    pub(super) error: Option<String>,
    /// The number is unlikely, and may be confirmed.
    pub(super) confirm: bool,
}

/// What is filled in.
pub(super) enum FieldView {
    /// One of several.
    Choice(Vec<OptionView>),
    /// Any of several.
    Many(Vec<OptionView>),
    /// A number with its unit.
    Number { value: String, unit: String, whole: bool },
    /// Own words.
    Text { value: String },
}

/// An option of an item.
pub(super) struct OptionView {
    pub(super) value: String,
    pub(super) label: String,
    /// Points, for staff.
    pub(super) points: String,
    pub(super) chosen: bool,
}

/// The pairs of a form by their names; a name may stand there several times.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed(HashMap<String, Vec<String>>);

impl Typed {
    pub(super) fn new(pairs: Vec<(String, String)>) -> Self {
        let mut all: HashMap<String, Vec<String>> = HashMap::new();
        for (name, value) in pairs {
            all.entry(name).or_default().push(value);
        }
        Self(all)
    }

    /// The text of a field; of several the last.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(|all| all.last()).map_or("", |text| text.trim())
    }

    /// The text, when there is one.
    pub(super) fn said(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// The fields whose names begin so, with the rest of the name.
    pub(super) fn starting<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let all = self.0.iter().filter_map(move |(name, values)| Some((name.strip_prefix(start)?, values)));
        all.filter_map(|(rest, values)| Some((rest, values.last()?.trim())))
    }

    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.0.entry(name.to_owned()).or_default().push(value.to_owned());
    }

    /// The same with the fields of another; of one that both have, the other's stands.
    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(super) fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// As these answers would have been typed.
    pub(super) fn of_answers(answers: &Answers) -> Self {
        let mut pairs = Vec::new();
        for (no, answer) in answers {
            match answer {
                Answer::Value(number) => pairs.push((name(*no), number.to_string())),
                Answer::Text(text) => pairs.push((name(*no), text.clone())),
                Answer::Many(all) => pairs.extend(all.iter().map(|one| (name(*no), one.to_string()))),
                Answer::NotStated => {
                    pairs.push((name(*no), NOT_STATED.to_owned()));
                    pairs.push((unknown(*no), "1".to_owned()));
                }
            }
        }
        Self::new(pairs)
    }
}

fn name(no: u16) -> String {
    format!("sp-{no}")
}

fn unknown(no: u16) -> String {
    format!("ved-ikke-{no}")
}

fn confirmed_name(no: u16) -> String {
    format!("rigtigt-{no}")
}

/// What was answered, with everything that is the matter with it.
pub(super) struct ReadForm {
    pub(super) answers: Answers,
    pub(super) confirmed: BTreeSet<u16>,
    /// Faults that stand, by item.
    pub(super) faults: Vec<AnswerFault>,
    /// Numbers that are none, by item.
    pub(super) unreadable: BTreeSet<u16>,
}

impl ReadForm {
    pub(super) fn is_sound(&self) -> bool {
        self.faults.is_empty() && self.unreadable.is_empty()
    }

    /// What is the matter with the answer to an item.
    pub(super) fn fault(&self, no: u16) -> Option<String> {
        if self.unreadable.contains(&no) {
            return Some("Skriv et tal, fx 12 eller 12,5.".to_owned());
        }
        self.faults.iter().find(|fault| fault.item == no).map(|fault| fault.kind.user_message())
    }
}

/// Reads the answers of a form.
pub(super) fn read(instrument: &Instrument, typed: &Typed) -> ReadForm {
    let (mut answers, mut unreadable) = (Answers::new(), BTreeSet::new());
    for item in &instrument.items {
        match answer(item, typed) {
            Ok(Some(answer)) => {
                answers.insert(item.no, answer);
            }
            Ok(None) => {}
            Err(()) => {
                unreadable.insert(item.no);
            }
        }
    }
    let confirmed: BTreeSet<u16> =
        instrument.items.iter().map(|item| item.no).filter(|no| typed.has(&confirmed_name(*no))).collect();
    let mut faults = check(instrument, &answers);
    faults.retain(|fault| !super::commands::is_confirmed(fault, &confirmed));
    ReadForm { answers, confirmed, faults, unreadable }
}

/// The answer to one item; an error when it should be a number and is none.
pub(super) fn answer(item: &Item, typed: &Typed) -> Result<Option<Answer>, ()> {
    let said = typed.get(&name(item.no));
    let not_known = item.may_not_state && (said == NOT_STATED || (said.is_empty() && typed.has(&unknown(item.no))));
    if not_known {
        return Ok(Some(Answer::NotStated));
    }
    match &item.kind {
        Kind::Many(_) => {
            let all = typed.all(&name(item.no)).iter().filter(|text| !text.is_empty());
            let all: Option<BTreeSet<Quantity>> = all.map(|text| Quantity::parse(text)).collect();
            Ok(Some(all.ok_or(())?).filter(|all| !all.is_empty()).map(Answer::Many))
        }
        Kind::Text => Ok((!said.is_empty()).then(|| Answer::Text(said.to_owned()))),
        Kind::Choice(_) | Kind::Number { .. } if said.is_empty() => Ok(None),
        Kind::Choice(_) | Kind::Number { .. } => Quantity::parse(said).map(|n| Some(Answer::Value(n))).ok_or(()),
    }
}

/// The items of a form as they were typed, with what is the matter; `missing` are asked for once more.
pub(super) fn items(instrument: &Instrument, typed: &Typed, read: Option<&ReadForm>, missing: &[u16]) -> Vec<ItemView> {
    let mut theme = None;
    let mut views = Vec::new();
    for item in &instrument.items {
        let fault = read.and_then(|read| read.fault(item.no));
        let asked = || missing.contains(&item.no).then(|| "Mangler svar.".to_owned());
        let mut view = view(item, typed);
        view.confirm = read.is_some_and(|read| {
            read.faults.iter().any(|f| f.item == item.no && matches!(f.kind, FaultKind::Unlikely { .. }))
        });
        view.error = fault.or_else(asked);
        view.theme = item.theme.clone().filter(|own| theme.as_ref() != Some(own));
        theme.clone_from(&item.theme);
        views.push(view);
    }
    views
}

/// One item as it was typed.
pub(super) fn view(item: &Item, typed: &Typed) -> ItemView {
    let said = typed.get(&name(item.no));
    let field = match &item.kind {
        Kind::Choice(options) => {
            FieldView::Choice(options.iter().map(|o| option(o, said == o.1.to_string())).collect())
        }
        Kind::Many(options) => {
            let chosen = |points: &Quantity| typed.all(&name(item.no)).iter().any(|text| *text == points.to_string());
            FieldView::Many(options.iter().map(|o| option(o, chosen(&o.1))).collect())
        }
        Kind::Number { unit, whole, .. } => {
            let value = if said == NOT_STATED { String::new() } else { said.to_owned() };
            FieldView::Number { value, unit: unit.clone(), whole: *whole }
        }
        Kind::Text => FieldView::Text { value: if said == NOT_STATED { String::new() } else { said.to_owned() } },
    };
    ItemView {
        no: item.no,
        id: name(item.no),
        text: item.text.clone(),
        hint: item.hint.clone(),
        theme: item.theme.clone(),
        field,
        optional: item.optional,
        may_not_state: item.may_not_state,
        not_stated: said == NOT_STATED || typed.has(&unknown(item.no)),
        error: None,
        confirm: false,
    }
}

fn option((label, points): &(String, Quantity), chosen: bool) -> OptionView {
    OptionView { value: points.to_string(), label: label.clone(), points: points.to_string(), chosen }
}

/// An answer in words, as the result page shows it.
pub(super) fn in_words(item: &Item, answer: Option<&Answer>) -> Option<String> {
    let label = |points: &Quantity| item.options().iter().find(|(_, p)| p == points).map(|(label, _)| label.clone());
    match (answer?, &item.kind) {
        (Answer::NotStated, _) => Some("Ved ikke".to_owned()),
        (Answer::Text(text), _) => Some(text.clone()),
        (Answer::Many(all), _) => Some(all.iter().filter_map(label).collect::<Vec<_>>().join(", ")),
        (Answer::Value(points), Kind::Choice(_)) => label(points),
        (Answer::Value(number), Kind::Number { unit, .. }) => Some(format!("{number} {unit}").trim_end().to_owned()),
        (Answer::Value(number), Kind::Many(_) | Kind::Text) => Some(number.to_string()),
    }
}
