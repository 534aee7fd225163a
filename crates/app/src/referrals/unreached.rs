//! The letter to a citizen who was not reached: `GET /henvisninger/{id}/brev`. Read by the citizen, printed by staff.
//!
//! No health words and no CPR number: the letter may lie on a table. A protected address is not in it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use domain::citizen::{Citizen, Identity};
use domain::limits::Limits;
use domain::organization::ManagingOrganization;
use domain::permission::Permission;
use domain::referral::ReferralState as State_;
use domain::service_request::Channel;
use domain::workdays::{day_bounds, local_date};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use store::Seen;
use uuid::Uuid;

use super::queries::{self, ReferralView};
use crate::layout::{Counts, Frame, Nav, dates};
use crate::letters::{self, Block, Sheet};
use crate::safety;
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "referrals/unreached.html")]
pub(super) struct UnreachedPage {
    frame: Frame,
    href: String,
    version: i64,
    /// Why there is no letter.
    none: Option<&'static str>,
    may_send: bool,
    sheet: Sheet,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<UnreachedPage>, AppError> {
    let home = app.organization(caller.organization).await?;
    let (now, limits, from) = (app.now(), home.settings.limits, Arc::clone(&home));
    let today = local_date(now);
    let (view, letter) = app
        .store
        .view(caller.scope("referral.letter_open", now), move |tx| {
            let view = queries::referral(tx, id.into())?;
            let at = sent_at(&view.request.value.request.state).unwrap_or(now);
            let letter = letters::write(tx, &letters::UNREACHED, &values(&view, &from, today), at)?;
            Ok::<_, AppError>(Seen::record(view.record.citizen.value.id.0, (view, letter)))
        })
        .await?;
    let (request, citizen) = (&view.request.value.request, &view.record.citizen.value);
    let due = matches!(&request.state, State_::Contacting { attempts, .. } if *attempts >= limits.contact_attempts_max);
    Ok(Page(UnreachedPage {
        frame: visit.frame(Nav::Referrals, Counts::default()).await?,
        href: format!("/henvisninger/{id}"),
        version: view.request.version,
        none: none(&request.state, citizen, due),
        may_send: due && caller.role.may(Permission::ReferralWrite),
        sheet: Sheet::to(citizen, &home, safety::letter_shape(&view.record), written_on(&request.state, today), letter),
    }))
}

/// What the program fills in.
fn values(view: &ReferralView, home: &ManagingOrganization, today: Date) -> letters::Values {
    let request = &view.request.value.request;
    let about = if request.channel == Channel::Medcom {
        "Vi har fået en henvisning om, at du kan få et tilbud hos os."
    } else {
        "Vi har fået en henvendelse om, at du gerne vil høre om vores tilbud."
    };
    let mut values = letters::Values::from([
        ("navn", view.record.citizen.value.name.full()),
        ("anledning", about.to_owned()),
        ("antal", attempts(view)),
        ("frist", dates::full_day(open_until(&request.state, today, &home.settings.limits))),
    ]);
    values.extend(letters::shared(home, safety::letter_shape(&view.record)));
    values
}

/// No letter goes to the dead or the anonymous, nor before the attempts are used.
fn none(state: &State_, citizen: &Citizen, due: bool) -> Option<&'static str> {
    if citizen.deceased_on.is_some() {
        return Some("Borgeren er død. Der sendes ikke breve.");
    }
    if citizen.identity == Identity::Anonymous {
        return Some("Borgeren er anonym. Der er ingen at sende brevet til.");
    }
    let written = due || matches!(state, State_::Unreachable { .. });
    (!written)
        .then_some("Brevet skrives, når alle forsøg på at ringe er brugt. Se på henvisningen, hvad næste skridt er.")
}

/// A letter that was sent says what it said then.
const fn written_on(state: &State_, today: Date) -> Date {
    if let State_::Unreachable { letter_on, .. } = state { *letter_on } else { today }
}

/// The end of the day on which it was sent.
fn sent_at(state: &State_) -> Option<Timestamp> {
    if let State_::Unreachable { letter_on, .. } = state { Some(day_bounds(*letter_on).1) } else { None }
}

fn open_until(state: &State_, today: Date, limits: &Limits) -> Date {
    match state {
        State_::Unreachable { open_until, .. } => *open_until,
        _ => today.saturating_add(i64::from(limits.unreachable_open_days).days()),
    }
}

fn attempts(view: &ReferralView) -> String {
    let id = view.request.value.request.id;
    match view.record.attempts.iter().filter(|a| a.value.service_request == id && !a.value.reached).count() {
        0 | 1 => "en gang".to_owned(),
        2 => "to gange".to_owned(),
        3 => "tre gange".to_owned(),
        more => format!("{more} gange"),
    }
}
