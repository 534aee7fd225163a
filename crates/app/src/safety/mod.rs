//! Safety and support: the standard's warnings with their acknowledgements, the content of each intervention as a checklist,
//! the level of support, and what is done differently for a citizen.
//!
//! The rules are in [`domain::safety`], [`domain::checklist`], [`domain::stratification`] and [`domain::adaptation`]; here
//! their facts are gathered from the record, and what is said is kept.

mod answers_form;
mod api;
mod checklists;
mod commands;
mod gather;
mod page;
mod routes;
mod support;
mod support_page;
mod upkeep;
mod views;
mod who;

pub use api::{document as api_document, routes as api_routes};
pub(crate) use checklists::{ChecklistView, checklist};
pub use commands::{AcknowledgeInput, AnswersInput, acknowledge, answer, tick};
pub(crate) use commands::{acknowledge_in, tick_in};
pub(crate) use gather::{chosen, facts, newest_audit, screened_on, seats, tells_of_weight_loss, weighed};
pub(crate) use page::safety_href;
pub use routes::routes;
pub(crate) use support::{LetterShape, adaptations, letter_shape, level};
pub use support::{StratifyInput, adapt, mark, stratify};
pub(crate) use support_page::support_href;
pub(crate) use upkeep::keep_in_step;
pub use upkeep::round;
pub(crate) use views::{WarningLine, lines};
pub(crate) use who::{Colleague, may_hold, must_hold};

#[cfg(test)]
mod tests {
    use domain::adaptation::{Adaptation, Mark};
    use domain::checklist::elements;
    use domain::codes::InterventionCode;
    use domain::safety::{PhysicalTest, Question, QuestionGroup};
    use domain::stratification::{MODELS, Stratum};

    use crate::language::Language;

    #[test]
    fn every_text_of_the_rules_lists_and_models_is_read_in_english_too() {
        let mut texts: Vec<&str> =
            InterventionCode::ALL.iter().flat_map(|code| elements(*code)).map(|e| e.text).collect();
        texts.extend(Question::ALL.iter().map(|it| it.label()));
        texts.extend(QuestionGroup::ALL.iter().map(|it| it.label()));
        texts.extend(PhysicalTest::ALL.iter().map(|it| it.label()));
        texts.extend(Adaptation::ALL.iter().flat_map(|it| [it.label(), it.changes()]));
        texts.extend(Mark::ALL.iter().map(|it| it.label()));
        texts.extend(Stratum::ALL.iter().flat_map(|it| [it.label(), it.gives()]));
        for model in MODELS {
            texts.push(model.name);
            texts.extend(model.factors.iter().flat_map(|f| [f.label, f.cues].into_iter().chain(f.answers)));
        }
        let missing: Vec<_> = texts.into_iter().filter(|text| Language::English.text(text) == *text).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }
}
