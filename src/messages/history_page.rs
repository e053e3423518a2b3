//! What a message said before it was edited: a page of its own.

use std::convert::identity;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    about::use_message,
    history::{History, Version},
    server_fns::read_history,
    voices::Voices,
};
use crate::{
    accounts::Viewer,
    asking::{Question, use_answer},
    conversations::message_path,
    error::Error,
    ids::{ConversationId, MessageId},
    text::{colours::Colours, use_words, view::prose},
    time::Timestamp,
    ui::{page::Within, time::ListTime},
    visit,
};

/// The address of the page.
pub fn history_path(conversation: ConversationId, message: MessageId) -> String {
    format!("{}/history", message_path(conversation, message))
}

/// `/c/{id}/m/{message}/history`, with `?before=` for further pages.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let (address, query) = (use_message(), use_query_map());
    let history = use_answer::<History>(move || {
        let address = address.get();
        let before = query.with(|query| query.get("before")?.parse::<i64>().ok());
        Question::new(move || async move {
            let (conversation, message) = address.ok_or(Error::NotFound)?;
            read_history(conversation, message, before).await
        })
    });

    history.shown(identity, |history| {
        visit::use_viewer().map(|viewer| view! { <Told history viewer/> }).into_any()
    })
}

#[component]
fn Told(history: History, viewer: Viewer) -> impl IntoView {
    let words = use_words();
    let History { message, versions, older, people, place } = history;
    let author = Voices::of(&viewer.person, people, Vec::new()).called(message.sender, words);
    let (conversation, id) = (message.conversation, message.id);
    let said = |text: String, colours: Vec<Colours>, at: Timestamp, when: String| {
        let author = author.clone();
        view! { <Said when at author text colours/> }
    };
    let before =
        versions.into_iter().map(|Version { text, colours, at, .. }| said(text, colours, at, author.clone()));
    let at = message.edited.unwrap_or(message.at);
    let now = said(message.body, message.colours, at, words.changes().says_now.to_owned());
    let said = [now].into_iter().chain(before).collect_view();
    let older = older.map(|before| {
        let path = format!("{}?before={before}", history_path(conversation, id));
        view! { <a class="button button--quiet" href=path>{words.changes().older_versions}</a> }
    });

    view! {
        <Within path=message_path(conversation, id) name=place title=words.changes().history>
            <section class="section">{said}</section>
            {older}
        </Within>
    }
    .into_any()
}

/// One text, and when it was written.
#[component]
fn Said(when: String, at: Timestamp, author: String, text: String, colours: Vec<Colours>) -> impl IntoView {
    let words = use_words();

    view! {
        <figure class="quoted">
            <figcaption class="message-head">
                <span class="message-author" dir="auto">{when}</span>
                <ListTime at class="message-time"/>
            </figcaption>
            <div class="prose">{prose(&text, &colours, &author, words)}</div>
        </figure>
    }
}
