//! Messages: what came in, what went out, and where each stands.

use crate::words::word_enum;

word_enum! {
    /// What a message is. The words of the first four are those of `receive --json`.
    pub enum MessageKind {
        /// XREF15.
        Referral = ("referral", "Henvisning"),
        /// XCTL01, XCTL02, XCTL03 or an envelope receipt.
        Receipt = ("receipt", "Kvittering"),
        /// XBIN01 or XBIN02.
        Attachment = ("attachment", "Bilag"),
        /// XDIS91.
        Correspondence = ("correspondence", "Korrespondance"),
        /// XDIS15.
        FinalNote = ("final_note", "Afslutningsnotat"),
        /// Could not be read.
        Unknown = ("unknown", "Ukendt"),
    }
}

word_enum! {
    /// What became of an incoming message.
    pub enum Outcome {
        /// Stored and used.
        Accepted = ("accepted", "Modtaget"),
        /// Seen before; nothing changed.
        Duplicate = ("duplicate", "Set før"),
        /// Answered with a negative receipt.
        Refused = ("refused", "Afvist"),
        /// Kept for the operator; nobody could be answered.
        Quarantined = ("quarantined", "I karantæne"),
        /// Waits for the letter it belongs to.
        Parked = ("parked", "Venter på sit brev"),
        /// Noted only.
        Logged = ("logged", "Noteret"),
    }
}

word_enum! {
    /// Where an outgoing message stands (medcom section 8).
    pub enum Delivery {
        /// Waits to be handed to the mailbox.
        Queued = ("queued", "I kø"),
        /// Handed to the mailbox.
        Sent = ("sent", "Sendt"),
        /// Receipted positively.
        Delivered = ("delivered", "Leveret"),
        /// Receipted negatively; a later positive receipt changes nothing.
        Refused = ("refused", "Afvist"),
        /// No receipt within the time set.
        Unanswered = ("unanswered", "Ubesvaret"),
        /// Held back: the citizen died before it left.
        Held = ("held", "Tilbageholdt"),
        /// Taken back by who wrote it, before it left.
        TakenBack = ("taken_back", "Fortrudt"),
    }
}

impl Delivery {
    /// What a receipt makes of it: a negative one always counts, a positive one never undoes a negative.
    #[must_use]
    pub const fn receipted(self, positive: bool) -> Self {
        match (self, positive) {
            (Self::Refused, _) | (_, false) => Self::Refused,
            (Self::Queued | Self::Sent | Self::Delivered | Self::Unanswered | Self::Held | Self::TakenBack, true) => {
                Self::Delivered
            }
        }
    }
}

/// Seconds that a letter waits before it is handed over, so that its writer can take it back (scenarios, "How to read
/// the numbers": undo for ten seconds on anything that sends).
pub const TAKE_BACK_SECONDS: i64 = 10;

/// Minutes without a receipt after which a message counts as unanswered (MedCom, agreed time for end systems).
pub const UNANSWERED_AFTER_MINUTES: i64 = 120;
