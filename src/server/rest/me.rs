//! Who the program acts for.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    problem::{Described, Problem},
    program::Reads,
    schemas::Id,
};
use crate::{
    accounts::Person,
    ids::AccountId,
    presence::{Present, State},
    server::caller::Caller,
};

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Account {
    #[schema(value_type = Id)]
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

/// A person, and what may be known of whether they are here.
#[derive(Debug, Serialize, ToSchema)]
pub struct Seen {
    #[serde(flatten)]
    account: Account,
    /// `online`, `idle`, `busy` or `offline`; also where it is not for the reader to know.
    #[schema(value_type = String)]
    state: State,
    /// What they say of themselves; empty if nothing.
    status_line: String,
}

impl Seen {
    /// Somebody, by what is known of some people.
    pub fn new(person: Person, present: &[Present]) -> Self {
        let known = present.iter().find(|present| present.account == person.id);
        Self {
            state: known.map_or(State::Offline, |present| present.state),
            status_line: known.map(|present| present.line.clone()).unwrap_or_default(),
            account: person.into(),
        }
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
