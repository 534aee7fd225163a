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
    /// What the program fills in beside what it fills in everywhere.
    own: &'static [LetterField],
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

static NAME: LetterField = letter_only("navn", "Borgerens navn", "Nancy Ann Berggren");
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
const DAY: LetterField = field("dag", "Dagen", "tirsdag 8. december");
const TIME: LetterField = field("tid", "Klokkeslæt", "kl. 10.00 til 11.00");
const PLACE: LetterField =
    field("sted", "Hvor det er. Tomt, når stedets navn siger noget om helbred", "Sundhedscentret, lokale 2");
const HELP: LetterField =
    letter_only("hjælp", "Tolk, kørsel og følge, når det er bestilt. En liste", "- Der er en tolk med.");

/// What is filled in after what is a letter's own, in every one.
static EVERYWHERE: [LetterField; 4] = [CALL, SENDER, PICTURES, ALOUD];

/// About a time for a talk (M4 of the flow).
pub(crate) static INVITATION: LetterKind = LetterKind {
    word: "invitation",
    title: "Invitation til samtale",
    when: "Sendes, når en samtale har fået en tid.",
    letter: include_str!("texts/invitation.txt"),
    sms: include_str!("texts/invitation_sms.txt"),
    own: &[
        field("dag", "Samtalens dag", "Tirsdag 1. december"),
        TIME,
        field("sted", "Hvor samtalen er", "Sundhedscentret, lokale 2"),
        letter_only("med", "Titlen på den, borgeren taler med", "En sygeplejerske"),
        HELP,
        letter_only(
            "før",
            "Det, borgeren kan gøre før samtalen. En liste",
            "- Tænk gerne over, hvad der er vigtigt for dig i hverdagen.\n- Du må gerne tage en med, du er tryg ved.",
        ),
    ],
};

/// To somebody who was not reached by telephone (M3 of the flow).
pub(crate) static UNREACHED: LetterKind = LetterKind {
    word: "ikke-truffet",
    title: "Vi har prøvet at ringe",
    when: "Sendes, når alle forsøg på at ringe er brugt.",
    letter: include_str!("texts/unreached.txt"),
    sms: include_str!("texts/unreached_sms.txt"),
    own: &[
        letter_only(
            "anledning",
            "Om borgeren er henvist eller selv har henvendt sig",
            "Vi har fået en henvisning om, at du kan få et tilbud hos os.",
        ),
        letter_only("antal", "Hvor mange gange der er ringet", "tre gange"),
        field("frist", "Sidste dag, borgeren kan svare", "mandag 14. december"),
    ],
};

/// A free seat on a team.
pub(crate) static SEAT_OFFER: LetterKind = LetterKind {
    word: "tilbud-om-plads",
    title: "Tilbud om plads på hold",
    when: "Sendes, når en plads bliver tilbudt.",
    letter: include_str!("texts/seat_offer.txt"),
    sms: include_str!("texts/seat_offer_sms.txt"),
    own: &[
        field("næste", "Holdets næste gang", "tirsdag 8. december kl. 9.00 til 10.30"),
        field("frist", "Sidste dag, borgeren kan svare", "fredag 4. december"),
    ],
};

/// About a seat on a team (M7 of the flow).
pub(crate) static SEAT: LetterKind = LetterKind {
    word: "plads",
    title: "Plads på hold",
    when: "Sendes, når borgeren har fået en plads.",
    letter: include_str!("texts/seat.txt"),
    sms: include_str!("texts/seat_sms.txt"),
    own: &[
        DAY,
        TIME,
        PLACE,
        letter_only(
            "dage",
            "Holdets dage. En liste",
            "- Tirsdag 8. december kl. 9.00 til 10.30\n- Tirsdag 15. december kl. 9.00 til 10.30",
        ),
        HELP,
    ],
};

/// Before a time or a session.
pub(crate) static REMINDER: LetterKind = LetterKind {
    word: "paamindelse",
    title: "Påmindelse om en tid",
    when: "Sendes nogle dage før en tid eller en gang på holdet.",
    letter: include_str!("texts/reminder.txt"),
    sms: include_str!("texts/reminder_sms.txt"),
    own: &[field("hvad", "Om det er en tid eller et hold", "din tid hos os"), DAY, TIME, PLACE, HELP],
};

/// A time or a session that is not held.
pub(crate) static CALLED_OFF: LetterKind = LetterKind {
    word: "aflysning",
    title: "Aflysning",
    when: "Sendes, når en tid eller en gang på holdet bliver aflyst.",
    letter: include_str!("texts/called_off.txt"),
    sms: include_str!("texts/called_off_sms.txt"),
    own: &[
        field("hvad", "Om det er en tid eller et hold", "Dit hold"),
        DAY,
        TIME,
        field("derefter", "Hvad der sker i stedet", "Vi mødes i stedet tirsdag 15. december kl. 9.00 til 10.30."),
    ],
};

/// The plan that was made together (M5 of the flow).
pub(crate) static PLAN: LetterKind = LetterKind {
    word: "plan",
    title: "Borgerens plan",
    when: "Sendes, når planen er aftalt eller ændret.",
    letter: include_str!("texts/plan.txt"),
    sms: include_str!("texts/plan_sms.txt"),
    own: &[
        letter_only("mål", "Borgerens mål i borgerens egne ord. En liste", "- Jeg vil kunne gå en tur med min hund."),
        letter_only("indsatser", "Det, kommunen tilbyder. En liste", "- Fysisk træning på hold"),
        letter_only("selv", "Det, borgeren selv gør. En liste", "- Gåtur hver dag"),
        letter_only("kontakt", "Hvem borgeren kan spørge", "Du kan spørge Sygeplejerske TN."),
    ],
};

/// What the course led to, and the way back (M15 of the flow).
pub(crate) static CLOSING: LetterKind = LetterKind {
    word: "afslutning",
    title: "Afslutningsbrev",
    when: "Sendes, når forløbet er afsluttet.",
    letter: include_str!("texts/closing.txt"),
    sms: include_str!("texts/closing_sms.txt"),
    own: &[
        letter_only(
            "mål",
            "Borgerens mål, og hvordan det gik. En liste",
            "- Jeg vil kunne gå en tur med min hund. Det er nået.",
        ),
        letter_only("plan", "Det, borgeren vil blive ved med. En liste", "- Gåtur hver dag"),
        letter_only("opfølgning", "Aftalt opfølgning. En liste", "- Omkring 1. marts 2027"),
    ],
};

/// An agreed follow-up (M16 of the flow).
pub(crate) static FOLLOW_UP: LetterKind = LetterKind {
    word: "opfoelgning",
    title: "Opfølgning",
    when: "Sendes, når en aftalt opfølgning er nær.",
    letter: include_str!("texts/follow_up.txt"),
    sms: include_str!("texts/follow_up_sms.txt"),
    own: &[DAY],
};

/// Every letter, in the order of a course.
pub(super) static KINDS: [&LetterKind; 9] =
    [&UNREACHED, &INVITATION, &PLAN, &SEAT_OFFER, &SEAT, &REMINDER, &CALLED_OFF, &CLOSING, &FOLLOW_UP];

impl LetterKind {
    pub(super) fn of(word: &str) -> Option<&'static Self> {
        KINDS.into_iter().find(|kind| kind.word == word)
    }

    /// Everything that the program fills in.
    pub(super) fn fields(&self) -> impl Iterator<Item = &'static LetterField> + use<> {
        [&NAME].into_iter().chain(self.own).chain(&EVERYWHERE)
    }

    /// Names of its fields.
    pub(crate) fn field_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.fields().map(|field| field.name)
    }
}
