//! The letters whose words a municipality may change. A new one is its texts beside this file and an entry here.

/// A letter to citizens, with the words it has until a municipality writes its own.
#[derive(Debug)]
pub(crate) struct LetterKind {
    /// Stable word, also in addresses.
    pub(crate) word: &'static str,
    /// What staff call it.
    pub(crate) title: &'static str,
    /// When it is sent.
    pub(crate) when: &'static str,
    /// The letter's words.
    pub(super) letter: &'static str,
    /// The words of the text message that says the same in short.
    pub(super) sms: &'static str,
    /// What the program fills in.
    pub(super) fields: &'static [LetterField],
}

/// Something that the program fills in.
#[derive(Debug)]
pub(super) struct LetterField {
    /// Between the braces.
    pub(super) name: &'static str,
    /// What it is.
    pub(super) says: &'static str,
    /// What it may be.
    pub(super) example: &'static str,
    /// A text message may be seen by others: only what tells nothing may stand in it.
    pub(super) in_sms: bool,
}

const fn field(name: &'static str, says: &'static str, example: &'static str) -> LetterField {
    LetterField { name, says, example, in_sms: true }
}

const fn letter_only(name: &'static str, says: &'static str, example: &'static str) -> LetterField {
    LetterField { name, says, example, in_sms: false }
}

const NAME: LetterField = letter_only("navn", "Borgerens navn", "Nancy Ann Berggren");
const CALL: LetterField = field("ring", "Opfordring til at ringe, med jeres nummer", "Ring til os på 70 00 00 99");
const SENDER: LetterField =
    field("afsender", "Kommunens og afdelingens navn", "Testby Kommune, Forebyggelse og Sundhed");
const PICTURES: LetterField =
    letter_only("billeder", "Er udfyldt, når borgeren får brevet i store bogstaver med billeder: skriv mindre", "");
const ALOUD: LetterField = letter_only(
    "oplæsning",
    "Tilbud om at få brevet læst op, når det er aftalt",
    "Vil du have brevet læst op? Ring til os på 70 00 00 99. Så læser vi det op for dig.",
);

/// About a time for a talk (M4 of the flow).
pub(crate) static INVITATION: LetterKind = LetterKind {
    word: "invitation",
    title: "Invitation til samtale",
    when: "Sendes, når en samtale har fået en tid.",
    letter: include_str!("texts/invitation.txt"),
    sms: include_str!("texts/invitation_sms.txt"),
    fields: &[
        NAME,
        field("dag", "Samtalens dag", "Tirsdag 1. december"),
        field("tid", "Klokkeslæt", "kl. 10.00 til 11.00"),
        field("sted", "Hvor samtalen er", "Sundhedscentret, lokale 2"),
        letter_only("med", "Titlen på den, borgeren taler med", "En sygeplejerske"),
        letter_only("hjælp", "Tolk, kørsel og følge, når det er bestilt. En liste", "- Der er en tolk med."),
        letter_only(
            "før",
            "Det, borgeren kan gøre før samtalen. En liste",
            "- Tænk gerne over, hvad der er vigtigt for dig i hverdagen.\n- Du må gerne tage en med, du er tryg ved.",
        ),
        CALL,
        SENDER,
        PICTURES,
        ALOUD,
    ],
};

/// To somebody who was not reached by telephone (M3 of the flow).
pub(crate) static UNREACHED: LetterKind = LetterKind {
    word: "ikke-truffet",
    title: "Vi har prøvet at ringe",
    when: "Sendes, når alle forsøg på at ringe er brugt.",
    letter: include_str!("texts/unreached.txt"),
    sms: include_str!("texts/unreached_sms.txt"),
    fields: &[
        NAME,
        letter_only(
            "anledning",
            "Om borgeren er henvist eller selv har henvendt sig",
            "Vi har fået en henvisning om, at du kan få et tilbud hos os.",
        ),
        letter_only("antal", "Hvor mange gange der er ringet", "tre gange"),
        field("frist", "Sidste dag, borgeren kan svare", "mandag 14. december"),
        CALL,
        SENDER,
        PICTURES,
        ALOUD,
    ],
};

/// Every letter, in the order of a course.
pub(super) static KINDS: [&LetterKind; 2] = [&UNREACHED, &INVITATION];

impl LetterKind {
    pub(super) fn of(word: &str) -> Option<&'static Self> {
        KINDS.into_iter().find(|kind| kind.word == word)
    }
}
