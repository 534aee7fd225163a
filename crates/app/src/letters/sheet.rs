//! A letter on its sheet, as it is printed and put into an envelope; `blocks.html` draws it.

use domain::citizen::{Citizen, PhoneKind};
use domain::organization::ManagingOrganization;
use jiff::civil::Date;

use super::Written;
use crate::citizens::phone_text;
use crate::layout::dates;
use crate::safety::LetterShape;

/// From whom, to whom, when and what.
pub(crate) struct Sheet {
    pub(crate) from: Vec<String>,
    /// Name and address, a line each; the name alone when the address is protected or unknown.
    pub(crate) to: Vec<String>,
    pub(crate) written_on: String,
    pub(crate) letter: Written,
    /// Where the text message goes, when the citizen has a mobile.
    pub(crate) mobile: Option<String>,
    /// Large type, few words, pictures.
    pub(crate) pictures: bool,
    /// The address is left out because it is protected.
    pub(crate) protected: bool,
}

impl Sheet {
    /// A letter to a citizen.
    pub(crate) fn to(
        citizen: &Citizen,
        home: &ManagingOrganization,
        shape: LetterShape,
        written_on: Date,
        letter: Written,
    ) -> Self {
        let mobile = citizen.phones.iter().find(|phone| phone.kind == PhoneKind::Mobile);
        Self {
            from: vec![home.name.clone(), home.department.clone()],
            to: addressee(citizen),
            written_on: dates::full_day(written_on),
            letter,
            mobile: mobile.map(|phone| phone_text(&phone.number)),
            pictures: shape.pictures,
            protected: citizen.protected_address,
        }
    }
}

fn addressee(citizen: &Citizen) -> Vec<String> {
    let mut lines = vec![citizen.name.full()];
    if let Some(address) = citizen.address.as_ref().filter(|_| !citizen.protected_address) {
        let town = [&address.post_code, &address.district].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        lines.extend(address.street.clone().into_iter().chain(address.suburb.clone()));
        lines.extend((!town.is_empty()).then_some(town));
    }
    lines
}
