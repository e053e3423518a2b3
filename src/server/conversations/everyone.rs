//! `general`: the one room that every account is in, unless the settings switch it off.

use crate::{
    ids::{AccountId, ConversationId},
    server::{
        answer::Outcome,
        db::{Tx, Writer, on_engine},
    },
};

/// Its row. The identifiers that are made begin far above.
pub const ROOM: i64 = 1;

/// The same, whether it is open or not.
///
/// # Panics
/// Never: 1 is an id.
pub fn room() -> ConversationId {
    ROOM.try_into().expect("1 is an id")
}

/// Accounts that come in at a time when the server starts: everybody else writes in between.
const AT_ONCE: i64 = 500;

/// Opens it, with everyone in it but bots, which hear only where somebody has brought them in, or closes it. What was said there is kept.
///
/// # Errors
/// The database's own.
pub async fn prepare(writer: &Writer, open: bool) -> Outcome<()> {
    if !open {
        let close = writer.change(|tx| {
            Box::pin(async move {
                on_engine!(tx.connection(), connection =>
                    sqlx::query("delete from participant where conversation_id = $1")
                        .bind(ROOM).execute(connection).await.map(drop))?;
                Ok(())
            })
        });
        return close.await;
    }
    while writer.change(|tx| Box::pin(let_some_in(tx))).await? {}
    Ok(())
}

/// Whether there may be more.
async fn let_some_in(tx: &mut Tx) -> Outcome<bool> {
    let now = tx.now.millis();
    on_engine!(tx.connection(), connection => sqlx::query(
        "insert into conversation (id, kind, active_at, created_at) values ($1, 'channel', $2, $2)
         on conflict do nothing",
    ).bind(ROOM).bind(now).execute(connection).await.map(drop))?;
    let new = on_engine!(tx.connection(), connection => sqlx::query(
        "insert into participant (conversation_id, account_id, joined_at, read_position)
         select $1, account.id, $2, (select head from conversation where id = $1)
         from account
         where account.deleted_at is null and account.owner_id is null and not exists (
           select 1 from participant where conversation_id = $1 and account_id = account.id
         )
         limit $3",
    ).bind(ROOM).bind(now).bind(AT_ONCE).execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(new > 0)
}

/// Lets a new account in, if there is the room.
///
/// # Errors
/// The database's own.
pub async fn let_in(tx: &mut Tx, account: AccountId) -> Outcome<()> {
    let now = tx.now.millis();
    on_engine!(tx.connection(), connection => sqlx::query(
        "insert into participant (conversation_id, account_id, joined_at, read_position)
         select id, $2, $3, head from conversation where id = $1",
    ).bind(ROOM).bind(account.get()).bind(now).execute(connection).await.map(drop))?;
    Ok(())
}
