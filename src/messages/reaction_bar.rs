//! The reactions below a message, and those that one is offered.

use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn};

use super::{
    Message,
    about::MessageField,
    outbox::{Deed, Outbox, use_outbox},
    reactions::QUICK,
    reactions_page::reactions_path,
    server_fns::{AddReaction, RemoveReaction},
};
use crate::{
    ids::{ConversationId, MessageId},
    text::use_words,
    ui::icon::{Icon, Symbol},
};

/// Every sign with how many people it is from: pressing one reacts, or takes that back.
#[component]
pub fn ReactionBar(id: ConversationId, message: Message, zoned: Signal<bool>) -> impl IntoView {
    let words = use_words();
    if message.reactions.is_empty() {
        return ().into_any();
    }
    let of = message.id;
    let signs = message.reactions.iter().map(|reaction| {
        let mine = message.is_reacted_with(&reaction.emoji);
        view! {
            <li><Sign id message=of emoji=reaction.emoji.clone() count=Some(reaction.count) mine zoned/></li>
        }
    });
    let stop = move || zoned.get().then_some("-1");

    view! {
        <ul class="reactions" aria-label=words.changes().reactions>
            {signs.collect_view()}
            <li>
                <a class="reaction" href=reactions_path(id, of) title=words.changes().who_reacted tabindex=stop>
                    <Icon symbol=Symbol::People/>
                    <span class="visually-hidden">{words.changes().who_reacted}</span>
                </a>
            </li>
        </ul>
    }
    .into_any()
}

/// One sign, to be pressed: a form, which the browser, once it helps, sends without leaving the page.
#[component]
pub fn Sign(
    id: ConversationId,
    message: MessageId,
    emoji: String,
    /// How many have reacted with it; none where it is only offered.
    count: Option<u32>,
    mine: bool,
    zoned: Signal<bool>,
) -> impl IntoView {
    let outbox = StoredValue::new(use_outbox());
    let typed = emoji.clone();
    let press = move |event: SubmitEvent| {
        event.prevent_default();
        outbox.with_value(|outbox| turn(outbox, id, message, typed.clone(), mine));
    };
    let action = if mine { RemoveReaction::url() } else { AddReaction::url() };
    let pressed = count.map(|_| mine.to_string());
    let stop = move || (count.is_some() && zoned.get()).then_some("-1");

    view! {
        <form method="post" action=action on:submit=press>
            <MessageField conversation=id message/>
            <input type="hidden" name="emoji" value=emoji.clone()/>
            <button type="submit" class="reaction" aria-pressed=pressed tabindex=stop>
                <span class="reaction-sign">{emoji}</span>
                {count.map(|count| view! { <span>{count}</span> })}
            </button>
        </form>
    }
}

/// Reacts, or takes that back.
pub fn turn(outbox: &Outbox, id: ConversationId, message: MessageId, emoji: String, mine: bool) {
    let deed = if mine { Deed::Unreact(message) } else { Deed::React(message) };
    outbox.take(id, deed, emoji);
}

/// Those that are offered first, and the way to all others.
#[component]
pub fn Offered(id: ConversationId, message: MessageId, chosen: Callback<&'static str>) -> impl IntoView {
    let words = use_words();
    let signs = QUICK.map(|emoji| {
        view! {
            <button type="button" class="icon-button reaction-sign" on:click=move |_| chosen.run(emoji)>{emoji}</button>
        }
    });

    view! {
        {signs.collect_view()}
        <a class="icon-button" href=reactions_path(id, message) title=words.changes().other_emoji>
            <Icon symbol=Symbol::Plus/>
            <span class="visually-hidden">{words.changes().other_emoji}</span>
        </a>
    }
}
