//! The head of the page of a thread: the way back, and whether one hears of it.

use leptos::{prelude::*, server_fn::ServerFn};

use super::server_fns::{FollowThread, MarkThreadRead};
use crate::{
    conversations::{about::About, inbox::use_inbox, message_path},
    ids::{ConversationId, MessageId},
    messages::thread::Thread,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        heading::Heading,
        icon::{Icon, Symbol},
        live::live,
        page_title::PageTitle,
        refusal::use_refusal,
    },
};

/// What the page of the thread of `root` begins with.
#[component]
pub fn ThreadHead(id: ConversationId, root: MessageId, thread: ArcRwSignal<Thread>) -> impl IntoView {
    let words = use_words();
    let about = {
        let thread = thread.clone();
        Memo::new(move |_| thread.with(Thread::about))
    };
    let (name, place) = (
        Memo::new(move |_| about.with(|about: &About| about.called(words))),
        Memo::new(move |_| about.with(|about: &About| about.labelled(words))),
    );
    let follows = Memo::new(move |_| thread.with(|thread| thread.follows(root)));

    view! {
        {live(move || view! { <PageTitle text=format!("{} · {}", words.threads.thread, name.get())/> })}
        <header class="conversation-header thread-header">
            <a class="icon-button thread-back" href=message_path(id, root) title=words.back>
                <Icon symbol=Symbol::Back/>
                <span class="visually-hidden">{words.back}</span>
            </a>
            <Heading text=Signal::stored(words.threads.thread.to_owned())/>
            <p class="conversation-handle">{live(move || place.get())}</p>
            <Following id root follows/>
        </header>
    }
}

/// The button by which one hears of it, or no longer.
#[component]
fn Following(id: ConversationId, root: MessageId, follows: Memo<bool>) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(FollowThread::url());
    use_refusal(posting);
    let label = move || if follows.get() { words.threads.unfollow } else { words.threads.follow };

    view! {
        <Form posting class="thread-following">
            <input type="hidden" name="conversation" value=id.to_string()/>
            <input type="hidden" name="thread" value=root.to_string()/>
            <input type="hidden" name="follows" value=move || (!follows.get()).to_string()/>
            <Submit label=Signal::derive(label) weight=Weight::Quiet pending=posting.pending()/>
        </Form>
    }
}

/// Marks a thread read up to `position`, where nobody can see that one looks.
#[component]
pub fn MarkReadHere(id: ConversationId, root: MessageId, position: i64) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(MarkThreadRead::url());
    use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <Form posting class="mark-read">
            <input type="hidden" name="conversation" value=id.to_string()/>
            <input type="hidden" name="thread" value=root.to_string()/>
            <input type="hidden" name="position" value=position.to_string()/>
            <Submit label=words.mark_read weight=Weight::Quiet pending=posting.pending()/>
        </Form>
    }
}
