//! What stands out in a conversation: a page of its own.

use std::convert::identity;

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    Message,
    about::{MessageField, Quoted},
    pins::Pins,
    server_fns::{UnpinMessage, read_pins},
    voices::Voices,
};
use crate::{
    accounts::Viewer,
    asking::{Question, use_answer},
    conversations::{inbox::use_inbox, message_path, path},
    error::Error,
    ids::ConversationId,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        page::Within,
        refusal::{Alert, use_refusal},
    },
    visit,
};

/// The address of the page.
pub fn pins_path(conversation: ConversationId) -> String {
    format!("{}/pins", path(conversation))
}

/// `/c/{id}/pins`
#[component]
pub fn PinsPage() -> impl IntoView {
    let (params, inbox) = (use_params_map(), use_inbox());
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<ConversationId>().ok()));
    let pins = use_answer::<Pins>(move || {
        inbox.version();
        let id = id.get();
        Question::new(move || async move { read_pins(id.ok_or(Error::NotFound)?).await })
    });

    pins.shown(identity, move |pins| {
        let known = id.get_untracked().zip(visit::use_viewer());
        known.map(|(id, viewer)| view! { <Pinned id pins viewer/> }).into_any()
    })
}

#[component]
fn Pinned(id: ConversationId, pins: Pins, viewer: Viewer) -> impl IntoView {
    let words = use_words();
    let Pins { messages, people, may_pin, place } = pins;
    let voices = Voices::of(&viewer.person, people, Vec::new());
    let none = messages.is_empty();
    let lines = messages.into_iter().map(move |message| {
        let voices = voices.clone();
        view! { <li class="kept"><Line message voices may_pin/></li> }
    });

    view! {
        <Within path=path(id) name=place title=words.keeping().pinned_messages>
            <section class="section">
                {none.then(|| view! { <p>{words.keeping().no_pins}</p> })}
                <ul class="kept-list">{lines.collect_view()}</ul>
            </section>
        </Within>
    }
    .into_any()
}

/// One of them, the way to it, and the way to let go of it.
#[component]
fn Line(message: Message, voices: Voices, may_pin: bool) -> impl IntoView {
    let words = use_words();
    let (conversation, id) = (message.conversation, message.id);
    let posting = use_posting(UnpinMessage::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <Quoted message voices/>
        <Alert text=refusal.elsewhere(&[])/>
        <div class="row">
            <a class="button button--quiet" href=message_path(conversation, id)>{words.keeping().go_there}</a>
            {may_pin.then(|| view! {
                <Form posting>
                    <MessageField conversation message=id/>
                    <Submit label=words.keeping().unpin weight=Weight::Quiet pending=posting.pending()/>
                </Form>
            })}
        </div>
    }
}
