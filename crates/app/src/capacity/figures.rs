//! What a plan leads to, as figures and a table of the whole.

use charts::{PlanRow, Plans, Range, Unit, decimal, percent};
use simulation::{PlanOutcome, ProgrammeOutcome, Spread};

/// A line of the table of the whole.
pub(super) struct WholeRow {
    pub(super) label: &'static str,
    pub(super) today: String,
    pub(super) planned: Option<String>,
}

/// A figure with its heading.
pub(super) struct FigureView {
    pub(super) id: &'static str,
    pub(super) heading: &'static str,
    pub(super) plans: Plans,
}

/// The whole of the municipality: the middle year, and where eight of ten lie.
pub(super) fn whole(today: &PlanOutcome, planned: Option<&PlanOutcome>) -> Vec<WholeRow> {
    let row = |label, say: fn(&PlanOutcome) -> String| WholeRow { label, today: say(today), planned: planned.map(say) };
    vec![
        row("Dage fra henvendelse til afklarende samtale, den midterste borger", |one| days(one.talk_wait)),
        row("Dage fra henvendelse til afklarende samtale, en af ti venter mere", |one| days(one.talk_wait_most)),
        row("Forløb, der begynder", |one| count(one.courses)),
        row("Forløb, der gennemføres", |one| count(one.completed)),
        row("Medarbejdernes tid til borgere, der er brugt", |one| share(one.staff_use)),
    ]
}

/// "14 (11–18)"; nothing when hardly anybody came so far.
fn days(spread: Option<Spread>) -> String {
    spread.map_or_else(|| "Ingen tal".to_owned(), count)
}

fn count(spread: Spread) -> String {
    let whole = |value| decimal(value, 0);
    format!("{} ({}–{})", whole(spread.middle), whole(spread.low), whole(spread.high))
}

fn share(spread: Spread) -> String {
    format!("{} ({}–{})", percent(spread.middle, 0), decimal(spread.low * 100.0, 0), percent(spread.high, 0))
}

/// Waiting time, fill, completed and who waits at the end, by intervention.
pub(super) fn by_programme(today: &PlanOutcome, planned: Option<&PlanOutcome>) -> Vec<FigureView> {
    let figure = |id, heading, unit, of: fn(&ProgrammeOutcome) -> Option<Spread>| FigureView {
        id,
        heading,
        plans: Plans {
            title: heading.to_owned(),
            of: "Indsats".to_owned(),
            unit,
            changed: planned.is_some(),
            rows: rows(today, planned, of),
        },
    };
    vec![
        figure("ventetid", "Ventetid til første mødegang", Unit::Days, |one| one.wait),
        figure("fyldning", "Fyldte pladser, når hold begynder", Unit::Share, |one| one.fill),
        figure("gennemfoert", "Borgere, der gennemfører", Unit::Count("borgere".to_owned()), |one| {
            Some(one.completed)
        }),
        figure("venter", "Borgere, der venter ved årets slutning", Unit::Count("borgere".to_owned()), |one| {
            Some(one.waiting)
        }),
    ]
}

fn rows(
    today: &PlanOutcome,
    planned: Option<&PlanOutcome>,
    of: fn(&ProgrammeOutcome) -> Option<Spread>,
) -> Vec<PlanRow> {
    let range = |one: Spread| Range { low: one.low, middle: one.middle, high: one.high };
    let row = |one: &ProgrammeOutcome| {
        let under = planned.and_then(|all| all.programmes.iter().find(|other| other.code == one.code));
        PlanRow { name: one.code.label().into(), today: of(one).map(range), planned: under.and_then(of).map(range) }
    };
    today.programmes.iter().map(row).collect()
}
