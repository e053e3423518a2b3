//! What one has begun to write, in conversations and in their threads: the same on all of one's devices. Nobody else learns
//! of it.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Asked, Body, Ids, Page},
    cursor,
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::{Id, Text},
};
use crate::{
    drafts::{Draft as Told, Kept},
    error::{Error, Field, Why},
    ids::{ClientKey, ConversationId, MessageId},
    server::{
        access::{self, Member},
        caller::Caller,
        drafts,
    },
};

/// The list that its cursors are for.
const LIST: &str = "drafts";

/// What one has begun to write.
#[derive(Debug, Serialize, ToSchema)]
pub struct Draft {
    #[schema(value_type = Id)]
    conversation: ConversationId,
    /// The message at the head of the thread in which it is to be said.
    #[schema(value_type = Option<Id>)]
    thread: Option<MessageId>,
    /// To the letter, white space included.
    body: String,
    /// Another one, and a larger one, each time it changes.
    revision: i64,
}

impl From<Told> for Draft {
    fn from(told: Told) -> Self {
        let Told { conversation, thread, revision, text, .. } = told;
        Self { conversation, thread, body: text, revision }
    }
}

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Drafts {
    /// Those that changed longest ago first, at most 50.
    items: Vec<Draft>,
    /// The `cursor` of the next page, if there is one.
    next: Option<String>,
}

/// What one has begun to write and not sent yet.
#[utoipa::path(get, path = "/drafts", tag = "drafts", params(Page), responses(
    (status = 200, body = Drafts),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn list(Reads(caller): Reads, Asked(page): Asked<Page>) -> Result<Json<Drafts>, Problem> {
    let after = page.cursor.map(|cursor| cursor::read(&caller, LIST, &cursor)).transpose()?;
    let [after] = after.unwrap_or([0]);
    let changed = drafts::changed(&caller, after).await?;
    // Those that were sent or taken away are told to browsers, which have to forget them.
    let there = changed.drafts.into_iter().filter(|draft| !draft.text.is_empty());
    Ok(Json(Drafts {
        items: there.map(Draft::from).collect(),
        next: changed.next.map(|next| cursor::write(&caller, LIST, &[next])),
    }))
}

/// Where in a conversation.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Spot {
    /// The message at the head of a thread. Without it, the conversation itself.
    #[param(value_type = Id, required = false)]
    thread: Option<MessageId>,
}

/// One of them.
#[utoipa::path(get, path = "/conversations/{conversation}/draft", tag = "drafts",
    params(("conversation" = Id, Path), Spot), responses(
    (status = 200, body = Draft),
    (status = 404, description = "Nothing is begun there, or one is not in it", body = Described),
    (status = 422, description = "The thread is no id", body = Described),
))]
pub async fn one(
    Reads(caller): Reads,
    Ids(id): Ids<ConversationId>,
    Asked(Spot { thread }): Asked<Spot>,
) -> Result<Json<Draft>, Problem> {
    let member = access::member(&caller, id).await?;
    let draft = drafts::of(&caller, &member, thread).await?.filter(|draft| !draft.text.is_empty());
    Ok(Json(draft.ok_or(Problem::NOT_FOUND)?.into()))
}

/// What one has begun to write.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDraft {
    #[schema(value_type = Text)]
    body: String,
    /// That of the draft which it takes the place of. Without it there must be none.
    revision: Option<i64>,
}

/// Keeps what one has begun to write, in place of what was there.
///
/// Only over the revision that one knows: nothing is lost that was written on another device.
#[utoipa::path(put, path = "/conversations/{conversation}/draft", tag = "drafts",
    params(("conversation" = Id, Path), Spot), request_body = NewDraft, responses(
    (status = 200, body = Draft),
    (status = 404, description = "No such conversation or thread, or one is not in it", body = Described),
    (status = 409, description = "Something else is there: read it first", body = Described),
))]
pub async fn keep(
    Writes(caller): Writes,
    Ids(id): Ids<ConversationId>,
    Asked(Spot { thread }): Asked<Spot>,
    Body(NewDraft { body, revision }): Body<NewDraft>,
) -> Result<Json<Draft>, Problem> {
    let member = access::member(&caller, id).await?;
    if body.trim().is_empty() {
        return Err(Error::invalid(Field::Body, Why::Missing).into());
    }
    let base = match revision {
        Some(revision) => revision,
        None => begun(&caller, &member, thread).await?.map_or(0, |(revision, is_gone)| {
            // One that is gone is none, and its row is no obstacle.
            if is_gone { revision } else { 0 }
        }),
    };
    save(&caller, &member, thread, &body, base).await?;
    let kept = drafts::of(&caller, &member, thread).await?;
    Ok(Json(kept.ok_or(Problem::NOT_FOUND)?.into()))
}

/// Takes away what one has begun to write.
///
/// Once more changes nothing.
#[utoipa::path(delete, path = "/conversations/{conversation}/draft", tag = "drafts",
    params(("conversation" = Id, Path), Spot), responses(
    (status = 204, description = "Nothing is begun there"),
    (status = 404, body = Described),
    (status = 409, description = "It has changed meanwhile", body = Described),
    (status = 422, description = "The thread is no id", body = Described),
))]
pub async fn forget(
    Writes(caller): Writes,
    Ids(id): Ids<ConversationId>,
    Asked(Spot { thread }): Asked<Spot>,
) -> Result<StatusCode, Problem> {
    let member = access::member(&caller, id).await?;
    if let Some((base, false)) = begun(&caller, &member, thread).await? {
        save(&caller, &member, thread, "", base).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The revision of what is kept there, and whether that is gone.
async fn begun(
    caller: &Caller,
    member: &Member,
    thread: Option<MessageId>,
) -> Result<Option<(i64, bool)>, Problem> {
    let draft = drafts::of(caller, member, thread).await?;
    Ok(draft.map(|draft| (draft.revision, draft.text.is_empty())))
}

async fn save(
    caller: &Caller,
    member: &Member,
    thread: Option<MessageId>,
    text: &str,
    base: i64,
) -> Result<(), Problem> {
    let writer = ClientKey::from_random(rand::random());
    match drafts::save(caller, member, thread, text, (base, writer)).await? {
        Kept::Saved { .. } => Ok(()),
        Kept::Newer { .. } => Err(Error::Conflict.into()),
    }
}
