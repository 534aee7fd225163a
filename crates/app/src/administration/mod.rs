//! How the municipality is set up: its names and numbers, its people, the addresses it writes to, its limits, its
//! messages. A leader sees all of it and sets the limits; where messages come from and go to is for administrators.

mod address_form;
mod addresses;
mod demo;
mod limit_list;
mod limits;
mod messages;
mod organization;
mod routes;
mod staff;
mod staff_member;

pub use demo::{DemoReset, empty_demo};
pub use routes::routes;

use domain::organization::ManagingOrganization;

use crate::layout::Tab;
use crate::{App, AppError, Caller, organizations};

/// The pages, in the order of their tabs.
const PAGES: [(&str, &str); 7] = [
    ("/administration", "Organisation"),
    ("/administration/medarbejdere", "Medarbejdere"),
    ("/administration/adresser", "Adresser"),
    ("/administration/frister", "Frister"),
    ("/administration/tekster", "Tekster"),
    ("/administration/beskeder", "Beskeder"),
    ("/administration/redskaber", "Redskaber"),
];

pub(crate) fn tabs(current: &str) -> Vec<Tab> {
    let tab = |(href, label): (&str, &str)| Tab {
        href: href.into(),
        label: label.into(),
        count: None,
        current: href == current,
    };
    PAGES.into_iter().map(tab).collect()
}

/// What an organization is known by in its forms: who saves over a colleague's change is told.
pub(crate) fn stand(organization: &ManagingOrganization) -> String {
    let text = serde_json::to_string(organization).unwrap_or_default();
    store::sha256_hex(text.as_bytes()).chars().take(16).collect()
}

/// Saves a changed organization with the reason, unless somebody changed it since the form was made.
pub(crate) async fn save(
    app: &App,
    who: &Caller,
    action: &'static str,
    (form_stand, reason): (&str, &str),
    change: impl FnOnce(&mut ManagingOrganization),
) -> Result<(), AppError> {
    let before = organizations::find(app, who.organization).await?;
    if stand(&before) != form_stand {
        return Err(AppError::Rule {
            code: "organization_changed",
            message: "En kollega har ændret opsætningen, mens du skrev. Genindlæs siden, og ret igen.",
        });
    }
    let mut after = before.clone();
    change(&mut after);
    if after == before {
        return Ok(());
    }
    let scope = who.scope_because(action, app.now(), Some(reason.trim().to_owned()));
    organizations::change(app, scope, after).await
}
