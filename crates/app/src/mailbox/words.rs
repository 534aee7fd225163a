//! The status language of messages, and which files may be handed on.

use domain::consent::Basis;
use domain::message::{Delivery, MessageKind, Outcome};

use crate::layout::Tag;

/// Where a message of ours stands.
pub fn delivery_tag(word: &str) -> Tag {
    match Delivery::parse(word) {
        Ok(Delivery::Queued) => Tag::queued(),
        Ok(Delivery::Sent) => Tag::sent(),
        Ok(Delivery::Delivered) => Tag::delivered(),
        Ok(Delivery::Refused) => Tag::refused(),
        Ok(Delivery::Unanswered) => Tag::unanswered(),
        Ok(state @ Delivery::Held) => Tag::partly(state.label()),
        Ok(state @ Delivery::TakenBack) => Tag::of("line", "return", state.label()),
        Err(_) => Tag::wrong("Ukendt"),
    }
}

/// What there is to do about a message of ours.
pub fn delivery_next(word: &str) -> &'static str {
    match Delivery::parse(word) {
        Ok(Delivery::Queued) => "Sendes om lidt. Der er intet at gøre.",
        Ok(Delivery::Sent) => "Venter på modtagerens kvittering.",
        Ok(Delivery::Delivered) => "Modtaget. Der er intet at gøre.",
        Ok(Delivery::Refused) => "Åbn brevet, se hvorfor, og send det igen.",
        Ok(Delivery::Unanswered) => "Ring til modtageren, og hør, om brevet er kommet.",
        Ok(Delivery::Held) => "Åbn brevet, og se, hvad det venter på.",
        Ok(Delivery::TakenBack) => "Blev ikke sendt. Skriv et nyt, hvis det stadig skal sendes.",
        Err(_) => "Åbn brevet.",
    }
}

/// What became of a message that came in.
pub fn outcome_tag(word: &str) -> Tag {
    match Outcome::parse(word) {
        Ok(Outcome::Accepted) => Tag::done("Taget ind"),
        Ok(Outcome::Duplicate) => Tag::partly(Outcome::Duplicate.label()),
        Ok(Outcome::Refused) => Tag::refused(),
        Ok(Outcome::Quarantined) => Tag::wrong(Outcome::Quarantined.label()),
        Ok(Outcome::Parked) => Tag::waits_for("sit brev"),
        Ok(Outcome::Logged) => Tag::partly(Outcome::Logged.label()),
        Err(_) => Tag::wrong("Ukendt"),
    }
}

/// What an incoming message is.
pub fn incoming_label(word: &str) -> &'static str {
    MessageKind::parse(word).map_or("Ukendt", MessageKind::label)
}

/// What a message of ours is.
pub fn outgoing_label(kind: &str) -> &'static str {
    match kind {
        "XDIS15" => "Afslutningsnotat",
        "XDIS91" => "Besked til henviseren",
        "XCTL03" => "Kvittering til afsenderen",
        "XCTL02" => "Afvisning til afsenderen",
        "VANS" => "Kvittering for kuverten",
        _ => "Besked",
    }
}

/// What a message of ours rests on.
pub(super) fn basis_text(basis: &Basis) -> String {
    match basis {
        Basis::Consent { .. } => "Borgerens samtykke".to_owned(),
        Basis::Section41 { reason } => format!("Sundhedsloven § 41: {reason}"),
        Basis::NoneNeeded => "Svar på afsenderens egen henvisning".to_owned(),
    }
}

/// The media type of a file that may be handed on; none for programs and for what nobody knows.
///
/// The list is the one MedCom names for pictures and documents; everything else stays where it is.
pub fn file_kind(extension: &str) -> Option<&'static str> {
    match extension.trim().trim_start_matches('.').to_ascii_lowercase().as_str() {
        "pdf" => Some("application/pdf"),
        "jpg" | "jpeg" => Some("image/jpeg"),
        "png" => Some("image/png"),
        "gif" => Some("image/gif"),
        "tif" | "tiff" => Some("image/tiff"),
        "bmp" => Some("image/bmp"),
        "txt" => Some("text/plain; charset=utf-8"),
        "csv" => Some("text/csv; charset=utf-8"),
        "rtf" => Some("application/rtf"),
        "doc" => Some("application/msword"),
        "docx" => Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        "xls" => Some("application/vnd.ms-excel"),
        "xlsx" => Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "dcm" => Some("application/dicom"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_never_handed_on() {
        for extension in ["exe", ".EXE", "com", "bat", "js", "html", "svg", ""] {
            assert_eq!(file_kind(extension), None, "{extension}");
        }
        assert_eq!(file_kind("PDF"), Some("application/pdf"));
    }

    #[test]
    fn every_state_of_a_message_has_its_tag() {
        assert!(Delivery::ALL.iter().all(|state| delivery_tag(state.word()).text != "Ukendt"));
        assert!(Outcome::ALL.iter().all(|state| outcome_tag(state.word()).text != "Ukendt"));
    }
}
