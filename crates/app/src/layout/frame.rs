//! The frame around every page: the menu that fits the role, who is logged in, the notice after a change.

use domain::organization::ManagingOrganization;
use domain::permission::{Permission, Role};

use crate::Caller;
use crate::language::Language;

/// What stands around a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Token of the forms.
    pub csrf: String,
    /// Whose drafts may lie on the device: the id of who is logged in, or nothing.
    pub user: String,
    /// The menu; empty when nobody is logged in.
    pub nav: Vec<NavItem>,
    /// The municipality.
    pub organisation: String,
    /// The caller's title.
    pub role: String,
    /// The caller's initials.
    pub initials: String,
    /// Only test persons here.
    pub demo: bool,
    /// What it is read in.
    pub language: Language,
    /// Address of the page, to come back to in the other language.
    pub here: String,
    /// What was just done.
    pub notice: Option<Notice>,
}

/// A line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// Address.
    pub href: String,
    /// Word.
    pub label: String,
    /// Sign.
    pub icon: &'static str,
    /// How many are new.
    pub count: Option<usize>,
    /// This is where we are.
    pub current: bool,
    /// Goes there after a "g".
    pub key: char,
    /// First of a group.
    pub starts_group: bool,
}

/// What was just done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// ok, soon or late.
    pub kind: &'static str,
    /// Sign.
    pub icon: &'static str,
    /// Words.
    pub text: String,
    /// Where a press undoes it.
    pub undo: Option<String>,
}

impl Notice {
    /// It went well.
    pub fn done(text: impl Into<String>) -> Self {
        Self { kind: "ok", icon: "done", text: text.into(), undo: None }
    }
}

/// Where in the menu a page belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    /// Nowhere.
    None,
    /// Start page.
    Overview,
    /// Referrals and other requests.
    Referrals,
    /// Citizens.
    Citizens,
    /// The calendar.
    Calendar,
    /// Teams.
    Teams,
    /// Sessions given for the day.
    Guest,
    /// Associations.
    Associations,
    /// Competences and working hours.
    Staff,
    /// Messages that came in.
    Mailbox,
    /// Delivery reports.
    Reporting,
    /// The quality standard.
    Quality,
    /// The indicators.
    Monitoring,
    /// Who takes part, and who is missing.
    Equity,
    /// What another capacity would lead to.
    Capacity,
    /// Meetings with practice, news, practices.
    Cooperation,
    /// Packs of figures.
    Packs,
    /// The catalogue of offers.
    Offers,
    /// How the municipality is set up.
    Administration,
    /// What a supplier has of ours.
    SupplierOwn,
}

/// What is new, when the page has counted it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// New referrals.
    pub referrals: Option<usize>,
    /// Messages that somebody must look at.
    pub mailbox: Option<usize>,
}

struct Entry {
    nav: Nav,
    href: &'static str,
    label: &'static str,
    icon: &'static str,
    key: char,
    permission: Permission,
    starts_group: bool,
}

/// The menu in its order. The start page is about citizens, so it asks for the same as the worklist.
const MENU: [Entry; 19] = [
    entry(Nav::Overview, "/", "Overblik", "home", 'o', Permission::ReferralRead, false),
    entry(Nav::Referrals, "/henvisninger", "Henvisninger", "inbox", 'h', Permission::ReferralRead, false),
    entry(Nav::Citizens, "/borgere", "Borgere", "person", 'b', Permission::CitizenRead, false),
    entry(Nav::Calendar, "/kalender", "Kalender", "calendar", 'k', Permission::CitizenRead, false),
    entry(Nav::Teams, "/hold", "Hold", "teams", 't', Permission::TeamRead, false),
    entry(Nav::Associations, "/foreninger", "Foreninger", "relative", 'f', Permission::TeamRead, false),
    entry(Nav::Mailbox, "/postkasse", "Postkasse", "mailbox", 'p', Permission::MailboxRead, true),
    entry(Nav::Quality, "/kvalitet", "Kvalitet", "quality", 'q', Permission::QualityRead, false),
    entry(Nav::Monitoring, "/maaltal", "Målepunkter", "quality", 'm', Permission::QualityRead, false),
    entry(Nav::Equity, "/lighed", "Lighed", "relative", 'e', Permission::QualityRead, false),
    entry(Nav::Cooperation, "/samarbejde", "Samarbejde", "talk", 'l', Permission::Cooperation, false),
    entry(Nav::Packs, "/pakker", "Pakker", "download", 'r', Permission::AuthorityView, false),
    entry(Nav::Reporting, "/indberetning", "Indberetning", "sent", 'i', Permission::Report, false),
    entry(Nav::Capacity, "/kapacitet", "Kapacitet", "swap", 'v', Permission::Plan, false),
    entry(Nav::Offers, "/katalog", "Tilbud", "document", 'u', Permission::OfferRead, false),
    entry(Nav::Staff, "/kalender/medarbejdere", "Arbejdstider", "relative", 'a', Permission::StaffWrite, false),
    entry(Nav::Administration, "/administration", "Administration", "settings", 'd', Permission::SetUp, false),
    entry(Nav::SupplierOwn, "/leverandoer", "Borgere hos os", "person", 'b', Permission::SupplierOwn, false),
    entry(Nav::Guest, "/gaest", "Dagens hold", "teams", 's', Permission::GuestSession, false),
];

const fn entry(
    nav: Nav,
    href: &'static str,
    label: &'static str,
    icon: &'static str,
    key: char,
    permission: Permission,
    starts_group: bool,
) -> Entry {
    Entry { nav, href, label, icon, key, permission, starts_group }
}

impl Frame {
    /// The frame of somebody who is logged in, around the bare one. The notice is the session's.
    pub fn new(caller: &Caller, organization: &ManagingOrganization, nav: Nav, counts: Counts, bare: Self) -> Self {
        Self {
            user: caller.user.to_string(),
            nav: menu(caller.role, nav, counts),
            organisation: organization.name.clone(),
            role: caller.title.clone(),
            initials: caller.initials.clone(),
            ..bare
        }
    }

    /// Whether the reader may look for citizens.
    pub fn searches(&self) -> bool {
        self.nav.iter().any(|item| item.href == "/borgere")
    }

    /// The frame when nobody is logged in.
    pub fn bare(csrf: &str, demo: bool) -> Self {
        Self {
            csrf: csrf.to_owned(),
            user: String::new(),
            nav: Vec::new(),
            organisation: String::new(),
            role: String::new(),
            initials: String::new(),
            demo,
            language: Language::default(),
            here: String::new(),
            notice: None,
        }
    }
}

fn menu(role: Role, current: Nav, counts: Counts) -> Vec<NavItem> {
    let allowed = MENU.iter().filter(|entry| role.may(entry.permission));
    allowed.map(|entry| item(entry, current, counts)).collect()
}

fn item(entry: &Entry, current: Nav, counts: Counts) -> NavItem {
    let count = match entry.nav {
        Nav::Referrals => counts.referrals,
        Nav::Mailbox => counts.mailbox,
        Nav::None
        | Nav::Overview
        | Nav::Citizens
        | Nav::Calendar
        | Nav::Teams
        | Nav::Guest
        | Nav::Associations
        | Nav::Staff
        | Nav::Reporting
        | Nav::Quality
        | Nav::Monitoring
        | Nav::Equity
        | Nav::Capacity
        | Nav::Cooperation
        | Nav::Packs
        | Nav::Offers
        | Nav::Administration
        | Nav::SupplierOwn => None,
    };
    NavItem {
        href: entry.href.to_owned(),
        label: entry.label.to_owned(),
        icon: entry.icon,
        count: count.filter(|n| *n > 0),
        current: entry.nav == current,
        key: entry.key,
        starts_group: entry.starts_group,
    }
}

/// The first page of the menu that a role may open.
pub fn first_page(role: Role) -> Option<&'static str> {
    MENU.iter().find(|entry| role.may(entry.permission)).map(|entry| entry.href)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(role: Role) -> Vec<String> {
        menu(role, Nav::None, Counts::default()).into_iter().map(|item| item.label).collect()
    }

    #[test]
    fn the_menu_shows_what_the_role_may_open() {
        let visitator =
            ["Overblik", "Henvisninger", "Borgere", "Kalender", "Hold", "Foreninger", "Postkasse", "Tilbud"];
        assert_eq!(labels(Role::Visitator), visitator);
        let professional = [
            "Overblik",
            "Henvisninger",
            "Borgere",
            "Kalender",
            "Hold",
            "Foreninger",
            "Kvalitet",
            "Målepunkter",
            "Lighed",
            "Tilbud",
        ];
        assert_eq!(labels(Role::Professional), professional);
        assert_eq!(
            labels(Role::Quality),
            ["Kvalitet", "Målepunkter", "Lighed", "Samarbejde", "Pakker", "Indberetning", "Tilbud", "Dagens hold"]
        );
        assert_eq!(labels(Role::Leader).len(), MENU.len() - 2, "all but a supplier's and a guest's own");
        assert_eq!(labels(Role::Supplier), ["Borgere hos os"]);
        assert_eq!(labels(Role::Authority), ["Pakker"]);
        assert_eq!(labels(Role::Guest), ["Dagens hold"]);
        assert_eq!(first_page(Role::Guest), Some("/gaest"));
        assert_eq!(first_page(Role::Administrator), Some("/postkasse"));
    }

    #[test]
    fn a_count_of_nothing_is_not_shown() {
        let counts = Counts { referrals: Some(4), mailbox: Some(0) };
        let items = menu(Role::Visitator, Nav::Referrals, counts);
        assert_eq!(
            items.iter().map(|i| i.count).collect::<Vec<_>>(),
            [None, Some(4), None, None, None, None, None, None]
        );
        assert_eq!(items.iter().filter(|i| i.current).map(|i| i.label.as_str()).collect::<Vec<_>>(), ["Henvisninger"]);
    }
}
