//! What a conversation says of itself, stored in its order like any message.

use super::place;
use crate::{
    ids::{AccountId, ClientKey, ConversationId, MessageId},
    messages::{Message, system::SystemNote},
    realtime::event::Event,
    server::{
        answer::{Failure, Outcome},
        crypto::Keyring,
        db::{Announcement, Tx, on_engine},
    },
    time::Timestamp,
};

/// Stores what `sender` did in a conversation, which the transaction must hold, and tells everyone in it. To be called
/// once nothing can refuse it any more: it takes a number.
///
/// # Errors
/// The database's own, also without such a conversation.
pub async fn note(
    tx: &mut Tx,
    keyring: &Keyring,
    conversation: ConversationId,
    sender: AccountId,
    note: SystemNote,
) -> Outcome<()> {
    let now = tx.now.millis();
    let (position, at): (i64, i64) = on_engine!(tx.connection(), connection => sqlx::query_as(
        "update conversation
         set head = head + 1, active_at = case when active_at > $2 then active_at else $2 end
         where id = $1
         returning head, active_at",
    ).bind(conversation.get()).bind(now).fetch_one(connection).await)?;

    let id: MessageId = tx.mint.next();
    let key = ClientKey::from_random(rand::random());
    let text = serde_json::to_string(&note).map_err(|_| Failure::Internal("a note cannot be written"))?;
    let sealed = keyring.seal(place(id, 0), &text)?;
    on_engine!(tx.connection(), connection => sqlx::query(
        "insert into message
         (id, conversation_id, sender_id, client_key, client_digest, position, revision, kind, body, created_at)
         values ($1, $2, $3, $4, $5, $6, $6, 'system', $7, $8)",
    )
    .bind(id.get()).bind(conversation.get()).bind(sender.get()).bind(key.as_str()).bind(Vec::<u8>::new())
    .bind(position).bind(sealed).bind(at)
    .execute(connection).await.map(drop))?;

    let at = Timestamp::from_millis(at);
    let message =
        Message { note: Some(note), ..Message::posted(conversation, id, sender, key, position, at) };
    tx.announce(Announcement::Conversation(conversation, Event::Message(Box::new(message))));
    Ok(())
}
