//! What a rule reads: one number a limit.

use domain::limits::Limits;

use super::{LimitId, LocalLimits};
use crate::catalogue::STANDARD;

/// The limits in force for a municipality.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitValues {
    values: [f64; LimitId::ALL.len()],
    system: Limits,
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
        Self { values: LimitId::ALL.map(value), system: *system }
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
        self.system.follow_up_months()
    }

    /// The limits of the whole system, which tasks are counted by too.
    pub(crate) const fn system(&self) -> &Limits {
        &self.system
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
        LimitId::NicotineBridgeDays => |all| all.nicotine_bridge_days,
        LimitId::AlcoholStartWorkdays => |all| all.alcohol_start_workdays,
        LimitId::FollowupWindowDays => |all| all.follow_up_window_days,
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
    use domain::deadlines::{Deadline, Length};
    use domain::limits::{NICOTINE_WAIT_DAYS, STOP_FOLLOW_UP_MONTHS};

    use super::*;
    use crate::limits::LimitUnit;
    use crate::rules::RULES;

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
        let system = Limits { contact_workdays: 2, ..Limits::default() };
        let values = LimitValues::new(&system, &local);
        assert_eq!(values.count(LimitId::SmallGroupMax), 10);
        assert_eq!(values.count(LimitId::ContactWorkdays), 2);
    }

    #[test]
    fn what_the_standard_fixes_is_the_same_for_tasks() {
        let says = |limit: LimitId| STANDARD.limits[limit as usize].value.numbers().next();
        assert_eq!(says(LimitId::NicotineWaitDays), Some(f64::from(NICOTINE_WAIT_DAYS)));
        assert_eq!(says(LimitId::StopFollowupMonths), Some(f64::from(STOP_FOLLOW_UP_MONTHS)));
    }

    /// Limits of which none is as it was.
    fn moved() -> Limits {
        let add = |number: &mut u16| *number += 3;
        let mut all = Limits::default();
        for number in [
            &mut all.contact_workdays,
            &mut all.clarifying_days,
            &mut all.alcohol_start_workdays,
            &mut all.pregnancy_referral_workdays,
            &mut all.start_days,
            &mut all.nicotine_bridge_days,
            &mut all.no_show_workdays,
            &mut all.closing_talk_days,
            &mut all.final_status_workdays,
            &mut all.follow_up_window_days,
            &mut all.relapse_follow_up_days,
        ] {
            add(number);
        }
        all
    }

    #[test]
    fn a_deadline_is_as_long_as_its_limit_says_whatever_a_municipality_has_set() {
        for system in [Limits::default(), moved()] {
            let values = LimitValues::new(&system, &LocalLimits::default());
            for deadline in Deadline::ALL {
                let limit = LimitId::parse(deadline.limit()).unwrap();
                let definition = &STANDARD.limits[limit as usize];
                let (count, unit) = match deadline.length(&system) {
                    Length::Days(days) => (days, LimitUnit::Days),
                    Length::Workdays(days) => (days, LimitUnit::Workdays),
                    Length::Months(months) => (months, LimitUnit::Months),
                };
                assert_eq!((i32::from(count), unit), (values.count(limit), definition.unit), "{deadline:?}");
                let is_moved = values.count(limit) != LimitValues::default().count(limit);
                assert_eq!(is_moved, system != Limits::default() && definition.is_configurable(), "{deadline:?}");
            }
        }
    }

    #[test]
    fn a_deadline_stands_in_its_requirements_and_they_have_rules() {
        for deadline in Deadline::ALL {
            for id in deadline.requirements() {
                let rule = STANDARD.requirement(id).and_then(|it| it.rule()).unwrap();
                assert!(rule.limits.iter().any(|limit| limit == deadline.limit()), "{deadline:?}: {id}");
                assert!(RULES.iter().any(|rule| rule.requirement == *id), "{deadline:?}: {id}");
            }
        }
    }
}
