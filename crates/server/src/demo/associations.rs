//! What the demo's citizens can go on to: invented associations, two of which nobody has heard from for half a year.

use app::bridge::{self, AgreeInput};
use domain::activity::{ActivityDay, ActivityEntry, ActivityKind, Contact, Price, PricePeriod};
use domain::bridge::ASK_AFTER_DAYS;
use domain::ids::{ActivityId, CitizenId};
use domain::permission::Role;
use jiff::civil::time;

use super::stage::Stage;

/// Those that were written down when the demo began, and not confirmed since.
pub async fn long_ago(stage: &Stage) -> anyhow::Result<()> {
    let who = stage.who(Role::Coordinator)?;
    let choir = entry("Testby Aftenskole", "Kor for alle stemmer", ActivityKind::Leisure, ActivityDay::Wednesday, 19);
    let choir = ActivityEntry { price: Some(Price { kroner: 850, per: PricePeriod::Season }), ..choir };
    let food = entry("Testby Fællesspisning", "Spis sammen", ActivityKind::Food, ActivityDay::Thursday, 17);
    for one in [choir, food] {
        bridge::add_activity(&stage.app, &who, one).await?;
    }
    Ok(())
}

/// Those that are fresh; gives the walk that Einer goes to.
pub async fn lately(stage: &Stage) -> anyhow::Result<ActivityId> {
    let (app, who) = (&stage.at(49, 10).app, stage.who(Role::Coordinator)?);
    let walk =
        entry("Testby Gymnastikforening", "Gåtur for begyndere", ActivityKind::Movement, ActivityDay::Monday, 10);
    let about = Some("Vi går en time i roligt tempo og drikker kaffe bagefter.".to_owned());
    let video = Some("https://film.example/gaatur".to_owned());
    let walk = bridge::add_activity(app, &who, ActivityEntry { about, video, step_free: true, ..walk }).await?;
    let water = entry("Testby Svømmeklub", "Varmtvandshold", ActivityKind::Movement, ActivityDay::Tuesday, 14);
    let water = ActivityEntry { price: Some(Price { kroner: 60, per: PricePeriod::Time }), step_free: true, ..water };
    let lungs =
        entry("Lungenetværk Testby", "Café for mennesker med KOL", ActivityKind::Patients, ActivityDay::Friday, 13);
    let escort = entry("Testby Frivillige", "Følgeskab til fællesskab", ActivityKind::Escort, ActivityDay::Varies, 9);
    let escort = ActivityEntry { from: None, to: None, ..escort };
    for one in [water, lungs, escort] {
        bridge::add_activity(app, &who, one).await?;
    }
    Ok(walk)
}

/// Einer chose the walk when his course ended; now it is time to ask, also when today is a day after a weekend.
pub async fn first_visit(stage: &Stage, walk: ActivityId, einer: CitizenId) -> anyhow::Result<()> {
    let app = &stage.at(25, 12).app;
    let on = stage.day(0).saturating_sub(jiff::Span::new().days(ASK_AFTER_DAYS + 3));
    let input = AgreeInput { activity: walk, on, at: Some(time(10, 0, 0, 0)) };
    bridge::agree(app, &stage.who(Role::Coordinator)?, einer, input).await?;
    Ok(())
}

/// Free, open to beginners, for an hour and a half from a full hour.
fn entry(association: &str, title: &str, kind: ActivityKind, day: ActivityDay, hour: i8) -> ActivityEntry {
    let email = format!("kontakt@{}.example", association.split(' ').next_back().unwrap_or("testby").to_lowercase());
    ActivityEntry {
        association: association.to_owned(),
        title: title.to_owned(),
        kind,
        about: None,
        place: "Kulturhuset i Testby".to_owned(),
        day,
        from: Some(time(hour, 0, 0, 0)),
        to: Some(time(hour + 1, 30, 0, 0)),
        price: Some(Price { kroner: 0, per: PricePeriod::Time }),
        beginners: true,
        step_free: false,
        video: None,
        contact: Contact {
            name: "Foreningens kontor".to_owned(),
            phone: Some("70000030".to_owned()),
            email: Some(email.replace(['ø', 'æ', 'å'], "o")),
        },
    }
}
