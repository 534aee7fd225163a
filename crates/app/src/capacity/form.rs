//! The form of a plan: `medarbejdere`, `henvisninger` in per cent of today, and for each intervention in classes
//! `pladser-…` and `starter-…`. What is left out is as today.

use domain::codes::InterventionCode;
use simulation::{Field as Place, InputFault, Inputs, TeamPlan};

use super::today::Today;
use crate::layout::Field;
use crate::web::fields::Fields;

/// A line above the form.
pub(super) struct FormFault {
    /// Id of the field.
    pub(super) field: String,
    pub(super) message: String,
}

/// The fields as they were sent, and the plan when nothing is wrong with them.
pub(super) struct Planned {
    pub(super) staff: Field,
    pub(super) referrals: Field,
    pub(super) rows: Vec<PlanFields>,
    /// What is wrong, in the order of the page.
    pub(super) faults: Vec<FormFault>,
    pub(super) inputs: Inputs,
}

/// The fields of an intervention.
pub(super) struct PlanFields {
    pub(super) code: InterventionCode,
    pub(super) seats: Field,
    pub(super) starts: Field,
}

/// Name and id of the field with the seats of an intervention.
pub(super) fn seats_name(code: InterventionCode) -> String {
    format!("pladser-{}", code.word().replace('_', "-"))
}

/// Name and id of the field with its starts.
pub(super) fn starts_name(code: InterventionCode) -> String {
    format!("starter-{}", code.word().replace('_', "-"))
}

const STAFF: &str = "medarbejdere";
const REFERRALS: &str = "henvisninger";
/// Least and most of each field: within what the model takes (`simulation::Inputs`), and no more than a page has time for.
const STAFF_RANGE: (u32, u32) = (1, 500);
const SEATS_RANGE: (u32, u32) = (1, 40);
const STARTS_RANGE: (u32, u32) = (0, 300);

/// Reads the form against today.
pub(super) fn read(form: &Fields, today: &Today) -> Planned {
    let mut faults = Vec::new();
    let mut number = |name: &str, otherwise: u32, (least, most): (u32, u32)| {
        // What the municipality has today is never wrong.
        let most = most.max(otherwise);
        let value = match form.get(name) {
            Some(typed) => typed.trim().parse().ok().filter(|number| (least..=most).contains(number)),
            None => Some(otherwise),
        };
        let error = value.is_none().then(|| format!("Skriv et helt tal fra {least} til {most}."));
        if let Some(message) = &error {
            faults.push(FormFault { field: name.to_owned(), message: message.clone() });
        }
        let typed = form.get(name).cloned().unwrap_or_else(|| otherwise.to_string());
        (Field { value: typed, error }, value.unwrap_or(otherwise))
    };
    let (staff, professionals) = number(STAFF, today.inputs.professionals, STAFF_RANGE);
    let (referrals, percent) = number(REFERRALS, 100, (0, most_percent(today)));
    let mut teams = Vec::new();
    let mut rows = Vec::new();
    for plan in &today.inputs.teams {
        let (seats, seats_read) = number(&seats_name(plan.code), u32::from(plan.seats), SEATS_RANGE);
        let (starts, starts_a_year) = number(&starts_name(plan.code), plan.starts_a_year, STARTS_RANGE);
        rows.push(PlanFields { code: plan.code, seats, starts });
        teams.push(TeamPlan { code: plan.code, seats: u16::try_from(seats_read).unwrap_or(plan.seats), starts_a_year });
    }
    let factor =
        if percent == 100 { today.inputs.referrals } else { today.inputs.referrals * f64::from(percent) / 100.0 };
    let inputs = Inputs { referrals: factor, professionals, teams, ..today.inputs.clone() };
    Planned { staff, referrals, rows, faults, inputs }
}

/// Per cent of today that can be asked: three times today, and three times the model's own estimate.
fn most_percent(today: &Today) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some hundred per cent")]
    let most = (300.0 / today.inputs.referrals.max(1.0)).floor() as u32;
    most.max(100)
}

/// A fault that the model found, at its field.
pub(super) fn at_field(fault: InputFault) -> FormFault {
    let field = match fault.field {
        Place::Professionals => STAFF.to_owned(),
        Place::Referrals | Place::Inhabitants | Place::Runs => REFERRALS.to_owned(),
        Place::Seats(code) => seats_name(code),
        Place::Starts(code) | Place::Programme(code) => starts_name(code),
    };
    FormFault { field, message: fault.text }
}
