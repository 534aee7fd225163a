//! Who delivers outside our own house: suppliers and other municipalities, the agreement with each, the interventions given
//! to them, and the few pages that they themselves may open.
//!
//! The rules are in [`domain::supplier`]. What a supplier records of contacts, content and tests goes straight into the
//! citizen's record, by the same commands that staff use.

mod agreement;
mod agreement_form;
mod agreement_page;
mod give;
mod given_page;
mod list;
mod own;
mod own_list;
mod own_page;
mod own_test;
mod queries;
mod routes;

pub use agreement::{AgreementInput, NewSupplierUser, add_supplier, add_user, change_agreement};
pub(crate) use give::must_be_back;
pub use give::{GiveInput, give, set_aside, take_back};
pub(crate) use given_page::{given_href, standing};
pub use own::{ContactInput, Presence, ResultInput, record_contact, send_back};
pub use routes::routes;
