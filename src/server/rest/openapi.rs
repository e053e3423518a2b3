//! What the API says of itself: `OpenAPI` 3.1, made from the routes.

use utoipa::{
    Modify, OpenApi,
    openapi::security::{Http, HttpAuthScheme, SecurityScheme},
};

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
        (name = "garrix", description = "The routes of the document Garrix, for programs that were written for it"),
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
