//! Each rule on both sides of its limit.

use super::*;

#[test]
fn audit_bands_offer_a_talk_from_8_to_19() {
    let none = facts(&[]);
    for (total, says) in [(7, false), (8, true), (15, true), (16, true), (19, true), (20, false)] {
        assert_eq!(none.clone().audit(total).says("KS-8.2-02"), says, "{total}");
    }
    assert!(none.clone().audit(15).one("KS-8.2-02").text.contains("storforbrug"));
    assert!(none.audit(16).one("KS-8.2-02").text.contains("skadeligt"));
    assert!(!facts(&[C::AlcoholTalk]).audit(12).says("KS-8.2-02"), "it is offered");
}

#[test]
fn possible_dependence_goes_to_treatment_from_20() {
    let none = facts(&[]);
    assert!(!none.clone().audit(19).says("KS-8.2-03"));
    assert!(none.clone().audit(20).says("KS-8.2-03"));
    assert!(!none.audit(40).say(&[Q::AlcoholTreatment], &[]).says("KS-8.2-03"));
}

#[test]
fn a_mental_illness_beside_heavy_use_goes_to_treatment_whatever_the_band() {
    let ill = facts(&[C::AlcoholTalk]).say(&[Q::MentalIllness], &[]);
    for (total, says) in [(7, false), (8, true), (19, true), (20, false)] {
        assert_eq!(ill.clone().audit(total).says("KS-8.2-04"), says, "{total}");
    }
    assert!(!facts(&[]).audit(12).says("KS-8.2-04"));
    assert!(!ill.clone().audit(19).says("KS-8.2-06") && ill.clone().audit(20).says("KS-8.2-06"));
    assert!(!ill.audit(20).say(&[Q::TreatingDoctorTold], &[]).says("KS-8.2-06"));
}

#[test]
fn pregnancy_with_harmful_use_needs_both_referrals_and_a_considered_notification() {
    let pregnant = facts(&[]).say(&[Q::Pregnant], &[]);
    assert!(!pregnant.clone().audit(15).says("KS-8.2-07"));
    let harmful = pregnant.clone().audit(16);
    assert!(harmful.says("KS-8.2-07") && harmful.says("KS-8.2-08"));
    assert!(!harmful.clone().one("KS-8.2-08").may_be_acknowledged(), "only a decision settles it");
    assert!(!Facts { notification_decided: true, ..harmful.clone() }.says("KS-8.2-08"));
    let half = harmful.clone().say(&[Q::FamilyClinic, Q::NotificationConsidered], &[Q::AlcoholTreatment]);
    assert!(half.says("KS-8.2-07") && !half.says("KS-8.2-08"));
    assert!(!half.say(&[Q::AlcoholTreatment], &[]).says("KS-8.2-07"));
    assert!(pregnant.say(&[Q::VeryHighUse], &[]).says("KS-8.2-07"), "classed without a score");
    assert!(!facts(&[]).audit(16).says("KS-8.2-07"));
}

#[test]
fn a_very_high_use_is_seen_by_a_doctor_before_it_stops() {
    let stops = facts(&[]).say(&[Q::WantsToStop], &[]);
    assert!(!stops.clone().audit(19).says("KS-8.2-12") && stops.clone().audit(20).says("KS-8.2-12"));
    let high = stops.say(&[Q::VeryHighUse], &[]);
    assert!(high.says("KS-8.2-12") && !high.say(&[Q::WithdrawalAssessed], &[]).says("KS-8.2-12"));
    assert!(!facts(&[]).say(&[Q::VeryHighUse], &[Q::WantsToStop]).says("KS-8.2-12"));
}

#[test]
fn a_talk_about_alcohol_begins_with_a_screening() {
    assert_eq!(facts(&[C::AlcoholTalk]).one("KS-8.2-01").level, Level::Ask);
    assert!(!facts(&[C::AlcoholTalk]).audit(0).says("KS-8.2-01") && !facts(&[]).says("KS-8.2-01"));
}

#[test]
fn affected_medicine_is_asked_about_and_the_doctor_involved() {
    let stop = facts(&[C::NicotineCessation]);
    assert_eq!(stop.one("KS-5.4-01").level, Level::Ask);
    assert!(!stop.clone().say(&[], &[Q::AffectedMedicine]).says("KS-5.4-01"));
    let medicine = stop.say(&[Q::AffectedMedicine], &[]);
    assert_eq!(medicine.one("KS-5.4-01").level, Level::Warning);
    assert!(!medicine.say(&[Q::DoctorInvolved], &[]).says("KS-5.4-01"));
}

#[test]
fn who_waits_longer_than_14_days_is_contacted_every_10_days() {
    let waits = |days: i64| {
        let it = facts(&[C::NicotineCessation]);
        it.with(|it| it.granted_on = TODAY.saturating_sub(days.days()))
    };
    assert!(!waits(14).says("KS-5.3-06") && waits(15).says("KS-5.3-06"), "from when the wait is long");
    let due = waits(24).one("KS-5.3-06").due.unwrap();
    assert_eq!((due.kind, due.on), (TaskKind::BridgeContact, TODAY), "day 14 and ten more");
    assert!(!waits(20).held(&[4], true).says("KS-5.3-06"), "shown five days before");
    let again = waits(20).held(&[5], true).one("KS-5.3-06").due.unwrap();
    assert_eq!(again.on, TODAY.saturating_add(5.days()));
    assert!(!waits(30).with(|it| it.started_on = Some(TODAY)).says("KS-5.3-06"));
    assert!(!waits(30).with(|it| it.id = None).says("KS-5.3-06"), "only chosen");
}

#[test]
fn training_with_an_unplanned_weight_loss_has_nutrition_beside_it() {
    let loss = |codes: &[C]| facts(codes).say(&[Q::WeightLoss], &[]);
    assert!(loss(&[C::PhysicalTraining]).says("KS-6.2-11"));
    for nutrition in [C::DietaryGuidance, C::DietaryTreatment, C::CookingInPractice] {
        assert!(!loss(&[C::PhysicalTraining, nutrition]).says("KS-6.2-11"));
    }
    assert!(!loss(&[C::PhysicalTraining]).say(&[Q::NutritionDeclined], &[]).says("KS-6.2-11"));
    assert!(!loss(&[C::ActivityGuidance]).says("KS-6.2-11"));
    let words = Facts { words_of_weight_loss: true, ..facts(&[C::PhysicalTraining]) };
    assert!(words.says("KS-6.2-11") && !words.say(&[], &[Q::WeightLoss]).says("KS-6.2-11"));
}

#[test]
fn caution_is_asked_about_before_training_and_cleared() {
    let it = facts(&[C::PhysicalTraining]);
    assert_eq!(it.one("KS-6.4-02").level, Level::Ask);
    assert!(!it.clone().say(&[], &[Q::TrainingCaution]).says("KS-6.4-02"));
    let caution = it.say(&[Q::TrainingCaution], &[]);
    assert!(caution.says("KS-6.4-02") && !caution.say(&[Q::CautionCleared], &[]).says("KS-6.4-02"));
}

#[test]
fn the_dose_is_two_to_three_times_of_30_to_90_minutes_in_6_to_12_weeks() {
    let plan = |times, minutes, weeks| {
        let mut it = facts(&[C::PhysicalTraining]);
        (it.answers.times_a_week, it.answers.minutes, it.answers.weeks) = (Some(times), Some(minutes), Some(weeks));
        (it.says("KS-6.3-08"), it.says("KS-6.3-09"))
    };
    for (times, outside) in [(1, true), (2, false), (3, false), (4, true)] {
        assert_eq!(plan(times, 60, 8).0, outside, "{times} times");
    }
    for (minutes, outside) in [(29, true), (30, false), (90, false), (91, true)] {
        assert_eq!(plan(2, minutes, 8).0, outside, "{minutes} minutes");
    }
    for (weeks, outside) in [(5, true), (6, false), (12, false), (13, true)] {
        assert_eq!(plan(2, 60, weeks).1, outside, "{weeks} weeks");
    }
    assert!(!facts(&[C::PhysicalTraining]).says("KS-6.3-08"), "nothing is planned yet");
}

#[test]
fn less_than_twice_a_week_over_two_weeks_is_looked_into() {
    let began = |days: i64| {
        let it = facts(&[C::PhysicalTraining]);
        it.with(|it| it.started_on = Some(TODAY.saturating_sub(days.days())))
    };
    assert!(!began(13).says("KS-6.3-08") && began(14).says("KS-6.3-08"));
    assert!(began(20).held(&[1, 4, 13], false).says("KS-6.3-08"));
    assert!(!began(20).held(&[1, 4, 8, 13], false).says("KS-6.3-08"));
    assert!(began(20).held(&[1, 4, 8, 14], false).says("KS-6.3-08"), "the fourth is too long ago");
    assert_eq!(began(20).one("KS-6.3-08").due.unwrap().kind, TaskKind::TrainingDose);
}

#[test]
fn there_is_a_test_at_the_start_and_the_same_at_the_end() {
    let it = facts(&[C::PhysicalTraining]);
    assert!(!it.clone().held(&[1], false).says("KS-6.2-09") && it.clone().held(&[1, 3], false).says("KS-6.2-09"));
    let mut tested = it;
    tested.answers.start_test = Some(PhysicalTest::ChairStand);
    let ends_in = |days: i64| tested.clone().with(|it| it.planned_end_on = Some(TODAY.saturating_add(days.days())));
    assert!(!ends_in(15).says("KS-6.2-09") && ends_in(14).says("KS-6.2-09"));
    tested.answers.end_test = Some(PhysicalTest::ChairStand);
    assert!(!tested.says("KS-6.2-09") && !tested.says("KS-6.3-05"));
    tested.answers.end_test = Some(PhysicalTest::Stairs);
    assert!(tested.says("KS-6.3-05"));
}

#[test]
fn diet_treatment_is_a_dietitians_and_partly_individual() {
    let it = facts(&[C::DietaryTreatment]);
    assert!(it.says("KS-7.5-03") && !it.clone().with(|it| it.booked = true).says("KS-7.5-03"));
    assert!(!it.clone().held(&[1], true).says("KS-7.5-03") && !facts(&[C::DietaryGuidance]).says("KS-7.5-03"));
    let group = it.clone().with(|it| it.delivery = DeliveryType::Group);
    assert!(!it.says("KS-7.3-02") && group.says("KS-7.3-02"));
    assert!(group.clone().held(&[3], false).says("KS-7.3-02") && !group.clone().held(&[3], true).says("KS-7.3-02"));
    assert!(group.say(&[Q::WeightLoss], &[]).one("KS-7.3-02").text.contains("vægttab"));
}

#[test]
fn diet_is_followed_up_between_two_and_three_months_and_assessed_again_by_twelve() {
    let last = |days: i64| facts(&[C::DietaryTreatment]).held(&[days], true);
    assert!(!last(60).says("KS-7.3-03") && last(61).says("KS-7.3-03"));
    assert_eq!(last(92).one("KS-7.3-03").due.unwrap().on, TODAY);
    let team = last(100).with(|it| it.held.push(Held { on: TODAY, alone: false }));
    assert!(team.says("KS-7.3-03"), "a team session is no individual talk");
    let began = |day: Date| facts(&[C::DietaryTreatment]).with(|it| it.started_on = Some(day));
    assert!(!began(date(2025, 12, 25)).says("KS-7.3-04") && began(date(2025, 12, 24)).says("KS-7.3-04"));
    assert_eq!(began(date(2025, 11, 24)).one("KS-7.3-04").due.unwrap().on, TODAY);
    let mut again = began(date(2025, 11, 24));
    again.answers.diet_reassessed_on = Some(date(2026, 10, 1));
    assert!(!again.says("KS-7.3-04"));
}

#[test]
fn who_does_better_in_a_smaller_team_is_not_left_on_a_large_one() {
    let on = |seats: u16| facts(&[C::NicotineCessation]).with(|it| it.seats = Some(seats)).say(&[Q::Pregnant], &[]);
    assert!(!on(12).says("KS-5.3-02") && on(13).says("KS-5.3-02"));
    let training =
        |agreed| Facts { smaller_team: agreed, ..facts(&[C::PhysicalTraining]) }.with(|it| it.seats = Some(20));
    assert!(training(true).says("KS-5.3-02") && !training(false).says("KS-5.3-02"));
}
