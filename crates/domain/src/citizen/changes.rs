//! What differs between two versions of a citizen's record, as the version list names it.

use super::Citizen;

/// The Danish names of the fields that differ, in the order of the record's page. Values are left out: a version list
/// must not show a protected address.
pub fn changes(old: &Citizen, new: &Citizen) -> Vec<&'static str> {
    // Taken apart so that a new field shows that it belongs here.
    let Citizen {
        id: _,
        identity,
        name,
        address,
        protected_address,
        phones,
        email,
        language,
        needs,
        relatives,
        general_practitioner,
        deceased_on,
        moved_to,
        entered_in_error,
    } = new;
    [
        (old.identity != *identity, "personnummer"),
        (old.name != *name, "navn"),
        (old.address != *address, "adresse"),
        (old.protected_address != *protected_address, "adressebeskyttelse"),
        (old.phones != *phones, "telefon"),
        (old.email != *email, "e-mail"),
        (old.language != *language, "sprog"),
        (old.needs != *needs, "behov"),
        (old.relatives != *relatives, "pårørende"),
        (old.general_practitioner != *general_practitioner, "egen læge"),
        (old.deceased_on != *deceased_on, "dødsdato"),
        (old.moved_to != *moved_to, "fraflytning"),
        (old.entered_in_error != *entered_in_error, "fejlregistrering"),
    ]
    .into_iter()
    .filter_map(|(differs, field)| differs.then_some(field))
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::citizen::{Address, Citizen, Identity, Needs, PersonName};
    use crate::identifiers::Cpr;
    use crate::ids::CitizenId;
    use jiff::civil::date;

    use super::changes;

    fn nancy() -> Citizen {
        let identity = Identity::Cpr(Cpr::parse("2512489996").unwrap());
        let name = PersonName { given: Some("Nancy Ann Test".into()), surname: "Berggren".into() };
        Citizen {
            address: Some(Address { street: Some("Testgade 1".into()), ..Address::default() }),
            ..Citizen::named(CitizenId(uuid::Uuid::from_u128(1)), identity, name)
        }
    }

    #[test]
    fn the_same_record_twice_has_no_changes() {
        assert!(changes(&nancy(), &nancy()).is_empty());
    }

    #[test]
    fn changed_fields_are_named_in_the_order_of_the_page() {
        let new = Citizen {
            protected_address: true,
            needs: Needs { asked: true, interpreter: true, ..Needs::default() },
            language: Some("arabisk".into()),
            ..nancy()
        };
        assert_eq!(changes(&nancy(), &new), ["adressebeskyttelse", "sprog", "behov"]);
    }

    #[test]
    fn a_replacement_number_that_becomes_a_cpr_number_is_a_change() {
        let before = Citizen { identity: Identity::Anonymous, ..nancy() };
        assert_eq!(changes(&before, &nancy()), ["personnummer"]);
    }

    #[test]
    fn initials_are_the_first_and_the_last_name() {
        assert_eq!(nancy().name.initials(), "NB");
        let asa = PersonName { given: Some("åge".into()), surname: "Test Østergård".into() };
        assert_eq!(asa.initials(), "ÅØ");
        assert_eq!(PersonName { given: None, surname: "Berggren".into() }.initials(), "B");
        assert_eq!(PersonName { given: Some(" ".into()), surname: String::new() }.initials(), "");
    }

    #[test]
    fn only_a_cpr_number_tells_the_age() {
        assert_eq!(nancy().age_on(date(2026, 12, 25)), Some(78));
        assert_eq!(Citizen { identity: Identity::Anonymous, ..nancy() }.age_on(date(2026, 12, 25)), None);
    }

    #[test]
    fn a_protected_address_is_neither_shown_nor_logged() {
        let hidden = Citizen { protected_address: true, ..nancy() };
        assert_eq!(hidden.shown_address(), None);
        assert_eq!(nancy().shown_address().as_deref(), Some("Testgade 1"));
        let logged = format!("{hidden:?}");
        assert!(!logged.contains("Testgade") && !logged.contains("Berggren") && !logged.contains("9996"));
    }
}
