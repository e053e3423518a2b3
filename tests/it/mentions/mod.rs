//! Turning to somebody, or to everyone, in what one says.

mod completing;
mod naming;
mod unread;

use salon::ids::ConversationId;

use crate::support::TestApp;

/// Has so many more people be in a conversation as make it a crowd.
pub async fn crowds(app: &TestApp, conversation: ConversationId) {
    let mut store = app.store().await;
    store
        .run_all(
            (1_000..1_050)
                .map(|id| {
                    format!(
                        "insert into account (id, username, display_name, email, email_key, created_at, updated_at)
                         values ({id}, 'crowd{id}', 'Crowd', 'c{id}@example.org', 'c{id}@example.org', 1, 1);
                         insert into participant (conversation_id, account_id, joined_at)
                         values ({conversation}, {id}, 1);"
                    )
                })
                .collect::<String>(),
        )
        .await;
}
