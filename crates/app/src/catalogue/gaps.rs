//! Who may lead what: `GET /katalog/kompetencer`. For each offer who holds what it needs, what nobody has seen, what runs out
//! within 90 days, and where nobody can lead it.
//!
//! Two queries: the offers, and what colleagues may hold.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use domain::calendar::PractitionerRole;
use domain::competence::{Competence, Holding};
use domain::offer::{Offer, Publication};
use domain::workdays::local_date;
use jiff::civil::Date;
use store::{Seen, Tx};

use super::queries;
use super::words::{href, joined};
use crate::layout::{Counts, Frame, Link, Nav, Tag};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, calendar};

#[derive(Template)]
#[template(path = "catalogue/gaps.html")]
pub(super) struct GapsPage {
    frame: Frame,
    rows: Vec<Row>,
    /// Offers that nobody can lead.
    open: usize,
}

struct Row {
    offer: Link,
    needs: String,
    leaders: Vec<String>,
    /// Peer instructors, when the offer has any use of them.
    beside: Vec<String>,
    gaps: Vec<Gap>,
}

/// Somebody whose competence somebody should look at.
struct Gap {
    who: String,
    what: &'static str,
    tag: Tag,
}

/// A colleague by title and initials, with what they may hold.
type Colleague = (String, PractitionerRole);

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<GapsPage>, AppError> {
    let today = local_date(app.now());
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing((queries::all(tx)?, calendar::practitioners(tx)?)));
    let (offers, staff) = app.store.view(caller.scope("offer.competences", app.now()), read).await?;
    let current = offers.iter().map(|offer| &offer.value);
    let current = current.filter(|o| matches!(o.publication, Publication::Draft | Publication::Published { .. }));
    let rows: Vec<Row> = current.map(|offer| row(offer, &staff, today)).collect();
    Ok(Page(GapsPage {
        frame: visit.frame(Nav::Offers, Counts::default()).await?,
        open: rows.iter().filter(|row| row.leaders.is_empty()).count(),
        rows,
    }))
}

fn row(offer: &Offer, staff: &[Colleague], today: Date) -> Row {
    let gap = |(who, role): &Colleague, one: Competence| {
        let holding = role.holding(one, today);
        let look = matches!(holding, Holding::Unproven | Holding::RunsOut(_) | Holding::Expired(_));
        look.then(|| Gap { who: who.clone(), what: one.label(), tag: calendar::holding_tag(holding) })
    };
    let gaps = staff.iter().flat_map(|person| offer.competences.iter().filter_map(move |one| gap(person, *one)));
    let peers = offer.competences.contains(&Competence::PeerInstructor);
    let beside = staff.iter().filter(|(_, role)| peers && role.holding(Competence::PeerInstructor, today).counts());
    Row {
        offer: Link::new(href(offer.id), offer.name.clone()),
        needs: joined(offer.competences.iter().map(|one| one.label())),
        leaders: leaders(offer, staff, today),
        beside: beside.map(|(who, _)| who.clone()).collect(),
        gaps: gaps.collect(),
    }
}

/// Who may lead an offer on a day, by title and initials: what has run out does not count.
pub(super) fn leaders(offer: &Offer, staff: &[Colleague], today: Date) -> Vec<String> {
    let held = |role: &PractitionerRole| -> BTreeSet<Competence> {
        role.competences.iter().copied().filter(|one| role.holding(*one, today).counts()).collect()
    };
    let may = staff.iter().filter(|(_, role)| offer.may_be_led_with(&held(role)));
    may.map(|(label, _)| label.clone()).collect()
}
