//! What will be reported and what was refused: the two lists above the days.
//!
//! What will be reported is built as it would be, and thrown away again: the list never says other than the report will.

use std::collections::BTreeMap;

use domain::ids::CitizenId;
use domain::organization::ManagingOrganization;
use domain::workdays::local_date;
use fhir_gateway::{BuildError, Inclusion, Resource, ResourceKind, is_overdue};
use jiff::Timestamp;
use jiff::civil::Date;
use store::Tx;
use uuid::Uuid;

use super::build::render;
use super::queries::{self, DueRow, RejectedRow};
use super::rejection::{Reason, reasons};
use crate::layout::{Tag, dates};
use crate::records;
use crate::{AppError, organizations};

/// So many citizens stand in the list.
const SHOWN: usize = 40;

/// A citizen with what the next report tells of them.
pub(super) struct Coming {
    pub(super) citizen: Uuid,
    since: Date,
    name: String,
    what: What,
}

/// What the next report tells.
enum What {
    /// These things.
    Told(Vec<Resource>),
    /// Nothing, as the rules are, and that is right.
    Nothing(String),
    /// Nothing, until somebody mends it.
    Wrong(String),
}

/// Whom something will be reported of, and whether there are more than these.
pub(super) fn coming(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    now: Timestamp,
) -> Result<(Vec<Coming>, bool), AppError> {
    let today = local_date(now);
    let limit = i64::try_from(SHOWN + 1).unwrap_or(i64::MAX);
    let due = queries::due(tx, today, limit)?;
    let more = due.len() > SHOWN;
    if due.is_empty() {
        return Ok((Vec::new(), false));
    }
    let organizations = organizations::partners(tx)?;
    let mut all = Vec::new();
    for DueRow { citizen, since } in due.into_iter().take(SHOWN) {
        let record = records::citizen_record(tx, CitizenId(citizen))?;
        let reported = queries::reported(tx, citizen, today)?;
        let what = match render(&organizations, home, &record, &reported, Uuid::nil(), now) {
            Ok(Some(report)) => What::Told(report.resources),
            Ok(None) => continue,
            Err(error @ AppError::Report(BuildError::NotReportable)) => What::Nothing(error.user_message()),
            Err(error @ (AppError::Report(_) | AppError::Rule { .. })) => What::Wrong(error.user_message()),
            Err(error) => return Err(error),
        };
        all.push(Coming { citizen, since, name: record.citizen.value.name.full(), what });
    }
    Ok((all, more))
}

/// A row of what will be reported.
pub(super) struct ComingLine {
    pub(super) name: String,
    pub(super) href: Option<String>,
    pub(super) what: String,
    pub(super) why: String,
    pub(super) tag: Tag,
}

/// As it is read; `again` says whether a report of the citizen was refused.
pub(super) fn coming_line(row: Coming, again: bool, may_open: bool, today: Date) -> ComingLine {
    let why = match (again, row.since == today) {
        (true, _) => "Afvist før, sendes igen".to_owned(),
        (false, true) => "Ændret i dag".to_owned(),
        (false, false) => format!("Ændret siden {}", dates::short_day(row.since, today)),
    };
    let (what, tag) = match row.what {
        What::Nothing(text) => (text, Tag::of("mute", "info", "Indberettes ikke")),
        What::Wrong(text) => (text, Tag::wrong("Kan ikke dannes")),
        What::Told(all) => {
            let tag = if row.since == today {
                Tag::of("mute", "soon", "Når dagen er gået")
            } else {
                Tag::of("soon", "document", "Klar til at dannes")
            };
            (in_words(&all), tag)
        }
    };
    ComingLine {
        name: shown_name(row.name, may_open),
        href: may_open.then(|| format!("/borgere/{}", row.citizen)),
        what,
        why,
        tag,
    }
}

/// "Ny: indsatsforløb, 2 indsats. Ændret: anledning". What is only referred to is not news.
fn in_words(resources: &[Resource]) -> String {
    let parts = [Inclusion::New, Inclusion::Updated].map(|inclusion| {
        let mut counts: BTreeMap<ResourceKind, usize> = BTreeMap::new();
        for resource in resources.iter().filter(|r| r.inclusion == inclusion) {
            *counts.entry(resource.kind).or_default() += 1;
        }
        let words: Vec<String> = counts.into_iter().map(|(kind, count)| counted(kind, count)).collect();
        if words.is_empty() { String::new() } else { format!("{}: {}", inclusion.label(), words.join(", ")) }
    });
    parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(". ")
}

fn counted(kind: ResourceKind, count: usize) -> String {
    let one = kind.label().to_lowercase();
    if count == 1 { one } else { format!("{one} ({count})") }
}

/// A report that was refused.
pub(super) struct RejectedLine {
    pub(super) name: String,
    pub(super) href: Option<String>,
    pub(super) day: String,
    pub(super) answered: Option<String>,
    pub(super) reasons: Vec<Reason>,
    pub(super) download_href: String,
    pub(super) again_href: String,
    /// It has lain for more than two working days.
    pub(super) overdue: bool,
}

/// As it is read.
pub(super) fn rejected_line(row: RejectedRow, may_open: bool, now: Timestamp) -> RejectedLine {
    let today = local_date(now);
    RejectedLine {
        overdue: row.answered_at.is_some_and(|at| is_overdue(local_date(at), today)),
        again_href: format!("/indberetning/{}/igen", row.id),
        reasons: reasons(row.outcome.as_deref(), &row.payload),
        name: shown_name(row.name, may_open),
        href: may_open.then(|| format!("/borgere/{}", row.citizen)),
        day: dates::long_day(row.day, today),
        answered: row.answered_at.map(|at| dates::when_exactly(at, now).replace("I ", "i ")),
        download_href: format!("/indberetning/{}/bundle", row.id),
    }
}

/// Names are for those who may open records.
fn shown_name(name: String, may_open: bool) -> String {
    if may_open { name } else { "Borger".to_owned() }
}
