//! Requests that come by telephone, web or in person: self-referral, relatives, departments, the anonymous contact.

use std::collections::BTreeSet;

use domain::citizen::{Citizen, Identity, PersonName, Phone, PhoneKind};
use domain::codes::RequestedArea;
use domain::identifiers::{Cpr, CprError};
use domain::ids::{CitizenId, ServiceRequestId};
use domain::organization::ManagingOrganization;
use domain::referral::ReferralState;
use domain::service_request::{Channel, Flag, Owner, ServiceRequest, Source};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::likely::likely;
use crate::records::{self, StoredRequest};
use crate::{App, AppError, Caller, ids, tasks};

/// A request taken down by staff.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct NewRequest {
    /// CPR number; left out only for the anonymous alcohol contact.
    pub cpr: Option<String>,
    /// First names.
    pub given: Option<String>,
    /// Surname; taken from the person register when it is left out and the register knows the number.
    pub surname: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Who asks.
    #[schema(value_type = String)]
    pub source: Source,
    /// How it came.
    #[schema(value_type = String)]
    pub channel: Channel,
    /// What is asked for.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub areas: BTreeSet<RequestedArea>,
    /// Whether a chronic disease is the ground.
    pub chronic_disease: Option<bool>,
    /// Planned operation.
    #[schema(value_type = Option<String>, format = Date)]
    pub operation_on: Option<Date>,
    /// In the asker's words.
    pub text: Option<String>,
    /// Anonymous counselling about alcohol.
    #[serde(default)]
    pub anonymous: bool,
}

/// What was made.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
pub struct RequestOutcome {
    /// The request.
    #[schema(value_type = Uuid)]
    pub id: ServiceRequestId,
    /// The citizen.
    #[schema(value_type = Uuid)]
    pub citizen: CitizenId,
    /// A request about the same areas was open already; the new one is linked to it as a duplicate.
    #[schema(value_type = Option<Uuid>)]
    pub duplicate_of: Option<ServiceRequestId>,
}

/// Registers a request. MedCom is no channel here: its letters come through the mailbox.
pub async fn register(app: &App, who: &Caller, new: NewRequest) -> Result<RequestOutcome, AppError> {
    register_on(app, who, new, None).await
}

/// The same; `chosen` is somebody we know whom staff found to be the person that asks.
pub(super) async fn register_on(
    app: &App,
    who: &Caller,
    new: NewRequest,
    chosen: Option<CitizenId>,
) -> Result<RequestOutcome, AppError> {
    let organization = app.organization(who.organization).await?;
    let person = person(app, &new, &organization, app.now())?;
    register_person(app, who, new, person, chosen).await
}

/// The same for a person whose identity is established already; a replacement number is one, too.
pub(crate) async fn register_person(
    app: &App,
    who: &Caller,
    new: NewRequest,
    person: Citizen,
    chosen: Option<CitizenId>,
) -> Result<RequestOutcome, AppError> {
    let organization = app.organization(who.organization).await?;
    let now = app.now();
    app.store
        .write(who.scope("referral.register", now), move |tx| {
            let (citizen, is_new) = find_or_add(tx, person, chosen)?;
            let duplicate_of = open_request_about(tx, citizen, &new.areas)?;
            let request = request(&new, citizen, is_new, duplicate_of, now);
            let stored = StoredRequest::new(request, Vec::new(), &organization.settings.limits);
            records::add(tx, &stored)?;
            tasks::for_new_request(tx, &stored)?;
            Ok(RequestOutcome { id: stored.request.id, citizen, duplicate_of })
        })
        .await
}

/// Whom the caller is said to be, with name and address from the person register when it knows the number.
pub(super) fn person(
    app: &App,
    new: &NewRequest,
    home: &ManagingOrganization,
    now: Timestamp,
) -> Result<Citizen, AppError> {
    if new.channel == Channel::Medcom {
        return Err(AppError::field("channel", "not_by_hand", "Henvisninger fra MedCom kommer ind gennem postkassen."));
    }
    let identity = identity(new)?;
    let known = identity.cpr().and_then(|cpr| app.register.as_ref()?.find(cpr));
    let surname = new.surname.as_deref().map(str::trim).filter(|s| !s.is_empty());
    let surname = match (surname, &known, &identity) {
        (Some(surname), _, _) => surname.to_owned(),
        (None, Some(_), _) => String::new(),
        (None, None, Identity::Anonymous) => "Anonym".to_owned(),
        (None, None, _) => return Err(AppError::field("surname", "required", "Skriv efternavnet.")),
    };
    let phone = new.phone.as_deref().map(str::trim).filter(|p| !p.is_empty());
    let name = PersonName { given: new.given.clone().filter(|g| !g.trim().is_empty()), surname };
    let told = Citizen {
        phones: phone.map(|p| Phone { number: p.to_owned(), kind: PhoneKind::Mobile }).into_iter().collect(),
        ..Citizen::named(ids::new(now), identity, name)
    };
    Ok(match known {
        Some(person) => domain::person_register::refresh(told, &person, &home.code),
        None => told,
    })
}

/// The number, or none for the one contact that may be without: counselling about alcohol (consent rule 10).
pub(super) fn identity(new: &NewRequest) -> Result<Identity, AppError> {
    let text = new.cpr.as_deref().map(str::trim).filter(|t| !t.is_empty());
    match (text, new.anonymous) {
        (None, true) if new.areas.iter().eq([&RequestedArea::Alcohol]) => Ok(Identity::Anonymous),
        (_, true) => Err(AppError::field(
            "anonymous",
            "alcohol_only",
            "Kun rådgivning om alkohol kan være anonym, og uden CPR-nummer.",
        )),
        (None, false) => Err(AppError::field("cpr", "required", "Skriv CPR-nummeret.")),
        (Some(text), false) => Cpr::parse(text).map(Identity::Cpr).map_err(cpr_field),
    }
}

fn cpr_field(error: CprError) -> AppError {
    let message = match error {
        CprError::NotTenDigits(found) if found < 10 => {
            let missing = 10 - found;
            let word = if missing == 1 { "ciffer" } else { "cifre" };
            format!("Der mangler {missing} {word}. Et CPR-nummer har 10.")
        }
        CprError::NotTenDigits(_) => "Der er for mange cifre. Et CPR-nummer har 10.".into(),
        CprError::NotDigits => "Et CPR-nummer har kun cifre.".into(),
        CprError::NoSuchDate => "De første seks cifre er ikke en dato. Tjek nummeret.".into(),
    };
    AppError::field("cpr", "cpr", message)
}

/// The citizen of that number, or a new one. The telephone told is put first when it is not known.
fn find_or_add(tx: &mut Tx<'_>, told: Citizen, chosen: Option<CitizenId>) -> Result<(CitizenId, bool), AppError> {
    const SQL: &str = "select id from citizen where organization = $1 and number = $2";
    let known = match told.identity.number() {
        Some(number) => {
            tx.lock(&format!("citizen {number}"))?;
            tx.first(SQL, &[number.into()], |r| r.take::<Uuid>())?
        }
        None => None,
    };
    // Only who was shown can be chosen.
    let chosen = match chosen {
        Some(chosen) if known.is_none() => {
            let shown = likely(tx, &told)?.iter().any(|person| person.id == chosen.0);
            Some(shown.then_some(chosen.0).ok_or(AppError::NotFound("citizen"))?)
        }
        _ => None,
    };
    let Some(id) = known.or(chosen) else {
        let id = told.id;
        records::add(tx, &told)?;
        return Ok((id, true));
    };
    let before = records::one::<Citizen>(tx, id, id)?.ok_or(AppError::NotFound("citizen"))?;
    let mut now = before.value.clone();
    for phone in told.phones {
        if !now.phones.contains(&phone) {
            now.phones.insert(0, phone);
        }
    }
    records::save_if_changed(tx, &before, &now)?;
    Ok((CitizenId(id), false))
}

/// An open request about one of the same areas.
fn open_request_about(
    tx: &mut Tx<'_>,
    citizen: CitizenId,
    areas: &BTreeSet<RequestedArea>,
) -> Result<Option<ServiceRequestId>, AppError> {
    const SQL: &str = "select id from service_request where organization = $1 and citizen = $2 and open order by id";
    let open = tx.query(SQL, &[citizen.0.into()], |r| r.take::<Uuid>())?;
    for id in open {
        let stored =
            records::one::<StoredRequest>(tx, citizen.0, id)?.ok_or(StoreError::Unreadable { what: "request" })?;
        if stored.value.request.areas.intersection(areas).next().is_some() {
            return Ok(Some(ServiceRequestId(id)));
        }
    }
    Ok(None)
}

fn request(
    new: &NewRequest,
    citizen: CitizenId,
    is_new: bool,
    duplicate_of: Option<ServiceRequestId>,
    now: Timestamp,
) -> ServiceRequest {
    ServiceRequest {
        id: ids::new(now),
        citizen,
        received_at: now,
        source: new.source,
        channel: new.channel,
        requester: None,
        referrer: None,
        areas: new.areas.clone(),
        chronic_disease: new.chronic_disease,
        operation_on: new.operation_on,
        reason: new.text.clone().filter(|t| !t.trim().is_empty()),
        letter: None,
        focus_conditions: Vec::new(),
        state: duplicate_of.map_or(ReferralState::Received, |of| ReferralState::Duplicate { at: now, of }),
        owner: Owner::Intake,
        replaces: None,
        flags: if is_new { BTreeSet::from([Flag::UnknownCitizen]) } else { BTreeSet::new() },
        sender_told_at: None,
        asked_at: None,
        answered_at: None,
        next_attempt_on: None,
    }
}
