//! The person before the case: who it is, what they need, how to reach them. A protected address never gets this far.

use domain::citizen::{Citizen, Needs, Relative};
use jiff::civil::Date;

use crate::layout::{Fact, PersonHeader, Tag, dates};

/// The head of every page about a citizen. `doctor` is the name of the citizen's own practice, when it was read.
pub fn person_header(citizen: &Citizen, doctor: Option<&str>, today: Date) -> PersonHeader {
    PersonHeader {
        name: citizen.name.full(),
        cpr: citizen
            .identity
            .cpr()
            .map(domain::identifiers::Cpr::with_dash)
            .or_else(|| citizen.identity.number().map(|number| format!("Erstatningsnummer {number}"))),
        age: citizen.age_on(today).map(|years| format!("{years} år")),
        needs: needs(&citizen.needs, citizen.language.as_deref()),
        protected: citizen.protected_address,
        address: citizen.shown_address().filter(|line| !line.is_empty()),
        facts: facts(citizen, doctor),
        dead: citizen.deceased_on.map(|day| dates::short_day(day, today)),
        href: None,
        seen_by_href: None,
    }
}

fn needs(needs: &Needs, language: Option<&str>) -> Vec<Tag> {
    let interpreter = language.map_or("Tolk".to_owned(), |language| format!("Tolk: {}", language.to_lowercase()));
    let all = [
        (needs.interpreter, "language", interpreter),
        (needs.hearing, "hearing", "Nedsat hørelse".to_owned()),
        (needs.sight, "eye", "Nedsat syn".to_owned()),
        (needs.transport, "car", "Behov for transport".to_owned()),
        (needs.companion, "relative", "Har en med".to_owned()),
        (needs.digital, "care", "Hjælp til det digitale".to_owned()),
    ];
    all.into_iter().filter(|(needed, ..)| *needed).map(|(_, icon, text)| Tag::need(icon, text)).collect()
}

fn facts(citizen: &Citizen, doctor: Option<&str>) -> Vec<Fact> {
    let mut facts: Vec<Fact> =
        citizen.phones.iter().map(|p| Fact::new(p.kind.label(), phone_text(&p.number))).collect();
    let more = [
        ("Foretrækker", citizen.needs.best_time.clone()),
        ("Sprog", citizen.language.clone().filter(|_| !citizen.needs.interpreter)),
        ("Egen læge", doctor.map(str::to_owned)),
        ("Flyttet til", citizen.moved_to.clone()),
    ];
    facts.extend(more.into_iter().filter_map(|(label, value)| Some(Fact::new(label, value?))));
    let relative = |r: &Relative| Fact {
        said: r.relation.label().to_owned(),
        ..Fact::new("Pårørende", format!("{}, ", r.name.full()))
    };
    facts.extend(citizen.relatives.iter().map(relative));
    facts
}

/// "70 00 00 10"; other than eight digits as it was given.
pub fn phone_text(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 8 || !digits.iter().all(char::is_ascii_digit) {
        return number.to_owned();
    }
    digits.chunks(2).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// An address to ring to; none when it is no number.
pub fn phone_href(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    match (digits.len(), digits.starts_with('+')) {
        (8, false) => Some(format!("tel:+45{digits}")),
        (9..=16, true) => Some(format!("tel:{digits}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::citizen::{Address, Identity, PersonName};
    use domain::identifiers::Cpr;
    use domain::ids::CitizenId;
    use jiff::civil::date;

    fn nancy(protected: bool) -> Citizen {
        let identity = Identity::Cpr(Cpr::parse("2512489996").expect("a test number"));
        let name = PersonName { given: Some("Nancy Ann Test".into()), surname: "Berggren".into() };
        Citizen {
            address: Some(Address { street: Some("Hindbærvej 23".into()), ..Address::default() }),
            protected_address: protected,
            language: Some("Arabisk".into()),
            needs: Needs { interpreter: true, ..Needs::default() },
            ..Citizen::named(CitizenId(uuid::Uuid::from_u128(1)), identity, name)
        }
    }

    #[test]
    fn a_protected_address_is_not_in_the_head() {
        let today = date(2026, 11, 24);
        assert_eq!(person_header(&nancy(false), None, today).address.as_deref(), Some("Hindbærvej 23"));
        let head = person_header(&nancy(true), None, today);
        assert_eq!((head.address, head.protected), (None, true));
    }

    #[test]
    fn an_interpreter_is_named_with_the_language_once() {
        let head = person_header(&nancy(false), None, date(2026, 11, 24));
        assert_eq!(head.needs[0].text, "Tolk: arabisk");
        assert!(head.facts.iter().all(|fact| fact.label != "Sprog"));
        assert_eq!(head.age.as_deref(), Some("77 år"));
    }

    #[test]
    fn eight_digits_are_read_in_pairs_and_can_be_rung() {
        assert_eq!(phone_text("70000010"), "70 00 00 10");
        assert_eq!(phone_text("lokal 12"), "lokal 12");
        assert_eq!(phone_href("70 00 00 10").as_deref(), Some("tel:+4570000010"));
        assert_eq!(phone_href("lokal 12"), None);
    }
}
