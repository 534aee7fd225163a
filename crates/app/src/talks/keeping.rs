//! What is typed is kept, and the talk is ended: `POST /samtaler/{id}/kladde` and `/afslut`.

use std::collections::BTreeMap;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::codes::{ConditionCode, InterventionCode};
use domain::encounter::EncounterBasis;
use domain::ids::PlannedInterventionId;
use domain::workdays::local_date;
use serde_json::json;
use uuid::Uuid;

use super::draft::{self, Change, Kept, Saved};
use super::fields::{AREAS, GOALS, NEEDS, Texts};
use super::page::{self, Loaded, Other, Shown, initials};
use super::wheel::Wheel;
use super::{parts, talk_href};
use crate::language::Language;
use crate::layout::dates;
use crate::web::fields::Fields;
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, courses};

/// A form of the talk: the fields it sends, and the last step its page had seen.
struct Typed {
    seen: i64,
    texts: BTreeMap<String, String>,
}

impl Typed {
    /// A whole form leaves out what is not ticked; a save of what was changed names everything it means.
    fn of(form: Fields) -> Self {
        let seen = form.get("set").and_then(|text| text.parse().ok()).unwrap_or(0);
        let whole = form.contains_key("hele");
        let own = |id: &str| matches!(id, "csrf" | "set" | "hele");
        let mut texts: BTreeMap<_, _> = form.into_iter().filter(|(id, _)| !own(id)).collect();
        for text in texts.values_mut() {
            *text = text.replace("\r\n", "\n");
        }
        if whole {
            let needs = NEEDS.iter().map(|(id, _)| format!("behov-{id}"));
            let plan = InterventionCode::ALL.iter().filter(|c| !c.is_talk()).map(|c| format!("indsats-{}", c.word()));
            for id in needs.chain(plan).chain(["gennemgaaet".to_owned()]) {
                texts.entry(id).or_default();
            }
        }
        Self { seen, texts }
    }

    /// The words, for a page that can no longer take them.
    fn words(&self) -> Vec<String> {
        let ids = AREAS.iter().map(|(id, _)| *id).chain(GOALS).chain(["fastholdelse"]);
        ids.filter_map(|id| self.texts.get(id)).filter(|text| !text.trim().is_empty()).cloned().collect()
    }
}

pub(super) async fn keep(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let (id, typed) = (PlannedInterventionId(id), Typed::of(form));
    let by_script = headers.get(header::ACCEPT).is_some_and(|wanted| wanted.as_bytes() == b"application/json");
    let change = Change { seen: typed.seen, texts: typed.texts.clone() };
    match draft::save(&app, &caller, id, change).await {
        Ok((kept, loaded)) if by_script => answer(&app, &caller, visit.language(), &kept, &loaded).await,
        Ok((kept, _)) if kept.refused.is_empty() => {
            Ok(visit.done(&talk_href(id), "Det, du skrev, er gemt.").await?.into_response())
        }
        Ok((kept, loaded)) => both(&app, &caller, &visit, &kept, &loaded, typed).await,
        Err(error) if by_script => {
            let body = json!({ "problem": visit.language().text(&error.user_message()), "code": error.code() });
            Ok((error.status(), Json(body)).into_response())
        }
        Err(error) => refused(&app, &caller, &visit, id, typed, error).await,
    }
}

pub(super) async fn end(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let (id, typed) = (PlannedInterventionId(id), Typed::of(form));
    let change = Change { seen: typed.seen, texts: typed.texts.clone() };
    let (kept, loaded) = match draft::save(&app, &caller, id, change).await {
        Ok(saved) => saved,
        Err(error) => return refused(&app, &caller, &visit, id, typed, error).await,
    };
    if !kept.refused.is_empty() {
        return both(&app, &caller, &visit, &kept, &loaded, typed).await;
    }
    let texts = parts::texts(&loaded.record, &loaded.draft, loaded.time(), app.now());
    let focus = parts::in_focus(&loaded.record, loaded.talk.course);
    let input = match texts.input(&focus, &parts::stands(&loaded.record)) {
        Ok(input) => input,
        Err(errors) => {
            let shown = Shown { errors, ..Shown::default() };
            let page = page::page(&app, &visit, &loaded, shown).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
        }
    };
    match courses::end_talk(&app, &caller, id, input, Some(draft::step(&loaded.draft))).await {
        Ok(_) => {
            let notice = format!("{} er afsluttet. Udskriv planen til borgeren.", loaded.talk.code.label());
            Ok(visit.done(&courses::course_href(loaded.talk.course), notice).await?.into_response())
        }
        Err(error) => refused(&app, &caller, &visit, id, typed, error).await,
    }
}

/// What a script needs to bring the page up to date.
async fn answer(
    app: &App,
    caller: &Caller,
    language: Language,
    kept: &Kept,
    loaded: &Loaded,
) -> Result<Response, AppError> {
    let texts = parts::texts(&loaded.record, &loaded.draft, loaded.time(), kept.at);
    let focus = parts::in_focus(&loaded.record, loaded.talk.course);
    let conditions = parts::conditions(&texts, &focus);
    let proposed = conditions
        .proposed
        .into_iter()
        .map(|question| json!({ "id": question.id, "hint": language.text(&question.hint) }));
    let clarifying = loaded.talk.code == InterventionCode::ClarifyingTalk;
    let missing = parts::missing(&texts, &loaded.record, clarifying);
    let limits = app.organization(caller.organization).await?.settings.limits;
    let warnings = parts::warnings(&texts, loaded, &limits, local_date(kept.at));
    let mut others = serde_json::Map::new();
    for (field, saved) in &kept.others {
        let who = initials(app, caller.organization, saved.by).await?;
        others.insert(field.clone(), json!({ "text": saved.text, "who": who }));
    }
    let body = json!({
        "step": kept.step,
        "saved": dates::clock(kept.at),
        "others": others,
        "refused": kept.refused,
        "conditions": proposed.collect::<Vec<_>>(),
        "wheel": language.part(Wheel::of(&texts.notes().wheel).render().unwrap_or_default()),
        "missing": language.part(missing.render().unwrap_or_default()),
        "warnings": language.part(warnings.render().unwrap_or_default()),
    });
    Ok(Json(body).into_response())
}

/// Two people wrote in the same fields: both texts are shown, and the next save decides.
async fn both(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    kept: &Kept,
    loaded: &Loaded,
    typed: Typed,
) -> Result<Response, AppError> {
    let mut others = Vec::new();
    for (field, saved) in kept.others.iter().filter(|(field, _)| kept.refused.contains(field)) {
        let Saved { text, by, .. } = saved;
        let who = initials(app, caller.organization, *by).await?;
        others.push(Other { field: field.clone(), label: label(field), who, text: text.clone() });
    }
    let shown = Shown { typed: Some(Texts(typed.texts)), others, ..Shown::default() };
    let page = page::page(app, visit, loaded, shown).await?;
    Ok((StatusCode::CONFLICT, Page(page)).into_response())
}

/// The page again with what stood in the way; a form that ended the talk already is answered as done.
async fn refused(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: PlannedInterventionId,
    typed: Typed,
    error: AppError,
) -> Result<Response, AppError> {
    if matches!(error, AppError::NotFound(_) | AppError::Store(_) | AppError::Forbidden(_) | AppError::Unreadable(_)) {
        return Err(error);
    }
    let loaded = page::load(app, caller, "talk.open", id).await?;
    if let Err(ended) = draft::open_talk(&loaded.record, id) {
        let held = loaded.record.encounters.iter().map(|e| &e.value);
        let mine =
            held.filter(|e| e.based_on == EncounterBasis::Intervention(id)).any(|e| e.held_by == Some(caller.user));
        if mine {
            return Ok(Redirect::to(&courses::course_href(loaded.talk.course)).into_response());
        }
        return page::over(visit, &loaded, &ended, typed.words()).await;
    }
    let status = match error {
        AppError::Changed { .. } => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let problem = match &error {
        AppError::Changed { .. } => {
            "En kollega har skrevet i samtalen imens. Se den igennem, og afslut igen.".to_owned()
        }
        error => error.user_message(),
    };
    let shown = Shown { typed: Some(Texts(typed.texts)), problem: Some(problem), ..Shown::default() };
    Ok((status, Page(page::page(app, visit, &loaded, shown).await?)).into_response())
}

/// What staff call a field.
fn label(field: &str) -> String {
    let area = AREAS.iter().find(|(id, _)| *id == field).map(|(_, area)| area.label());
    let condition = field.strip_prefix("tilstand-").and_then(|word| ConditionCode::parse(word).ok());
    let plan = field.split_once('-').and_then(|(_, word)| InterventionCode::parse(word).ok());
    let name = area.or(condition.map(ConditionCode::label)).or(plan.map(InterventionCode::label));
    name.unwrap_or(if GOALS.contains(&field) { "Mål" } else { "Feltet" }).to_owned()
}
