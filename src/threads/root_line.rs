//! What stands below a message at the head of a thread, in the room: how much was said there, and the way to it.

use leptos::prelude::*;

use super::{Replies, thread_path};
use crate::{
    ids::{ConversationId, MessageId},
    text::use_words,
    ui::{
        icon::{Icon, Symbol},
        time::ListTime,
    },
};

/// The line below `root`. `news`: the viewer follows the thread, and there is something in it that they have not read.
/// With a script (`zoned`) the list of messages is one stop for the Tab key.
#[component]
pub fn RootLine(
    conversation: ConversationId,
    root: MessageId,
    replies: Replies,
    news: bool,
    zoned: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    let stop = move || zoned.get().then_some("-1");

    view! {
        <a class="thread-line" href=thread_path(conversation, root) tabindex=stop>
            <Icon symbol=Symbol::Thread/>
            <span class="thread-count">{(words.threads().replies)(replies.count)}</span>
            <ListTime at=replies.at class="thread-time"/>
            {news.then(|| view! { <span class="thread-new">{words.threads().new}</span> })}
        </a>
    }
}
