//! What others did that concerns one: who turned to one, answered, reacted, or asked.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Asked, Body, Page},
    cursor,
    me::Account,
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::Id,
};
use crate::{
    activity::{ActivityLine, Deed as Told},
    ids::{ActivityId, ConversationId, MessageId},
    server::activity::reading,
};

/// The list that its cursors are for.
const LIST: &str = "activity";

/// What somebody did.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Named one.
    Mentioned,
    /// Turned to everyone.
    Called,
    /// Answered what one said.
    Answered,
    /// Reacted to what one said.
    Reacted,
    /// Asks to be friends.
    Asked,
    /// Accepted what one asked.
    Accepted,
    /// Brought one in.
    Added,
    /// Wrote to one, whom they do not know.
    Approached,
    /// Said what one wanted to be reminded of.
    Reminded,
    /// Is oneself: what was to be said later was not.
    Unsent,
}

impl From<&Told> for Deed {
    fn from(told: &Told) -> Self {
        match told {
            Told::Mentioned(_) => Self::Mentioned,
            Told::Called(_) => Self::Called,
            Told::Answered(_) => Self::Answered,
            Told::Reacted { .. } => Self::Reacted,
            Told::Asked => Self::Asked,
            Told::Accepted => Self::Accepted,
            Told::Added => Self::Added,
            Told::Approached => Self::Approached,
            Told::Reminded { .. } => Self::Reminded,
            Told::Unsent => Self::Unsent,
        }
    }
}

/// Something that concerns one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ActivityLine)]
pub struct Line {
    #[schema(value_type = Id)]
    id: ActivityId,
    deed: Deed,
    /// Who did it.
    actor: Account,
    /// RFC 3339, in UTC.
    at: String,
    /// Whether one has neither looked at it here nor read it where it stands.
    is_new: bool,
    /// Where it was, if it was in a conversation.
    #[schema(value_type = Option<Id>)]
    conversation: Option<ConversationId>,
    /// The message that it is about.
    #[schema(value_type = Option<Id>)]
    message: Option<MessageId>,
    /// How that begins.
    text: Option<String>,
    /// With what they reacted.
    emoji: Option<String>,
    /// What one noted for oneself.
    note: Option<String>,
}

impl From<ActivityLine> for Line {
    fn from(line: ActivityLine) -> Self {
        let quoted = line.quoted();
        let emoji = match &line.deed {
            Told::Reacted { emoji, .. } => Some(emoji.clone()),
            _ => None,
        };
        Self {
            id: line.id,
            deed: (&line.deed).into(),
            at: line.at.to_string(),
            is_new: line.is_new,
            conversation: line.place.as_ref().and_then(|place| place.goal.conversation()),
            message: quoted.map(|quoted| quoted.message),
            text: quoted.map(|quoted| quoted.text.clone()),
            emoji,
            note: line.note().map(str::to_owned),
            actor: line.actor.into(),
        }
    }
}

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ActivityLines)]
pub struct Lines {
    /// The newest first, at most 25.
    items: Vec<Line>,
    /// The `cursor` of the next page, if there is one.
    next: Option<String>,
}

/// What others did that concerns one, as far as it still stands and one may see it. The last 500 things are kept.
#[utoipa::path(get, path = "/activity", tag = "activity", params(Page), responses(
    (status = 200, body = Lines),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn list(Reads(caller): Reads, Asked(page): Asked<Page>) -> Result<Json<Lines>, Problem> {
    let before: Option<[i64; 1]> =
        page.cursor.map(|cursor| cursor::read(&caller, LIST, &cursor)).transpose()?;
    let before = before.and_then(|[before]| before.try_into().ok());
    let found = reading::page(&caller, before).await?;
    Ok(Json(Lines {
        items: found.lines.into_iter().map(Line::from).collect(),
        next: found.next.map(|next| cursor::write(&caller, LIST, &[next.get()])),
    }))
}

/// How much is new.
#[derive(Debug, Serialize, ToSchema)]
pub struct New {
    /// Of what one wants to hear of; 100 stands for as much or more.
    unread: u32,
}

/// How much of it is new.
#[utoipa::path(get, path = "/activity/unread", tag = "activity", responses((status = 200, body = New)))]
pub async fn unread(Reads(caller): Reads) -> Result<Json<New>, Problem> {
    Ok(Json(New { unread: reading::unread(&caller).await? }))
}

/// How far one has looked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Looked {
    /// The newest that one has looked at.
    #[schema(value_type = Id)]
    up_to: ActivityId,
}

/// Notes that one has looked at it, as far as this and what is older.
///
/// Never goes back, nor beyond what there is.
#[utoipa::path(put, path = "/activity/read", tag = "activity", request_body = Looked, responses(
    (status = 204, description = "Noted"),
))]
pub async fn read(
    Writes(caller): Writes,
    Body(Looked { up_to }): Body<Looked>,
) -> Result<StatusCode, Problem> {
    reading::mark_read(&caller, up_to).await?;
    Ok(StatusCode::NO_CONTENT)
}
