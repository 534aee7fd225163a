//! Talks with their assessment, plan and goals.

use jiff::civil::Date;

use super::answers::Need;
use super::entity::entity;
use super::values::{Listed, Loose, RiskAlcohol};
use super::words::{Attainment, Grade, Network, Risk, RiskTobacco, SetBy, TalkAnswer, TalkKind};

entity! {
    /// A structured talk.
    pub struct Talk: "talk" {
        /// The unit.
        pub id: String,
        /// The referral it answers.
        pub referral: Option<String>,
        /// The assessment made in it.
        pub assessment: Option<String>,
        /// The intervention it belongs to.
        pub intervention: Option<String>,
        /// Day it is booked for.
        pub planned_on: Option<Date>,
        /// The citizen asked for a later day than the first one offered.
        pub wished_later: Option<bool>,
        /// The citizen wished to stop the talk.
        pub stopped_by_citizen: Option<bool>,
        /// Afklarende_samtale, behovssamtale, opstartssamtale, forebyggende_samtale_alkohol, opfoelgende_samtale, afsluttende_samtale, koordinationssamtale.
        pub kind: Option<TalkKind>,
        /// Offered on: date.
        pub offered_on: Option<Date>,
        /// Accepted, declined, no_answer.
        pub answer: Option<TalkAnswer>,
        /// Held on: date.
        pub held_on: Option<Date>,
        /// In person, phone, video, home visit, with interpreter.
        pub form: Option<String>,
        /// Preparation sent on: date.
        pub preparation_sent_on: Option<Date>,
        /// Text when the citizen chose another route.
        pub citizen_choice: Option<String>,
    }
}

entity! {
    /// The assessment of a clarifying talk.
    pub struct Assessment: "assessment" {
        /// What talks and interventions point to.
        pub id: String,
        /// The talk it was made in.
        pub talk: Option<String>,
        /// Date: date.
        pub date: Option<Date>,
        /// Function done: yes/no.
        pub function_done: Option<bool>,
        /// Health done: yes/no.
        pub health_done: Option<bool>,
        /// Health literacy done: yes/no.
        pub health_literacy_done: Option<bool>,
        /// Health literacy low: yes/no.
        pub health_literacy_low: Option<bool>,
        /// Function impaired: yes/no.
        pub function_impaired: Option<bool>,
        /// Barriers: text.
        pub barriers: Option<String>,
        /// Resources: text.
        pub resources: Option<String>,
        /// Text in the citizen's words.
        pub what_matters: Option<String>,
        /// Text and 0-10.
        pub motivation: Option<Loose>,
        /// Text or code.
        pub work: Option<String>,
        /// Supporting, weak, none.
        pub network: Option<Network>,
        /// Habits: text.
        pub habits: Option<String>,
        /// Values: text.
        pub values: Option<String>,
        /// None, gp, specialist, hospital.
        pub concurrent_treatment: Option<String>,
        /// None, daily, occasional, not discussed, with products.
        pub risk_tobacco: Option<RiskTobacco>,
        /// None, units per week, pattern, not discussed.
        pub risk_alcohol: Option<RiskAlcohol>,
        /// Risk inactivity: code.
        pub risk_inactivity: Option<Risk>,
        /// Risk diet: code.
        pub risk_diet: Option<Risk>,
        /// Risk mental: code.
        pub risk_mental: Option<Risk>,
        /// List of risk factors.
        pub risk_worsens_disease: Option<Vec<String>>,
        /// Text or codes.
        pub comorbidity: Option<String>,
        /// Mental effects: text.
        pub mental_effects: Option<String>,
        /// Disease understanding: text.
        pub disease_understanding: Option<String>,
        /// Support relations: text.
        pub support_relations: Option<String>,
        /// Dual use discussed: yes/no.
        pub dual_use_discussed: Option<bool>,
        /// Yes/no/later.
        pub need_coping: Option<Need>,
        /// Yes/no/later.
        pub need_activity: Option<Need>,
        /// Yes/no/later.
        pub need_nutrition: Option<Need>,
        /// High, medium, low.
        pub strat_coping: Option<Grade>,
        /// Low, medium, high.
        pub strat_complexity: Option<Grade>,
    }
}

entity! {
    /// The joint plan of a course.
    pub struct Plan: "plan" {
        /// The plan.
        pub id: Option<String>,
        /// Created on: date.
        pub created_on: Option<Date>,
        /// Revised on: date.
        pub revised_on: Option<Date>,
        /// List of interventions and own activities.
        pub elements: Vec<String>,
        /// Given to citizen on: date.
        pub given_to_citizen_on: Option<Date>,
        /// Maintenance initial: text.
        pub maintenance_initial: Option<String>,
        /// Roles or names the citizen wants involved, or none.
        pub network_people: Option<Listed>,
        /// Text on order and load.
        pub sequence_note: Option<String>,
    }
}

entity! {
    /// A goal.
    pub struct Goal: "goal" {
        /// The goal.
        pub id: Option<String>,
        /// Text in the citizen's words.
        pub text_citizen: Option<String>,
        /// Citizen, joint, professional.
        pub set_by: Option<SetBy>,
        /// Priority: integer.
        pub priority: Option<i32>,
        /// Created on: date.
        pub created_on: Option<Date>,
        /// Intervention id: id.
        pub intervention_id: Option<String>,
        /// Quantity: number.
        pub quantity: Option<f64>,
        /// Unit: text.
        pub unit: Option<String>,
        /// Due on: date.
        pub due_on: Option<Date>,
        /// Date, repeated.
        pub reviewed_on: Vec<Date>,
        /// Day the citizen gave the goal up.
        pub withdrawn_on: Option<Date>,
        /// Not, partly, reached, exceeded.
        pub attainment: Option<Attainment>,
    }
}
