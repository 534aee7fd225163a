//! Making, changing, publishing offers; and what the night does with those whose time is up.

use std::collections::BTreeSet;

use domain::codes::InterventionCode;
use domain::competence::Competence;
use domain::disease::DiseaseGroup;
use domain::ids::{OfferId, TeamId};
use domain::offer::{
    Accessibility, Description, Entrance, Format, Offer, OfferLanguage, Provider, Review, TimeLimit, TimeOfDay, sheet,
};
use domain::workdays::local_date;
use jiff::civil::Date;
use serde::Deserialize;
use store::{Tx, Versioned};

use super::{export, narrowing, queries};
use crate::records;
use crate::{App, AppError, Caller, ids, teams};

/// Most characters of a name.
const NAME: usize = 120;
/// Most characters of a text: what SOFT and a screen can bear.
const TEXT: usize = 4000;
/// Most weeks that one can be said to wait.
const WEEKS: u8 = 104;

/// All that is said of an offer; what is left out is taken away.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct OfferInput {
    /// What it is called.
    pub name: String,
    /// Which of the 14 interventions it delivers.
    #[schema(value_type = String)]
    pub code: InterventionCode,
    /// What it is, as people read it.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub description: Description,
    /// How it is given.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub formats: BTreeSet<Format>,
    /// In which languages.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub languages: BTreeSet<OfferLanguage>,
    /// What makes it possible to come.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub accessibility: BTreeSet<Accessibility>,
    /// When on the day.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub times: BTreeSet<TimeOfDay>,
    /// Who gives it; the municipality itself when left out.
    #[schema(value_type = Option<String>)]
    pub provider: Option<Provider>,
    /// The other municipality or the supplier.
    pub provider_name: Option<String>,
    /// What whoever leads it must hold.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub competences: BTreeSet<Competence>,
    /// Only for citizens with a chronic disease.
    #[serde(default)]
    pub chronic_disease_only: bool,
    /// Only for citizens with one of these diseases; left out, it is for everybody.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub diseases: BTreeSet<DiseaseGroup>,
    /// Narrowing it to those diseases is meant; how many are expected is told before.
    #[serde(default)]
    pub narrowed: bool,
    /// Citizens may turn to it themselves.
    #[serde(default)]
    pub self_referral: bool,
    /// `"ongoing"`, `{"until": "2027-06-30"}`, or nothing said.
    #[schema(value_type = Option<Object>)]
    pub time_limit: Option<TimeLimit>,
    /// Weeks that one waits now, when no team says it.
    pub wait_weeks: Option<u8>,
    /// Why it is never shown in public.
    pub not_public_reason: Option<String>,
}

/// Why an offer is taken out of public.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct WithdrawInput {
    /// Why, for colleagues.
    #[serde(default)]
    pub reason: Option<String>,
}

/// What was copied to SOFT.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct OnSoftInput {
    /// Hash of the sheet that was copied from.
    pub hash: String,
}

impl OfferInput {
    /// Everything that is wrong, by member: what it is and what to do.
    pub(super) fn wrong(&self) -> Vec<(&'static str, String)> {
        let mut wrong = Vec::new();
        let about = &self.description;
        if !(1..=NAME).contains(&self.name.trim().chars().count()) {
            wrong.push(("name", format!("Skriv, hvad tilbuddet hedder, højst {NAME} tegn.")));
        }
        for (member, text) in [
            ("target_group", &about.target_group),
            ("content", &about.content),
            ("extent", &about.extent),
            ("evidence_base", &about.evidence_base),
            ("how_to_refer", &about.how_to_refer),
            ("place", &about.place),
        ] {
            if text.chars().count() > TEXT {
                wrong.push((member, format!("Teksten er for lang. Der er plads til {TEXT} tegn.")));
            }
        }
        let contact = &about.contact;
        for (member, text) in [("contact_who", &contact.who), ("hours", &contact.hours), ("mail", &contact.mail)] {
            if text.chars().count() > NAME {
                wrong.push((member, format!("Teksten er for lang. Der er plads til {NAME} tegn.")));
            }
        }
        let digits = contact.phone.chars().filter(char::is_ascii_digit).count();
        if !contact.phone.trim().is_empty() && !(8..=15).contains(&digits) {
            wrong.push(("phone", "Skriv telefonnummeret med mindst 8 cifre.".to_owned()));
        }
        if !contact.mail.trim().is_empty() && !contact.mail.trim().trim_matches('@').contains('@') {
            wrong.push(("mail", "Skriv mailadressen med et @, eller lad feltet stå tomt.".to_owned()));
        }
        if self.wait_weeks.is_some_and(|weeks| weeks > WEEKS) {
            wrong.push(("wait_weeks", format!("Skriv ventetiden i uger, højst {WEEKS}.")));
        }
        wrong
    }

    fn check(&self) -> Result<(), AppError> {
        match self.wrong().into_iter().next() {
            Some((member, message)) => Err(AppError::field(member, "invalid", message)),
            None => Ok(()),
        }
    }

    /// The offer with all of it; where it stands, its review and what is on SOFT stay.
    fn apply(self, before: Offer, today: Date) -> Offer {
        let said = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        let was = sheet(&before, &Entrance::default());
        let changed_on = before.changed_on;
        let after = Offer {
            name: self.name.trim().to_owned(),
            code: self.code,
            description: self.description,
            formats: self.formats,
            languages: self.languages,
            accessibility: self.accessibility,
            times: self.times,
            provider: self.provider.unwrap_or(Provider::Own),
            provider_name: said(self.provider_name),
            competences: self.competences,
            chronic_disease_only: self.chronic_disease_only,
            diseases: self.diseases,
            self_referral: self.self_referral,
            time_limit: self.time_limit,
            wait_weeks: self.wait_weeks,
            not_public_reason: said(self.not_public_reason),
            ..before
        };
        let same = sheet(&after, &Entrance::default()) == was;
        Offer { changed_on: if same { changed_on } else { today }, ..after }
    }
}

/// Makes an offer, as a draft.
pub async fn create(app: &App, who: &Caller, input: OfferInput) -> Result<OfferId, AppError> {
    input.check()?;
    let now = app.now();
    app.store
        .write(who.scope("offer.create", now), move |tx| {
            let today = local_date(now);
            let draft = Offer::draft(ids::new(now), String::new(), input.code, today);
            narrowing::meant(tx, &draft, &input, today)?;
            let offer = input.apply(draft, today);
            records::add(tx, &offer)?;
            Ok(offer.id)
        })
        .await
}

/// Changes what is said of an offer. What is in public must stay complete.
pub async fn save(
    app: &App,
    who: &Caller,
    id: OfferId,
    version: Option<i64>,
    input: OfferInput,
) -> Result<i64, AppError> {
    input.check()?;
    let now = app.now();
    change_with(app, who, ("offer.save", id, version), move |tx, before| {
        narrowing::meant(tx, &before, &input, local_date(now))?;
        let after = input.apply(before, local_date(now));
        after.check(local_date(now))?;
        Ok(after)
    })
    .await
}

/// Puts an offer in public.
pub async fn publish(app: &App, who: &Caller, id: OfferId) -> Result<i64, AppError> {
    let today = local_date(app.now());
    change(app, who, ("offer.publish", id, None), move |offer| Ok(offer.publish(today)?)).await
}

/// Takes an offer out of public.
pub async fn withdraw(app: &App, who: &Caller, id: OfferId, input: WithdrawInput) -> Result<i64, AppError> {
    let today = local_date(app.now());
    change(app, who, ("offer.withdraw", id, None), move |offer| Ok(offer.withdraw(today, input.reason)?)).await
}

/// Says that the caller went through the offer and found it right.
pub async fn review(app: &App, who: &Caller, id: OfferId) -> Result<i64, AppError> {
    let label = format!("{} {}", who.title, who.initials).trim().to_owned();
    let review = Review { on: local_date(app.now()), by: who.user, by_label: label };
    change(app, who, ("offer.review", id, None), move |offer| Ok(offer.reviewed(review))).await
}

/// Says that the sheet was copied to SOFT. A sheet that has changed since it was shown is refused: SOFT then says
/// something else than is remembered.
pub async fn put_on_soft(app: &App, who: &Caller, id: OfferId, input: OnSoftInput) -> Result<i64, AppError> {
    let home = app.organization(who.organization).await?;
    let (today, user) = (local_date(app.now()), who.user);
    change(app, who, ("offer.on_soft", id, None), move |offer| {
        if export::content_hash(&offer, &home) != input.hash {
            return Err(AppError::Rule {
                code: "sheet_changed",
                message: "Tilbuddet er ændret, siden arket blev vist. Genindlæs arket, og kopiér det ændrede.",
            });
        }
        Ok(offer.put_on_soft(input.hash, today, user))
    })
    .await
}

/// Says which offer a team delivers; with none, that it delivers none.
pub async fn link_team(app: &App, who: &Caller, team: TeamId, offer: Option<OfferId>) -> Result<i64, AppError> {
    app.store
        .write(who.scope("team.offer", app.now()), move |tx| {
            let before = teams::team(tx, team)?;
            fits_team(tx, offer, before.value.code)?;
            let after = domain::team::Team { offer, ..before.value.clone() };
            Ok(records::save_if_changed(tx, &before, &after)?)
        })
        .await
}

/// Whether a team that delivers an intervention can deliver an offer: it is there, and of the same intervention.
pub(crate) fn fits_team(tx: &mut Tx<'_>, offer: Option<OfferId>, code: InterventionCode) -> Result<(), AppError> {
    let Some(id) = offer else { return Ok(()) };
    if queries::offer(tx, id)?.value.code == code {
        return Ok(());
    }
    Err(AppError::field(
        "offer",
        "other_intervention",
        "Tilbuddet er en anden indsats end holdets. Vælg et andet tilbud.",
    ))
}

/// What the night does: offers in public whose last day is past are run out. Says how many.
pub async fn expire_due(app: &App, who: &Caller) -> Result<usize, AppError> {
    let now = app.now();
    let today = local_date(now);
    let none_due = move |tx: &mut Tx<'_>| Ok::<_, AppError>(store::Seen::nothing(queries::over(tx, today)?.is_empty()));
    if app.store.view(who.scope("offer.expire", now), none_due).await? {
        return Ok(0);
    }
    app.store
        .write(who.scope("offer.expire", now), move |tx| {
            let due = queries::over(tx, today)?;
            for before in &due {
                records::save_if_changed(tx, before, &before.value.clone().expire(today))?;
            }
            Ok(due.len())
        })
        .await
}

/// Loads an offer, lets the rule decide, saves what it says.
async fn change(
    app: &App,
    who: &Caller,
    what: (&'static str, OfferId, Option<i64>),
    rule: impl FnOnce(Offer) -> Result<Offer, AppError> + Send + 'static,
) -> Result<i64, AppError> {
    change_with(app, who, what, move |_, offer| rule(offer)).await
}

/// The same for a rule that looks at more than the offer.
async fn change_with(
    app: &App,
    who: &Caller,
    (action, id, version): (&'static str, OfferId, Option<i64>),
    rule: impl FnOnce(&mut Tx<'_>, Offer) -> Result<Offer, AppError> + Send + 'static,
) -> Result<i64, AppError> {
    app.store
        .write(who.scope(action, app.now()), move |tx| {
            let before: Versioned<Offer> = queries::offer(tx, id)?;
            records::expect(version, before.version)?;
            let after = rule(tx, before.value.clone())?;
            Ok(records::save_if_changed(tx, &before, &after)?)
        })
        .await
}
