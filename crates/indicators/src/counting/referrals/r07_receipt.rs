//! R07: electronic referrals with a receipt within `receipt_workdays`, in the month that the limit passes (SP-004-06).

use standard::LimitId;
use standard::facts::CourseFacts;
use standard::facts::words::{Channel, MessageKind};

use crate::counting::shared::received;
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let electronic = |channel| matches!(channel, Some(Channel::Xref15 | Channel::OtherMessage));
    for (referral, on) in received(course).filter(|(one, _)| electronic(one.channel)) {
        let due = seen.at.workdays_after(on, LimitId::ReceiptWorkdays);
        let mut receipts = course
            .messages
            .iter()
            .filter(|one| one.kind == Some(MessageKind::Receipt) && one.referral.as_ref() == Some(&referral.id));
        let in_time = receipts.any(|one| one.sent_on.is_some_and(|sent| sent <= due));
        tell(Unit::of(course, due).referral(referral).when(seen.is_over(due)).met(in_time));
    }
}
