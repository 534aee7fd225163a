//! The status language: one table for the whole program of sign, word and colour.

use super::Tag;

macro_rules! tags {
    ($($(#[$meta:meta])* $name:ident = $kind:literal $icon:literal $text:literal;)+) => {
        impl Tag {$(
            $(#[$meta])*
            pub fn $name() -> Self {
                Self::of($kind, $icon, $text)
            }
        )+}
    };
}

impl Tag {
    /// A tag of a kind, a sign and words.
    pub fn of(kind: &'static str, icon: &'static str, text: impl Into<String>) -> Self {
        Self { kind, icon, text: text.into(), title: None }
    }

    /// Waits for somebody else, by name of who: "Venter på læge".
    pub fn waits_for(whom: &str) -> Self {
        Self::of("wait", "wait", format!("Venter på {whom}"))
    }

    /// What a citizen needs; shown with the person only.
    pub fn need(icon: &'static str, text: impl Into<String>) -> Self {
        Self::of("care", icon, text)
    }

    /// Done, in words of its own: "Opfyldt", "Nået".
    pub fn done(text: impl Into<String>) -> Self {
        Self::of("ok", "done", text)
    }

    /// Somebody must mend it, in words of its own: "Afvist", "Fejl".
    pub fn wrong(text: impl Into<String>) -> Self {
        Self::of("late", "error", text)
    }

    /// Begun: "Delvist", "1 mangler".
    pub fn partly(text: impl Into<String>) -> Self {
        Self::of("mute", "half", text)
    }

    /// Planned: "Fredag 27. nov. kl. 9".
    pub fn planned(text: impl Into<String>) -> Self {
        Self::of("mute", "calendar", text)
    }
}

tags! {
    /// Nobody has opened it.
    #[expect(clippy::new_without_default, reason = "the word is Ny; it is no default")]
    new = "new" "new" "Ny";
    /// Under way.
    under_way = "wait" "wait" "I gang";
    /// A message that waits for its turn.
    queued = "mute" "wait" "I kø";
    /// A message on its way.
    sent = "wait" "sent" "Sendt";
    /// A message that arrived.
    delivered = "ok" "delivered" "Leveret";
    /// A message that was refused.
    refused = "late" "error" "Afvist";
    /// A message that nobody answered in time.
    unanswered = "soon" "talk" "Ubesvaret";
    /// Kept here, not sent yet.
    not_sent = "soon" "swap" "Ikke sendt endnu";
    /// Not final.
    draft = "line" "draft" "Kladde";
    /// Wherever an address would stand.
    protected_address = "guard" "lock" "Beskyttet adresse";
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [&str; 9] = ["late", "soon", "ok", "wait", "care", "mute", "new", "line", "guard"];

    #[test]
    fn every_tag_has_a_kind_and_a_sign_that_exist() {
        let signs = include_str!("../../../../assets/icons.txt");
        let tags = [
            Tag::new(),
            Tag::under_way(),
            Tag::queued(),
            Tag::sent(),
            Tag::delivered(),
            Tag::refused(),
            Tag::unanswered(),
            Tag::not_sent(),
            Tag::draft(),
            Tag::protected_address(),
            Tag::waits_for("læge"),
            Tag::need("hearing", "Nedsat hørelse"),
            Tag::done("Opfyldt"),
            Tag::wrong("Fejl"),
            Tag::partly("1 mangler"),
            Tag::planned("Fredag"),
        ];
        for tag in tags {
            assert!(KINDS.contains(&tag.kind), "{tag:?}");
            assert!(signs.lines().any(|line| line.starts_with(&format!("{} = ", tag.icon))), "{tag:?}");
        }
    }
}
