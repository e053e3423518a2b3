//! What is said from one address to another, and the text files among it.

use axum::{
    Json,
    extract::{
        Path, Query,
        rejection::{PathRejection, QueryRejection},
    },
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    super::{
        fields::{Fields, Upload},
        refusal::{Refusal, Told},
        saying,
    },
    LoggedIn,
    files::TextFile,
};
use crate::{
    error::Error,
    ids::{AccountId, MessageId},
    messages::Message,
    server::{
        accounts,
        caller::Caller,
        messages::{self, talks},
        rest::Id,
    },
};

/// Messages on one page.
const PAGE: u32 = 100;

/// What is to be said. A file is a part of a form of the kind `multipart/form-data`.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = securisee::messages::New)]
pub struct New {
    /// One's own. In a form, an empty field is one that was not filled in.
    #[schema(min_length = 1)]
    sender_email: String,
    #[schema(min_length = 1)]
    receiver_email: String,
    /// `text` or `file`.
    #[schema(pattern = "^(text|file)$")]
    content_type: String,
    text_content: Option<String>,
    #[schema(value_type = Option<String>, format = Binary)]
    file: Option<Upload>,
}

/// What was said.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = securisee::messages::Sent)]
pub struct Sent {
    message: &'static str,
    id: i64,
    /// By which a file is found.
    file_id: Option<i64>,
}

/// A message.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = securisee::messages::Said)]
pub struct Said {
    id: i64,
    sender_email: String,
    receiver_email: String,
    /// `text` or `file`.
    content_type: &'static str,
    /// A text, or the name of a file.
    content: String,
    file_id: Option<i64>,
    /// RFC 3339, in UTC.
    timestamp: String,
}

/// All of them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = securisee::messages::Received)]
pub struct Received {
    messages: Vec<Said>,
}

/// Whether an address is the caller's own.
fn is_own(caller: &Caller, address: &str) -> bool {
    accounts::email_key(address.trim()) == accounts::email_key(&caller.viewer.email)
}

fn bad(why: &'static str) -> Refusal {
    Refusal::shape(why).bad_request()
}

/// Says something, or sends a text file.
///
/// Nobody speaks in another's name: `sender_email` is one's own (403). There is one answer for an address without an account
/// and for somebody who takes nothing from the caller. Files are texts (`.txt`) of at most as many characters as a message; of
/// the other kinds that the document lets through each is 400 for now. Everything is encrypted where it is stored, and not
/// from end to end: keys and signatures come with encrypted conversations.
#[utoipa::path(post, path = "/messaging/send_message", tag = "securisee",
    request_body(content = New, content_type = "multipart/form-data"), responses(
    (status = 200, body = Sent),
    (status = 400, description = "An address, a kind or a content that cannot be taken", body = Told),
    (status = 401, body = Told),
    (status = 403, description = "Another's address as the sender's, or one may only read there", body = Told),
))]
pub async fn send(
    LoggedIn(caller): LoggedIn,
    new: Result<Fields<New>, Refusal>,
) -> Result<Json<Sent>, Refusal> {
    let Fields(new) = new.map_err(Refusal::bad_request)?;
    if !is_own(&caller, &new.sender_email) {
        return Err(Error::Forbidden.into());
    }
    let body = match (new.content_type.as_str(), new.text_content, new.file) {
        ("text", Some(text), _) => text,
        ("text", None, _) => return Err(bad("A text is missing.")),
        ("file", _, Some(file)) => TextFile::taken(file)?.body(),
        ("file", _, None) => return Err(bad("A file is missing.")),
        _ => return Err(bad("The content is 'text' or 'file'.")),
    };
    let receiver = accounts::by_address(&caller.app.db, &new.receiver_email).await?;
    let unknown = || bad("Nobody takes messages at this address.");
    let receiver = receiver.filter(|receiver| *receiver != caller.account).ok_or_else(unknown)?;
    let is_file = TextFile::of(&body).is_some();
    let said = saying::say(&caller, Some(receiver), &body).await;
    let closed = Refusal::from(Error::NotFound);
    let said = said.map_err(|refusal| if refusal == closed { unknown() } else { refusal.bad_request() });
    let id = said?.0.id.get();
    Ok(Json(Sent { message: "The message is sent.", id, file_id: is_file.then_some(id) }))
}

/// Whose messages, to whom.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = securisee::messages::Between)]
pub struct Between {
    sender_email: String,
    receiver_email: String,
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// At most 100.
    #[param(value_type = i64, required = false, minimum = 0, maximum = 4294967295_u32)]
    limit: Option<u32>,
    /// Only what is older than this message.
    #[param(value_type = Option<Id>)]
    before: Option<MessageId>,
}

/// What one address said to another, the oldest of the page first. One of the two is one's own.
///
/// They are looked for among the thousand messages of the two that are newest before `before`.
#[utoipa::path(post, path = "/messaging/receive_messages", tag = "securisee", request_body = Between, params(Page),
    responses(
    (status = 200, body = Received),
    (status = 400, description = "An address is missing", body = Told),
    (status = 401, body = Told),
    (status = 403, description = "A talk of others", body = Told),
    (status = 404, description = "Nothing was said", body = Told),
))]
pub async fn receive(
    LoggedIn(caller): LoggedIn,
    page: Result<Query<Page>, QueryRejection>,
    between: Result<Fields<Between>, Refusal>,
) -> Result<Json<Received>, Refusal> {
    let Fields(Between { sender_email, receiver_email }) = between.map_err(Refusal::bad_request)?;
    let Query(Page { limit, before }) =
        page.map_err(|refused| Refusal::shape(refused.body_text()).bad_request())?;
    let limit = limit.unwrap_or(PAGE).clamp(1, PAGE) as usize;
    let (from_me, to_me) = (is_own(&caller, &sender_email), is_own(&caller, &receiver_email));
    let other = match (from_me, to_me) {
        (true, false) => &receiver_email,
        (false, true) => &sender_email,
        (true, true) => return Err(Error::NotFound.into()),
        (false, false) => return Err(Error::Forbidden.into()),
    };
    let other = accounts::by_address(&caller.app.db, other).await?.ok_or(Error::NotFound)?;
    let sender: AccountId = if from_me { caller.account } else { other };
    let said = talks::said_by(&caller, other, sender, before, limit).await?;
    if said.is_empty() {
        return Err(Error::NotFound.into());
    }
    let told = |message: Message| {
        let (id, timestamp) = (message.id.get(), message.at.to_string());
        let (content_type, content, file_id) = match TextFile::of(&message.body) {
            Some(file) => ("file", file.name, Some(id)),
            None => ("text", message.body, None),
        };
        let (sender_email, receiver_email) = (sender_email.clone(), receiver_email.clone());
        Said { id, sender_email, receiver_email, content_type, content, file_id, timestamp }
    };
    Ok(Json(Received { messages: said.into_iter().map(told).collect() }))
}

/// The text file that a message is.
///
/// 400 for a key that is not in the session comes with encrypted conversations.
#[utoipa::path(get, path = "/messaging/download_file/{file_id}", tag = "securisee", params(("file_id" = Id, Path)),
    responses(
    (status = 200, description = "The file", body = String, content_type = "text/plain"),
    (status = 401, body = Told),
    (status = 404, description = "No such message, none of one's own talks, or no file", body = Told),
))]
pub async fn download(
    LoggedIn(caller): LoggedIn,
    id: Result<Path<MessageId>, PathRejection>,
) -> Result<Response, Refusal> {
    let Path(id) = id.map_err(|_| Error::NotFound)?;
    let member = messages::place_of(&caller, id).await?;
    let message = messages::one(&caller, &member, id).await?;
    let file = Some(message).filter(|message| message.deleted.is_none());
    let TextFile { name, text } =
        file.and_then(|message| TextFile::of(&message.body)).ok_or(Error::NotFound)?;
    // RFC 6266: a name for everyone, and the true one as RFC 8187 writes it.
    let plain: String =
        name.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '_' }).collect();
    let coded: String =
        form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20");
    let named = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{coded}");
    let named = HeaderValue::from_str(&named).map_err(|_| Error::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (header::CONTENT_DISPOSITION, named),
    ];
    Ok((headers, text).into_response())
}
