//! Where an offer stands: draft, in public, run out, withdrawn; and when somebody must go through it again.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Lack, Offer, OnSoft};
use crate::ids::UserId;

/// So many days before its last day an offer is warned about (a local choice: time to prolong it or tell the practices).
pub const WARN_DAYS: i32 = 60;

/// Where an offer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Publication {
    /// Never shown.
    Draft,
    /// In public.
    Published {
        /// Since this day.
        on: Date,
    },
    /// Its last day is past.
    Expired {
        /// The last day.
        on: Date,
    },
    /// Taken out of public.
    Withdrawn {
        /// On this day.
        on: Date,
        /// Why, when somebody said.
        reason: Option<String>,
    },
}

impl Publication {
    /// The stable word of database and API.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published { .. } => "published",
            Self::Expired { .. } => "expired",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

/// That somebody went through the offer and found it right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The day.
    pub on: Date,
    /// Who.
    pub by: UserId,
    /// Title and initials, as colleagues read them: "Koordinator SH".
    pub by_label: String,
}

/// What an offer's people should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing to do.
    Fine,
    /// It runs out in so many days; 0 is today.
    RunsOut(i32),
    /// Nobody has gone through it, or too long ago.
    ReviewDue,
}

/// Why something cannot be done with an offer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OfferError {
    /// The template lacks what a reader must know.
    #[error("the offer lacks {} fields of the template", .0.len())]
    Incomplete(Vec<Lack>),
    /// Its last day is past.
    #[error("the last day of the offer is past")]
    Over,
    /// It is kept out of public for a reason.
    #[error("the offer is not for the public")]
    NotPublic,
    /// It is in public already.
    #[error("the offer is published already")]
    AlreadyPublished,
    /// It is not in public.
    #[error("the offer is not published")]
    NotPublished,
}

impl OfferError {
    /// What staff read.
    pub fn user_message(&self) -> String {
        match self {
            Self::Incomplete(lacks) => {
                let fields: Vec<&str> = lacks.iter().map(|lack| lack.label()).collect();
                format!("Tilbuddet kan ikke være udgivet uden: {}", fields.join(", "))
            }
            Self::Over => "Tilbuddets sidste dag er gået. Ret tidsbegrænsningen først.".into(),
            Self::NotPublic => "Tilbuddet er mærket ikke offentligt. Fjern begrundelsen først.".into(),
            Self::AlreadyPublished => "Tilbuddet er allerede udgivet.".into(),
            Self::NotPublished => "Tilbuddet er ikke udgivet.".into(),
        }
    }
}

impl Offer {
    /// Whether anybody may see it on a day.
    pub fn is_public(&self, today: Date) -> bool {
        matches!(self.publication, Publication::Published { .. }) && !self.is_over(today)
    }

    /// Whether its last day is past.
    pub fn is_over(&self, today: Date) -> bool {
        self.last_day().is_some_and(|last| last < today)
    }

    /// Puts it in public: complete, not over, not kept out.
    pub fn publish(self, today: Date) -> Result<Self, OfferError> {
        if matches!(self.publication, Publication::Published { .. }) {
            return Err(OfferError::AlreadyPublished);
        }
        let published = Self { publication: Publication::Published { on: today }, ..self };
        published.check(today)?;
        Ok(published)
    }

    /// Whether it may stand where it stands; for what is in public after it was edited.
    pub fn check(&self, today: Date) -> Result<(), OfferError> {
        if !matches!(self.publication, Publication::Published { .. }) {
            return Ok(());
        }
        if self.not_public_reason.is_some() {
            return Err(OfferError::NotPublic);
        }
        let lacks = self.blocking_lacks();
        if !lacks.is_empty() {
            return Err(OfferError::Incomplete(lacks));
        }
        if self.is_over(today) { Err(OfferError::Over) } else { Ok(()) }
    }

    /// Takes it out of public. It can be published again.
    pub fn withdraw(self, today: Date, reason: Option<String>) -> Result<Self, OfferError> {
        if !matches!(self.publication, Publication::Published { .. }) {
            return Err(OfferError::NotPublished);
        }
        let reason = reason.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Self { publication: Publication::Withdrawn { on: today, reason }, ..self })
    }

    /// What the night makes of it: in public and past its last day is run out. All else stays as it is.
    #[must_use]
    pub fn expire(self, today: Date) -> Self {
        match (&self.publication, self.last_day()) {
            (Publication::Published { .. }, Some(last)) if last < today => {
                Self { publication: Publication::Expired { on: last }, ..self }
            }
            _ => self,
        }
    }

    /// Says that somebody went through it.
    #[must_use]
    pub fn reviewed(self, review: Review) -> Self {
        Self { review: Some(review), ..self }
    }

    /// Remembers what was copied to SOFT.
    #[must_use]
    pub fn put_on_soft(self, hash: String, on: Date, by: UserId) -> Self {
        Self { on_soft: Some(OnSoft { hash, on, by }), ..self }
    }

    /// The day by which somebody must go through it again; none when nobody has yet.
    pub fn review_due_on(&self, review_months: u16) -> Option<Date> {
        self.review.as_ref().map(|review| review.on.saturating_add(i32::from(review_months).months()))
    }

    /// Whether a review is due: never made, older than the limit, or older than what is shown (KS-2.2-05).
    pub fn review_is_due(&self, today: Date, review_months: u16) -> bool {
        let Some(review) = &self.review else { return true };
        review.on < self.changed_on || self.review_due_on(review_months).is_none_or(|due| due <= today)
    }

    /// What its people should look at. Only what is in public has a standing: a draft is nobody's promise yet.
    pub fn standing(&self, today: Date, review_months: u16) -> Standing {
        if !matches!(self.publication, Publication::Published { .. }) {
            return Standing::Fine;
        }
        let left = self.last_day().and_then(|last| today.until(last).ok()).map(|span| span.get_days());
        match left {
            Some(days) if days <= WARN_DAYS => Standing::RunsOut(days.max(0)),
            _ if self.review_is_due(today, review_months) => Standing::ReviewDue,
            _ => Standing::Fine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Provider, TimeLimit};
    use super::*;
    use crate::codes::InterventionCode;
    use crate::ids::OfferId;
    use jiff::civil::date;
    use uuid::Uuid;

    const TODAY: Date = date(2026, 11, 24);

    fn draft() -> Offer {
        Offer::draft(OfferId(Uuid::from_u128(1)), "Rygestop".into(), InterventionCode::NicotineCessation, TODAY)
    }

    fn complete() -> Offer {
        let mut offer = draft();
        let said = || "Sagt".to_owned();
        offer.description.target_group = said();
        offer.formats = [super::super::Format::Group].into();
        offer.description.content = said();
        offer.description.evidence_base = said();
        offer.description.how_to_refer = said();
        offer.description.contact.phone = "70000099".into();
        offer.time_limit = Some(TimeLimit::Ongoing);
        offer
    }

    fn until(day: Date) -> Offer {
        Offer { time_limit: Some(TimeLimit::Until(day)), ..complete() }
    }

    #[test]
    fn an_offer_is_published_when_the_template_says_what_a_reader_must_know() {
        let lacks = draft().blocking_lacks();
        assert_eq!(draft().publish(TODAY), Err(OfferError::Incomplete(lacks.clone())));
        for lack in [Lack::TargetGroup, Lack::EvidenceBase, Lack::TimeLimit] {
            assert!(lacks.contains(&lack), "SP-004-01 names {lack:?}");
        }
        let published = complete().publish(TODAY).unwrap();
        assert!(published.is_public(TODAY));
        assert_eq!(published.publish(TODAY), Err(OfferError::AlreadyPublished));
    }

    #[test]
    fn a_bought_offer_says_from_whom() {
        let bought = Offer { provider: Provider::Bought, ..complete() };
        assert_eq!(bought.publish(TODAY), Err(OfferError::Incomplete(vec![Lack::ProviderName])));
    }

    #[test]
    fn what_is_kept_out_or_over_is_not_published() {
        let pilot = Offer { not_public_reason: Some("Lukket prøvehold".into()), ..complete() };
        assert_eq!(pilot.publish(TODAY), Err(OfferError::NotPublic));
        assert_eq!(until(date(2026, 11, 23)).publish(TODAY), Err(OfferError::Over));
        assert!(until(TODAY).publish(TODAY).is_ok(), "the last day counts");
    }

    #[test]
    fn a_withdrawn_offer_comes_back() {
        let gone = complete().publish(TODAY).unwrap().withdraw(TODAY, Some("  ".into())).unwrap();
        assert_eq!(gone.publication, Publication::Withdrawn { on: TODAY, reason: None });
        assert_eq!(gone.clone().withdraw(TODAY, None), Err(OfferError::NotPublished));
        assert!(gone.publish(TODAY).is_ok());
    }

    #[test]
    fn the_night_after_its_last_day_an_offer_is_run_out_and_before_it_is_not_shown() {
        let offer = until(TODAY).publish(TODAY).unwrap();
        let tomorrow = TODAY.tomorrow().unwrap();
        assert_eq!(offer.clone().expire(TODAY), offer);
        assert!(offer.is_public(TODAY) && !offer.is_public(tomorrow));
        let expired = offer.expire(tomorrow);
        assert_eq!(expired.publication, Publication::Expired { on: TODAY });
        assert_eq!(expired.clone().expire(tomorrow), expired);
        assert_eq!(expired.clone().publish(tomorrow), Err(OfferError::Over));
        assert!(Offer { time_limit: Some(TimeLimit::Ongoing), ..expired }.publish(tomorrow).is_ok());
        assert_eq!(until(TODAY).expire(tomorrow).publication, Publication::Draft, "a draft promised nothing");
    }

    #[test]
    fn it_is_warned_about_before_it_runs_out_and_when_nobody_went_through_it() {
        let by = UserId(Uuid::nil());
        let seen = |on| Review { on, by, by_label: "Leder BN".into() };
        let offer = complete().publish(TODAY).unwrap();
        assert_eq!(offer.standing(TODAY, 12), Standing::ReviewDue);
        let offer = offer.reviewed(seen(TODAY));
        assert_eq!(offer.standing(TODAY, 12), Standing::Fine);
        assert_eq!(offer.standing(date(2027, 11, 23), 12), Standing::Fine);
        assert_eq!(offer.standing(date(2027, 11, 24), 12), Standing::ReviewDue);
        let changed = Offer { changed_on: TODAY.tomorrow().unwrap(), ..offer };
        assert_eq!(changed.standing(TODAY, 12), Standing::ReviewDue, "it says something else than was gone through");
        for (day, standing) in [
            (date(2027, 1, 23), Standing::RunsOut(60)),
            (TODAY, Standing::RunsOut(0)),
            (date(2027, 1, 24), Standing::Fine),
        ] {
            let limited = until(day).publish(TODAY).unwrap().reviewed(seen(TODAY));
            assert_eq!(limited.standing(TODAY, 12), standing, "{day}");
        }
    }
}
