//! What the API says of itself: `OpenAPI` 3.1, made from the routes.

use axum::http::StatusCode;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Content, Object, Ref, RefOr, Response, Schema,
        header::HeaderBuilder,
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
        (name = "accounts", description = "Accounts, and who the program acts for"),
        (name = "friends", description = "Whom one knows, and does not want to hear from"),
        (name = "presence", description = "Who is here, and what they say of themselves"),
        (name = "spaces", description = "Spaces and their channels"),
        (name = "conversations", description = "Where people talk"),
        (name = "members", description = "Who is in them"),
        (name = "messages", description = "What they say"),
        (name = "activity", description = "What others did that concerns one"),
        (name = "drafts", description = "What one has begun to write"),
        (name = "later", description = "Reminders, and messages that wait"),
        (name = "invitations", description = "Links into groups and spaces"),
        (name = "bots", description = "Accounts by which programs talk"),
        (name = "webhooks", description = "Addresses that are told what a bot hears, and addresses by which it speaks"),
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
        let operations = [("get", get), ("put", put), ("post", post), ("delete", delete), ("patch", patch)];
        for (method, operation) in operations {
            let Some(operation) = operation else { continue };
            operation.parameters.iter_mut().flatten().for_each(never_null);
            refusals.add(operation, method == "get");
            if method != "get" && path.starts_with(ROOT) {
                tell_limits(operation);
            }
            operation.operation_id = Some(name(method, path));
        }
    }
}

/// What an operation is called, as no other is: functions of the same name stand in many files.
fn name(method: &str, path: &str) -> String {
    let path = path.strip_prefix(ROOT).unwrap_or(path);
    let parts = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.fold(method.to_owned(), |name, part| name + "_" + part)
}

/// Says where a change tells what its limits say.
fn tell_limits(operation: &mut Operation) {
    let header = |why: &str| {
        HeaderBuilder::new().schema(Some(Object::with_type(Type::String))).description(Some(why)).build()
    };
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        if status.starts_with('2') || status == "429" {
            let left = header("What is left of the limits that were asked");
            response.headers.insert("RateLimit".to_owned(), left.into());
            let policy = header("Those limits");
            response.headers.insert("RateLimit-Policy".to_owned(), policy.into());
        }
        if status == "429" {
            let wait = header("Seconds to wait");
            response.headers.insert("Retry-After".to_owned(), wait.into());
        }
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
