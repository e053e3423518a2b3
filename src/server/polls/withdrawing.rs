//! Taking back all votes of somebody who deletes their account: nobody could tell any more whose they were.

use super::voting::{change, choices};
use crate::{
    ids::{ConversationId, MessageId},
    server::{
        answer::Outcome,
        caller::Caller,
        db::{on_engine, sql},
    },
};

/// Polls that are looked up at a time.
const AT_ONCE: i64 = 100;

/// Takes back everything that the caller has chosen, in closed polls too. Poll by poll, each in a change of its own:
/// everybody else writes in between.
///
/// # Errors
/// The database's own.
pub async fn withdraw(caller: &Caller) -> Outcome<()> {
    let mut behind = 0;
    loop {
        let polls: Vec<(i64, i64)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
            "select distinct poll_vote.message_id, message.conversation_id
             from poll_vote
             join message on message.id = poll_vote.message_id
             where poll_vote.account_id = $1 and poll_vote.message_id > $2
             order by poll_vote.message_id
             limit $3",
        ).bind(caller.account.get()).bind(behind).bind(AT_ONCE).fetch_all(pool).await)?;
        let Some((last, _)) = polls.last() else { return Ok(()) };
        behind = *last;
        for (message, conversation) in polls {
            if let (Ok(message), Ok(conversation)) = (message.try_into(), conversation.try_into()) {
                take_back(caller, conversation, message).await?;
            }
        }
    }
}

async fn take_back(caller: &Caller, conversation: ConversationId, message: MessageId) -> Outcome<()> {
    let account = caller.account;
    let taking = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let connection = tx.connection();
            let text = sql!(connection,
                sqlite: "select id from conversation where id = $1",
                postgres: "select id from conversation where id = $1 for update",
            );
            on_engine!(connection, connection =>
                sqlx::query(text).bind(conversation.get()).execute(connection).await.map(drop))?;
            // In a later statement: it may have been deleted while the conversation was waited for.
            let before = choices(tx, message, account).await?;
            if before.is_empty() {
                return Ok(());
            }
            change(tx, conversation, message, account, (&before, &[])).await
        })
    });
    taking.await
}
