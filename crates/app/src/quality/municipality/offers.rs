//! Offers of the catalogue.

use std::collections::BTreeSet;

use domain::codes::InterventionCode;
use domain::offer::{Accessibility, Format, Offer as OurOffer, Provider, Publication, TimeLimit, TimeOfDay};
use jiff::civil::Date;
use standard::facts::words::{Area, ProviderType, TargetGroup};
use standard::facts::{DateOrNone, Offer};

use crate::quality::facts::codes::{fsiii, said};

/// The offers that citizens can get or could. A draft is none yet, unless it is kept out of public for a reason. Test
/// batteries, and whether an offer is open for everybody or has elements for one disease, are not recorded.
pub(super) fn of(offers: &[OurOffer]) -> Vec<Offer> {
    let shown = offers.iter().filter(|it| it.publication != Publication::Draft || it.not_public_reason.is_some());
    shown.map(one).collect()
}

fn one(it: &OurOffer) -> Offer {
    let about = &it.description;
    let reviewed = it.review.as_ref().map(|review| review.on);
    let copied = it.on_soft.as_ref().map(|soft| soft.on);
    Offer {
        id: it.id.to_string(),
        name: Some(it.name.clone()),
        contact_hours: said(&about.contact.hours),
        area: Some(area(it.code)),
        fsiii_code: Some(fsiii(it.code)),
        active_from: active_from(it),
        active_to: active_to(it),
        provider_type: Some(match it.provider {
            Provider::Own => ProviderType::Own,
            Provider::Shared => ProviderType::CrossMunicipal,
            Provider::Bought => ProviderType::External,
        }),
        requires_chronic_disease: Some(it.chronic_disease_only),
        target_groups: target_groups(it),
        adapted_for: adapted_for(&it.accessibility),
        delivery_modes: delivery_modes(it),
        time_of_day: time_of_day(&it.times).map(|time| time.word().to_owned()),
        languages: it.languages.iter().map(|language| language.word().to_owned()).collect(),
        soft_published: Some(it.on_soft.is_some()),
        // Going through the offer is going through what stands on SOFT.
        soft_checked_on: copied.map(|day| reviewed.map_or(day, |review| review.max(day))),
        public_changed_on: Some(it.changed_on),
        not_public_reason: it.not_public_reason.as_deref().and_then(said),
        evidence_base: said(&about.evidence_base),
        time_limit: it.time_limit.map(|limit| match limit {
            TimeLimit::Ongoing => DateOrNone::None,
            TimeLimit::Until(day) => DateOrNone::On(day),
        }),
        contact_phone: said(&about.contact.phone),
        contact_person: said(&about.contact.who),
        contact_checked_on: reviewed,
        ..Offer::default()
    }
}

const fn active_from(it: &OurOffer) -> Option<Date> {
    match it.publication {
        Publication::Published { on } => Some(on),
        Publication::Draft | Publication::Expired { .. } | Publication::Withdrawn { .. } => None,
    }
}

const fn active_to(it: &OurOffer) -> Option<Date> {
    match it.publication {
        Publication::Expired { on } | Publication::Withdrawn { on, .. } => Some(on),
        Publication::Draft | Publication::Published { .. } => it.last_day(),
    }
}

const fn area(code: InterventionCode) -> Area {
    use InterventionCode as C;
    match code {
        C::ClarifyingTalk | C::NeedsTalk | C::ClosingTalk | C::FollowUp => Area::AfklarendeSamtale,
        C::DiseaseManagement | C::MentalCoping => Area::Sygdomsmestring,
        C::NicotineCessation => Area::Nikotinafvaenning,
        C::ActivityGuidance | C::PhysicalTraining | C::SkillsTraining => Area::FysiskAktivitet,
        C::DietaryGuidance | C::DietaryTreatment | C::CookingInPractice => Area::Ernaering,
        C::AlcoholTalk => Area::Alkohol,
    }
}

/// For whom it is, as far as it is more than words: an offer on nicotine or alcohol is for those who use it, one that asks for
/// a chronic disease for those who have one.
fn target_groups(it: &OurOffer) -> Vec<TargetGroup> {
    let by_code = match it.code {
        InterventionCode::NicotineCessation => Some(TargetGroup::Nikotin),
        InterventionCode::AlcoholTalk => Some(TargetGroup::Alkohol),
        _ => None,
    };
    by_code.into_iter().chain(it.chronic_disease_only.then_some(TargetGroup::Kronisk)).collect()
}

/// What is done for those who need the offer another way; the way there is none of it.
fn adapted_for(accessibility: &BTreeSet<Accessibility>) -> Vec<String> {
    let adapts = |one: &&Accessibility| match one {
        Accessibility::PlainLanguage | Accessibility::SmallGroups | Accessibility::HearingLoop => true,
        Accessibility::Wheelchair | Accessibility::Transport | Accessibility::HomeVisit | Accessibility::Relatives => {
            false
        }
    };
    accessibility.iter().filter(adapts).map(|one| one.label().to_lowercase()).collect()
}

/// How one can have it. Digital is by video or in an app: the catalogue does not tell them apart, and both are named.
fn delivery_modes(it: &OurOffer) -> Vec<String> {
    let mut modes = BTreeSet::new();
    for format in &it.formats {
        modes.extend(match format {
            Format::Group | Format::Individual | Format::Outdoors => &["fremmoede"][..],
            Format::Digital => &["app", "video"],
            Format::Phone => &["telefon"],
        });
    }
    if it.accessibility.contains(&Accessibility::HomeVisit) {
        modes.insert("hjemmebesoeg");
    }
    modes.into_iter().map(str::to_owned).collect()
}

/// The standard has one time of day; whoever works needs to know of one outside working hours.
fn time_of_day(times: &BTreeSet<TimeOfDay>) -> Option<TimeOfDay> {
    let order = [TimeOfDay::Free, TimeOfDay::Evening, TimeOfDay::Weekend, TimeOfDay::Day];
    order.into_iter().find(|time| times.contains(time))
}
