//! Why a task is there and by when it is due, in words: each row of a list says it.

use domain::deadlines::Deadline;
use domain::limits::{Limits, NICOTINE_WAIT_DAYS, STOP_FOLLOW_UP_MONTHS};
use domain::safety::NOTIFICATION_RULE;
use domain::service_request::ServiceRequest;
use domain::task::TaskKind;
use jiff::civil::Date;
use standard::STANDARD;

use crate::layout::dates;

/// The reason of a task, as a sentence. The numbers are the municipality's own.
pub fn why(kind: TaskKind, rule: &str, limits: &Limits) -> String {
    let workdays = |count: u16| format!("{count} {}", if count == 1 { "arbejdsdag" } else { "arbejdsdage" });
    match kind {
        TaskKind::CheckReferral => {
            format!("Ingen har læst den. Kontakt er lovet inden {}", workdays(limits.contact_workdays))
        }
        TaskKind::ContactCitizen if rule == "contact_attempts_max" => {
            format!("Ikke truffet endnu. Kontakt er lovet inden {}", workdays(limits.contact_workdays))
        }
        TaskKind::ContactCitizen => format!("Kontakt er lovet inden {}", workdays(limits.contact_workdays)),
        TaskKind::SendLetter => format!("{} forsøg uden svar, så borgeren får et brev", limits.contact_attempts_max),
        TaskKind::ChooseRoute => "Borgeren er truffet og venter på en indgang".to_owned(),
        TaskKind::CloseUnreachable => format!("Brevet er ikke besvaret i {} dage", limits.unreachable_open_days),
        TaskKind::HoldTalk if rule == Deadline::AlcoholTalk.rule() => {
            format!("Samtalen er lovet inden {} fra modtagelsen", workdays(limits.alcohol_start_workdays))
        }
        TaskKind::HoldTalk | TaskKind::NeedsTalk => {
            format!("Samtalen er lovet inden {} dage fra modtagelsen", limits.clarifying_days)
        }
        TaskKind::BookTalk => "Samtalen har ingen tid endnu".to_owned(),
        TaskKind::ArrangeNeed => "Behovet skal være bestilt før tiden".to_owned(),
        TaskKind::SendInvitation => "Borgeren har en tid og mangler brevet om den".to_owned(),
        TaskKind::StartIntervention => format!("Bevilget indsats begynder inden {} dage", limits.start_days),
        TaskKind::ClosingTalk => format!("Sidste indsats er slut. Samtalen er inden {} dage", limits.closing_talk_days),
        TaskKind::SendStatus => {
            format!("Forløbet er lukket. Lægen får status inden {}", workdays(limits.final_status_workdays))
        }
        TaskKind::FollowUp if rule == "promised_call" => "Du har lovet at ringe igen".to_owned(),
        TaskKind::FollowUp if rule == Deadline::StopFollowUp.rule() => {
            format!("STOPbasen følger op {STOP_FOLLOW_UP_MONTHS} måneder efter nikotinafvænningen")
        }
        TaskKind::FollowUp if rule == Deadline::NewOccasion.rule() => {
            "Ikke røgfri ved slutningen. Borgeren får en ny anledning til hjælp".to_owned()
        }
        TaskKind::FollowUp => "Opfølgningen er aftalt med borgeren".to_owned(),
        TaskKind::AskBridge => "Fire uger siden første gang i foreningen".to_owned(),
        TaskKind::RefusedMessage => "Modtageren kunne ikke tage imod beskeden".to_owned(),
        TaskKind::ReadCorrection => "Afsenderen har rettet henvisningen".to_owned(),
        TaskKind::AwaitAnswer => "Vi har spurgt afsenderen, og der er ikke svaret endnu".to_owned(),
        TaskKind::ReadAnswer => "Afsenderen har svaret på vores spørgsmål".to_owned(),
        TaskKind::NoShow => format!("Borgeren udeblev. Kontakt er inden {}", workdays(limits.no_show_workdays)),
        TaskKind::CallAboutTime => "Borgeren har en tid og skal ringes op om den i stedet for brev".to_owned(),
        TaskKind::BridgeContact => {
            format!("Borgeren venter på nikotinafvænning. Efter {NICOTINE_WAIT_DAYS} dage holder vi kontakten")
        }
        TaskKind::DietFollowUp => "Diætbehandling følges op mindst hver tredje måned".to_owned(),
        TaskKind::DietReassess => "Behovet for diætbehandling vurderes igen senest efter 12 måneder".to_owned(),
        TaskKind::TrainingDose => "Borgeren har trænet mindre end to gange om ugen".to_owned(),
        TaskKind::SendNotification => "Underretningen er besluttet og ikke sendt".to_owned(),
        TaskKind::Safety if rule == NOTIFICATION_RULE => {
            "Ingen har besluttet, om der skal underrettes. Forløbet kan ikke lukkes før".to_owned()
        }
        TaskKind::Safety if rule == "worrying_result" => {
            "Et resultat giver grund til bekymring og skal håndteres samme dag".to_owned()
        }
        TaskKind::AwaitResults => "Leverandøren skal have sendt resultater tilbage".to_owned(),
        TaskKind::ReadResults => "Leverandøren har sendt resultater tilbage".to_owned(),
        TaskKind::Coordinate => "Dagen er aftalt med den anden forvaltning".to_owned(),
        TaskKind::DigitalContact if rule == "digital_start" => "Et digitalt forløb begynder med en samtale".to_owned(),
        TaskKind::DigitalContact if rule == "digital_end" => "Et digitalt forløb slutter med en samtale".to_owned(),
        TaskKind::DigitalContact => "Tilbagemeldingen er aftalt med borgeren".to_owned(),
        TaskKind::Safety => "Det kan skade en borger, hvis det venter".to_owned(),
    }
}

/// The requirements of the quality standard that a task comes from: those of its [`Deadline`] that ask something of the request
/// behind it, or the one that is its rule. None for a habit of the house and for a day that was agreed.
pub(crate) fn requirements(kind: TaskKind, rule: &str, request: Option<&ServiceRequest>) -> Vec<&'static str> {
    let named = || STANDARD.requirement(rule).map(|it| it.id.as_str()).into_iter().collect();
    let all = |deadline: Deadline| {
        request.map_or_else(|| deadline.requirements().to_vec(), |request| deadline.requirements_of(request))
    };
    Deadline::of_task(kind, rule).map_or_else(named, all)
}

/// The reason of a task and its deadline, as its row says them.
pub(crate) fn why_and_when(kind: TaskKind, rule: &str, limits: &Limits, due_on: Date, today: Date) -> String {
    let verb = if due_on < today { "var" } else { "er" };
    format!("{}. Fristen {verb} {}", why(kind, rule, limits), dates::short_day(due_on, today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_task_says_why_and_the_numbers_are_the_municipalitys() {
        let limits = Limits { contact_workdays: 1, ..Limits::default() };
        assert!(TaskKind::ALL.iter().all(|kind| !why(*kind, "", &limits).is_empty()));
        assert_eq!(why(TaskKind::ContactCitizen, "contact_workdays", &limits), "Kontakt er lovet inden 1 arbejdsdag");
        assert!(why(TaskKind::ContactCitizen, "contact_attempts_max", &limits).starts_with("Ikke truffet endnu."));
    }
}
