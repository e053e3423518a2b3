//! The page of one conversation: what it is, what was said, and where one answers.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    Conversation,
    about::{About, Kind},
    people_path,
    server_fns::read_conversation,
    settings_path,
    window::Window,
};
use crate::{
    accounts::Viewer,
    asking::{Question, use_answer},
    error::Error,
    ids::{ConversationId, MessageId},
    messages::{
        composer::Composer, places::use_places, reading::Reading, thread::Thread, timeline::Timeline,
        voices::Voices,
    },
    realtime::use_threads,
    text::use_words,
    ui::{
        avatar::Avatar,
        heading::Heading,
        icon::{Icon, Symbol},
        live::live,
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
    let closed = use_threads().closed();
    let page = use_answer::<Conversation>(move || {
        closed.track();
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
    let Conversation { id, about, people, unread, .. } = conversation.clone();
    let thread = ArcRwSignal::new(Thread::new(&conversation, viewer.person.id));
    listen(id, &thread);
    let reading = Reading::new();
    let voices = Voices::of(&viewer.person, people);
    voices.learn(id, &thread);

    view! {
        <section class="conversation">
            <Head id thread=thread.clone()/>
            <Timeline id thread voices about unread target reading/>
            <Foot conversation reading/>
        </section>
    }
}

/// What the conversation is, as it is now.
#[component]
fn Head(id: ConversationId, thread: ArcRwSignal<Thread>) -> impl IntoView {
    let about = Memo::new(move |_| thread.with(Thread::about));
    let At { kind, face, handle } = about.with_untracked(At::of);
    let words = use_words();
    let name = Memo::new(move |_| about.with(|about| about.called(words)));
    let below = match (kind, handle) {
        (Kind::Direct, Some(handle)) => {
            view! { <p class="conversation-handle" dir="auto">{format!("@{handle}")}</p> }.into_any()
        }
        (Kind::Everyone, _) => {
            view! { <p class="conversation-handle">{words.places.general_topic}</p> }.into_any()
        }
        _ => view! { <Below id about/> }.into_any(),
    };

    view! {
        {live(move || view! { <PageTitle text=name.get()/> })}
        <header class="conversation-header">
            <BackHome/>
            <Avatar name=name.get_untracked() number=face/>
            <Heading text=name/>
            {below}
        </header>
    }
}

/// What of a conversation never changes.
struct At {
    kind: Kind,
    face: i64,
    handle: Option<String>,
}

impl At {
    fn of(about: &About) -> Self {
        Self { kind: about.kind, face: about.face, handle: about.handle.clone() }
    }
}

/// How many are in the group, what it is for, and the way to look after it.
#[component]
fn Below(id: ConversationId, about: Memo<About>) -> impl IntoView {
    let words = use_words();
    let people = Signal::derive(move || (words.places.people_count)(about.with(|about| about.members)));
    let topic = Signal::derive(move || about.get().topic);

    view! {
        <p class="conversation-handle">
            <a href=people_path(id)>{live(move || people.get())}</a>
            {live(move || Some(topic.get()).filter(|topic| !topic.is_empty()).map(|topic| view! {
                <span class="conversation-topic" dir="auto">{topic}</span>
            }))}
        </p>
        <a class="icon-button conversation-settings" href=settings_path(id) title=words.places.group_settings>
            <Icon symbol=Symbol::Settings/>
            <span class="visually-hidden">{words.places.group_settings}</span>
        </a>
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
    if !conversation.about.may_write {
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

/// In place of a conversation, or of a page about one, that could not be read.
#[component]
pub fn Unread(error: Error) -> impl IntoView {
    let words = use_words();
    let text = words.sentence(&error);
    visit::answer_with(error.status());
    visit::leave_if_signed_out(Signal::stored(Some(error)));

    view! {
        <PageTitle text=words.failed_title/>
        <Failed text/>
    }
}
