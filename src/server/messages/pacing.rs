//! Slow mode: in some conversations whoever does not keep order waits a while between two messages.
//!
//! Costs nothing where it is off, which the conversation's own row says.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use crate::{
    error::Error,
    ids::{AccountId, ConversationId},
    server::{
        access,
        answer::Outcome,
        db::{Tx, on_engine},
    },
    time::Timestamp,
};

/// How fast somebody may write where slow mode is on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// Seconds between two messages.
    slow: i64,
    /// When they wrote there last.
    last: Option<i64>,
}

/// By conversation and sender; nobody is here who may write at any time.
pub(super) type Paces = HashMap<(ConversationId, AccountId), Pace>;

impl Pace {
    /// Whether they may write at `now`, the time of the conversation.
    ///
    /// # Errors
    /// `TooFast` with the seconds to wait: never longer than the pace, even if the clock was set back.
    pub(super) fn check(&self, now: Timestamp) -> Result<(), Error> {
        let Some(last) = self.last else { return Ok(()) };
        let left = last.saturating_add(self.slow * 1_000).saturating_sub(now.millis());
        if left <= 0 {
            return Ok(());
        }
        let seconds = (left.saturating_add(999) / 1_000).min(self.slow);
        Err(Error::TooFast { retry_in: u32::try_from(seconds).unwrap_or(u32::MAX) })
    }

    /// They wrote at this moment.
    pub(super) fn wrote(&mut self, at: Timestamp) {
        self.last = Some(at.millis());
    }
}

/// The paces of those among `asked` who have one; `slow` says how long one waits in a conversation. To be asked after
/// the conversations were locked.
///
/// # Errors
/// The database's own.
pub(super) async fn paces(
    tx: &mut Tx,
    mut asked: Vec<(ConversationId, AccountId)>,
    slow: impl Fn(&ConversationId) -> i64,
) -> Outcome<Paces> {
    asked.retain(|(conversation, _)| slow(conversation) > 0);
    if asked.is_empty() {
        return Ok(Paces::new());
    }
    let moderators = access::moderators(tx, &asked).await?;
    asked.retain(|who| !moderators.contains(who));
    if asked.is_empty() {
        return Ok(Paces::new());
    }

    let last = last_messages(tx, &asked).await?;
    let pace =
        |who: (ConversationId, AccountId)| (who, Pace { slow: slow(&who.0), last: last.get(&who).copied() });
    Ok(asked.into_iter().map(pace).collect())
}

/// When each of `asked` last wrote there, if ever. What was deleted since was written all the same.
async fn last_messages(
    tx: &mut Tx,
    asked: &[(ConversationId, AccountId)],
) -> Outcome<HashMap<(ConversationId, AccountId), i64>> {
    let rows: Vec<(i64, i64, Option<i64>)> = on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new(
            "select me.conversation_id, me.account_id, (
               select message.created_at from message
               where message.conversation_id = me.conversation_id and message.sender_id = me.account_id
                 and message.kind <> 'system'
               order by message.position desc
               limit 1
             ) as last
             from participant as me
             where (me.conversation_id, me.account_id) in (",
        );
        query.push_values(asked, |mut row, (conversation, account)| {
            row.push_bind(conversation.get()).push_bind(account.get());
        });
        query.push(")");
        query.build_query_as().fetch_all(connection).await
    })?;
    let when = |(conversation, account, last): (i64, i64, Option<i64>)| {
        Some(((conversation.try_into().ok()?, account.try_into().ok()?), last?))
    };
    Ok(rows.into_iter().filter_map(when).collect())
}
