//! What a rule reads: one number a limit.

use domain::limits::Limits;

use super::{LimitId, LocalLimits};
use crate::catalogue::STANDARD;

/// The limits in force for a municipality.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitValues {
    values: [f64; LimitId::ALL.len()],
    follow_up_months: [u16; 3],
}

impl LimitValues {
    /// From the limits of the system and those set for the standard alone.
    pub fn new(system: &Limits, local: &LocalLimits) -> Self {
        let value = |limit: LimitId| {
            let definition = &STANDARD.limits[limit as usize];
            let set = || system_limit(limit).map(|get| f64::from(get(system))).or_else(|| local.get(limit));
            let first = definition.value.numbers().next().unwrap_or_default();
            if definition.is_configurable() { set().unwrap_or(first) } else { first }
        };
        Self { values: LimitId::ALL.map(value), follow_up_months: system.follow_up_months() }
    }

    /// A limit as a number.
    pub const fn number(&self, limit: LimitId) -> f64 {
        self.values[limit as usize]
    }

    /// A limit that is a whole number: days, months, a count.
    #[expect(clippy::cast_possible_truncation, reason = "the range of every unit is far below")]
    pub const fn count(&self, limit: LimitId) -> i32 {
        self.number(limit) as i32
    }

    /// Months after the end that follow-ups are agreed for.
    pub const fn follow_up_months(&self) -> [u16; 3] {
        self.follow_up_months
    }
}

impl Default for LimitValues {
    fn default() -> Self {
        Self::new(&Limits::default(), &LocalLimits::default())
    }
}

/// Where a limit stands in the limits of the whole system.
pub(super) fn system_limit(limit: LimitId) -> Option<fn(&Limits) -> u16> {
    let get: fn(&Limits) -> u16 = match limit {
        LimitId::ReceiptWorkdays => |all| all.receipt_workdays,
        LimitId::ContactWorkdays => |all| all.contact_workdays,
        LimitId::ContactAttemptsMax => |all| u16::from(all.contact_attempts_max),
        LimitId::UnreachableOpenDays => |all| all.unreachable_open_days,
        LimitId::AfklarendeDays => |all| all.clarifying_days,
        LimitId::StartDays => |all| all.start_days,
        LimitId::DocumentationWorkdays => |all| all.documentation_workdays,
        LimitId::PlanRevisionDays => |all| all.plan_revision_days,
        LimitId::NoshowWorkdays => |all| all.no_show_workdays,
        LimitId::DropoutDays => |all| all.dropout_days,
        LimitId::ClosingTalkDays => |all| all.closing_talk_days,
        LimitId::FinalStatusWorkdays => |all| all.final_status_workdays,
        LimitId::PauseMaxDays => |all| all.pause_max_days,
        LimitId::NicotineWaitDays => |all| all.nicotine_wait_days,
        LimitId::FollowupWindowDays => |all| all.follow_up_window_days,
        LimitId::StopFollowupMonths => |all| all.stop_follow_up_months,
        LimitId::StopFollowupWindowDays => |all| all.stop_follow_up_window_days,
        LimitId::RelapseFollowupDays => |all| all.relapse_follow_up_days,
        LimitId::PregnancyReferralWorkdays => |all| all.pregnancy_referral_workdays,
        LimitId::SoftReviewMonths => |all| all.soft_review_months,
        LimitId::FollowupMonths => |all| all.follow_up_first_months,
        _ => return None,
    };
    Some(get)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_of_the_system_start_as_the_standard_says() {
        let system = Limits::default();
        for limit in LimitId::ALL {
            let Some(get) = system_limit(limit) else { continue };
            let says = STANDARD.limits[limit as usize].value.numbers().next();
            assert_eq!(says, Some(f64::from(get(&system))), "{}", limit.word());
        }
        let months: Vec<f64> = STANDARD.limits[LimitId::FollowupMonths as usize].value.numbers().collect();
        assert_eq!(months, system.follow_up_months().map(f64::from));
    }

    #[test]
    fn a_municipality_moves_its_own_goals_and_nothing_else() {
        let mut local = LocalLimits::default();
        local.set(LimitId::SmallGroupMax, 10.0).unwrap();
        assert!(local.set(LimitId::SmallGroupMax, 0.0).is_err());
        assert!(local.set(LimitId::BmiObesity, 31.0).is_err());
        assert!(local.set(LimitId::ContactWorkdays, 3.0).is_err());
        let system = Limits { contact_workdays: 2, nicotine_wait_days: 60, ..Limits::default() };
        let values = LimitValues::new(&system, &local);
        assert_eq!(values.count(LimitId::SmallGroupMax), 10);
        assert_eq!(values.count(LimitId::ContactWorkdays), 2);
        assert_eq!(values.count(LimitId::NicotineWaitDays), 14, "the standard says fourteen");
    }
}
