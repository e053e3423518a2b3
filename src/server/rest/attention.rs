//! What one chooses for one conversation, and whether one takes what a stranger writes. Nobody else learns of it.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Body, Ids},
    conversations::Line,
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::Id,
};
use crate::{
    conversations::choices::{Choices as Told, Level, Mute},
    ids::ConversationId,
    server::{
        access,
        conversations::{
            self,
            choices::{self, Choice},
            direct,
        },
    },
};

/// What one has chosen for a conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Choices {
    /// Of which messages one wants to hear: `all`, `mentions` or `none`.
    #[schema(value_type = String, pattern = "^(all|mentions|none)$")]
    level: Level,
    /// RFC 3339, in UTC; the end of the year 9999 stands for as long as it is not lifted.
    muted_until: Option<String>,
    /// Whether it stands first in the list.
    pinned: bool,
    /// Whether it is out of the list, until something new is said there.
    hidden: bool,
}

impl From<Told> for Choices {
    fn from(told: Told) -> Self {
        let Told { level, muted_until, pinned, hidden, .. } = told;
        Self { level, muted_until: muted_until.map(|end| end.to_string()), pinned, hidden }
    }
}

/// What one has chosen for a conversation.
#[utoipa::path(get, path = "/conversations/{conversation}/choices", tag = "conversations",
    params(("conversation" = Id, Path)), responses(
    (status = 200, body = Choices),
    (status = 404, body = Described),
))]
pub async fn show(Reads(caller): Reads, Ids(id): Ids<ConversationId>) -> Result<Json<Choices>, Problem> {
    let member = access::member(&caller, id).await?;
    Ok(Json(choices::show(&caller, &member).await?.into()))
}

/// For how long.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// Not at all, or no longer.
    Off,
    Hour,
    EightHours,
    Week,
    /// Until it is lifted.
    Always,
}

/// What one chooses. What is not named stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChoices {
    #[schema(value_type = Option<String>, pattern = "^(all|mentions|none)$")]
    level: Option<Level>,
    mute: Option<Silence>,
    /// What is pinned is not hidden.
    pinned: Option<bool>,
    /// What is hidden is not pinned.
    hidden: Option<bool>,
}

impl NewChoices {
    /// In the order in which they are made.
    fn choices(&self) -> impl Iterator<Item = Choice> {
        let pinned = self.pinned.map(|pinned| if pinned { Choice::Pin } else { Choice::Unpin });
        let hidden = self.hidden.map(|hidden| if hidden { Choice::Hide } else { Choice::ShowAgain });
        let mute = self.mute.map(|silence| match silence {
            Silence::Off => Choice::Unmute,
            Silence::Hour => Choice::Mute(Mute::Hour),
            Silence::EightHours => Choice::Mute(Mute::EightHours),
            Silence::Week => Choice::Mute(Mute::Week),
            Silence::Always => Choice::Mute(Mute::Always),
        });
        // First what may be refused.
        pinned.into_iter().chain(hidden).chain(mute).chain(self.level.map(Choice::Level))
    }
}

/// Chooses how much to hear of a conversation, and where it stands in one's list.
#[utoipa::path(patch, path = "/conversations/{conversation}/choices", tag = "conversations",
    params(("conversation" = Id, Path)), request_body = NewChoices, responses(
    (status = 200, body = Choices),
    (status = 404, body = Described),
    (status = 422, description = "As many are pinned as may be", body = Described),
))]
pub async fn choose(
    Writes(caller): Writes,
    Ids(id): Ids<ConversationId>,
    Body(new): Body<NewChoices>,
) -> Result<Json<Choices>, Problem> {
    let member = access::member(&caller, id).await?;
    for choice in new.choices() {
        choices::choose(&caller, &member, choice).await?;
    }
    Ok(Json(choices::show(&caller, &member).await?.into()))
}

/// Talks that strangers ask for: there are at most twenty at a time.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedFor {
    /// The last active first.
    items: Vec<Line>,
}

/// The talks that strangers ask for. What they wrote waits there.
#[utoipa::path(get, path = "/conversations/requests", tag = "conversations", responses(
    (status = 200, body = AskedFor),
))]
pub async fn requests(Reads(caller): Reads) -> Result<Json<AskedFor>, Problem> {
    let home = conversations::home(&caller, None, None, None).await?;
    Ok(Json(AskedFor { items: home.asked.into_iter().map(Line::from).collect() }))
}

/// Accepts a talk that somebody asked for: from here on it is like any other.
#[utoipa::path(put, path = "/conversations/{conversation}/request", tag = "conversations",
    params(("conversation" = Id, Path)), responses(
    (status = 204, description = "It is accepted"),
    (status = 404, description = "Nothing was asked, or one is not in it", body = Described),
))]
pub async fn accept(Writes(caller): Writes, Ids(id): Ids<ConversationId>) -> Result<StatusCode, Problem> {
    let member = access::member(&caller, id).await?;
    direct::accept(&caller, &member).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Declines a talk that somebody asked for: they can no longer write there, and are not told why.
#[utoipa::path(delete, path = "/conversations/{conversation}/request", tag = "conversations",
    params(("conversation" = Id, Path)), responses(
    (status = 204, description = "It is declined"),
    (status = 404, description = "Nothing was asked, or one is not in it", body = Described),
))]
pub async fn decline(Writes(caller): Writes, Ids(id): Ids<ConversationId>) -> Result<StatusCode, Problem> {
    let member = access::member(&caller, id).await?;
    direct::decline(&caller, &member).await?;
    Ok(StatusCode::NO_CONTENT)
}
