//! The limits as people know them: what each is called, in what it is counted, where it comes from and how far it goes.

use domain::limits::Limits;

/// A limit that can be set.
pub(super) struct Limit {
    /// Name of the field.
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    pub(super) unit: &'static str,
    /// Requirement or agreement.
    pub(super) source: &'static str,
    pub(super) most: u16,
    pub(super) get: fn(&Limits) -> u16,
    pub(super) set: fn(&mut Limits, u16),
}

const WORKDAYS: &str = "arbejdsdage";
const DAYS: &str = "dage";
const MONTHS: &str = "måneder";
const LOCAL: &str = "Lokalt mål";

macro_rules! limits {
    ($($id:ident: $label:literal, $unit:expr, $source:expr, $most:literal;)+) => {
        /// All of them, in the order of a course.
        pub(super) const LIMITS: &[Limit] = &[$(Limit {
            id: stringify!($id),
            label: $label,
            unit: $unit,
            source: $source,
            most: $most,
            get: |limits| u16::from(limits.$id),
            // What is out of range was refused before.
            set: |limits, value| limits.$id = value.try_into().unwrap_or(limits.$id),
        }),+];
    };
}

limits! {
    receipt_workdays: "Svar til henviseren", WORKDAYS, "SP-004-06", 10;
    contact_workdays: "Første kontakt efter modtagelsen", WORKDAYS, "KS-2.2 siger hurtigst muligt. Tallet er et lokalt mål", 30;
    contact_attempts_max: "Forsøg, før borgeren får et brev", "forsøg", LOCAL, 10;
    unreachable_open_days: "Henvisningen står åben efter brevet", DAYS, LOCAL, 365;
    clarifying_days: "Afklarende samtale efter modtagelsen", DAYS, LOCAL, 180;
    start_days: "Indsatsen begynder efter bevillingen", DAYS, LOCAL, 180;
    documentation_workdays: "Notat efter en samtale", WORKDAYS, LOCAL, 30;
    plan_revision_days: "Samlet plan, når der kommer en indsats til", DAYS, LOCAL, 90;
    seat_offer_workdays: "Svar på tilbud om en plads på hold", WORKDAYS, LOCAL, 30;
    reminder_days: "Påmindelse om en tid før dagen", DAYS, LOCAL, 14;
    post_workdays: "Et brev er undervejs", WORKDAYS, "PostNord. Tallet er et lokalt mål", 15;
    no_show_workdays: "Kontakt efter udeblivelse", WORKDAYS, LOCAL, 30;
    dropout_days: "Kontakt efter frafald", DAYS, LOCAL, 90;
    closing_talk_days: "Afsluttende samtale efter sidste indsats", DAYS, LOCAL, 180;
    final_status_workdays: "Status til egen læge efter afslutning", WORKDAYS, "KS-3.5-02", 60;
    pause_max_days: "Længste pause i et forløb", DAYS, LOCAL, 365;
    nicotine_bridge_days: "Kontakt, mens borgeren venter på rygestop", DAYS, "KS-5.3-06 siger jævnligt. Tallet er et lokalt mål", 60;
    alcohol_start_workdays: "Samtale om alkohol efter henvendelsen", WORKDAYS, "KS-8.1-03. Tallet er et lokalt mål", 60;
    follow_up_window_days: "Opfølgning vises før sin dag", DAYS, LOCAL, 180;
    follow_up_first_months: "Første opfølgning efter afslutning", MONTHS, LOCAL, 60;
    follow_up_second_months: "Anden opfølgning efter afslutning", MONTHS, LOCAL, 60;
    follow_up_third_months: "Tredje opfølgning efter afslutning", MONTHS, LOCAL, 60;
    relapse_follow_up_days: "Ny anledning til hjælp efter tilbagefald", DAYS, LOCAL, 365;
    pregnancy_referral_workdays: "Beslutning om underretning ved graviditet", WORKDAYS, LOCAL, 5;
    soft_review_months: "Et udgivet tilbud gennemgås igen", "måneder", "KS-2.2-05 siger ajour. Tallet er et lokalt mål", 36;
}

/// "1 arbejdsdag", "5 arbejdsdage", "3 forsøg".
pub(super) fn counted(value: u16, unit: &str) -> String {
    let one = if value == 1 { unit.strip_suffix('e').or(unit.strip_suffix("er")).unwrap_or(unit) } else { unit };
    format!("{value} {one}")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;

    #[test]
    fn every_limit_of_the_program_can_be_set_and_read_back() {
        let json = serde_json::to_value(Limits::default()).unwrap();
        let mut stored: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        let mut listed: Vec<&str> = LIMITS.iter().map(|limit| limit.id).collect();
        stored.sort_unstable();
        listed.sort_unstable();
        assert_eq!(listed, stored);
        let mut limits = Limits::default();
        for limit in LIMITS {
            (limit.set)(&mut limits, limit.most);
            assert_eq!((limit.get)(&limits), limit.most, "{}", limit.id);
            assert!((limit.get)(&Limits::default()) <= limit.most, "{}", limit.id);
        }
    }
}
