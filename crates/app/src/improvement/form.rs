//! The forms of a board: names of the fields, read into inputs.

use domain::improvement::TestDecision;

use super::commands::{BoardInput, TestInput};
use crate::AppError;
use crate::web::fields::{self, Fields};

/// `navn`, `maal`, `laering` and `slut`.
pub(super) fn board(form: &Fields) -> BoardInput {
    BoardInput {
        name: fields::text(form, "navn").to_owned(),
        aim: fields::text(form, "maal").to_owned(),
        learning: fields::said(form, "laering").map(str::to_owned),
        over: form.contains_key("slut"),
    }
}

/// `plan`, `fra`, `til`, `gjort`, `set` and `beslutning`; none when nothing is planned.
pub(super) fn test(form: &Fields) -> Result<Option<TestInput>, AppError> {
    let Some(plan) = fields::said(form, "plan") else { return Ok(None) };
    let missing = || AppError::field("fra", "missing", "Skriv den dag, I begynder.");
    let act = fields::said(form, "beslutning").map(TestDecision::parse).transpose();
    let unknown = |_| AppError::field("beslutning", "unknown", "Vælg en af beslutningerne.");
    Ok(Some(TestInput {
        plan: plan.to_owned(),
        from: fields::day(form, "fra")?.ok_or_else(missing)?,
        to: fields::day(form, "til")?,
        did: fields::said(form, "gjort").map(str::to_owned),
        studied: fields::said(form, "set").map(str::to_owned),
        act: act.map_err(unknown)?,
    }))
}

/// A test that must be there.
pub(super) fn planned(form: &Fields) -> Result<TestInput, AppError> {
    test(form)?.ok_or_else(|| AppError::field("plan", "missing", "Skriv, hvad I prøver."))
}
