//! The page of one conversation: who it is with, what was said, and where one answers.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{Conversation, server_fns::conversation};
use crate::{
    accounts::Viewer,
    error::Error,
    ids::ConversationId,
    messages::{
        composer::Composer, message_view::Voices, reading::Reading, thread::Thread, timeline::Timeline,
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

/// `/c/{id}`, and `/c/{id}?before={position}` for what was said before.
#[component]
pub fn ConversationPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let address = Memo::new(move |_| {
        let id = params.with(|params| params.get("id")?.parse::<ConversationId>().ok());
        let before = query.with(|query| query.get("before")?.parse::<i64>().ok());
        (id, before)
    });
    let page = Resource::new(
        move || address.get(),
        |(id, before)| async move {
            let id = id.ok_or(Error::NotFound)?;
            conversation(id, before).await
        },
    );

    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(conversation) => opened(conversation),
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
fn opened(conversation: Conversation) -> AnyView {
    (move || {
        let conversation = conversation.clone();
        visit::use_viewer().map(|viewer| view! { <Opened conversation viewer/> })
    })
    .into_any()
}

#[component]
fn Opened(conversation: Conversation, viewer: Viewer) -> impl IntoView {
    let Conversation { id, with, may_write, at_end, .. } = conversation.clone();
    let thread = ArcRwSignal::new(Thread::new(&conversation, viewer.person.id));
    // A page of older messages is read as it was: only the newest page goes on.
    if at_end {
        listen(id, &thread);
    }
    let reading = Reading::new();
    let voices = Voices { me: viewer.person, with: with.clone() };

    view! {
        <PageTitle text=with.display_name.clone()/>
        <section class="conversation">
            <header class="conversation-header">
                <BackHome/>
                <Avatar name=with.display_name.clone() number=with.id.get()/>
                <Heading text=with.display_name/>
                <p class="conversation-handle">{format!("@{}", with.username)}</p>
            </header>
            <Timeline id thread=thread.clone() voices may_write reading/>
            <Foot conversation thread reading/>
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
fn Foot(conversation: Conversation, thread: ArcRwSignal<Thread>, reading: Reading) -> impl IntoView {
    let words = use_words();
    if !conversation.at_end {
        let latest = super::path(conversation.id);
        return view! { <p class="notice composer-closed"><a href=latest>{words.latest_messages}</a></p> }
            .into_any();
    }
    if !conversation.may_write {
        return view! { <p class="notice composer-closed">{words.read_only}</p> }.into_any();
    }
    view! { <Composer conversation thread reading/> }.into_any()
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
