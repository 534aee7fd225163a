//! What differs between two versions of an entry: shown to staff beside what it was.

use super::{ActivityEntry, Price};

/// A field of an entry that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityChange {
    /// What the field is called.
    pub label: &'static str,
    /// What it said; empty when it said nothing.
    pub from: String,
    /// What it says now; empty when it was taken away.
    pub to: String,
}

/// The fields that differ, in the order of the form.
pub fn activity_changes(before: &ActivityEntry, now: &ActivityEntry) -> Vec<ActivityChange> {
    let fields = |entry: &ActivityEntry| {
        let yes = |it: bool| if it { "Ja" } else { "Nej" }.to_owned();
        let text = |it: &Option<String>| it.clone().unwrap_or_default();
        [
            ("Forening", entry.association.clone()),
            ("Aktivitet", entry.title.clone()),
            ("Slags", entry.kind.label().to_owned()),
            ("Om aktiviteten", text(&entry.about)),
            ("Sted", entry.place.clone()),
            ("Tid", entry.when()),
            ("Pris", entry.price.map(Price::text).unwrap_or_default()),
            ("Åben for begyndere", yes(entry.beginners)),
            ("Uden trin", yes(entry.step_free)),
            ("Video", text(&entry.video)),
            ("Kontaktperson", entry.contact.name.clone()),
            ("Telefon", text(&entry.contact.phone)),
            ("E-mail", text(&entry.contact.email)),
        ]
    };
    let pairs = fields(before).into_iter().zip(fields(now));
    pairs
        .filter(|((_, from), (_, to))| from != to)
        .map(|((label, from), (_, to))| ActivityChange { label, from, to })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::tests::walk;
    use crate::activity::{ActivityDay, PricePeriod};

    #[test]
    fn only_what_differs_is_told_with_what_it_was() {
        let before = walk().entry;
        assert_eq!(activity_changes(&before, &before), []);
        let price = Some(Price { kroner: 0, per: PricePeriod::Time });
        let now = ActivityEntry { price, day: ActivityDay::Friday, ..before.clone() };
        let told = activity_changes(&before, &now);
        let told: Vec<_> = told.iter().map(|c| (c.label, c.from.as_str(), c.to.as_str())).collect();
        let days = ("Tid", "Mandag kl. 10.00–11.30", "Fredag kl. 10.00–11.30");
        assert_eq!(told, [days, ("Pris", "20 kr. pr. gang", "Gratis")]);
    }
}
