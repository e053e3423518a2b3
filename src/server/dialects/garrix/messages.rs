//! What is said: to one user, or to all.

use axum::{
    Json,
    extract::{
        Path, Query,
        rejection::{PathRejection, QueryRejection},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    super::{
        fields::Fields,
        refusal::{Refusal, Told},
        saying,
    },
    LoggedIn,
    accounts::Done,
};
use crate::{
    error::Error,
    ids::{AccountId, MessageId},
    messages::Message,
    server::{
        access,
        caller::Caller,
        conversations::parties::{self, Parties},
        messages::{self, deleting, editing, talks},
        rest::{Id, Text},
    },
};

/// Messages on one page.
const PAGE: u32 = 100;

/// A message.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = garrix::messages::Said)]
pub struct Said {
    pub id: i64,
    pub content: String,
    pub sender_id: i64,
    /// To whom; null to everyone.
    pub receiver_id: Option<i64>,
    /// RFC 3339, in UTC.
    pub created_at: String,
    pub updated_at: Option<String>,
}

impl Said {
    /// A message of a talk of two, or of the room for everyone.
    pub fn new(message: Message, parties: Parties) -> Self {
        Self {
            id: message.id.get(),
            sender_id: message.sender.get(),
            receiver_id: parties.receiver(message.sender).map(AccountId::get),
            created_at: message.at.to_string(),
            updated_at: message.edited.map(|at| at.to_string()),
            content: message.body,
        }
    }
}

/// What is to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = garrix::messages::New)]
pub struct New {
    /// To whom; to everyone, if it is missing.
    #[schema(value_type = Option<Id>)]
    receiver_id: Option<AccountId>,
    #[schema(value_type = Text)]
    content: String,
}

/// Says something, however it was sent.
///
/// # Errors
/// 404 for an unknown receiver and for one who takes nothing from the caller; 403 where one may only read.
pub async fn say(caller: &Caller, new: New) -> Result<Said, Refusal> {
    let (message, parties) = saying::say(caller, new.receiver_id, &new.content).await?;
    Ok(Said::new(message, parties))
}

/// Says something to a user, or to everyone: as JSON, as a form of either kind, or, without a body, behind the question mark.
#[utoipa::path(post, path = "/messages/", tag = "garrix", request_body = New, responses(
    (status = 200, body = Said),
    (status = 400, body = Told),
    (status = 401, body = Told),
    (status = 403, description = "One may only read there", body = Told),
    (status = 404, description = "There is no such user, or none who takes messages from this one", body = Told),
    (status = 413, body = Told),
    (status = 415, body = Told),
    (status = 422, body = Told),
    (status = 429, body = Told),
))]
pub async fn send(LoggedIn(caller): LoggedIn, Fields(new): Fields<New, true>) -> Result<Json<Said>, Refusal> {
    Ok(Json(say(&caller, new).await?))
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// At most 100; more is taken for that.
    #[param(value_type = i64, required = false, minimum = 0, maximum = 4294967295_u32)]
    limit: Option<u32>,
    /// Only what is older than this message.
    #[param(value_type = Id, required = false)]
    before: Option<MessageId>,
}

impl Page {
    fn of(page: Result<Query<Self>, QueryRejection>) -> Result<(Option<MessageId>, usize), Refusal> {
        let Query(Self { limit, before }) = page.map_err(|refused| Refusal::shape(refused.body_text()))?;
        Ok((before, limit.unwrap_or(PAGE).clamp(1, PAGE) as usize))
    }
}

/// What one has said and been told, the oldest of the page first: in talks of two and in the room for everyone, of the fifty that were last active.
///
/// The document returns all of it at once.
#[utoipa::path(get, path = "/messages/", tag = "garrix", params(Page), responses(
    (status = 200, body = Vec<Said>),
    (status = 401, body = Told),
    (status = 422, body = Told),
))]
pub async fn list(
    LoggedIn(caller): LoggedIn,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<Vec<Said>>, Refusal> {
    let (before, limit) = Page::of(page)?;
    let said = talks::all(&caller, before, limit).await?;
    Ok(Json(said.into_iter().map(|(message, parties)| Said::new(message, parties)).collect()))
}

/// The talk with one user, the oldest of the page first.
#[utoipa::path(get, path = "/messages/conversation/{user_id}", tag = "garrix",
    params(("user_id" = Id, Path), Page), responses(
    (status = 200, body = Vec<Said>),
    (status = 401, body = Told),
    (status = 404, body = Told),
    (status = 422, body = Told),
))]
pub async fn conversation(
    LoggedIn(caller): LoggedIn,
    other: Result<Path<AccountId>, PathRejection>,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<Vec<Said>>, Refusal> {
    let Path(other) = other.map_err(|_| Error::NotFound)?;
    let (before, limit) = Page::of(page)?;
    let other = access::may_look_up(&caller, other).await?;
    let said = talks::with(&caller, other, before, limit).await?;
    let parties = Parties::Two(caller.account, other);
    Ok(Json(said.into_iter().map(|message| Said::new(message, parties)).collect()))
}

/// Another text.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = garrix::messages::Edit)]
pub struct Edit {
    #[schema(value_type = Text)]
    content: String,
}

/// Gives a message of one's own another text.
#[utoipa::path(put, path = "/messages/{message_id}", tag = "garrix", params(("message_id" = Id, Path)),
    request_body = Edit, responses(
    (status = 200, body = Said),
    (status = 400, body = Told),
    (status = 401, body = Told),
    (status = 403, description = "Somebody else said it", body = Told),
    (status = 404, body = Told),
    (status = 409, description = "It is deleted", body = Told),
    (status = 413, body = Told),
    (status = 415, body = Told),
    (status = 422, body = Told),
    (status = 429, body = Told),
))]
pub async fn edit(
    LoggedIn(caller): LoggedIn,
    id: Result<Path<MessageId>, PathRejection>,
    Fields(Edit { content }): Fields<Edit, true>,
) -> Result<Json<Said>, Refusal> {
    let Path(id) = id.map_err(|_| Error::NotFound)?;
    let member = messages::place_of(&caller, id).await?;
    let parties = parties::of(&caller.app.db, member.conversation()).await?.ok_or(Error::NotFound)?;
    editing::edit(&caller, &member, id, &content).await?;
    Ok(Json(Said::new(messages::one(&caller, &member, id).await?, parties)))
}

/// Deletes a message of one's own, for everybody.
#[utoipa::path(delete, path = "/messages/{message_id}", tag = "garrix", params(("message_id" = Id, Path)), responses(
    (status = 200, body = Done),
    (status = 401, body = Told),
    (status = 403, description = "Somebody else said it", body = Told),
    (status = 404, body = Told),
    (status = 429, body = Told),
))]
pub async fn delete(
    LoggedIn(caller): LoggedIn,
    id: Result<Path<MessageId>, PathRejection>,
) -> Result<Json<Done>, Refusal> {
    let Path(id) = id.map_err(|_| Error::NotFound)?;
    let member = messages::place_of(&caller, id).await?;
    deleting::delete_own(&caller, &member, id).await?;
    Ok(Json(Done { message: "The message is deleted." }))
}
