//! Whether reporting is well, in a glance: what was refused and lies too long, and what waits to be sent and why.

use domain::workdays::local_date;
use fhir_gateway::{MENDED_WORKDAYS, is_overdue};
use jiff::Timestamp;
use store::{StoreError, Tx};

use super::outbox::{self, Waiting};
use crate::layout::{Tag, dates};

/// Refused reports that nobody has mended yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Refusals {
    /// All of them.
    pub all: usize,
    /// Those refused more than two working days ago.
    pub overdue: usize,
}

/// Counts them.
pub fn refusals(tx: &mut Tx<'_>, now: Timestamp) -> Result<Refusals, StoreError> {
    let refused = outbox::refused_at(tx)?;
    let today = local_date(now);
    let overdue = refused.iter().flatten().filter(|at| is_overdue(local_date(**at), today)).count();
    Ok(Refusals { all: refused.len(), overdue })
}

impl Refusals {
    /// What stands beside the number of those that are overdue.
    pub fn says(self) -> String {
        match self.all {
            0 => "Ingen indberetning er afvist".to_owned(),
            1 => format!("Ældre end {MENDED_WORKDAYS} arbejdsdage, af 1 afvist"),
            all => format!("Ældre end {MENDED_WORKDAYS} arbejdsdage, af {all} afviste"),
        }
    }
}

/// What waits to be sent.
pub(super) struct WaitingView {
    pub(super) tag: Tag,
    pub(super) reports: i64,
    pub(super) since: String,
    pub(super) why: String,
}

/// As it is read.
pub(super) fn waiting_view(waiting: &Waiting, has_gateway: bool, now: Timestamp) -> WaitingView {
    let again = |at: Option<Timestamp>| match at {
        Some(at) if at > now => format!("Næste forsøg er {}.", dates::when_exactly(at, now).replace("I ", "i ")),
        _ => "Næste forsøg er om lidt.".to_owned(),
    };
    let (tag, why) = match &waiting.last {
        _ if !has_gateway => {
            let why = "Der er ikke sat en forbindelse op til FK-Gateway. Indberetningerne ligger klar og kan hentes som \
                       filer for hver dag.";
            (Tag::of("mute", "info", "Ingen forbindelse sat op"), why.to_owned())
        }
        None => (Tag::of("mute", "soon", "Sendes"), "De sendes en ad gangen, den ældste først.".to_owned()),
        Some(last) => {
            let said = match last.http_status {
                Some(status @ (401 | 403 | 404 | 405 | 407)) => format!(
                    "FK-Gateway gav ikke adgang (svar {status}). Kontakt systemets forvalter; journalen skal ikke rettes."
                ),
                Some(status) => format!("FK-Gateway kan ikke tage imod lige nu (svar {status})."),
                None if !last.perhaps_arrived => {
                    "Der er ikke forbindelse til FK-Gateway. Varer det ved, så kontakt systemets forvalter.".to_owned()
                }
                None => "FK-Gateway svarer ikke. Samme nummer sendes igen, så intet kommer dobbelt.".to_owned(),
            };
            (Tag::of("soon", "wait", "Prøves igen"), format!("{said} {}", again(last.again_at)))
        }
    };
    WaitingView {
        tag,
        reports: waiting.reports,
        since: dates::when_exactly(waiting.since, now).replace("I ", "i "),
        why,
    }
}
