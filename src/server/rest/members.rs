//! Who is in a conversation: groups of friends, and private channels.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Asked, Body, Ids, Page},
    conversations::{Conversation, about},
    cursor,
    me::Seen,
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::{Id, Name},
};
use crate::{
    conversations::{about::Role, members::Line},
    ids::{AccountId, ConversationId},
    server::{
        access,
        conversations::{groups, members},
    },
};

/// Somebody in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Member {
    #[serde(flatten)]
    account: Seen,
    /// `admin` or `member`.
    #[schema(value_type = String, pattern = "^(admin|member)$")]
    role: Role,
}

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Members {
    /// Admins first, and then by username; at most 50.
    items: Vec<Member>,
    /// The `cursor` of the next page, if there is one.
    next: Option<String>,
}

fn list_of(conversation: ConversationId) -> String {
    format!("members {conversation}")
}

/// Where the list goes on: behind somebody of a role.
fn place(cursor: &str) -> Option<(Role, String)> {
    let (role, username) = cursor.split_once(' ')?;
    Some((Role::from_code(role)?, username.to_owned()))
}

/// Who is in a conversation.
#[utoipa::path(get, path = "/conversations/{conversation}/members", tag = "members",
    params(("conversation" = Id, Path), Page), responses(
    (status = 200, body = Members),
    (status = 401, body = Described),
    (status = 403, description = "Everyone is in it", body = Described),
    (status = 404, body = Described),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn list(
    Reads(caller): Reads,
    Ids(id): Ids<ConversationId>,
    Asked(page): Asked<Page>,
) -> Result<Json<Members>, Problem> {
    let member = access::member(&caller, id).await?;
    let list = list_of(id);
    let after: Option<String> =
        page.cursor.map(|cursor| cursor::read(&caller, &list, &cursor)).transpose()?;
    let found = members::list(&caller, &member, after.as_deref().and_then(place)).await?;
    let member = |line: Line| Member { account: Seen::new(line.person, &found.present), role: line.role };
    let next = found.next.map(|(role, username)| format!("{} {username}", role.code()));
    Ok(Json(Members {
        items: found.people.into_iter().map(member).collect(),
        next: next.map(|next| cursor::write(&caller, &list, &next)),
    }))
}

/// A new group.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    #[schema(value_type = Name)]
    name: String,
    /// Friends of whoever makes it.
    #[schema(value_type = Vec<Id>, min_items = 1, max_items = 100)]
    people: Vec<AccountId>,
}

/// Makes a group.
///
/// Whoever makes it is its admin.
#[utoipa::path(post, path = "/groups", tag = "conversations", request_body = Group, responses(
    (status = 201, body = Conversation),
    (status = 400, description = "The body is not JSON", body = Described),
    (status = 401, body = Described),
    (status = 403, description = "The token may only read", body = Described),
    (status = 413, description = "Too many people at once, or a body that is too large", body = Described),
    (status = 415, body = Described),
    (status = 422, description = "A name that cannot be taken, nobody else in it, or somebody who is no friend", body = Described),
    (status = 429, body = Described),
))]
pub async fn gather(
    Writes(caller): Writes,
    Body(Group { name, people }): Body<Group>,
) -> Result<(StatusCode, Json<Conversation>), Problem> {
    let id = groups::create(&caller, &name, people, "").await?;
    Ok((StatusCode::CREATED, Json(about(&caller, id).await?)))
}

/// Who is to come in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMembers {
    #[schema(value_type = Vec<Id>, min_items = 1, max_items = 100)]
    people: Vec<AccountId>,
}

/// Brings friends into a group, or members of its space into a private channel.
///
/// Who is there already stays.
#[utoipa::path(post, path = "/conversations/{conversation}/members", tag = "members",
    params(("conversation" = Id, Path)), request_body = NewMembers, responses(
    (status = 204, description = "They are in it"),
    (status = 400, description = "The body is not JSON", body = Described),
    (status = 401, body = Described),
    (status = 403, description = "One is no admin, or the token may only read", body = Described),
    (status = 404, body = Described),
    (status = 409, description = "Everyone is in it", body = Described),
    (status = 413, body = Described),
    (status = 415, body = Described),
    (status = 422, description = "Nobody, or somebody who is no friend", body = Described),
    (status = 429, body = Described),
))]
pub async fn add(
    Writes(caller): Writes,
    Ids(id): Ids<ConversationId>,
    Body(NewMembers { people }): Body<NewMembers>,
) -> Result<StatusCode, Problem> {
    members::add(&caller, id, people, "").await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Another role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    /// `admin` or `member`.
    #[schema(value_type = String, pattern = "^(admin|member)$")]
    role: Role,
}

/// Makes somebody an admin of a group, or a plain member again.
#[utoipa::path(patch, path = "/conversations/{conversation}/members/{account}", tag = "members",
    params(("conversation" = Id, Path), ("account" = Id, Path)), request_body = NewRole, responses(
    (status = 204, description = "It is so"),
    (status = 400, description = "The body is not JSON", body = Described),
    (status = 401, body = Described),
    (status = 403, description = "One is no admin, or the token may only read", body = Described),
    (status = 404, body = Described),
    (status = 409, description = "The last admin, or a channel, where ranks are the space's", body = Described),
    (status = 413, body = Described),
    (status = 415, body = Described),
    (status = 422, body = Described),
    (status = 429, body = Described),
))]
pub async fn set_role(
    Writes(caller): Writes,
    Ids((id, person)): Ids<(ConversationId, AccountId)>,
    Body(NewRole { role }): Body<NewRole>,
) -> Result<StatusCode, Problem> {
    members::set_role(&caller, id, person, role).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets somebody go; oneself: leaves.
#[utoipa::path(delete, path = "/conversations/{conversation}/members/{account}", tag = "members",
    params(("conversation" = Id, Path), ("account" = Id, Path)), responses(
    (status = 204, description = "They are in it no more"),
    (status = 401, body = Described),
    (status = 403, description = "One is no admin, they are one, or the token may only read", body = Described),
    (status = 404, body = Described),
    (status = 409, description = "Everyone is in it, or one is the last admin", body = Described),
    (status = 429, body = Described),
))]
pub async fn remove(
    Writes(caller): Writes,
    Ids((id, person)): Ids<(ConversationId, AccountId)>,
) -> Result<StatusCode, Problem> {
    if person == caller.account {
        members::leave(&caller, id).await?;
    } else {
        members::remove(&caller, id, person).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
