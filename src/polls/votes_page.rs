//! Who has chosen what: a page of its own.

use std::convert::identity;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Votes, server_fns::read_votes};
use crate::{
    accounts::Viewer,
    asking::{Question, use_answer},
    conversations::message_path,
    error::Error,
    friends::person_row::{Somebody, lines},
    ids::{AccountId, ConversationId, MessageId},
    messages::{
        about::{Quoted, use_message},
        voices::Voices,
    },
    text::use_words,
    ui::page::Within,
    visit,
};

/// The address of the page.
pub fn votes_path(conversation: ConversationId, message: MessageId) -> String {
    format!("{}/votes", message_path(conversation, message))
}

/// `/c/{id}/m/{message}/votes`, with `?answer=` for those who chose one answer and `?after=` for further pages.
#[component]
pub fn VotesPage() -> impl IntoView {
    let (address, query) = (use_message(), use_query_map());
    let votes = use_answer::<Votes>(move || {
        let address = address.get();
        let answer = query.with(|query| query.get("answer")?.parse::<u32>().ok());
        let after = query.with(|query| query.get("after")?.parse::<AccountId>().ok());
        Question::new(move || async move {
            let (conversation, message) = address.ok_or(Error::NotFound)?;
            read_votes(conversation, message, answer, after).await
        })
    });

    votes.shown(identity, |votes| visit::use_viewer().map(|viewer| view! { <Told votes viewer/> }).into_any())
}

#[component]
fn Told(votes: Votes, viewer: Viewer) -> impl IntoView {
    let words = use_words();
    let Votes { message, author, chosen, people, next, place } = votes;
    let (id, of) = (message.conversation, message.id);
    let path = votes_path(id, of);
    let poll = message.poll.clone().unwrap_or_default();
    let answers = (0..).zip(&poll.answers).map(|(at, answer)| {
        let current = (at == chosen).then_some("true");
        view! {
            <li>
                <a class="vote-answer" href=format!("{path}?answer={at}") aria-current=current>
                    <span dir="auto">{answer.text.clone()}</span>
                    <span class="vote-count">{(words.polls().votes_for)(answer.votes)}</span>
                </a>
            </li>
        }
    });
    let answers = answers.collect_view();
    let none = people.is_empty();
    let voices = Voices::of(&viewer.person, people.iter().cloned().chain(author).collect(), Vec::new());
    let next = next.map(|after| {
        let to = format!("{path}?answer={chosen}&after={after}");
        view! { <a class="button button--quiet" href=to>{words.places().more_people}</a> }
    });

    view! {
        <Within path=message_path(id, of) name=place title=words.polls().votes>
            <Quoted message voices/>
            <section class="section">
                <h2>{(words.polls().voters)(poll.voters)}</h2>
                <ul class="vote-answers">{answers}</ul>
                {none.then(|| view! { <p>{words.polls().nobody_voted}</p> })}
                <ul class="people">
                    {lines(Signal::stored(people), |person| view! { <Somebody person/> }.into_any())}
                </ul>
            </section>
            {next}
        </Within>
    }
    .into_any()
}
