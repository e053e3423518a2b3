//! What was said: in one talk, by a word of it, and by its day. Each list comes in pages, and names the next in the header
//! `Link`, so that its body is the plain list that the document has.

use axum::{
    Json,
    extract::{
        Path, Query,
        rejection::{PathRejection, QueryRejection},
    },
    http::{HeaderMap, HeaderValue, header},
};
use form_urlencoded::Serializer;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    super::refusal::{Refusal, Told},
    LoggedIn, dates,
    messages::{Said, told},
};
use crate::{
    error::Error,
    ids::{AccountId, MessageId},
    messages::Message,
    server::{
        access,
        conversations::parties::Parties,
        messages::{
            searching::{self, Within},
            talks,
        },
        rest::{Day, Id, Term},
    },
};

/// Messages on one page.
const PAGE: u32 = 100;

fn at_most(limit: Option<u32>) -> usize {
    limit.unwrap_or(PAGE).clamp(1, PAGE) as usize
}

fn asked<T>(query: Result<Query<T>, QueryRejection>) -> Result<T, Refusal> {
    let Query(asked) = query.map_err(|refused| Refusal::shape(refused.body_text()).bad_request())?;
    Ok(asked)
}

/// A list, and the same question once more for what is older (RFC 8288).
type Listed = (HeaderMap, Json<Vec<Said>>);

fn listed(said: Vec<Said>, next: Option<MessageId>, limit: usize, pairs: &[(&str, &str)]) -> Listed {
    let link = next.and_then(|before| {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(pairs).append_pair("limit", &limit.to_string());
        let query = query.append_pair("before", &before.to_string()).finish();
        HeaderValue::try_from(format!("<?{query}>; rel=\"next\"")).ok()
    });
    (link.map(|link| (header::LINK, link)).into_iter().collect(), Json(said))
}

/// Before what to go on where a page, the oldest first, is full.
fn rest(page: &[(Message, Parties)], limit: usize) -> Option<MessageId> {
    page.first().map(|(message, _)| message.id).filter(|_| page.len() == limit)
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

/// The talk of two users, of whom the caller is one: the oldest of the page first.
///
/// The document tells it to anybody who asks.
#[utoipa::path(get, path = "/api/messages/conversation/{userId1}/{userId2}", tag = "messagerie",
    params(("userId1" = Id, Path), ("userId2" = Id, Path), Page), responses(
    (status = 200, body = Vec<Said>),
    (status = 400, body = Told),
    (status = 401, body = Told),
    (status = 403, description = "It is the talk of two others", body = Told),
    (status = 404, description = "There is no such user", body = Told),
))]
pub async fn conversation(
    LoggedIn(caller): LoggedIn,
    two: Result<Path<(AccountId, AccountId)>, PathRejection>,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Listed, Refusal> {
    let Path((one, other)) = two.map_err(|_| Error::NotFound)?;
    let Page { limit, before } = asked(page)?;
    let other = match (one == caller.account, other == caller.account) {
        (true, false) => other,
        (false, true) => one,
        (true, true) => return Err(Error::NotFound.into()),
        (false, false) => return Err(Error::Forbidden.into()),
    };
    let (other, limit) = (access::may_look_up(&caller, other).await?, at_most(limit));
    let said = talks::with(&caller, other, before, limit).await?;
    let parties = Parties::Two(caller.account, other);
    let said: Vec<_> = said.into_iter().map(|message| (message, parties)).collect();
    let next = rest(&said, limit);
    Ok(listed(told(&caller, said).await?, next, limit, &[]))
}

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// At most 100 characters.
    #[serde(default)]
    #[param(value_type = Term, inline, required = true)]
    term: String,
    /// At most 100.
    #[param(value_type = i64, required = false, minimum = 0, maximum = 4294967295_u32)]
    limit: Option<u32>,
    /// Only what is older than this message.
    #[param(value_type = Option<Id>)]
    before: Option<MessageId>,
}

/// What one has said or been told that holds the term, or whose sender or receiver is called so: the newest first.
///
/// In the fifty conversations that were last active. One request looks through 5,000 messages: where it has not come to the
/// end, the header `Link` names what goes on, even if nothing was found so far.
#[utoipa::path(get, path = "/api/messages/search", tag = "messagerie", params(Search), responses(
    (status = 200, body = Vec<Said>),
    (status = 400, body = Told),
    (status = 401, body = Told),
    (status = 429, body = Told),
))]
pub async fn search(
    LoggedIn(caller): LoggedIn,
    search: Result<Query<Search>, QueryRejection>,
) -> Result<Listed, Refusal> {
    let Search { term, limit, before } = asked(search)?;
    let limit = at_most(limit);
    let found = searching::search(&caller, Within::Talks, &term, before, limit).await;
    let found = found.map_err(|failure| Refusal::from(failure).bad_request())?;
    let said = found.messages.into_iter().filter_map(|(message, parties)| Some((message, parties?)));
    Ok(listed(told(&caller, said.collect()).await?, found.next, limit, &[("term", &term)]))
}

/// From when to when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct Filter {
    /// A day, as `2026-11-23`, or a moment, as `2026-11-23T09:00:00Z`; without an offset it is UTC. Without it, from the
    /// beginning.
    #[param(value_type = Day, inline, required = false)]
    start_date: Option<String>,
    /// Likewise, and included. A day includes all of it. Without it, until now.
    #[param(value_type = Day, inline, required = false)]
    end_date: Option<String>,
    /// At most 100.
    #[param(value_type = i64, required = false, minimum = 0, maximum = 4294967295_u32)]
    limit: Option<u32>,
    /// Only what is older than this message.
    #[param(value_type = Option<Id>)]
    before: Option<MessageId>,
}

/// What one has said or been told from one day to another, both included: the oldest of the page first.
///
/// In the fifty conversations that were last active.
#[utoipa::path(get, path = "/api/messages/filter", tag = "messagerie", params(Filter), responses(
    (status = 200, body = Vec<Said>),
    (status = 400, description = "This is no date; or the end is before the start", body = Told),
    (status = 401, body = Told),
))]
pub async fn filter(
    LoggedIn(caller): LoggedIn,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Result<Listed, Refusal> {
    let Filter { start_date, end_date, limit, before } = asked(filter)?;
    let (start, end) = (start_date.unwrap_or_default(), end_date.unwrap_or_default());
    let (limit, span) = (at_most(limit), dates::span(&start, &end)?);
    let said = talks::between(&caller, span, before, limit).await?;
    let next = rest(&said, limit);
    let pairs = [("startDate", &*start), ("endDate", &*end)];
    let pairs: Vec<_> = pairs.into_iter().filter(|(_, date)| !date.is_empty()).collect();
    Ok(listed(told(&caller, said).await?, next, limit, &pairs))
}
