//! Activities of associations, and citizens' ways to them.

use domain::activity::{
    Activity, ActivityDay, ActivityEntry, ActivityKind, ConfirmedBy, Contact, Price, PricePeriod, Wish,
};
use domain::bridge::{AgreedActivity, Bridge, BridgeOutcome, BridgeResult, Escort, EscortAnswer, EscortShare};
use jiff::civil::{Time, time};
use proptest::option::of;
use proptest::prelude::*;

use crate::values::{day, id, maybe_text, text, word};

fn hour() -> impl Strategy<Value = Time> {
    (0i8..24, 0i8..60).prop_map(|(hour, minute)| time(hour, minute, 0, 0))
}

fn price() -> impl Strategy<Value = Price> {
    (0u16..500, word(PricePeriod::ALL)).prop_map(|(kroner, per)| Price { kroner, per })
}

fn entry() -> impl Strategy<Value = ActivityEntry> {
    let what = (text(), text(), word(ActivityKind::ALL), maybe_text(), text());
    let when = (word(ActivityDay::ALL), of(hour()), of(hour()), of(price()));
    let rest = (any::<bool>(), any::<bool>(), maybe_text(), text(), maybe_text(), maybe_text());
    (what, when, rest).prop_map(|(what, (day, from, to, price), rest)| {
        let (association, title, kind, about, place) = what;
        let (beginners, step_free, video, name, phone, email) = rest;
        let contact = Contact { name, phone, email };
        ActivityEntry {
            association,
            title,
            kind,
            about,
            place,
            day,
            from,
            to,
            price,
            beginners,
            step_free,
            video,
            contact,
        }
    })
}

pub fn activity() -> impl Strategy<Value = Activity> {
    (id(), entry(), day(), word(ConfirmedBy::ALL), of(id()), of(day()), any::<bool>()).prop_map(
        |(id, entry, confirmed_on, confirmed_by, owner, reminded_on, closed)| Activity {
            id,
            entry,
            confirmed_on,
            confirmed_by,
            owner,
            reminded_on,
            closed,
        },
    )
}

pub fn wish() -> impl Strategy<Value = Wish> {
    let what = (of("[a-c]"), of(word(ActivityKind::ALL)), of("[a-c]"), of(word(ActivityDay::ALL)), of(0u16..100));
    (what, any::<[bool; 3]>()).prop_map(|((words, kind, place, day, most_kroner), [beginners, step_free, video])| {
        Wish { words, kind, place, day, most_kroner, beginners, step_free, video }
    })
}

pub fn bridge() -> impl Strategy<Value = Bridge> {
    let agreed = (activity(), day(), of(hour()), day());
    let after = (of((id(), day(), word(EscortAnswer::ALL), maybe_text())), of(word(BridgeOutcome::ALL)));
    (id(), id(), of(id()), id(), agreed, after).prop_map(|(id, citizen, course, by, agreed, (escort, outcome))| {
        let (activity, first_visit_on, first_visit_at, agreed_on) = agreed;
        let agreed = AgreedActivity::from(&activity);
        let shared = EscortShare {
            first_name: "Einer".into(),
            on: first_visit_on,
            at: first_visit_at,
            place: agreed.place.clone(),
            more: None,
        };
        Bridge {
            id,
            citizen,
            course,
            activity: activity.id,
            agreed,
            first_visit_on,
            first_visit_at,
            agreed_on,
            by,
            escort: escort.map(|(partner, asked_on, answer, who)| Escort {
                partner,
                partner_name: "Røde Kors".into(),
                asked_on,
                shared,
                answer,
                who,
            }),
            result: outcome.map(|outcome| BridgeResult { outcome, on: agreed_on, reason: None }),
        }
    })
}
