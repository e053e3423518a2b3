//! Who the program acts for.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    problem::{Described, Problem},
    program::Reads,
};
use crate::{accounts::Person, ids::AccountId, server::caller::Caller};

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Account {
    #[schema(value_type = i64)]
    id: AccountId,
    username: String,
    display_name: String,
}

impl From<Person> for Account {
    fn from(person: Person) -> Self {
        let Person { id, username, display_name } = person;
        Self { id, username, display_name }
    }
}

/// Whose token it is.
#[utoipa::path(get, path = "/me", tag = "accounts", responses(
    (status = 200, body = Account),
    (status = 401, description = "No token, or none that opens anything", body = Described),
))]
pub async fn me(Reads(caller): Reads) -> Result<Json<Account>, Problem> {
    let Caller { viewer, .. } = caller;
    Ok(Json(viewer.person.into()))
}
