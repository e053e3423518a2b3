//! Saying that one has read, where nobody can see that one looks: by a form.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{inbox::use_inbox, server_fns};
use crate::{
    ids::{ConversationId, MessageId},
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        refusal::use_refusal,
    },
};

/// Marks a conversation read up to `position`. With a script the page stays, and the lists are read again.
#[component]
pub fn MarkRead(conversation: ConversationId, position: i64) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(server_fns::MarkRead::url());
    use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <Form posting class="mark-read">
            <input type="hidden" name="conversation" value=conversation.to_string()/>
            <input type="hidden" name="position" value=position.to_string()/>
            <Submit label=words.mark_read weight=Weight::Quiet pending=posting.pending()/>
        </Form>
    }
}

/// Marks a message and what follows it unread, on the page of that message.
#[component]
pub fn MarkUnread(conversation: ConversationId, message: MessageId) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(server_fns::MarkUnread::url());
    use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <Form posting class="mark-unread">
            <input type="hidden" name="conversation" value=conversation.to_string()/>
            <input type="hidden" name="message" value=message.to_string()/>
            <Submit label=words.talk().mark_unread weight=Weight::Quiet pending=posting.pending()/>
        </Form>
    }
}
