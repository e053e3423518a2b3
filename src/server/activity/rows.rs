//! The rows of what concerns somebody: how they are written, and how many are kept.

use std::collections::BTreeSet;

use sqlx::QueryBuilder;

use crate::{
    activity::MOST_KEPT,
    ids::{AccountId, ActivityId, ConversationId, MessageId},
    server::{
        answer::Outcome,
        db::{Tx, on_engine},
    },
};

/// Rows that are written by one statement.
const AT_ONCE: usize = 500;

/// Rows that go at once where there are too many, so that not every further one takes one along.
const ROOM: usize = 50;

/// What somebody did, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Named somebody, turned to everyone, or answered: the message knows which.
    Said,
    Reacted,
    Asked,
    Accepted,
    Added,
    Approached,
    /// Said what somebody wanted to be reminded of, whose time has come.
    Reminded,
    /// Wanted something sent, which was not: the one kind that one does to oneself.
    Unsent,
}

impl Kind {
    const fn code(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Reacted => "reacted",
            Self::Asked => "asked",
            Self::Accepted => "accepted",
            Self::Added => "added",
            Self::Approached => "approached",
            Self::Reminded => "reminded",
            Self::Unsent => "unsent",
        }
    }
}

/// Something that somebody did, before it is a row for each whom it concerns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Done<'a> {
    id: ActivityId,
    actor: AccountId,
    kind: Kind,
    conversation: Option<ConversationId>,
    message: Option<MessageId>,
    emoji: &'a str,
}

impl<'a> Done<'a> {
    pub(super) fn new(tx: &Tx, actor: AccountId, kind: Kind) -> Self {
        Self { id: tx.mint.next(), actor, kind, conversation: None, message: None, emoji: "" }
    }

    pub(super) const fn within(self, conversation: ConversationId) -> Self {
        Self { conversation: Some(conversation), ..self }
    }

    pub(super) const fn about(self, message: MessageId) -> Self {
        Self { message: Some(message), ..self }
    }

    pub(super) const fn with(self, emoji: &'a str) -> Self {
        Self { emoji, ..self }
    }
}

/// Writes a row for each whom something concerns, who is where it was done and has not blocked who did it. What is there
/// already stays where it stands if it is about a message, so that nobody comes up again by doing and undoing; what was
/// asked anew, who was brought in anew, or of what one is reminded anew, is new. The oldest make room.
///
/// # Errors
/// The database's own.
pub(super) async fn store(tx: &mut Tx, rows: &[(AccountId, Done<'_>)]) -> Outcome<()> {
    let now = tx.now.millis();
    for rows in rows.chunks(AT_ONCE) {
        on_engine!(tx.connection(), connection => {
            let mut query = QueryBuilder::new(
                "insert into activity
                 (account_id, id, actor_id, kind, conversation_id, message_id, emoji, created_at)
                 select column1, column2, column3, column4, column5, column6, column7, ",
            );
            query.push_bind(now).push(" from (");
            query.push_values(rows, |mut row, (account, done)| {
                row.push_bind(account.get())
                    .push_bind(done.id.get())
                    .push_bind(done.actor.get())
                    .push_bind(done.kind.code())
                    .push_bind(done.conversation.map(ConversationId::get))
                    .push_bind(done.message.map(MessageId::get))
                    .push_bind(done.emoji);
            });
            query.push(
                ") as new
                 where not exists (select 1 from block where blocker_id = new.column1 and blocked_id = new.column3)
                   and (new.column5 is null or exists (
                     select 1 from participant where conversation_id = new.column5 and account_id = new.column1
                   ))
                 on conflict (account_id, actor_id, kind, coalesce(message_id, conversation_id, 0), emoji)
                 do update set id = excluded.id, created_at = excluded.created_at
                 where activity.message_id is null or activity.kind = 'reminded'",
            );
            query.build().execute(connection).await.map(drop)
        })?;
    }
    make_room(tx, &rows.iter().map(|(account, _)| *account).collect()).await
}

/// Lets go of the oldest for those of `people` for whom there is more than [`MOST_KEPT`].
async fn make_room(tx: &mut Tx, people: &BTreeSet<AccountId>) -> Outcome<()> {
    if people.is_empty() {
        return Ok(());
    }
    let full: Vec<i64> = on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new(
            "select account.id from account
             where exists (select 1 from activity where activity.account_id = account.id limit 1 offset ",
        );
        query.push_bind(i64::try_from(MOST_KEPT).unwrap_or(i64::MAX)).push(") and account.id in (");
        let mut list = query.separated(", ");
        for person in people {
            list.push_bind(person.get());
        }
        query.push(") order by account.id");
        query.build_query_scalar().fetch_all(connection).await
    })?;
    for person in full {
        on_engine!(tx.connection(), connection => sqlx::query(
            "delete from activity
             where account_id = $1 and id <= (
               select kept.id from activity as kept
               where kept.account_id = $1
               order by kept.id desc
               limit 1 offset $2
             )",
        )
        .bind(person).bind(i64::try_from(MOST_KEPT - ROOM).unwrap_or(i64::MAX))
        .execute(connection).await.map(drop))?;
    }
    Ok(())
}
