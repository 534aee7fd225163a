//! Tasks: what somebody must do, by when, and the rule that says so.

mod rules;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use rules::{ANSWER_WORKDAYS, TaskSpec, for_first_step, for_referral};

use crate::ids::{CitizenId, TaskId};
use crate::service_request::Owner;
use crate::words::word_enum;

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Stable id.
    pub id: TaskId,
    /// About whom, when it is about somebody.
    pub citizen: Option<CitizenId>,
    /// What it is about: the id of a request, course, intervention, message …
    pub subject: Uuid,
    /// What to do.
    pub kind: TaskKind,
    /// By when.
    pub due_on: Date,
    /// Who.
    pub owner: Owner,
    /// The requirement or rule that made it.
    pub rule: String,
    /// Where it stands.
    pub state: TaskState,
}

word_enum! {
    /// Whether a task is done.
    pub enum TaskState {
        /// To do.
        Open = ("open", "Åben"),
        /// Done.
        Done = ("done", "Gjort"),
        /// No longer needed.
        Cancelled = ("cancelled", "Bortfaldet"),
    }
}

word_enum! {
    /// What to do, as the next step is shown.
    pub enum TaskKind {
        /// Read a new request.
        CheckReferral = ("check_referral", "Læs henvisningen"),
        /// Call the citizen.
        ContactCitizen = ("contact_citizen", "Ring op"),
        /// Send the letter after the last attempt.
        SendLetter = ("send_letter", "Send brev"),
        /// Choose the first step.
        ChooseRoute = ("choose_route", "Vælg indgang"),
        /// Close a request whose letter was not answered.
        CloseUnreachable = ("close_unreachable", "Luk henvisningen"),
        /// Book or hold the first talk.
        HoldTalk = ("hold_talk", "Hold samtalen"),
        /// Give a planned talk a time.
        BookTalk = ("book_talk", "Book samtale"),
        /// Order interpreter, transport or company for a time that is booked.
        ArrangeNeed = ("arrange_need", "Bestil tolk eller kørsel"),
        /// Send the citizen the letter about a time.
        SendInvitation = ("send_invitation", "Send invitation"),
        /// Start what was granted.
        StartIntervention = ("start_intervention", "Start indsatsen"),
        /// Hold the needs talk.
        NeedsTalk = ("needs_talk", "Hold behovssamtale"),
        /// Hold the closing talk.
        ClosingTalk = ("closing_talk", "Hold afsluttende samtale"),
        /// Send the status to the doctor.
        SendStatus = ("send_status", "Send status til lægen"),
        /// Follow up.
        FollowUp = ("follow_up", "Følg op"),
        /// Look at a message that was refused.
        RefusedMessage = ("refused_message", "Ret og send igen"),
        /// Look at a correction.
        ReadCorrection = ("read_correction", "Læs rettelsen"),
        /// Remind the sender of a question that was not answered.
        AwaitAnswer = ("await_answer", "Rykker for svar"),
        /// Read what the sender answered.
        ReadAnswer = ("read_answer", "Læs svar fra afsender"),
        /// Make contact after a no-show.
        NoShow = ("no_show", "Kontakt efter udeblivelse"),
        /// Call the citizen about a time instead of writing.
        CallAboutTime = ("call_about_time", "Ring om tiden"),
        /// Keep in touch with somebody who waits for nicotine cessation.
        BridgeContact = ("bridge_contact", "Ring i ventetiden"),
        /// Hold the next talk of diet treatment.
        DietFollowUp = ("diet_follow_up", "Hold diætsamtale"),
        /// Assess whether diet treatment is still needed.
        DietReassess = ("diet_reassess", "Vurdér diætbehandlingen igen"),
        /// Find out why less is trained than planned.
        TrainingDose = ("training_dose", "Se på træningens omfang"),
        /// Ask whether the citizen got to the association.
        AskBridge = ("ask_bridge", "Spørg: kom du afsted?"),
        /// Send a notification to child and family services that was decided.
        SendNotification = ("send_notification", "Send underretningen"),
        /// Remind a supplier of results that are not back.
        AwaitResults = ("await_results", "Rykker for resultater"),
        /// Read what a supplier sent back.
        ReadResults = ("read_results", "Læs leverandørens resultater"),
        /// Talk with another department about a citizen's courses.
        Coordinate = ("coordinate", "Koordinér på tværs"),
        /// Make contact in a digital course.
        DigitalContact = ("digital_contact", "Kontakt i digitalt forløb"),
        /// Something that can harm a citizen if it waits.
        Safety = ("safety", "Sikkerhed"),
    }
}
