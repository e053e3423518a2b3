//! Opening, listing and showing conversations: the verbs of `conversations/` and their SQL.

mod abandoning;
pub mod choices;
mod describing;
pub mod direct;
pub mod everyone;
pub mod groups;
mod listing;
pub mod members;
pub mod parties;
mod showing;
mod slow_mode;

pub use abandoning::{abandon, sweep};
pub use describing::about;
pub use direct::{begin_anew, lock_direct, open_direct};
pub use listing::{home, loudness};
pub use showing::show;
pub use slow_mode::set_slow;

use super::{
    answer::Outcome,
    db::{Db, on_engine},
};
use crate::ids::{AccountId, ConversationId};

/// Every conversation that an account is in.
///
/// # Errors
/// The database's own.
pub async fn of(db: &Db, account: AccountId) -> Outcome<Vec<ConversationId>> {
    let ids: Vec<i64> = on_engine!(db.pool(), pool => sqlx::query_scalar(
        "select conversation_id from participant where account_id = $1",
    ).bind(account.get()).fetch_all(pool).await)?;
    Ok(ids.into_iter().filter_map(|id| id.try_into().ok()).collect())
}
