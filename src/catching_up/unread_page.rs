//! What is unread, and why: a page of its own, where one can be done with it.

use std::convert::identity;

use std::sync::Arc;

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{
    Sweep, UnreadPlace, Unreads,
    all_read::KEY,
    server_fns::{MarkAllRead, UndoAllRead, read_unread},
};
use crate::{
    accounts::Viewer,
    asking::{Question, use_answer},
    conversations::{inbox::use_inbox, message_path, path, reading_forms::MarkRead},
    finding::Entry,
    ids::ConversationId,
    messages::{
        Message,
        answer::Excerpt,
        quotes::{Answered, Known},
        voices::Voices,
    },
    text::{Words, use_words, view::action_sign},
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        page::Page,
        refusal::{Alert, use_refusal},
        time::ListTime,
    },
    visit,
};

/// The address of the page.
pub const UNREAD: &str = "/unread";

/// `/unread`, with `?after=` for further pages.
#[component]
pub fn UnreadPage() -> impl IntoView {
    let (query, inbox, words) = (use_query_map(), use_inbox(), use_words());
    let unreads = use_answer::<Unreads>(move || {
        inbox.version();
        let after = query.with(|query| query.get("after")?.parse::<ConversationId>().ok());
        Question::new(move || read_unread(after))
    });

    view! {
        <Page title=words.catching_up().unread>
            {unreads.shown(identity, |unreads| visit::use_viewer().map(|viewer| view! { <Listed unreads viewer/> }).into_any())}
        </Page>
    }
    .into_any()
}

#[component]
fn Listed(unreads: Unreads, viewer: Viewer) -> impl IntoView {
    let words = use_words();
    let Unreads { places, next, blocked, undo } = unreads;
    let is_some = !places.is_empty();
    let text = if is_some { words.catching_up().explained } else { words.catching_up().nothing_unread };
    let places = places.into_iter().map(move |place| {
        let UnreadPlace { entry, conversation, count, messages, people, head } = place;
        let voices = Voices::of(&viewer.person, people, blocked.clone());
        view! { <Place entry conversation count messages head voices/> }
    });
    let next = next.map(|after| {
        let path = format!("{UNREAD}?after={after}");
        view! { <a class="button button--quiet" href=path>{words.catching_up().more}</a> }
    });

    view! {
        <section class="section">
            <p>{text}</p>
            {undo.map(|sweep| view! { <Undo sweep/> })}
            {is_some.then(|| view! { <MarkAll/> })}
            <ul class="unread-places">{places.collect_view()}</ul>
        </section>
        {next}
    }
    .into_any()
}

#[component]
fn MarkAll() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(MarkAllRead::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <Form posting class="row">
            <button
                type="submit"
                class=Weight::Plain.class()
                aria-keyshortcuts=KEY
                disabled=move || posting.pending().get()
            >
                {words.catching_up().mark_all_read}
            </button>
        </Form>
        <Alert text=refusal.elsewhere(&[])/>
    }
}

/// That everything was marked read, as long as it can be taken back.
#[component]
fn Undo(sweep: Sweep) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(UndoAllRead::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <Form posting class="row unread-undo">
            <input type="hidden" name="at" value=sweep.at.millis().to_string()/>
            <span>{(words.catching_up().was_all_read)(sweep.conversations)}</span>
            <Submit label=words.catching_up().undo pending=posting.pending()/>
        </Form>
        <Alert text=refusal.elsewhere(&[])/>
    }
}

/// One conversation: the first of what is unread there, which leads to it.
#[component]
fn Place(
    entry: Entry,
    conversation: ConversationId,
    count: u32,
    messages: Vec<Message>,
    head: i64,
    voices: Voices,
) -> impl IntoView {
    let words = use_words();
    let shown = u32::try_from(messages.len()).unwrap_or(0);
    let more = count.saturating_sub(shown);
    let lines: Vec<_> = messages.into_iter().map(|message| line(message, &voices, words)).collect();
    let heading = format!("unread-{conversation}");
    let name = heading.clone();

    view! {
        <li class="unread-place" aria-labelledby=name>
            <h2 class="unread-name" id=heading>
                <a href=path(conversation) dir="auto">{entry.called(words)}</a>
                <span class="unread-count">{(words.talk().new_messages)(count)}</span>
            </h2>
            <ul class="unread-lines">{lines}</ul>
            <div class="row">
                {(more > 0).then(|| view! { <span class="unread-more">{(words.catching_up().and_more)(more)}</span> })}
                <MarkRead conversation position=head/>
            </div>
        </li>
    }
}

/// One message, in one line that leads to it.
fn line(message: Message, voices: &Voices, words: &'static Words) -> AnyView {
    let (at, link) = (message.at, message_path(message.conversation, message.id));
    let held = Answered { message: message.id, known: Some(Known::Held(Arc::new(message))) };
    let Excerpt { author, text, is_action, .. } = Excerpt::of(&held, voices, words);

    view! {
        <li>
            <a class="unread-line" href=link>
                {author.filter(|_| !is_action).map(|author| view! {
                    <span class="unread-author" dir="auto">{author}</span>
                    <span class="visually-hidden">": "</span>
                })}
                <span class="unread-text" dir="auto">{is_action.then(action_sign)} {text}</span>
                <ListTime at class="unread-time"/>
            </a>
        </li>
    }
    .into_any()
}
