//! The content of an intervention as a checklist on the course's page.

use domain::checklist::{Checklist, of_age};
use domain::ids::PlannedInterventionId;
use jiff::civil::Date;

use crate::access::User;
use crate::layout::{Tag, dates};
use crate::records::CitizenRecord;

/// A checklist with what is ticked.
pub(crate) struct ChecklistView {
    pub(crate) version: i64,
    pub(crate) tag: Tag,
    pub(crate) items: Vec<Item>,
}

/// An element.
pub(crate) struct Item {
    pub(crate) word: &'static str,
    pub(crate) text: &'static str,
    pub(crate) rule: &'static str,
    /// When and by whom, once it is ticked.
    pub(crate) ticked: Option<String>,
}

/// The checklist of an intervention; none when it has no required content.
pub(crate) fn checklist(
    record: &CitizenRecord,
    intervention: PlannedInterventionId,
    users: &[User],
    today: Date,
) -> Option<ChecklistView> {
    let code = record.intervention(intervention).ok()?.value.code;
    let citizen = &record.citizen.value;
    let stored = record.checklists.iter().find(|c| c.value.intervention == intervention);
    let none = Checklist::none(citizen.id, intervention);
    let list = stored.map_or(&none, |c| &c.value);
    let said = |word: &str| {
        let tick = list.ticks.get(word)?;
        let who = users.iter().find(|user| user.id == tick.by).map_or("En kollega", |user| user.initials.as_str());
        Some(format!("{}, {who}", dates::short_day(tick.on, today)))
    };
    let age = citizen.age_on(today);
    let items: Vec<Item> = of_age(code, age)
        .map(|element| Item { ticked: said(element.word), word: element.word, text: element.text, rule: element.rule })
        .collect();
    let missing = list.missing(code, age).len();
    let tag = if missing == 0 { Tag::done("Alt er berørt") } else { Tag::partly(format!("{missing} mangler")) };
    (!items.is_empty()).then_some(ChecklistView { version: stored.map_or(0, |c| c.version), tag, items })
}
