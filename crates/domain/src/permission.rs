//! Who may do what: roles and permissions. Every route asks for one.

use crate::words::word_enum;

word_enum! {
    /// What a member of staff is.
    pub enum Role {
        /// Takes in referrals.
        Visitator = ("visitator", "Visitator"),
        /// Holds talks and classes.
        Professional = ("professional", "Fagperson"),
        /// Coordinates teams and bridges to associations.
        Coordinator = ("coordinator", "Koordinator"),
        /// Watches over quality.
        Quality = ("quality", "Kvalitet"),
        /// Leads; may set a blocker aside.
        Leader = ("leader", "Leder"),
        /// Runs the program: messages, users, set-up.
        Administrator = ("administrator", "Administrator"),
        /// Somebody of an outside supplier or another municipality; sees the enrolments given there and nothing else.
        Supplier = ("supplier", "Leverandør"),
        /// Leads a session from outside, on the day it is given to them; sees nothing else.
        Guest = ("guest", "Gæsteinstruktør"),
        /// Somebody of the authority, when that is another than the municipality: sees aggregated figures and nothing else.
        Authority = ("authority", "Myndighed"),
        /// Another system, by token.
        System = ("system", "System"),
    }
}

word_enum! {
    /// What a route lets somebody do.
    pub enum Permission {
        /// Anybody, logged in or not.
        Public = ("public", "Alle"),
        /// Anybody who is logged in, suppliers too.
        OwnSession = ("own_session", "Alle, der er logget ind, også leverandører"),
        /// Anybody of the municipality who is logged in.
        LoggedIn = ("logged_in", "Alle, der er logget ind"),
        /// See the worklist and requests.
        ReferralRead = ("referral_read", "Se henvisninger"),
        /// Work on requests.
        ReferralWrite = ("referral_write", "Behandle henvisninger"),
        /// Open a citizen's record.
        CitizenRead = ("citizen_read", "Åbne journaler"),
        /// Change a citizen's record.
        CitizenWrite = ("citizen_write", "Ændre journaler"),
        /// Plan, hold and close courses.
        CourseWrite = ("course_write", "Føre forløb"),
        /// Set a close blocker aside.
        OverrideBlocker = ("override_blocker", "Sætte en hindring til side"),
        /// Create teams and take attendance.
        TeamWrite = ("team_write", "Føre hold"),
        /// See teams.
        TeamRead = ("team_read", "Se hold"),
        /// Take attendance of a session that was given to them for its day.
        GuestSession = ("guest_session", "Være gæsteinstruktør"),
        /// See the catalogue of offers.
        OfferRead = ("offer_read", "Se tilbud"),
        /// Describe, publish and go through offers.
        OfferWrite = ("offer_write", "Føre tilbud"),
        /// Hand messages to the program.
        MessageReceive = ("message_receive", "Aflevere beskeder"),
        /// See the mailbox with refused and quarantined messages.
        MailboxRead = ("mailbox_read", "Se postkassen"),
        /// See and build reports.
        Report = ("report", "Indberette"),
        /// See where the quality standard stands; names only for who may open records.
        QualityRead = ("quality_read", "Se kvalitetsstandarden"),
        /// Set limits of the quality standard, switch recommendations off, declare what no record shows.
        QualityWrite = ("quality_write", "Føre kvalitetsstandarden"),
        /// Make research extracts.
        Extract = ("extract", "Lave udtræk til forskning"),
        /// Try another capacity before it is changed.
        Plan = ("plan", "Planlægge kapacitet"),
        /// Keep the cooperation with general practice: meetings, notes, news, estimates; see figures of a practice and packs.
        Cooperation = ("cooperation", "Føre samarbejdet med almen praksis"),
        /// See the authority's view: aggregated figures with small numbers hidden.
        AuthorityView = ("authority_view", "Se myndighedens overblik"),
        /// Verify the audit.
        Audit = ("audit", "Efterprøve loggen"),
        /// Say what colleagues may hold, and when they work.
        StaffWrite = ("staff_write", "Sætte kompetencer og arbejdstider"),
        /// See how the municipality is set up, and change its limits.
        SetUp = ("set_up", "Se og sætte kommunens rammer"),
        /// See and write about the enrolments that one's own supplier has.
        SupplierOwn = ("supplier_own", "Se egne borgere som leverandør"),
        /// Set up organization and users.
        Administer = ("administer", "Administrere"),
    }
}

impl Role {
    /// Whether the role may.
    pub const fn may(self, permission: Permission) -> bool {
        use Permission as P;
        match permission {
            P::Public | P::OwnSession => true,
            P::LoggedIn => !matches!(self, Self::Supplier | Self::Authority),
            P::SupplierOwn => matches!(self, Self::Supplier),
            P::ReferralRead | P::CitizenRead | P::TeamRead => {
                matches!(self, Self::Visitator | Self::Professional | Self::Coordinator | Self::Leader | Self::System)
            }
            P::ReferralWrite => matches!(self, Self::Visitator | Self::Professional | Self::Leader | Self::System),
            P::CitizenWrite | P::CourseWrite | P::TeamWrite => {
                matches!(self, Self::Visitator | Self::Professional | Self::Coordinator | Self::Leader | Self::System)
            }
            // Whoever reads teams needs nobody to give them a session.
            P::GuestSession => matches!(self, Self::Guest | Self::Quality | Self::Administrator),
            P::OfferRead => matches!(
                self,
                Self::Visitator | Self::Professional | Self::Coordinator | Self::Quality | Self::Leader | Self::System
            ),
            P::OfferWrite | P::Cooperation => {
                matches!(self, Self::Coordinator | Self::Quality | Self::Leader | Self::System)
            }
            P::AuthorityView => {
                matches!(self, Self::Coordinator | Self::Quality | Self::Leader | Self::System | Self::Authority)
            }
            P::OverrideBlocker => matches!(self, Self::Leader),
            P::MessageReceive => matches!(self, Self::System | Self::Administrator),
            P::MailboxRead => matches!(self, Self::Visitator | Self::Leader | Self::Administrator | Self::System),
            P::Report => matches!(self, Self::Quality | Self::Leader | Self::Administrator | Self::System),
            P::QualityRead => {
                matches!(
                    self,
                    Self::Professional
                        | Self::Coordinator
                        | Self::Quality
                        | Self::Leader
                        | Self::Administrator
                        | Self::System
                )
            }
            P::QualityWrite => matches!(self, Self::Quality | Self::Leader | Self::System),
            P::Extract => matches!(self, Self::Leader | Self::System),
            P::Plan => matches!(self, Self::Leader | Self::System),
            P::Audit => matches!(self, Self::Quality | Self::Leader | Self::Administrator),
            P::StaffWrite => matches!(self, Self::Leader | Self::Administrator | Self::System),
            P::SetUp => matches!(self, Self::Leader | Self::Administrator),
            P::Administer => matches!(self, Self::Administrator),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who_may(permission: Permission) -> Vec<Role> {
        Role::ALL.iter().copied().filter(|role| role.may(permission)).collect()
    }

    #[test]
    fn only_a_leader_sets_a_blocker_aside() {
        assert_eq!(who_may(Permission::OverrideBlocker), [Role::Leader]);
    }

    #[test]
    fn quality_and_administration_open_no_records() {
        for permission in [Permission::CitizenRead, Permission::CitizenWrite, Permission::ReferralRead] {
            assert!(!Role::Quality.may(permission) && !Role::Administrator.may(permission), "{permission:?}");
        }
    }

    #[test]
    fn every_permission_is_held_by_somebody_and_writing_includes_reading() {
        assert!(Permission::ALL.iter().all(|permission| !who_may(*permission).is_empty()));
        for role in Role::ALL {
            for (write, read) in [
                (Permission::CitizenWrite, Permission::CitizenRead),
                (Permission::ReferralWrite, Permission::ReferralRead),
                (Permission::TeamWrite, Permission::TeamRead),
                (Permission::OfferWrite, Permission::OfferRead),
                (Permission::QualityWrite, Permission::QualityRead),
            ] {
                assert!(!role.may(write) || role.may(read), "{role:?}");
            }
        }
    }

    #[test]
    fn a_supplier_may_see_its_own_and_nothing_else() {
        let may: Vec<_> = Permission::ALL.iter().copied().filter(|one| Role::Supplier.may(*one)).collect();
        assert_eq!(may, [Permission::Public, Permission::OwnSession, Permission::SupplierOwn]);
        assert_eq!(who_may(Permission::SupplierOwn), [Role::Supplier]);
    }

    #[test]
    fn the_authority_sees_its_view_and_nothing_else() {
        let may: Vec<_> = Permission::ALL.iter().copied().filter(|one| Role::Authority.may(*one)).collect();
        assert_eq!(may, [Permission::Public, Permission::OwnSession, Permission::AuthorityView]);
    }

    #[test]
    fn a_guest_may_nothing_but_what_is_given_to_them() {
        let may: Vec<_> = Permission::ALL.iter().copied().filter(|permission| Role::Guest.may(*permission)).collect();
        assert_eq!(may, [Permission::Public, Permission::OwnSession, Permission::LoggedIn, Permission::GuestSession]);
        assert!(Role::ALL.iter().all(|role| !(role.may(Permission::GuestSession) && role.may(Permission::TeamRead))));
    }

    #[test]
    fn only_an_administrator_sets_up_users() {
        assert_eq!(who_may(Permission::Administer), [Role::Administrator]);
    }
}
