//! Taking a letter back before it has left: `POST /udgaaende/{id}/fortryd`.
//!
//! What the same act wrote to several receivers is taken back together. The letter stays as it was written, marked.

use axum::extract::{Path, State};
use axum::response::Redirect;
use domain::ids::CitizenId;
use domain::message::Delivery;
use domain::permission::Permission;
use jiff::Timestamp;
use store::Tx;
use uuid::Uuid;

use super::queries::outgoing_body;
use crate::web::Visit;
use crate::{App, AppError, Caller, courses, referrals};

const ALREADY_SENT: AppError = AppError::Rule {
    code: "already_sent",
    message: "Brevet er afsendt og kan ikke fortrydes. Skriv et nyt, eller ring til modtageren.",
};

/// What can be taken back is written by a person: receipts are not.
pub(crate) fn href(id: Uuid, kind: &str, delivery: &str) -> Option<String> {
    let can = kind.starts_with("XDIS") && delivery == Delivery::Queued.word();
    can.then(|| format!("/udgaaende/{id}/fortryd"))
}

/// Takes back a letter and those that were written with it; refused once it has left. A course whose status is taken
/// back has the task to send one again; a request whose sender was written to stands as before.
pub async fn take_back(app: &App, who: &Caller, id: Uuid) -> Result<Option<CitizenId>, AppError> {
    who.require(Permission::ReferralWrite)?;
    let home = app.organization(who.organization).await?;
    let (now, limits) = (app.now(), home.settings.limits);
    app.store
        .write(who.scope("outgoing.take_back", now), move |tx| {
            let (row, _, citizen) = outgoing_body(tx, id)?;
            if Delivery::parse(&row.delivery) == Ok(Delivery::TakenBack) {
                return Ok(citizen.map(CitizenId));
            }
            if href(id, &row.kind, &row.delivery).is_none() || mark(tx, id)? == 0 {
                return Err(ALREADY_SENT);
            }
            tx.note(&format!("outgoing {id} taken back"));
            if let Some(citizen) = citizen.filter(|_| row.kind == "XDIS15") {
                courses::status_is_due_again(tx, CitizenId(citizen), &limits, now)?;
            }
            if let Some(request) = row.service_request.filter(|_| row.kind == "XDIS91") {
                referrals::undo_step_of_letter(tx, request, row.queued_at)?;
            }
            Ok(citizen.map(CitizenId))
        })
        .await
}

/// Takes back what a step wrote about a request; refused when it has left.
pub(crate) fn take_back_all(tx: &mut Tx<'_>, request: Uuid, queued_at: Timestamp) -> Result<(), AppError> {
    const LEFT: &str =
        "select count(*) from outgoing where organization = $1 and service_request = $2 and kind = 'XDIS91'
        and queued_at = $3 and delivery not in ('queued', 'taken_back')";
    const MARK: &str = "update outgoing set delivery = 'taken_back', settled_at = $4
        where organization = $1 and service_request = $2 and kind = 'XDIS91' and queued_at = $3 and delivery = 'queued'";
    let about = [request.into(), queued_at.into()];
    if tx.first(LEFT, &about, |r| r.take::<i64>())?.unwrap_or_default() > 0 {
        return Err(ALREADY_SENT);
    }
    let at = tx.scope().at;
    tx.execute(MARK, &[request.into(), queued_at.into(), at.into()])?;
    Ok(())
}

fn mark(tx: &mut Tx<'_>, id: Uuid) -> Result<u64, AppError> {
    const SQL: &str = "update outgoing set delivery = 'taken_back', settled_at = $3
        where organization = $1 and delivery = 'queued' and exists (select 1 from outgoing o
            where o.organization = $1 and o.id = $2 and o.queued_at = outgoing.queued_at and o.kind = outgoing.kind
            and (o.id = outgoing.id or o.citizen = outgoing.citizen))";
    let at = tx.scope().at;
    Ok(tx.execute(SQL, &[id.into(), at.into()])?)
}

pub(super) async fn act(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Redirect, AppError> {
    take_back(&app, &caller, id).await?;
    visit.done(&format!("/udgaaende/{id}"), "Brevet er ikke sendt. Det står her, som du skrev det.").await
}
