//! What the log of changes says was changed: whom to look at anew.

use std::collections::BTreeSet;

use uuid::Uuid;

/// What was changed since a place in the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Changed {
    /// Citizens with a new version of something.
    pub(super) citizens: BTreeSet<Uuid>,
    /// Messages that were sent, answered or taken back.
    pub(super) outgoing: BTreeSet<Uuid>,
    /// Letters, short messages and calls.
    pub(super) notices: BTreeSet<Uuid>,
    /// Reports.
    pub(super) reports: BTreeSet<Uuid>,
    /// Something that the tables of the municipality are made of.
    pub(super) municipality: bool,
    /// Something that everything may depend on.
    pub(super) all: bool,
}

impl Changed {
    /// Whether nobody has to be looked at.
    pub(super) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Reads an entry of the log: lines as [`store::Tx::save`] and [`store::Tx::note`] write them.
    pub(super) fn read(&mut self, records: &str) {
        records.lines().for_each(|line| self.line(line));
    }

    fn line(&mut self, line: &str) {
        let mut words = line.split(['/', ' ']);
        let (Some(first), second) = (words.next(), words.next().unwrap_or_default()) else { return };
        if let Ok(citizen) = Uuid::try_parse(first) {
            if citizen.is_nil() {
                // A partner that is told anew may have got another code, which any record may name.
                let version = words.nth(1).unwrap_or_default();
                self.all |= second == "partner" && version != "1";
                self.municipality |= OF_MUNICIPALITY.contains(&second);
            } else {
                self.citizens.insert(citizen);
                self.municipality |= OF_CITIZENS.contains(&second);
            }
            return;
        }
        let id = Uuid::try_parse(second).ok();
        match first {
            "outgoing" => self.outgoing.extend(id),
            "notice" => self.notices.extend(id),
            "report" => self.reports.extend(id),
            // Of those who went, their part was taken out; what is about the whole was not looked at.
            "retention" | "population_table" => self.municipality = true,
            // Which forms a file names for the first time is not in its line.
            "stopbasen" | "organization" | "demo" => self.all = true,
            _ => {}
        }
    }
}

/// Records about nobody that the rules read.
const OF_MUNICIPALITY: [&str; 10] = [
    "offer",
    "team",
    "activity",
    "declaration",
    "standard_settings",
    "practitioner_role",
    "improvement_board",
    "meeting",
    "consultant_note",
    "estimate",
];

/// Records of citizens that the tables of the municipality are made of: who waits for a seat, and what a session dealt with.
const OF_CITIZENS: [&str; 3] = ["planned_intervention", "checklist", "encounter"];

#[cfg(test)]
mod tests {
    use super::*;

    const CITIZEN: &str = "018f0000-0000-7000-8000-000000000001";
    const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

    fn read(line: &str) -> Changed {
        let mut changed = Changed::default();
        changed.read(line);
        changed
    }

    #[test]
    fn a_version_names_its_citizen_and_one_of_nobody_the_municipality() {
        let all = read(&format!("{CITIZEN}/course/{CITIZEN}/3/abc\n{CITIZEN}/goal/{CITIZEN}/1/abc"));
        assert_eq!((all.citizens.len(), all.municipality, all.all), (1, false, false));
        assert!(read(&format!("{CITIZEN}/checklist/{CITIZEN}/3/abc")).municipality, "what the session dealt with");
        assert!(read(&format!("population_table/{CITIZEN} residents abc")).municipality);
        assert!(read(&format!("{NOBODY}/team/{CITIZEN}/2/abc")).municipality);
        assert!(read(&format!("{NOBODY}/partner/{CITIZEN}/1/abc")).is_nothing());
        assert!(read(&format!("{NOBODY}/partner/{CITIZEN}/2/abc")).all);
    }

    #[test]
    fn what_is_no_version_is_found_by_its_own_id() {
        assert_eq!(read(&format!("outgoing {CITIZEN} sent")).outgoing.len(), 1);
        assert_eq!(read(&format!("notice/{CITIZEN}/done")).notices.len(), 1);
        assert_eq!(read(&format!("report {CITIZEN} accepted")).reports.len(), 1);
        assert!(read("organization abc").all && read("demo/emptied").all && read("stopbasen/export start 3 abc").all);
        assert!(read("test").is_nothing() && read("").is_nothing());
    }
}
