//! The page of one conversation: who it is with, what was said, and where one answers.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{Conversation, server_fns::read_conversation, window::Window};
use crate::{
    accounts::Viewer,
    asking::{Question, use_answer},
    error::Error,
    ids::{ConversationId, MessageId},
    messages::{
        composer::Composer, message_view::Voices, places::use_places, reading::Reading, thread::Thread,
        timeline::Timeline,
    },
    realtime::use_threads,
    text::use_words,
    ui::{
        avatar::Avatar,
        heading::Heading,
        nothing_here::{Failed, NothingHere},
        page::BackHome,
        page_title::PageTitle,
    },
    visit,
};

/// `/c/{id}`, with `?before=`, `?after=` or `?at=latest` for another part of it, and `/c/{id}/m/{message}`.
#[component]
pub fn ConversationPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let address = Memo::new(move |_| {
        let id = params.with(|params| params.get("id")?.parse::<ConversationId>().ok());
        let window = match params.with(|params| params.get("message")) {
            Some(message) => message.parse().ok().map(Window::Around),
            None => Some(query.with(Window::of)),
        };
        id.zip(window)
    });
    let places = use_places();
    let page = use_answer::<Conversation>(move || {
        let (address, places) = (address.get(), places.clone());
        Question::new(move || {
            let address = address.map(|(id, window)| (id, places.window(id, window)));
            async move {
                let (id, window) = address.ok_or(Error::NotFound)?;
                read_conversation(id, window).await
            }
        })
    });
    let target = Signal::derive(move || match address.get() {
        Some((_, Window::Around(message))) => Some(message),
        _ => None,
    });

    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                match page.wait().await {
                    Ok(conversation) => opened(conversation, target),
                    Err(Error::NotFound) => view! { <NothingHere/> }.into_any(),
                    Err(error) => view! { <Unread error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// A function of its own in the view gives every conversation its own elements: what stands half written in one
/// box must not stand in the next.
fn opened(conversation: Conversation, target: Signal<Option<MessageId>>) -> AnyView {
    (move || {
        let conversation = conversation.clone();
        let target = target.get_untracked();
        visit::use_viewer().map(|viewer| view! { <Opened conversation viewer target/> })
    })
    .into_any()
}

#[component]
fn Opened(conversation: Conversation, viewer: Viewer, target: Option<MessageId>) -> impl IntoView {
    let Conversation { id, with, may_write, unread, .. } = conversation.clone();
    let thread = ArcRwSignal::new(Thread::new(&conversation, viewer.person.id));
    listen(id, &thread);
    let reading = Reading::new();
    let voices = Voices { me: viewer.person, with: with.clone() };

    view! {
        <PageTitle text=with.display_name.clone()/>
        <section class="conversation">
            <header class="conversation-header">
                <BackHome/>
                <Avatar name=with.display_name.clone() number=with.id.get()/>
                <Heading text=with.display_name/>
                <p class="conversation-handle" dir="auto">{format!("@{}", with.username)}</p>
            </header>
            <Timeline id thread voices may_write unread target reading/>
            <Foot conversation reading/>
        </section>
    }
}

/// Has `thread` hear what happens, as long as this page is shown.
fn listen(id: ConversationId, thread: &ArcRwSignal<Thread>) {
    let threads = use_threads();
    Effect::new({
        let (threads, thread) = (threads.clone(), thread.clone());
        move |_| threads.open(id, thread.clone())
    });
    let thread = thread.clone();
    on_cleanup(move || threads.close(id, &thread));
}

/// Where one writes, or why not here.
#[component]
fn Foot(conversation: Conversation, reading: Reading) -> impl IntoView {
    let words = use_words();
    if !conversation.may_write {
        return view! { <p class="notice composer-closed">{words.read_only}</p> }.into_any();
    }
    if conversation.newer.is_none() {
        return view! { <Composer conversation reading/> }.into_any();
    }

    // Without a script one is sent back to this very part, where what one wrote does not stand.
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let latest = Window::Latest.path(conversation.id);
    (move || {
        if alive.get() {
            view! { <Composer conversation=conversation.clone() reading/> }.into_any()
        } else {
            let latest = latest.clone();
            view! { <p class="notice composer-closed"><a href=latest>{words.jump_to_latest}</a></p> }
                .into_any()
        }
    })
    .into_any()
}

/// In place of a conversation that could not be read.
#[component]
fn Unread(error: Error) -> impl IntoView {
    let words = use_words();
    let text = words.sentence(&error);
    visit::answer_with(error.status());
    visit::leave_if_signed_out(Signal::stored(Some(error)));

    view! {
        <PageTitle text=words.failed_title/>
        <Failed text/>
    }
}
