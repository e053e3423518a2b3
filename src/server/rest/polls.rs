//! Polls: asking everybody in a conversation, choosing, closing.

use axum::{
    Json,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ROOT,
    body::{Asked, Body, Ids, Page},
    cursor,
    me::Account,
    messages::{Message, Named, found, key},
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::{Id, PollAnswer, Question},
};
use crate::{
    ids::{AccountId, ClientKey, ConversationId, MessageId},
    polls::{
        Poll as Told,
        drafting::{Lasts, NewPoll as Drafted},
    },
    server::polls::{self, closing, voting},
};

/// An answer of a poll.
#[derive(Debug, Serialize, ToSchema)]
pub struct Answer {
    text: String,
    votes: u32,
    /// Whether the reader has chosen it.
    mine: bool,
}

/// What may be answered to a message that asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct Poll {
    /// In their order. Votes name them by their place, from 0.
    answers: Vec<Answer>,
    /// Whether one may choose several.
    several: bool,
    /// How many people have voted.
    voters: u32,
    /// When it closes by itself, or was closed; RFC 3339, in UTC.
    closes_at: Option<String>,
    closed: bool,
}

impl Poll {
    /// As told to somebody who has chosen the answers at these places.
    pub fn new(told: Told, chosen: &[u32]) -> Self {
        let answers = (0..).zip(told.answers).map(|(place, answer)| Answer {
            text: answer.text,
            votes: answer.votes,
            mine: chosen.contains(&place),
        });
        Self {
            answers: answers.collect(),
            several: told.several,
            voters: told.voters,
            closes_at: told.closes.map(|at| at.to_string()),
            closed: told.closed,
        }
    }
}

/// What is to be asked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPoll {
    #[schema(value_type = Question)]
    question: String,
    /// 2 to 10, each of at most 100 characters, no two the same.
    #[schema(value_type = Vec<PollAnswer>, min_items = 2, max_items = 10)]
    answers: Vec<String>,
    /// Whether one may choose several.
    #[serde(default)]
    several: bool,
    /// How long votes are taken: `hour`, `day`, `3days`, `week`; without it until it is closed.
    #[schema(pattern = "^(always|hour|day|3days|week)$")]
    lasts: Option<String>,
    /// As that of a message.
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z0-9_-]{16,64}$")]
    client_key: Option<ClientKey>,
    /// The message at the head of the thread that it is to be asked in.
    #[schema(value_type = Option<Id>)]
    thread: Option<MessageId>,
}

/// Asks something. A poll is a message: what it says is the question.
#[utoipa::path(post, path = "/conversations/{conversation}/polls", tag = "messages",
    params(("conversation" = Id, Path), ("Idempotency-Key" = Option<String>, Header, pattern = r#"^"?[A-Za-z0-9_-]{16,64}"?$"#)), request_body = NewPoll, responses(
    (status = 201, description = "Asked, now or under this key before", body = Message),
    (status = 403, description = "One may only read there, or the token may", body = Described),
    (status = 404, body = Described),
    (status = 409, description = "Something else was said under this key", body = Described),
    (status = 422, body = Described),
))]
pub async fn ask(
    Writes(caller): Writes,
    Ids(id): Ids<ConversationId>,
    headers: HeaderMap,
    Body(new): Body<NewPoll>,
) -> Result<impl IntoResponse, Problem> {
    let key = key(&headers, new.client_key)?;
    let lasts = Lasts::read(new.lasts.as_deref())?;
    let poll = Drafted::new(&new.question, &new.answers, new.several, lasts)?;
    let told = polls::ask(&caller, id, new.thread, key, poll).await?;
    let location = format!("{ROOT}/conversations/{id}/messages/{}", told.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(Message::from(told))))
}

/// Names an answer.
type Choice = (ConversationId, MessageId, u32);

/// Chooses an answer, by its place from 0. Where one may choose only one, it takes the place of another.
///
/// Once more changes nothing.
#[utoipa::path(put, path = "/conversations/{conversation}/messages/{message}/votes/{answer}", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path), ("answer" = u32, Path)), responses(
    (status = 204, description = "It is chosen"),
    (status = 403, description = "One may only read there, or the token may", body = Described),
    (status = 404, body = Described),
    (status = 409, description = "It is no poll, or deleted", body = Described),
    (status = 422, description = "There is no such answer, or the poll is closed", body = Described),
))]
pub async fn vote(
    Writes(caller): Writes,
    Ids((conversation, message, answer)): Ids<Choice>,
) -> Result<StatusCode, Problem> {
    let (member, message) = found(&caller, (conversation, message)).await?;
    voting::vote(&caller, &member, message, answer, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Chooses an answer no more.
///
/// Once more changes nothing.
#[utoipa::path(delete, path = "/conversations/{conversation}/messages/{message}/votes/{answer}", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path), ("answer" = u32, Path)), responses(
    (status = 204, description = "It is not chosen"),
    (status = 403, description = "One may only read there, or the token may", body = Described),
    (status = 404, body = Described),
    (status = 409, description = "It is no poll, or deleted", body = Described),
    (status = 422, description = "There is no such answer, or the poll is closed", body = Described),
))]
pub async fn take_back(
    Writes(caller): Writes,
    Ids((conversation, message, answer)): Ids<Choice>,
) -> Result<StatusCode, Problem> {
    let (member, message) = found(&caller, (conversation, message)).await?;
    voting::vote(&caller, &member, message, answer, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Closes a poll for good: its author may, and those who could delete it.
///
/// Once more changes nothing.
#[utoipa::path(put, path = "/conversations/{conversation}/messages/{message}/closed", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path)), responses(
    (status = 204, description = "It takes no votes any more"),
    (status = 403, description = "Somebody else asks, and one does not keep order there", body = Described),
    (status = 404, body = Described),
    (status = 409, description = "It is no poll, or deleted", body = Described),
))]
pub async fn close(Writes(caller): Writes, Ids(named): Ids<Named>) -> Result<StatusCode, Problem> {
    let (member, message) = found(&caller, named).await?;
    closing::close(&caller, &member, message).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Voters {
    /// At most 50.
    items: Vec<Account>,
    /// The `cursor` of the next page, if there is one.
    next: Option<String>,
}

/// Who has chosen an answer.
#[utoipa::path(get, path = "/conversations/{conversation}/messages/{message}/votes/{answer}", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path), ("answer" = u32, Path), Page), responses(
    (status = 200, body = Voters),
    (status = 404, description = "No such answer of a poll, or one is not in the conversation", body = Described),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn who(
    Reads(caller): Reads,
    Ids((conversation, message, answer)): Ids<Choice>,
    Asked(page): Asked<Page>,
) -> Result<Json<Voters>, Problem> {
    let (member, message) = found(&caller, (conversation, message)).await?;
    let list = format!("votes {message} {answer}");
    let after: Option<[i64; 2]> =
        page.cursor.map(|cursor| cursor::read(&caller, &list, &cursor)).transpose()?;
    let after = after.and_then(|[account, _]| AccountId::try_from(account).ok());
    let found = polls::who(&caller, &member, message, answer, after).await?;
    // The page shows the first answer in place of one that is not there.
    if found.chosen != answer {
        return Err(Problem::NOT_FOUND);
    }
    Ok(Json(Voters {
        items: found.people.into_iter().map(Account::from).collect(),
        next: found.next.map(|next| cursor::write(&caller, &list, &[next.get(), 0])),
    }))
}
