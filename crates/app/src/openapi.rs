//! The description of the API (OpenAPI 3.1): what the capabilities say of their operations, and what holds for all of them.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::permission::Permission;
use serde::Serialize;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Object, OpenApi, Ref, Required, ResponseBuilder, Type};

use crate::web::Routes;
use crate::{
    access, calendar, capacity, catalogue, citizens, cooperation, courses, improvement, mailbox, measures, monitoring,
    notices, open_events, organizations, packs, population, quality, referrals, reporting, safety, tasks, teams,
};

const SECURITY: &str = "token";

/// Every route under `/api/v1`, this description included.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/openapi.json", Permission::Public, show)
        .merge(access::api_routes())
        .merge(calendar::api_routes())
        .merge(catalogue::api_routes())
        .merge(citizens::api_routes())
        .merge(cooperation::api_routes())
        .merge(courses::api_routes())
        .merge(mailbox::api_routes())
        .merge(open_events::api_routes())
        .merge(measures::api_routes())
        .merge(monitoring::api_routes())
        .merge(notices::api_routes())
        .merge(organizations::api_routes())
        .merge(packs::api_routes())
        .merge(referrals::api_routes())
        .merge(reporting::api_routes())
        .merge(quality::api_routes())
        .merge(capacity::api_routes())
        .merge(population::api_routes())
        .merge(improvement::api_routes())
        .merge(safety::api_routes())
        .merge(tasks::api_routes())
        .merge(teams::api_routes())
}

/// A problem document (RFC 9457).
#[derive(Serialize, utoipa::ToSchema)]
struct Problem {
    /// `urn:forebyg:problem:` and the code.
    r#type: String,
    /// Heading in Danish.
    title: String,
    /// The HTTP status.
    status: u16,
    /// Stable code.
    code: String,
    /// What is wrong and what to do, in Danish.
    detail: String,
    /// The member of the request that is wrong.
    field: Option<String>,
    /// All that a talk lacks (`talk_incomplete`).
    missing: Option<Vec<Object>>,
    /// All that keeps a course from closing (`close_blocked`).
    blockers: Option<Vec<Object>>,
    /// The version there is (`changed`).
    version: Option<i64>,
}

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Forebyg",
        description = "Alt, hvad en kommune kan gøre i Forebyg. Guide: docs/api.md.",
        license(name = "MPL-2.0", identifier = "MPL-2.0")
    ),
    paths(show),
    components(schemas(Problem))
)]
struct Document;

/// This description.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "description", security(()),
    responses((status = 200, description = "OpenAPI 3.1", body = Object)))]
async fn show() -> Response {
    static TEXT: LazyLock<String> = LazyLock::new(|| document().to_json().unwrap_or_default());
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], TEXT.as_str()).into_response()
}

/// The whole description.
pub fn document() -> OpenApi {
    let parts = vec![
        access::api_document(),
        catalogue::api_document(),
        calendar::api_document(),
        citizens::api_document(),
        cooperation::api_document(),
        courses::api_document(),
        mailbox::api_document(),
        open_events::api_document(),
        measures::api_document(),
        organizations::api_document(),
        packs::api_document(),
        referrals::api_document(),
        reporting::api_document(),
        quality::api_document(),
        monitoring::api_document(),
        capacity::api_document(),
        population::api_document(),
        improvement::api_document(),
        safety::api_document(),
        tasks::api_document(),
        notices::api_document(),
        teams::api_document(),
    ];
    let mut document = parts.into_iter().fold(<Document as utoipa::OpenApi>::openapi(), OpenApi::merge_from);
    if let Some(components) = document.components.as_mut() {
        components.add_security_scheme(SECURITY, SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
    for (path, item) in &mut document.paths.paths {
        let in_path = path.contains('{');
        for (operation, writes) in [
            (item.get.as_mut(), false),
            (item.post.as_mut(), true),
            (item.put.as_mut(), true),
            (item.patch.as_mut(), true),
            (item.delete.as_mut(), true),
        ] {
            if let Some(operation) = operation {
                complete(operation, in_path, writes);
            }
        }
    }
    document
}

/// What holds for every operation: who may, what can go wrong, the headers of a change; and a name that is its own.
fn complete(operation: &mut Operation, in_path: bool, writes: bool) {
    let tag = operation.tags.iter().flatten().next().cloned().unwrap_or_default();
    operation.operation_id = operation.operation_id.take().map(|id| format!("{tag}_{id}"));
    if operation.security.is_none() {
        operation.security = Some(vec![SecurityRequirement::new::<_, _, String>(SECURITY, [])]);
        problems(operation, &[(401, "No valid token"), (403, "The role does not give the right")]);
    }
    if in_path {
        problems(operation, &[(404, "Nothing of that id in the token's organization")]);
    }
    problems(operation, &[(400, "The request cannot be read"), (422, "Refused, with code and field")]);
    if writes {
        let refused = [
            (409, "A colleague saved at the same moment"),
            (412, "If-Match is no longer true"),
            (413, "Too large"),
            (415, "Not the right content type"),
        ];
        problems(operation, &refused);
        header_parameter(operation, "If-Match", "The ETag that the change builds on, such as \"v3\"");
        header_parameter(operation, "Idempotency-Key", "The same key gets the same answer; nothing is done twice");
    }
}

fn problems(operation: &mut Operation, what: &[(u16, &str)]) {
    for (status, text) in what {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let response = ResponseBuilder::new().description(*text).content("application/problem+json", content).build();
        operation.responses.responses.entry(status.to_string()).or_insert(response.into());
    }
}

fn header_parameter(operation: &mut Operation, name: &str, text: &str) {
    let schema = Object::with_type(Type::String);
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(text))
        .schema(Some(schema))
        .build();
    operation.parameters.get_or_insert_default().push(parameter.into());
}
