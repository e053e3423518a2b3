//! What people let each other know of their writing and reading.

mod reading;
mod typing;

use salon::ids::ConversationId;

use crate::support::{Person, TestApp};

/// Chooses whether others learn of one's writing and reading, and one of theirs.
async fn tells(person: &Person, receipts: bool) {
    let receipts = receipts.to_string();
    let fields = [("writers", "acquaintances"), ("takes_requests", "true"), ("receipts", &*receipts)];
    person.calls("save_privacy", &fields).await.well();
}

/// Has so many more people be in a conversation as make it a crowd.
async fn crowds(app: &TestApp, conversation: ConversationId) {
    let mut store = app.store().await;
    for id in 1_000..1_050 {
        store
            .run(format!(
                "insert into account (id, username, display_name, email, email_key, created_at, updated_at)
                 values ({id}, 'crowd{id}', 'Crowd', 'c{id}@example.org', 'c{id}@example.org', 1, 1)"
            ))
            .await;
        store
            .run(format!(
                "insert into participant (conversation_id, account_id, joined_at) values ({conversation}, {id}, 1)"
            ))
            .await;
    }
}
