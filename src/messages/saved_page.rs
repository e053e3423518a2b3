//! What one has saved: a page of its own.

use std::convert::identity;

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{
    about::Quoted,
    saved::{Saved, SavedLine},
    server_fns::{ForgetMessage, read_saved},
    voices::Voices,
};
use crate::{
    accounts::Viewer,
    asking::{Question, use_answer},
    conversations::{inbox::use_inbox, message_path},
    ids::MessageId,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        page::Page,
        refusal::{Alert, use_refusal},
    },
    visit,
};

/// The address of the page.
pub const SAVED: &str = "/saved";

/// `/saved`, with `?at=` and `?message=` for further pages.
#[component]
pub fn SavedPage() -> impl IntoView {
    let (query, inbox, words) = (use_query_map(), use_inbox(), use_words());
    let saved = use_answer::<Saved>(move || {
        inbox.version();
        let at = query.with(|query| query.get("at")?.parse::<i64>().ok());
        let message = query.with(|query| query.get("message")?.parse::<MessageId>().ok());
        Question::new(move || read_saved(at, message))
    });

    view! {
        <Page title=words.keeping().saved_messages>
            {saved.shown(identity, |saved| visit::use_viewer().map(|viewer| view! { <Kept saved viewer/> }).into_any())}
        </Page>
    }
    .into_any()
}

#[component]
fn Kept(saved: Saved, viewer: Viewer) -> impl IntoView {
    let words = use_words();
    let Saved { lines, next } = saved;
    let text = if lines.is_empty() { words.keeping().nothing_saved } else { words.keeping().saved_text };
    let lines = lines.into_iter().map(move |line| {
        let voices = Voices::of(&viewer.person, vec![line.sender.clone()], Vec::new());
        view! { <li class="kept"><Line line voices/></li> }
    });
    let next = next.map(|place| {
        let path = format!("{SAVED}?at={}&message={}", place.saved_at.millis(), place.message);
        view! { <a class="button button--quiet" href=path>{words.keeping().older}</a> }
    });

    view! {
        <section class="section">
            <p>{text}</p>
            <ul class="kept-list">{lines.collect_view()}</ul>
        </section>
        {next}
    }
    .into_any()
}

/// One of them, where it was said, and the way to let go of it.
#[component]
fn Line(line: SavedLine, voices: Voices) -> impl IntoView {
    let words = use_words();
    let SavedLine { message, place, .. } = line;
    let (conversation, id) = (message.conversation, message.id);
    let posting = use_posting(ForgetMessage::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <Quoted message voices/>
        <Alert text=refusal.elsewhere(&[])/>
        <div class="row">
            <a class="button button--quiet" href=message_path(conversation, id) dir="auto">{place.called(words)}</a>
            <Form posting>
                <input type="hidden" name="message" value=id.to_string()/>
                <Submit label=words.keeping().forget weight=Weight::Quiet pending=posting.pending()/>
            </Form>
        </div>
    }
}
