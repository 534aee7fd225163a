//! The demo municipality's offers: in public, about to run out, changed since SOFT, half described.

use app::catalogue::{self, OfferInput, OnSoftInput};
use app::teams;
use domain::codes::InterventionCode as Code;
use domain::competence::Competence;
use domain::ids::{OfferId, TeamId};
use domain::offer::{
    Accessibility as Access, Contact, Description, Format, OfferLanguage as Language, Provider, TimeLimit, TimeOfDay,
};
use domain::permission::Role;
use jiff::ToSpan;
use store::Seen;

use super::stage::Stage;

/// Name, intervention, target group, content, evidence base, extent.
type Told = (&'static str, Code, [&'static str; 4]);

const TOLD: [Told; 6] = [
    (
        "Lær at leve med sygdom",
        Code::DiseaseManagement,
        [
            "Voksne med type 2-diabetes, KOL, hjertesygdom eller længerevarende smerter",
            "Viden om sygdommen, øvelser til hverdagen og erfaringer fra andre i samme situation.",
            "Sundhedsstyrelsens anbefalinger for sygdomsmestring og det regionale forløbsprogram",
            "6 gange à 2 timer",
        ],
    ),
    (
        "Træning på hold",
        Code::PhysicalTraining,
        [
            "Borgere med kronisk sygdom, der har brug for hjælp til at komme i gang med at bevæge sig",
            "Kondition og styrke med en fysioterapeut. I bliver testet ved start og slut.",
            "Sundhedsstyrelsens kvalitetsstandard, kapitel 6",
            "2 gange om ugen i 12 uger",
        ],
    ),
    (
        "Rygestop og nikotinstop",
        Code::NicotineCessation,
        [
            "Alle, der vil holde op med at ryge, dampe eller bruge snus",
            "En samtale om dine vaner, en plan for stopdagen og støtte bagefter.",
            "Sundhedsstyrelsens anbefalinger for nikotinafvænning",
            "5 samtaler over 12 uger",
        ],
    ),
    (
        "Vejledning om kost",
        Code::DietaryGuidance,
        [
            "Borgere med kronisk sygdom, der vil ændre madvaner",
            "Individuel vejledning efter De officielle Kostråd og dine egne mål.",
            "De officielle Kostråd og Sundhedsstyrelsens kvalitetsstandard, kapitel 7",
            "3 samtaler",
        ],
    ),
    (
        "Samtale om alkohol",
        Code::AlcoholTalk,
        [
            "Alle, der vil tale om deres alkoholvaner",
            "En fortrolig samtale med en sygeplejerske.",
            "Sundhedsstyrelsens kvalitetsstandard, kapitel 8",
            "1-3 samtaler",
        ],
    ),
    (
        "Gå i naturen",
        Code::ActivityGuidance,
        [
            "Borgere, der gerne vil ud og gå med andre",
            "Fælles gåture i roligt tempo med en koordinator.",
            "Sundhedsstyrelsens anbefalinger om fysisk aktivitet",
            "8 ture",
        ],
    ),
];

fn input((name, code, [target_group, content, evidence_base, extent]): Told) -> OfferInput {
    let group = matches!(code, Code::DiseaseManagement | Code::PhysicalTraining | Code::ActivityGuidance);
    let outdoors = code == Code::ActivityGuidance;
    let by_phone = matches!(code, Code::NicotineCessation | Code::AlcoholTalk);
    OfferInput {
        name: name.to_owned(),
        code,
        description: Description {
            target_group: target_group.to_owned(),
            content: content.to_owned(),
            extent: extent.to_owned(),
            evidence_base: evidence_base.to_owned(),
            how_to_refer: "Skriv diagnose, ønske og særlige behov, for eksempel tolk eller kørsel.".to_owned(),
            place: if outdoors { "Skovens parkeringsplads" } else { "Sundhedscentret" }.to_owned(),
            contact: Contact {
                who: "Forebyggelse og Sundhed".to_owned(),
                phone: "70 00 00 99".to_owned(),
                hours: "hverdage 9-14".to_owned(),
                mail: String::new(),
            },
        },
        formats: [
            Some(if group { Format::Group } else { Format::Individual }),
            outdoors.then_some(Format::Outdoors),
            by_phone.then_some(Format::Phone),
        ]
        .into_iter()
        .flatten()
        .collect(),
        languages: [Language::Danish, Language::Interpreter].into(),
        accessibility: if outdoors {
            [Access::Relatives].into()
        } else {
            [Access::Wheelchair, Access::Transport].into()
        },
        times: if by_phone { [TimeOfDay::Day, TimeOfDay::Evening].into() } else { [TimeOfDay::Day].into() },
        provider: Some(if outdoors { Provider::Shared } else { Provider::Own }),
        provider_name: outdoors.then(|| "nabokommunen".to_owned()),
        competences: [Competence::for_intervention(code)].into(),
        chronic_disease_only: matches!(code, Code::PhysicalTraining | Code::DietaryGuidance),
        diseases: [].into(),
        narrowed: false,
        self_referral: true,
        time_limit: Some(TimeLimit::Ongoing),
        wait_weeks: (!group).then_some(2),
        not_public_reason: None,
    }
}

/// Some months ago: a coordinator describes the offers, goes through most of them and puts them on SOFT.
pub async fn describe(stage: &Stage) -> anyhow::Result<()> {
    let (app, who) = (&stage.app, stage.who(Role::Coordinator)?);
    let home = app.organization(who.organization).await?;
    for told in TOLD {
        let mut input = input(told);
        if told.1 == Code::ActivityGuidance {
            input.time_limit = Some(TimeLimit::Until(stage.day(0).saturating_add(23.days())));
        }
        let id = catalogue::create(app, &who, input).await?;
        catalogue::publish(app, &who, id).await?;
        if told.1 != Code::AlcoholTalk {
            catalogue::review(app, &who, id).await?;
            let offer = catalogue::find(app, &who, id).await?.value;
            let hash = catalogue::content_hash(&offer, &home);
            catalogue::put_on_soft(app, &who, id, OnSoftInput { hash }).await?;
        }
    }
    Ok(())
}

/// Lately: one is changed, one is new and half described, and the team belongs to its offer.
pub async fn lately(stage: &Stage) -> anyhow::Result<()> {
    let (app, who) = (&stage.app, stage.who(Role::Coordinator)?);
    let read = |tx: &mut store::Tx<'_>| Ok::<_, app::AppError>(Seen::nothing(teams::list(tx)?));
    let all = app.store.view(who.scope("team.list", app.now()), read).await?;
    let offers = catalogue::choosable(app, &who).await?;
    let of = |code: Code| -> Option<OfferId> { offers.iter().find(|offer| offer.code == code).map(|offer| offer.id) };
    for team in all {
        let offer = Code::parse(&team.code).ok().and_then(of);
        catalogue::link_team(app, &who, TeamId(team.id), offer).await?;
    }
    if let Some(diet) = of(Code::DietaryGuidance) {
        let told = TOLD.into_iter().find(|told| told.1 == Code::DietaryGuidance);
        if let Some(mut changed) = told.map(input) {
            "4 samtaler".clone_into(&mut changed.description.extent);
            catalogue::save(app, &who, diet, None, changed).await?;
        }
    }
    let told: Told = ("Stress i hverdagen", Code::MentalCoping, ["Voksne med tegn på stress", "", "", ""]);
    let mut half = input(told);
    half.time_limit = None;
    catalogue::create(app, &who, half).await?;
    Ok(())
}
