//! One conversation, or one thread of it, as it is shown: what it is, what was said, and where one answers.

use leptos::prelude::*;

use super::{
    Conversation,
    about::{About, Kind, Request},
    choices::notifications_path,
    people_path, settings_path,
    strangers::Answering,
    window::Window,
};
use crate::{
    accounts::{Person, Viewer},
    ids::{AccountId, ConversationId, MessageId},
    messages::{
        composer::{Composer, mode::Mode},
        outbox::use_outbox,
        pane::Pane,
        pins_page::pins_path,
        places::use_places,
        quotes,
        reading::Reading,
        thread::Thread,
        timeline::Timeline,
        voices::Voices,
    },
    presence::{Present, face::HereInWords},
    realtime::use_threads,
    receipts::{ticks::provide_ticks, typing::WhoIsTyping},
    text::use_words,
    threads::head::ThreadHead,
    ui::{
        avatar::Avatar,
        heading::Heading,
        icon::{Icon, Symbol},
        live::live,
        page::BackHome,
        page_title::PageTitle,
    },
    visit,
};

/// Draws it, with the message `target` in view if one is named. A function of its own in the view gives every conversation
/// its own elements: what stands half written in one box must not stand in the next.
pub fn opened(conversation: Conversation, target: Option<MessageId>, pane: Pane) -> AnyView {
    (move || {
        let conversation = conversation.clone();
        // Nothing in it waits. A view that may is one future with all that is in it, and where components keep their types, as
        // in tests, that of a whole conversation is too much for a stack.
        Suspend::new(async move {
            visit::use_viewer().map(|viewer| view! { <Opened conversation viewer target pane/> })
        })
    })
    .into_any()
}

#[component]
fn Opened(
    conversation: Conversation,
    viewer: Viewer,
    target: Option<MessageId>,
    pane: Pane,
) -> impl IntoView {
    pane.provide();
    let Conversation { id, about, people, blocked, unread, present, .. } = conversation.clone();
    let thread = ArcRwSignal::new(Thread::new(&conversation, viewer.person.id));
    listen(&thread);
    if let Some(message) = target {
        use_places().led(message, thread.with_untracked(Thread::spot));
    }
    let slow = {
        let thread = thread.clone();
        Memo::new(move |_| thread.with(Thread::about).slow)
    };
    let reading = Reading::new();
    Mode::provide();
    let voices = Voices::of(&viewer.person, people, blocked);
    voices.learn(id, &thread);
    quotes::learn(id, &thread);
    let root = conversation.thread.as_ref().map(|thread| thread.root.id);
    if root.is_none() {
        provide_ticks(&conversation, &thread);
    }
    let head = match root {
        Some(root) => view! { <ThreadHead id root thread=thread.clone() pane/> }.into_any(),
        None => view! { <Head id thread=thread.clone() present/> }.into_any(),
    };

    let class = match pane {
        Pane::Middle => "conversation",
        Pane::Beside => "conversation conversation--beside",
    };

    view! {
        <section class=class>
            {head}
            <Timeline id thread=thread.clone() voices=voices.clone() about unread target reading/>
            {root.is_none().then(|| view! { <WhoIsTyping id voices=voices.clone()/> })}
            <Foot conversation thread voices reading slow/>
        </section>
    }
}

/// What the conversation is, as it is now.
#[component]
fn Head(id: ConversationId, thread: ArcRwSignal<Thread>, present: Option<Present>) -> impl IntoView {
    let about = Memo::new(move |_| thread.with(Thread::about));
    let At { kind, face, handle } = about.with_untracked(At::of);
    let words = use_words();
    let name = Memo::new(move |_| about.with(|about| about.called(words)));
    let below = match (kind, handle) {
        (Kind::Direct, handle) => {
            let other = AccountId::try_from(face).ok();
            view! {
                <p class="conversation-handle">
                    {handle.map(|handle| view! { <bdi>{format!("@{handle}")}</bdi> })}
                    {other.map(|account| view! { <HereInWords account page=present/> })}
                </p>
            }
            .into_any()
        }
        (Kind::Everyone, _) => {
            view! { <p class="conversation-handle">{words.places().general_topic}</p> }.into_any()
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
            <a class="icon-button conversation-pins" href=pins_path(id) title=words.keeping().pinned_messages>
                <Icon symbol=Symbol::Pin/>
                <span class="visually-hidden">{words.keeping().pinned_messages}</span>
            </a>
            <a class="icon-button conversation-bell" href=notifications_path(id) title=words.finding().notifications>
                <Icon symbol=Symbol::Bell/>
                <span class="visually-hidden">{words.finding().notifications}</span>
            </a>
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
    let people = Signal::derive(move || (words.places().people_count)(about.with(|about| about.members)));
    let topic = Signal::derive(move || about.get().topic);

    view! {
        <p class="conversation-handle">
            <a href=people_path(id)>{live(move || people.get())}</a>
            {live(move || Some(topic.get()).filter(|topic| !topic.is_empty()).map(|topic| view! {
                <span class="conversation-topic" dir="auto">{topic}</span>
            }))}
        </p>
        <a class="icon-button conversation-settings" href=settings_path(id) title=words.places().group_settings>
            <Icon symbol=Symbol::Settings/>
            <span class="visually-hidden">{words.places().group_settings}</span>
        </a>
    }
}

/// Has `thread` hear what happens, as long as this page is shown, and what was written there sent.
fn listen(thread: &ArcRwSignal<Thread>) {
    let (threads, outbox) = (use_threads(), use_outbox());
    Effect::new({
        let (threads, thread) = (threads.clone(), thread.clone());
        move |_| {
            threads.open(thread.clone());
            outbox.begin();
        }
    });
    let thread = thread.clone();
    on_cleanup(move || threads.close(&thread));
}

/// A stranger has written: whether one goes on is asked first.
fn asked(conversation: &Conversation, request: Request) -> AnyView {
    let other = |person: &&Person| person.id.get() == conversation.about.face;
    let from = conversation.people.iter().find(other).cloned();
    from.map(|from| view! { <Answering id=conversation.id request from/> }).into_any()
}

/// Where one writes, or why not here.
#[component]
fn Foot(
    conversation: Conversation,
    thread: ArcRwSignal<Thread>,
    voices: Voices,
    reading: Reading,
    slow: Memo<u32>,
) -> impl IntoView {
    let words = use_words();
    if let Some(request) = conversation.about.request {
        return asked(&conversation, request);
    }
    if !conversation.about.may_write {
        return view! { <p class="notice composer-closed">{words.talk().read_only}</p> }.into_any();
    }
    if conversation.newer.is_none() {
        return view! { <Composer conversation thread voices reading slow/> }.into_any();
    }

    // Without a script one is sent back to this very part, where what one wrote does not stand.
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let latest = Window::Latest.path(conversation.id, thread.with_untracked(Thread::spot).thread);
    (move || {
        if alive.get() {
            let (conversation, thread, voices) = (conversation.clone(), thread.clone(), voices.clone());
            view! { <Composer conversation thread voices reading slow/> }.into_any()
        } else {
            let latest = latest.clone();
            view! { <p class="notice composer-closed"><a href=latest>{words.talk().jump_to_latest}</a></p> }
                .into_any()
        }
    })
    .into_any()
}
