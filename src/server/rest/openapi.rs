//! What the API says of itself: `OpenAPI` 3.1, made from the routes.

use axum::http::StatusCode;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Content, Ref, RefOr, Response, Schema,
        path::{Operation, Parameter, PathItem},
        schema::{SchemaType, Type},
        security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
    },
};

use super::ROOT;

/// Everything but the routes, which are added where they are made.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Salon",
        version = "1",
        description = "Everything that a program may do in the name of the person whose access token it shows.",
        license(name = "MIT", identifier = "MIT"),
    ),
    servers((url = "/")),
    tags(
        (name = "tokens", description = "Logging in with a password, and out"),
        (name = "accounts", description = "Who the program acts for"),
        (name = "friends", description = "Whom one knows"),
        (name = "spaces", description = "Spaces and their channels"),
        (name = "conversations", description = "Where people talk"),
        (name = "members", description = "Who is in them"),
        (name = "messages", description = "What they say"),
        (name = "live", description = "What happens, as it happens"),
        (name = "vaultroom", description = "The routes of the document VaultRoom, for programs that were written for it"),
        (name = "garrix", description = "The routes of the document Garrix, for programs that were written for it"),
        (name = "messagerie", description = "The routes of the document Messagerie, likewise"),
    ),
    security(("token" = [])),
    modifiers(&Tokens),
)]
pub struct Described;

/// How programs show who they act for.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.description = Some("An access token: from the settings, or from `/tokens`.".to_owned());
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// How refusals are told: in which form, and described where.
struct Refusals {
    kind: &'static str,
    schema: &'static str,
}

/// In our own API.
const OURS: Refusals = Refusals { kind: "application/problem+json", schema: "Problem" };

/// In the dialects.
const THEIRS: Refusals = Refusals { kind: "application/json", schema: "DialectRefusal" };

/// Adds what goes for every route, so that none has to say it: what may become of a body, of a token and of too many
/// requests, in which form refusals are told, and words for those that have none.
pub fn complete(document: &mut utoipa::openapi::OpenApi) {
    for (path, item) in &mut document.paths.paths {
        let refusals = if path.starts_with(ROOT) { OURS } else { THEIRS };
        let PathItem { get, put, post, delete, patch, .. } = item;
        let operations = [&mut *get, &mut *put, &mut *post, &mut *delete, &mut *patch].into_iter().flatten();
        for parameter in operations.flat_map(|operation| operation.parameters.iter_mut().flatten()) {
            never_null(parameter);
        }
        get.iter_mut().for_each(|operation| refusals.add(operation, true));
        [put, post, delete, patch].into_iter().flatten().for_each(|operation| refusals.add(operation, false));
    }
}

/// What may be missing in an address or a header is missing there, and not null.
fn never_null(parameter: &mut RefOr<Parameter>) {
    if let RefOr::T(parameter) = parameter
        && let Some(RefOr::T(Schema::Object(schema))) = &mut parameter.schema
        && let SchemaType::Array(types) = &schema.schema_type
        && let Some(of) = types.iter().find(|of| **of != Type::Null)
    {
        schema.schema_type = SchemaType::Type(of.clone());
    }
}

impl Refusals {
    fn add(&self, operation: &mut Operation, only_reads: bool) {
        let has_body = operation.request_body.is_some();
        let is_open = operation.security.as_deref() == Some(&[SecurityRequirement::default()][..]);
        let may_happen = [
            (400, has_body, "The body cannot be read"),
            (401, !is_open, "No token, or none that opens anything"),
            (403, !is_open && !only_reads, "The token allows to read only, or its person may not"),
            (413, has_body, "The body is too large"),
            (415, has_body, "A body of another kind"),
            (422, has_body, "The request is not as described, or cannot be taken"),
            (429, !only_reads, "Too often: the header Retry-After says when again"),
            (503, true, "Not at the moment"),
        ];
        let responses = &mut operation.responses.responses;
        for (status, _, why) in may_happen.into_iter().filter(|(_, may, _)| *may) {
            let new = || RefOr::T(Response::new(""));
            let told = responses.entry(status.to_string()).or_insert_with(new);
            if let RefOr::T(response) = told
                && response.description.is_empty()
            {
                why.clone_into(&mut response.description);
            }
        }
        for (status, response) in responses {
            let status = status.parse().ok().and_then(|status| StatusCode::from_u16(status).ok());
            let (Some(status), RefOr::T(response)) = (status, response) else { continue };
            if response.description.is_empty() {
                status.canonical_reason().unwrap_or_default().clone_into(&mut response.description);
            }
            if status.is_client_error() || status.is_server_error() {
                self.tell(response);
            }
        }
    }

    fn tell(&self, response: &mut Response) {
        let content = Content::new(Some(Ref::from_schema_name(self.schema)));
        response.content = [(self.kind.to_owned(), RefOr::T(content))].into_iter().collect();
    }
}
