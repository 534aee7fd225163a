//! Who a person that calls may be, of those we know: by the CPR number, by name and birthday, by telephone. Shown before
//! anything is saved, so that nobody gets two records.

use domain::citizen::{Citizen, Identity};
use domain::identifiers::Cpr;
use jiff::civil::Date;
use store::{Row, StoreError, Tx};
use uuid::Uuid;

use crate::records;

/// Somebody we know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Likely {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) born_on: Option<Date>,
    pub(super) protected: bool,
    pub(super) open_course: bool,
    pub(super) why: Why,
}

/// What they share with the person who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    Number,
    NameAndBirthday,
    Phone,
}

impl Why {
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Number => "Samme CPR-nummer",
            Self::NameAndBirthday => "Samme navn og fødselsdag",
            Self::Phone => "Samme telefonnummer",
        }
    }
}

/// The citizens that may be the person told; nobody for who wants to be anonymous. Each by an index.
pub(super) fn likely(tx: &mut Tx<'_>, told: &Citizen) -> Result<Vec<Likely>, StoreError> {
    macro_rules! people {
        ($where:literal) => {
            concat!(
                "select c.id, c.given, c.surname, c.born_on, c.protected,
                    (select count(*) from course o where o.organization = c.organization and o.citizen = c.id and o.open)
                from citizen c where c.organization = $1 and ", $where, " order by c.id desc limit 10"
            )
        };
    }
    const NUMBER: &str = people!("c.number = $2");
    const NAME: &str = people!("c.surname_key = $2 and c.born_on = $3");
    const PHONE: &str = people!("c.phone_key = $2");
    if told.identity == Identity::Anonymous {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    if let Some(number) = told.identity.number() {
        found.extend(tx.query(NUMBER, &[number.into()], |r| read(r, Why::Number))?);
    }
    if !found.is_empty() {
        // The number says who it is; a namesake or a shared telephone would only confuse.
        return Ok(found);
    }
    if let Some(born_on) = told.identity.cpr().map(Cpr::birth_date) {
        let surname = told.name.surname.to_lowercase();
        found.extend(tx.query(NAME, &[(&surname).into(), born_on.into()], |r| read(r, Why::NameAndBirthday))?);
    }
    if let Some(phone) = told.phones.first().and_then(|phone| records::phone_key(&phone.number)) {
        let by_phone = tx.query(PHONE, &[(&phone).into()], |r| read(r, Why::Phone))?;
        let new: Vec<Likely> = by_phone.into_iter().filter(|p| found.iter().all(|f| f.id != p.id)).collect();
        found.extend(new);
    }
    Ok(found)
}

fn read(r: &mut Row<'_>, why: Why) -> Result<Likely, StoreError> {
    let (id, given, surname) = (r.take()?, r.take::<Option<String>>()?, r.take::<String>()?);
    let name = given.map_or_else(|| surname.clone(), |given| format!("{given} {surname}"));
    let (born_on, protected, open_course) = (r.take()?, r.take()?, r.take_number()? > 0);
    Ok(Likely { id, name, born_on, protected, open_course, why })
}
