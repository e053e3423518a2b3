//! Who may turn to everyone in a conversation at once.

use std::collections::HashSet;

use sqlx::QueryBuilder;

use super::moderators;
use crate::{
    ids::{AccountId, ConversationId},
    mentions::MOST_CALLED,
    server::{
        answer::Outcome,
        db::{Tx, on_engine},
    },
};

/// Those of many who may turn to everyone where they are asked about: in private talks and in groups of up to
/// [`MOST_CALLED`] members everybody, elsewhere those who keep order. As [`super::rights`], to be asked after the
/// conversations were locked.
///
/// # Errors
/// The database's own.
pub async fn callers(
    tx: &mut Tx,
    asked: &[(ConversationId, AccountId)],
) -> Outcome<HashSet<(ConversationId, AccountId)>> {
    if asked.is_empty() {
        return Ok(HashSet::new());
    }
    let small: Vec<i64> = on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new("select id from conversation where kind <> 'channel' and (select count(*) from (
               select 1 from participant as one where one.conversation_id = conversation.id limit ");
        query.push_bind(i64::from(MOST_CALLED) + 1);
        query.push(") as counted) <= ");
        query.push_bind(i64::from(MOST_CALLED));
        query.push(" and id in (");
        let mut list = query.separated(", ");
        for (conversation, _) in asked {
            list.push_bind(conversation.get());
        }
        query.push(")");
        query.build_query_scalar().fetch_all(connection).await
    })?;
    let in_small = asked.iter().filter(|(conversation, _)| small.contains(&conversation.get()));
    let mut callers: HashSet<_> = in_small.copied().collect();
    if callers.len() < asked.len() {
        callers.extend(moderators(tx, asked).await?);
    }
    Ok(callers)
}
