//! Changing what is known of a citizen: contact data, protection, language, needs, relatives, own doctor.

use domain::citizen::{Address, Citizen, Needs, PersonName, Phone, Relative};
use domain::ids::{CitizenId, OrganizationId};
use serde::Deserialize;

use crate::records;
use crate::{App, AppError, Caller};

/// What staff may change. Fields left out stay as they are.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct CitizenInput {
    /// First names.
    pub given: Option<String>,
    /// Surname.
    pub surname: Option<String>,
    /// Address.
    #[schema(value_type = Option<Object>)]
    pub address: Option<Address>,
    /// Name and address protection.
    pub protected_address: Option<bool>,
    /// Telephones, the preferred one first.
    #[schema(value_type = Option<Vec<Object>>)]
    pub phones: Option<Vec<Phone>>,
    /// E-mail.
    pub email: Option<String>,
    /// Language, when it is not Danish.
    pub language: Option<String>,
    /// Needs; marks them as asked.
    #[schema(value_type = Option<Object>)]
    pub needs: Option<Needs>,
    /// Relatives.
    #[schema(value_type = Option<Vec<Object>>)]
    pub relatives: Option<Vec<Relative>>,
    /// Own doctor.
    #[schema(value_type = Option<Uuid>)]
    pub general_practitioner: Option<OrganizationId>,
}

/// Stores a new version of the citizen; the one before stays.
pub async fn edit(
    app: &App,
    who: &Caller,
    id: CitizenId,
    version: Option<i64>,
    input: CitizenInput,
) -> Result<i64, AppError> {
    let now = app.now();
    app.store
        .write(who.scope("citizen.edit", now), move |tx| {
            let before = records::one::<Citizen>(tx, id.0, id.0)?.ok_or(AppError::NotFound("citizen"))?;
            records::expect(version, before.version)?;
            if let Some(doctor) = input.general_practitioner {
                crate::organizations::partner(tx, doctor)?;
            }
            let now = changed(before.value.clone(), input)?;
            Ok(records::save_if_changed(tx, &before, &now)?)
        })
        .await
}

fn changed(was: Citizen, input: CitizenInput) -> Result<Citizen, AppError> {
    let surname = input.surname.map(|s| s.trim().to_owned());
    if surname.as_deref() == Some("") {
        return Err(AppError::field("surname", "required", "Skriv efternavnet."));
    }
    let text = |new: Option<String>, was: Option<String>| match new {
        Some(text) if text.trim().is_empty() => None,
        Some(text) => Some(text.trim().to_owned()),
        None => was,
    };
    Ok(Citizen {
        name: PersonName { given: text(input.given, was.name.given), surname: surname.unwrap_or(was.name.surname) },
        address: input.address.or(was.address),
        protected_address: input.protected_address.unwrap_or(was.protected_address),
        phones: input.phones.unwrap_or(was.phones),
        email: text(input.email, was.email),
        language: text(input.language, was.language),
        needs: input.needs.map_or(was.needs, |needs| Needs { asked: true, ..needs }),
        relatives: input.relatives.unwrap_or(was.relatives),
        general_practitioner: input.general_practitioner.or(was.general_practitioner),
        ..was
    })
}
