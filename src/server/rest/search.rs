//! Finding what was said, as far as one may read it.

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    body::Asked,
    cursor,
    messages::Message,
    problem::{Described, Problem},
    program::Reads,
    schemas::{Cursor, Id, Term},
};
use crate::{
    finding::fold::folded,
    ids::ConversationId,
    server::{
        access,
        messages::{
            self,
            searching::{self, Within},
        },
    },
};

/// Messages on one page.
const PAGE: usize = 20;

/// What is looked for, and where.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// Part of what was said. Case and accents do not count.
    #[param(value_type = Term, inline)]
    q: String,
    /// Only there.
    #[param(value_type = Id, required = false)]
    conversation: Option<ConversationId>,
    /// What the page before named as `next`, for the same search.
    #[param(value_type = Cursor, inline, required = false)]
    cursor: Option<String>,
}

impl Search {
    /// The list that its cursors are for: what was looked for is part of it.
    fn list(&self) -> String {
        let conversation = self.conversation.map_or(0, ConversationId::get);
        format!("search {conversation} {}", folded(&self.q))
    }
}

/// A page of what was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FoundMessages)]
pub struct Found {
    /// The newest first, at most 20.
    items: Vec<Message>,
    /// The `cursor` of the next page, if there may be one.
    next: Option<String>,
}

/// What was said that holds a text: the newest first. What is deleted is not found.
///
/// In one conversation, or else in the fifty that were last active. One request looks through 5,000 messages at most: where it
/// has not come to the end, `next` goes on, even if nothing was found so far.
#[utoipa::path(get, path = "/search", tag = "messages", params(Search), responses(
    (status = 200, body = Found),
    (status = 404, description = "No such conversation, or one is not in it", body = Described),
    (status = 422, description = "Nothing to look for, or too much; a cursor that was not made for this search and this person", body = Described),
    (status = 429, body = Described),
))]
pub async fn search(Reads(caller): Reads, Asked(search): Asked<Search>) -> Result<Json<Found>, Problem> {
    let within = match search.conversation {
        Some(conversation) => Within::One(access::member(&caller, conversation).await?),
        None => Within::Everything,
    };
    let list = search.list();
    let before: Option<[i64; 1]> =
        search.cursor.as_deref().map(|cursor| cursor::read(&caller, &list, cursor)).transpose()?;
    let before = before.and_then(|[before]| before.try_into().ok());
    let found = searching::search(&caller, within, &search.q, before, PAGE).await?;
    let mut said: Vec<_> = found.messages.into_iter().map(|(message, _)| message).collect();
    messages::tell(&caller, &mut said).await?;
    Ok(Json(Found {
        items: said.into_iter().map(Message::from).collect(),
        next: found.next.map(|next| cursor::write(&caller, &list, &[next.get()])),
    }))
}
