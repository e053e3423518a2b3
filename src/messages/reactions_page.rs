//! Reacting with any sign, and who has reacted: a page of its own.

use std::convert::identity;

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{
    about::{MessageField, Quoted, use_message},
    reactions::{QUICK, Reactions},
    server_fns::{AddReaction, read_reactions},
    voices::Voices,
};
use crate::{
    accounts::{Viewer, next::escaped},
    asking::{Question, use_answer},
    conversations::message_path,
    error::{Error, Field as Which},
    friends::person_row::{Somebody, lines},
    ids::{AccountId, ConversationId, MessageId},
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        page::Within,
        refusal::{Alert, use_refusal},
    },
    visit,
};

/// The address of the page.
pub fn reactions_path(conversation: ConversationId, message: MessageId) -> String {
    format!("{}/reactions", message_path(conversation, message))
}

/// `/c/{id}/m/{message}/reactions`, with `?emoji=` for those who reacted with one sign and `?after=` for further pages.
#[component]
pub fn ReactionsPage() -> impl IntoView {
    let (address, query) = (use_message(), use_query_map());
    let reactions = use_answer::<Reactions>(move || {
        let address = address.get();
        let emoji = query.with(|query| query.get("emoji"));
        let after = query.with(|query| query.get("after")?.parse::<AccountId>().ok());
        Question::new(move || {
            let emoji = emoji.clone();
            async move {
                let (conversation, message) = address.ok_or(Error::NotFound)?;
                read_reactions(conversation, message, emoji, after).await
            }
        })
    });

    reactions.shown(identity, |reactions| {
        visit::use_viewer().map(|viewer| view! { <Told reactions viewer/> }).into_any()
    })
}

#[component]
fn Told(reactions: Reactions, viewer: Viewer) -> impl IntoView {
    let words = use_words();
    let Reactions { message, author, may_react, chosen, people, next, place } = reactions;
    let (id, of) = (message.conversation, message.id);
    let path = reactions_path(id, of);
    let voices = Voices::of(&viewer.person, people.iter().cloned().chain(author).collect(), Vec::new());
    let signs = message.reactions.iter().map(|reaction| {
        let to = format!("{path}?emoji={}", escaped(&reaction.emoji));
        let current = (chosen.as_deref() == Some(&*reaction.emoji)).then_some("true");
        view! {
            <li>
                <a class="reaction" href=to aria-current=current>
                    <span class="reaction-sign">{reaction.emoji.clone()}</span>
                    <span>{reaction.count}</span>
                </a>
            </li>
        }
    });
    let signs = signs.collect_view();
    let none = message.reactions.is_empty();
    let next = next.zip(chosen).map(|(after, emoji)| {
        let to = format!("{path}?emoji={}&after={after}", escaped(&emoji));
        view! { <a class="button button--quiet" href=to>{words.places().more_people}</a> }
    });
    let reacting = may_react.then(|| view! { <section class="section"><Reacting id message=of/></section> });

    view! {
        <Within path=message_path(id, of) name=place title=words.changes().reactions>
            <Quoted message voices/>
            {reacting}
            <section class="section">
                <h2>{words.changes().who_reacted}</h2>
                {none.then(|| view! { <p>{words.changes().nobody_reacted}</p> })}
                <ul class="reactions">{signs}</ul>
                <ul class="people">
                    {lines(Signal::stored(people), |person| view! { <Somebody person/> }.into_any())}
                </ul>
            </section>
            {next}
        </Within>
    }
    .into_any()
}

/// The quick ones, and a box for any.
#[component]
fn Reacting(id: ConversationId, message: MessageId) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(AddReaction::url());
    let refusal = use_refusal(posting);
    let signs = QUICK.map(|emoji| {
        view! {
            <li>
                <Quick id message emoji/>
            </li>
        }
    });

    view! {
        <ul class="reactions">{signs.collect_view()}</ul>
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::Emoji])/>
            <MessageField conversation=id message/>
            <Field
                label=words.changes().any_emoji
                name="emoji"
                autocomplete="off"
                maxlength=64
                hint=words.changes().any_emoji_hint
                value=refusal.typed("emoji")
                error=refusal.beside(Which::Emoji)
            />
            <Submit label=words.changes().react weight=Weight::Primary pending=posting.pending()/>
        </Form>
    }
}

/// One of the quick ones: leads back to the message.
#[component]
fn Quick(id: ConversationId, message: MessageId, emoji: &'static str) -> impl IntoView {
    let posting = use_posting(AddReaction::url());

    view! {
        <Form posting>
            <MessageField conversation=id message/>
            <input type="hidden" name="emoji" value=emoji/>
            <button type="submit" class="reaction"><span class="reaction-sign">{emoji}</span></button>
        </Form>
    }
}
