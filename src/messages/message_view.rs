//! One line of the timeline as it looks.

use leptos::prelude::*;

use super::{
    Message,
    rows::Row,
    thread::{Outgoing, Sending},
};
use crate::{
    accounts::Person,
    browser,
    error::Error,
    ids::ClientKey,
    text::{Words, use_words, view::prose},
    time::{Date, Timestamp},
    ui::avatar::Avatar,
    visit::use_visit,
};

/// Milliseconds. Where the clocks change it lands an hour off, and still on the day before.
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// Who speaks in a private conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voices {
    pub me: Person,
    pub with: Person,
}

/// Draws `row`. `zoned` says when the person's own zone is known; `retry` tries a failed message again.
#[component]
pub fn RowView(
    row: Row,
    voices: Voices,
    #[prop(into)] zoned: Signal<bool>,
    retry: Callback<ClientKey>,
) -> impl IntoView {
    match row {
        Row::Day(date) => view! { <Day date zoned/> }.into_any(),
        Row::Said { message, first } => {
            view! { <Said message=Message::clone(&message) first voices zoned/> }.into_any()
        }
        Row::Outgoing { outgoing, first } => view! { <Unsaid outgoing first voices zoned retry/> }.into_any(),
    }
}

#[component]
fn Day(date: Date, zoned: Signal<bool>) -> impl IntoView {
    let words = use_words();
    let text = move || {
        let near = zoned.get().then(|| near_day(words, date, browser::now())).flatten();
        near.map_or_else(|| (words.full_day)(date), str::to_owned)
    };

    view! {
        <li class="day">
            <span>{text}</span>
        </li>
    }
}

/// The word for `date` if it has one in the person's zone.
fn near_day(words: &Words, date: Date, now: Timestamp) -> Option<&'static str> {
    let is = |at| browser::local_day(at) == date;
    if is(now) {
        Some(words.today)
    } else if is(now.plus(-DAY)) {
        Some(words.yesterday)
    } else {
        None
    }
}

#[component]
fn Said(message: Message, first: bool, voices: Voices, zoned: Signal<bool>) -> impl IntoView {
    let mine = message.sender == voices.me.id;
    let author = if mine { voices.me } else { voices.with };

    view! {
        <li
            class=class(mine, first)
            id=format!("m{}", message.id)
            data-state="sent"
            aria-live=mine.then_some("off")
        >
            {first.then(|| view! { <Avatar name=author.display_name.clone() number=author.id.get()/> })}
            <div class="message-content">
                <Head author=author.display_name mine at=message.at zoned/>
                <div class="message-body prose">{prose(&message.body)}</div>
            </div>
        </li>
    }
}

#[component]
fn Unsaid(
    outgoing: Outgoing,
    first: bool,
    voices: Voices,
    zoned: Signal<bool>,
    retry: Callback<ClientKey>,
) -> impl IntoView {
    let author = voices.me;
    let (state, failure) = match outgoing.state {
        Sending::Pending => ("pending", None),
        Sending::Failed(error) => ("failed", Some(view! { <Failure error key=outgoing.key retry/> })),
    };

    view! {
        <li class=class(true, first) data-state=state aria-live="off">
            {first.then(|| view! { <Avatar name=author.display_name.clone() number=author.id.get()/> })}
            <div class="message-content">
                <Head author=author.display_name mine=true at=outgoing.at zoned/>
                <div class="message-body prose">{prose(&outgoing.body)}</div>
                {failure}
            </div>
        </li>
    }
}

/// One's own lines are `aria-live="off"`: who wrote them need not hear them again, once as pending and once as sent.
fn class(mine: bool, first: bool) -> &'static str {
    match (mine, first) {
        (true, true) => "message message--mine message--first",
        (true, false) => "message message--mine",
        (false, true) => "message message--first",
        (false, false) => "message",
    }
}

/// Who and when; also where it is not seen, for those who listen.
#[component]
fn Head(author: String, mine: bool, at: Timestamp, zoned: Signal<bool>) -> impl IntoView {
    let words = use_words();
    let lang = use_visit().locale.code();
    let author = if mine { words.you.to_owned() } else { author };
    let clock = move || if zoned.get() { browser::local_clock(at) } else { at.clock() };
    let exact = move || zoned.get().then(|| browser::exact_time(at, lang));

    view! {
        <p class="message-head">
            <span class="message-author">{author}</span>
            <time class="message-time" datetime=at.to_string() title=exact>
                {clock}
            </time>
        </p>
    }
}

#[component]
fn Failure(error: Error, key: ClientKey, retry: Callback<ClientKey>) -> impl IntoView {
    let words = use_words();
    let text = (words.not_sent)(&words.sentence(&error));

    view! {
        <p class="message-failure">
            <span role="alert">{text}</span>
            <button type="button" class="button button--quiet" on:click=move |_| retry.run(key.clone())>
                {words.retry}
            </button>
        </p>
    }
}
