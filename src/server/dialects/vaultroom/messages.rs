//! What is said, between two.

use axum::{
    Json,
    extract::{Query, rejection::QueryRejection},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    super::{
        fields::{Fields, is_json},
        refusal::{Refusal, Told},
        saying,
    },
    LoggedIn, ROOT,
};
use crate::{
    ids::{AccountId, MessageId},
    messages::Message,
    server::{access, accounts, caller::Caller, conversations::parties::Parties, messages::talks, rest::Id},
};

/// Messages on one page.
const PAGE: u32 = 100;

/// What the document calls the room of two.
pub fn room(one: AccountId, other: AccountId) -> String {
    format!("private_{}_{}", one.min(other), one.max(other))
}

/// With whom `me` is in a room; none for what is no room, or one of others.
pub fn other_in(name: &str, me: AccountId) -> Option<AccountId> {
    let (one, other) = name.strip_prefix("private_")?.split_once('_')?;
    let (one, other): (AccountId, AccountId) = (one.parse().ok()?, other.parse().ok()?);
    let mine = if one == me { other } else { one };
    // Written as we write it, so that one room has one name.
    (room(me, mine) == name).then_some(mine)
}

/// How a message names whoever has said it.
#[derive(Debug, Clone, Copy)]
pub enum Named<'a> {
    /// The program itself, in the word of its document.
    Me,
    Username(&'a str),
}

/// A message.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = vaultroom::messages::Said)]
pub struct Said {
    id: i64,
    /// The username of whoever said it. In lists, one's own messages are by `Moi`, as the document's own program has it.
    sender: String,
    sender_id: i64,
    receiver_id: Option<i64>,
    /// `private_{min}_{max}`, of the two ids.
    room: Option<String>,
    content: String,
    /// RFC 3339, in UTC.
    timestamp: String,
}

impl Said {
    /// A message of a talk of two.
    pub fn new(message: Message, parties: Parties, named: Named<'_>) -> Self {
        let receiver = parties.receiver(message.sender);
        Self {
            id: message.id.get(),
            sender: match named {
                Named::Me => "Moi".to_owned(),
                Named::Username(name) => name.to_owned(),
            },
            sender_id: message.sender.get(),
            receiver_id: receiver.map(AccountId::get),
            room: receiver.map(|receiver| room(message.sender, receiver)),
            timestamp: message.at.to_string(),
            content: message.body,
        }
    }

    /// Who said it, and what.
    pub fn shown(self) -> (String, String) {
        (self.sender, self.content)
    }
}

/// What is to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = vaultroom::messages::New)]
pub struct New {
    /// To whom.
    #[serde(alias = "receiver_id")]
    #[schema(value_type = Id)]
    recipient_id: AccountId,
    #[serde(alias = "content", alias = "msg")]
    message: String,
}

/// What was said.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = vaultroom::messages::Sent)]
pub struct Sent {
    /// Always `success`.
    status: &'static str,
    data: Said,
}

/// Says something to a user: JSON, or a form of either kind, which leads back to the conversation.
///
/// The program of the document stores what is sent to anybody. Here whoever has signed up on Salon's pages takes messages from
/// whom they have chosen; for everybody else they are an unknown user (404).
#[utoipa::path(post, path = "/send-message", tag = "vaultroom", request_body = New, responses(
    (status = 200, body = Sent),
    (status = 303, description = "A form: back to the conversation"),
    (status = 400, description = "Something is missing, or cannot be taken", body = Told),
    (status = 401, body = Told),
    (status = 403, description = "One may only read there; or a page of another site asks", body = Told),
    (status = 404, description = "There is no such user, or none who takes messages from this one", body = Told),
    (status = 413, body = Told),
    (status = 415, body = Told),
    (status = 429, body = Told),
))]
pub async fn send(
    LoggedIn(caller): LoggedIn,
    headers: HeaderMap,
    new: Result<Fields<New>, Refusal>,
) -> Result<Response, Refusal> {
    let Fields(New { recipient_id, message }) = new.map_err(Refusal::bad_request)?;
    let said = saying::say(&caller, Some(recipient_id), &message).await;
    let (message, parties) = said.map_err(Refusal::bad_request)?;
    if !is_json(&headers) {
        return Ok(Redirect::to(&format!("{ROOT}/chat?user_id={recipient_id}")).into_response());
    }
    let data = Said::new(message, parties, Named::Username(&caller.viewer.person.username));
    Ok(Json(Sent { status: "success", data }).into_response())
}

/// With whom, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// With whom.
    #[param(value_type = Id)]
    receiver_id: AccountId,
    /// At most 100.
    #[param(value_type = i64, required = false, minimum = 0, maximum = 4294967295_u32)]
    limit: Option<u32>,
    /// Only what is older than this message.
    #[param(value_type = Option<Id>)]
    before: Option<MessageId>,
}

/// What was said between the caller and somebody, the oldest of the page first.
///
/// # Errors
/// `NotFound` for whom the caller may not look up.
pub async fn between(
    caller: &Caller,
    other: AccountId,
    before: Option<MessageId>,
    limit: Option<u32>,
) -> Result<(String, Vec<Said>), Refusal> {
    let other = access::may_look_up(caller, other).await?;
    let name = accounts::profile(&caller.app.db, other).await?.person.username;
    let limit = limit.unwrap_or(PAGE).clamp(1, PAGE) as usize;
    let said = talks::with(caller, other, before, limit).await?;
    let parties = Parties::Two(caller.account, other);
    let told = |message: Message| {
        let named = if message.sender == caller.account { Named::Me } else { Named::Username(&name) };
        Said::new(message, parties, named)
    };
    let said = said.into_iter().map(told).collect();
    Ok((name, said))
}

/// What was said between oneself and one user, the oldest first.
///
/// The document returns all of it at once; here it comes in pages.
#[utoipa::path(get, path = "/get-messages", tag = "vaultroom", params(Page), responses(
    (status = 200, body = Vec<Said>),
    (status = 400, description = "No user is named", body = Told),
    (status = 401, body = Told),
    (status = 404, body = Told),
))]
pub async fn list(
    LoggedIn(caller): LoggedIn,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<Vec<Said>>, Refusal> {
    let page = page.map_err(|refused| Refusal::shape(refused.body_text()).bad_request())?;
    let Query(Page { receiver_id, limit, before }) = page;
    let (_, said) = between(&caller, receiver_id, before, limit).await?;
    Ok(Json(said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_has_one_name_and_two_people() {
        let id = |number: i64| AccountId::try_from(number).expect("an id");
        assert_eq!(room(id(9), id(4)), "private_4_9");
        assert_eq!(other_in("private_4_9", id(9)), Some(id(4)));
        assert_eq!(other_in("private_4_9", id(4)), Some(id(9)));
        for name in ["private_4_9", "private_9_7", "private_07_9", "private_7", "private_7_", "_7_9", "", "7"]
        {
            assert_eq!(other_in(name, id(7)), None, "{name}");
        }
    }
}
