//! Who has read a message that one has sent to a group.

use std::convert::identity;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Readers, server_fns::read_readers};
use crate::{
    accounts::next::escaped,
    asking::{Question, use_answer},
    conversations::message_path,
    error::Error,
    friends::person_row::Somebody,
    ids::{ConversationId, MessageId},
    messages::about::use_message,
    text::use_words,
    ui::page::Within,
};

/// The address of the page about one message.
pub fn readers_path(conversation: ConversationId, message: MessageId) -> String {
    format!("{}/readers", message_path(conversation, message))
}

/// `/c/{id}/m/{message}/readers`, with `?after=` for further people.
#[component]
pub fn ReadersPage() -> impl IntoView {
    let (address, query) = (use_message(), use_query_map());
    let readers = use_answer::<Readers>(move || {
        let (address, after) = (address.get(), query.with(|query| query.get("after")));
        Question::new(move || {
            let after = after.clone();
            async move {
                let (conversation, message) = address.ok_or(Error::NotFound)?;
                read_readers(conversation, message, after).await
            }
        })
    });

    readers.shown(identity, move |readers| {
        let address = address.get_untracked();
        address.map(|(id, message)| view! { <Everybody readers id message/> }).into_any()
    })
}

#[component]
fn Everybody(readers: Readers, id: ConversationId, message: MessageId) -> impl IntoView {
    let words = use_words();
    let Readers { place, people, next } = readers;
    let none = people.is_empty();
    let next = next.map(|after| format!("{}?after={}", readers_path(id, message), escaped(&after)));

    view! {
        <Within path=message_path(id, message) name=place title=words.receipts().readers>
            <section class="section">
                {none.then(|| view! { <p>{words.receipts().nobody_read}</p> })}
                <ul class="people">{people.into_iter().map(|person| view! { <Somebody person/> }).collect_view()}</ul>
                {next.map(|next| {
                    view! { <a class="button button--quiet" href=next>{words.places().more_people}</a> }
                })}
            </section>
        </Within>
    }
}
