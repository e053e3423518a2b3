//! What one wants later: to be reminded of a message, and to have something said. Nobody else learns of it.

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Body, Ids},
    me::Account,
    messages::{Message, Named, found, key},
    moment::Moment,
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::{Id, Remark, Text},
};
use crate::{
    error::Error,
    ids::{ClientKey, ConversationId, ScheduledId},
    later::{
        moment,
        reminders::ReminderLine,
        scheduled::{Hindrance, Revisable, ScheduledLine},
    },
    server::{
        access,
        caller::Caller,
        later::{reminding, scheduling, sending},
        messages,
    },
    time::Timestamp,
};

/// Where something may wait until then: neither over, nor further away than a year.
fn due(caller: &Caller, at: Moment) -> Result<Timestamp, Error> {
    moment::due(Some(&moment::code(at.0)), None, caller.app.clock.now())
}

/// A message that one will be reminded of.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reminder {
    message: Message,
    sender: Account,
    /// RFC 3339, in UTC.
    at: String,
    /// What one noted for oneself; may be empty.
    note: String,
}

impl From<ReminderLine> for Reminder {
    fn from(line: ReminderLine) -> Self {
        let ReminderLine { message, sender, reminder, .. } = line;
        let (at, note) = (reminder.due_at.to_string(), reminder.note);
        Self { message: message.into(), sender: sender.into(), at, note }
    }
}

/// All of them: there are never more than a hundred.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reminders {
    /// The next first.
    items: Vec<Reminder>,
}

/// What one will be reminded of, and may still read.
#[utoipa::path(get, path = "/reminders", tag = "later", responses((status = 200, body = Reminders)))]
pub async fn reminders(Reads(caller): Reads) -> Result<Json<Reminders>, Problem> {
    let mut found = reminding::reminders(&caller).await?;
    messages::reread(&caller, found.lines.iter_mut().map(|line| &mut line.message)).await?;
    Ok(Json(Reminders { items: found.lines.into_iter().map(Reminder::from).collect() }))
}

/// When, and of what else.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReminder {
    /// RFC 3339; within a year.
    #[schema(value_type = String, format = "date-time")]
    at: Moment,
    #[serde(default)]
    #[schema(value_type = Remark)]
    note: String,
}

/// Asks to be reminded of a message. If one is already, it is moved.
#[utoipa::path(put, path = "/conversations/{conversation}/messages/{message}/reminder", tag = "later",
    params(("conversation" = Id, Path), ("message" = Id, Path)), request_body = NewReminder, responses(
    (status = 204, description = "It waits"),
    (status = 404, body = Described),
    (status = 409, description = "The message is deleted, or was not said but done", body = Described),
    (status = 422, description = "Another moment is needed, or a hundred wait already", body = Described),
))]
pub async fn remind(
    Writes(caller): Writes,
    Ids(named): Ids<Named>,
    Body(NewReminder { at, note }): Body<NewReminder>,
) -> Result<StatusCode, Problem> {
    let (member, message) = found(&caller, named).await?;
    reminding::set(&caller, &member, message, due(&caller, at)?, &note).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Is reminded of a message no longer.
///
/// Once more changes nothing.
#[utoipa::path(delete, path = "/conversations/{conversation}/messages/{message}/reminder", tag = "later",
    params(("conversation" = Id, Path), ("message" = Id, Path)), responses(
    (status = 204, description = "Nothing waits"),
    (status = 404, body = Described),
))]
pub async fn forget(Writes(caller): Writes, Ids(named): Ids<Named>) -> Result<StatusCode, Problem> {
    let (_, message) = found(&caller, named).await?;
    reminding::remove(&caller, message).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Something that waits to be said.
#[derive(Debug, Serialize, ToSchema)]
pub struct Waiting {
    #[schema(value_type = Id)]
    id: ScheduledId,
    /// Where to; nothing where one no longer is.
    #[schema(value_type = Option<Id>)]
    conversation: Option<ConversationId>,
    /// In the list how it begins, else all of it.
    body: String,
    /// RFC 3339, in UTC.
    at: String,
    /// Why it was not sent, if it was not: `gone`, `read_only`, `text` or `key`.
    #[schema(value_type = Option<String>)]
    hindrance: Option<Hindrance>,
}

impl From<ScheduledLine> for Waiting {
    fn from(line: ScheduledLine) -> Self {
        let ScheduledLine { id, place, text, due_at, hindrance } = line;
        let conversation = place.and_then(|place| place.goal.conversation());
        Self { id, conversation, body: text, at: due_at.to_string(), hindrance }
    }
}

impl From<Revisable> for Waiting {
    fn from(found: Revisable) -> Self {
        let Revisable { id, place, body, due_at, hindrance, .. } = found;
        let conversation = place.and_then(|place| place.goal.conversation());
        Self { id, conversation, body, at: due_at.to_string(), hindrance }
    }
}

/// All that waits: there is never more than a hundred.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllWaiting {
    /// What was not sent, then the next first.
    items: Vec<Waiting>,
}

/// What one has waiting to be said.
#[utoipa::path(get, path = "/scheduled", tag = "later", responses((status = 200, body = AllWaiting)))]
pub async fn waiting(Reads(caller): Reads) -> Result<Json<AllWaiting>, Problem> {
    let found = scheduling::scheduled(&caller).await?;
    Ok(Json(AllWaiting { items: found.lines.into_iter().map(Waiting::from).collect() }))
}

/// One of them, with all its text.
#[utoipa::path(get, path = "/scheduled/{scheduled}", tag = "later", params(("scheduled" = Id, Path)), responses(
    (status = 200, body = Waiting),
    (status = 404, description = "There is none, or it waits no longer", body = Described),
))]
pub async fn one(Reads(caller): Reads, Ids(id): Ids<ScheduledId>) -> Result<Json<Waiting>, Problem> {
    Ok(Json(scheduling::revisable(&caller, id).await?.into()))
}

/// What is to be said, and when.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWaiting {
    #[schema(value_type = Text)]
    body: String,
    /// RFC 3339; within a year.
    #[schema(value_type = String, format = "date-time")]
    at: Moment,
    /// As that of a message: what waits is sent under it.
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z0-9_-]{16,64}$")]
    client_key: Option<ClientKey>,
}

/// Has something said later.
///
/// Whether one may write there is asked again then.
#[utoipa::path(post, path = "/conversations/{conversation}/scheduled", tag = "later",
    params(("conversation" = Id, Path), ("Idempotency-Key" = Option<String>, Header, pattern = r#"^"?[A-Za-z0-9_-]{16,64}"?$"#)), request_body = NewWaiting,
    responses(
    (status = 204, description = "It waits, now or under this key before"),
    (status = 403, description = "One may only read there, or the token may", body = Described),
    (status = 404, body = Described),
    (status = 409, description = "Something else waits under this key", body = Described),
    (status = 422, description = "A text that cannot be sent, another moment is needed, or a hundred wait already", body = Described),
))]
pub async fn schedule(
    Writes(caller): Writes,
    Ids(id): Ids<ConversationId>,
    headers: HeaderMap,
    Body(NewWaiting { body, at, client_key }): Body<NewWaiting>,
) -> Result<StatusCode, Problem> {
    let key = key(&headers, client_key)?;
    let member = access::member(&caller, id).await?;
    scheduling::schedule(&caller, &member, key, &body, due(&caller, at)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Another text, at another time.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Revision {
    #[schema(value_type = Text)]
    body: String,
    /// RFC 3339; within a year.
    #[schema(value_type = String, format = "date-time")]
    at: Moment,
}

/// Gives what waits another text and another time, whatever hindered it before.
#[utoipa::path(put, path = "/scheduled/{scheduled}", tag = "later", params(("scheduled" = Id, Path)),
    request_body = Revision, responses(
    (status = 204, description = "It waits"),
    (status = 404, description = "There is none, or it waits no longer", body = Described),
    (status = 422, body = Described),
))]
pub async fn revise(
    Writes(caller): Writes,
    Ids(id): Ids<ScheduledId>,
    Body(Revision { body, at }): Body<Revision>,
) -> Result<StatusCode, Problem> {
    scheduling::revise(&caller, id, &body, due(&caller, at)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets go of what waits: it will not be said.
#[utoipa::path(delete, path = "/scheduled/{scheduled}", tag = "later", params(("scheduled" = Id, Path)), responses(
    (status = 204, description = "It waits no longer"),
    (status = 404, description = "There is none, or it waits no longer", body = Described),
))]
pub async fn cancel(Writes(caller): Writes, Ids(id): Ids<ScheduledId>) -> Result<StatusCode, Problem> {
    scheduling::cancel(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says at once what waits.
#[utoipa::path(post, path = "/scheduled/{scheduled}/send", tag = "later", params(("scheduled" = Id, Path)), responses(
    (status = 204, description = "It is said"),
    (status = 403, description = "One may only read there, or the token may", body = Described),
    (status = 404, description = "There is none, it waits no longer, or one is no longer there", body = Described),
    (status = 409, description = "Something else was said under its key", body = Described),
    (status = 422, description = "Its text cannot be sent any more", body = Described),
))]
pub async fn send_now(Writes(caller): Writes, Ids(id): Ids<ScheduledId>) -> Result<StatusCode, Problem> {
    sending::send_now(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
