//! The page that asks before a message is deleted.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    Deletable, Message,
    server_fns::{DeleteMessage, read_deletable},
    voices::Voices,
};
use crate::{
    accounts::Viewer,
    asking::{self, use_answer},
    conversations::{conversation_page::Unread, message_path},
    error::Error,
    ids::{ConversationId, MessageId},
    text::{use_words, view::prose},
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        nothing_here::NothingHere,
        page::Within,
        refusal::{Alert, use_refusal},
        time::ListTime,
    },
    visit,
};

/// The address of the page that asks.
pub fn delete_path(conversation: ConversationId, message: MessageId) -> String {
    format!("{}/delete", message_path(conversation, message))
}

/// The message that the address names.
pub fn use_message() -> Memo<Option<(ConversationId, MessageId)>> {
    let params = use_params_map();
    Memo::new(move |_| {
        params.with(|params| {
            let id = params.get("id")?.parse::<ConversationId>().ok()?;
            Some((id, params.get("message")?.parse::<MessageId>().ok()?))
        })
    })
}

/// Names a message in a form about it.
#[component]
pub fn MessageField(conversation: ConversationId, message: MessageId) -> impl IntoView {
    view! {
        <input type="hidden" name="conversation" value=conversation.to_string()/>
        <input type="hidden" name="message" value=message.to_string()/>
    }
}

/// `/c/{id}/m/{message}/delete`
#[component]
pub fn DeletePage() -> impl IntoView {
    let address = use_message();
    let asked = use_answer::<Deletable>(move || {
        let address = address.get();
        asking::Question::new(move || async move {
            let (conversation, message) = address.ok_or(Error::NotFound)?;
            read_deletable(conversation, message).await
        })
    });

    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                match asked.wait().await {
                    Ok(deletable) => shown(deletable),
                    Err(Error::NotFound) => view! { <NothingHere/> }.into_any(),
                    Err(error) => view! { <Unread error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn shown(deletable: Deletable) -> AnyView {
    visit::use_viewer().map(|viewer| view! { <Asking deletable viewer/> }).into_any()
}

#[component]
fn Asking(deletable: Deletable, viewer: Viewer) -> impl IntoView {
    let words = use_words();
    let Deletable { message, people, place } = deletable;
    let voices = Voices::of(&viewer.person, people, Vec::new());
    let path = message_path(message.conversation, message.id);
    let inside = match voices.deletion(&message, words) {
        Some(deleted) => view! { <p class="notice" dir="auto">{deleted}</p> }.into_any(),
        None => view! { <Question message voices/> }.into_any(),
    };

    view! {
        <Within path name=place title=words.moderation.delete_message>
            <section class="section">{inside}</section>
        </Within>
    }
}

/// What follows from a yes, about which message, and the way back.
#[component]
fn Question(message: Message, voices: Voices) -> impl IntoView {
    let words = use_words();
    let (conversation, id) = (message.conversation, message.id);
    let posting = use_posting(DeleteMessage::url());
    let refusal = use_refusal(posting);
    let question = match message.sender == voices.me() {
        true => words.changes.delete_own_question,
        false => words.moderation.delete_question,
    };

    view! {
        <p>{question}</p>
        <Quoted message voices/>
        <Alert text=refusal.elsewhere(&[])/>
        <Form posting class="row">
            <MessageField conversation message=id/>
            <Submit label=words.delete weight=Weight::Danger pending=posting.pending()/>
            <a class="button" href=message_path(conversation, id)>{words.cancel}</a>
        </Form>
    }
}

/// What was said, by whom and when.
#[component]
pub fn Quoted(message: Message, voices: Voices) -> impl IntoView {
    let words = use_words();
    let author = voices.called(message.sender, words);
    let text = prose(&message.body, &message.colours, &author, words);

    view! {
        <figure class="quoted">
            <figcaption class="message-head">
                <span class="message-author" dir="auto">{author}</span>
                <ListTime at=message.at class="message-time"/>
            </figcaption>
            <div class="prose">{text}</div>
        </figure>
    }
}
