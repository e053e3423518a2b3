//! What receivers are told: an envelope after Standard Webhooks (standardwebhooks.com), around what `/api/v1` says of a message.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use sqlx::QueryBuilder;

use crate::{
    ids::{AccountId, ConversationId},
    messages::Message,
    server::{answer::Outcome, caller::Caller, db::on_engine, rest},
};

/// Somebody, as receivers know them.
#[derive(Debug, Clone, Serialize)]
pub struct Somebody {
    id: i64,
    username: String,
    display_name: String,
    is_bot: bool,
}

impl Somebody {
    /// Whether a program speaks by this account.
    pub const fn is_bot(&self) -> bool {
        self.is_bot
    }
}

/// Those who have written something.
///
/// # Errors
/// The database's own.
pub async fn authors(
    caller: &Caller,
    senders: impl Iterator<Item = AccountId>,
) -> Outcome<HashMap<AccountId, Somebody>> {
    let senders: BTreeSet<_> = senders.collect();
    if senders.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(i64, String, String, bool)> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new(
            "select id, username, display_name, owner_id is not null from account where id in (",
        );
        let mut ids = query.separated(", ");
        for sender in senders {
            ids.push_bind(sender.get());
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await
    })?;
    let somebody = |(id, username, display_name, is_bot): (i64, String, String, bool)| {
        Some((id.try_into().ok()?, Somebody { id, username, display_name, is_bot }))
    };
    Ok(rows.into_iter().filter_map(somebody).collect())
}

/// What has happened to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Created,
    /// Its text, or what belongs to it: reactions, votes, a pin, replies.
    Changed,
    Deleted,
}

impl What {
    const fn code(self) -> &'static str {
        match self {
            Self::Created => "message.created",
            Self::Changed => "message.changed",
            Self::Deleted => "message.deleted",
        }
    }
}

#[derive(Debug, Serialize)]
struct Envelope<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    timestamp: String,
    data: Data<'a>,
}

#[derive(Debug, Serialize)]
struct Data<'a> {
    /// Whose webhook it is.
    bot: AccountId,
    conversation: Where<'a>,
    author: Option<&'a Somebody>,
    message: rest::Message,
}

#[derive(Debug, Serialize)]
struct Where<'a> {
    id: ConversationId,
    /// `direct`, `group` or `channel`.
    kind: &'a str,
}

/// The body of a delivery.
pub fn body(bot: &Caller, kind: &str, what: What, message: Message, author: Option<&Somebody>) -> Vec<u8> {
    let envelope = Envelope {
        kind: what.code(),
        timestamp: bot.app.clock.now().to_string(),
        data: Data {
            bot: bot.account,
            conversation: Where { id: message.conversation, kind },
            author,
            message: message.into(),
        },
    };
    // A structure of numbers and texts: nothing in it can fail to be written.
    serde_json::to_vec(&envelope).unwrap_or_default()
}
