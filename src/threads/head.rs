//! The head of the page of a thread: the way back, and whether one hears of it.

use leptos::{prelude::*, server_fn::ServerFn};

use super::server_fns::{FollowThread, MarkThreadRead};
use crate::{
    browser,
    conversations::{about::About, inbox::use_inbox, message_path, path},
    ids::{ConversationId, MessageId},
    messages::{pane::Pane, thread::Thread},
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        heading::{Heading, SideHeading},
        icon::{Icon, Symbol},
        live::live,
        page_title::PageTitle,
        refusal::use_refusal,
    },
};

/// What the page of the thread of `root` begins with.
#[component]
pub fn ThreadHead(
    id: ConversationId,
    root: MessageId,
    thread: ArcRwSignal<Thread>,
    pane: Pane,
) -> impl IntoView {
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

    let top = match pane {
        Pane::Middle => view! {
            {live(move || view! { <PageTitle text=format!("{} · {}", words.threads().thread, name.get())/> })}
            <WayOut href=message_path(id, root) label=words.back symbol=Symbol::Back/>
            <Heading text=Signal::stored(words.threads().thread.to_owned())/>
        }
        .into_any(),
        Pane::Beside => {
            // Back to where one was when it was opened.
            let message = format!("#{}", Pane::Middle.element_id(root));
            on_cleanup(move || browser::before_paint(move || browser::focus_if_lost(&message)));
            view! {
                <WayOut href=path(id) label=words.finding().close symbol=Symbol::Close/>
                <SideHeading text=words.threads().thread/>
            }
            .into_any()
        }
    };

    view! {
        <header class="conversation-header thread-header">
            {top}
            <p class="conversation-handle">{live(move || place.get())}</p>
            <Following id root follows/>
        </header>
    }
}

/// What leads out of the thread.
#[component]
fn WayOut(href: String, label: &'static str, symbol: Symbol) -> impl IntoView {
    view! {
        <a class="icon-button thread-back" href=href title=label>
            <Icon symbol/>
            <span class="visually-hidden">{label}</span>
        </a>
    }
}

/// The button by which one hears of it, or no longer.
#[component]
fn Following(id: ConversationId, root: MessageId, follows: Memo<bool>) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(FollowThread::url());
    use_refusal(posting);
    let label = move || if follows.get() { words.threads().unfollow } else { words.threads().follow };

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
