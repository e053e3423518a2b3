//! One line of the timeline as it looks.

use leptos::prelude::*;

use super::{
    Message,
    outbox::{Outgoing, Sending, use_outbox},
    reading::{DIVIDER, element_id},
    rows::Row,
    voices::Voices,
};
use crate::{
    browser::{self, clipboard},
    conversations::message_path,
    error::Error,
    ids::{ConversationId, MessageId},
    text::{
        Words, use_words,
        view::{is_only_emoji, prose},
    },
    time::{Date, Timestamp},
    ui::avatar::Avatar,
    visit::use_visit,
};

/// Milliseconds. Where the clocks change it lands an hour off, and still on the day before.
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// Draws `row` of conversation `id`. `target` is the message that the address names; `zoned` says when the person's own
/// zone is known.
#[component]
pub fn RowView(
    row: Row,
    id: ConversationId,
    voices: Voices,
    target: Option<MessageId>,
    #[prop(into)] zoned: Signal<bool>,
) -> impl IntoView {
    match row {
        Row::Day(date) => view! { <Day date zoned/> }.into_any(),
        Row::New => view! { <New/> }.into_any(),
        Row::Done { message, .. } => {
            let target = target == Some(message.id);
            view! { <Done id message=Message::clone(&message) voices target zoned/> }.into_any()
        }
        Row::Said { message, first, .. } => {
            let target = target == Some(message.id);
            view! { <Said id message=Message::clone(&message) first voices target zoned/> }.into_any()
        }
        Row::Outgoing { outgoing, first } => view! { <Unsaid outgoing first voices zoned/> }.into_any(),
    }
}

#[component]
fn Day(date: Date, zoned: Signal<bool>) -> impl IntoView {
    let words = use_words();
    let text = move || {
        let near = zoned.get().then(|| near_day(words, date, browser::now())).flatten();
        near.map_or_else(|| (words.full_day)(date), str::to_owned)
    };

    view! { <div class="day"><span>{text}</span></div> }
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

/// What follows is new to the viewer.
#[component]
fn New() -> impl IntoView {
    let words = use_words();

    view! { <div class="divider" id=DIVIDER><span>{words.new_from_here}</span></div> }
}

#[component]
fn Said(
    id: ConversationId,
    message: Message,
    first: bool,
    voices: Voices,
    target: bool,
    zoned: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    let mine = message.sender == voices.me();
    let author = voices.called(message.sender, words);
    let element = element_id(message.id);
    let head = format!("head-{element}");
    let body = format!("body-{element}");
    let (name, said) = (head.clone(), body.clone());

    view! {
        <article
            class=class(mine, first)
            id=element
            data-state="sent"
            tabindex="-1"
            aria-labelledby=name
            aria-describedby=said
            aria-current=target.then_some("true")
        >
            {first.then(|| view! { <Avatar name=author.clone() number=message.sender.get()/> })}
            <div class="message-content">
                <Head id=head author mine at=message.at link=message_path(id, message.id) zoned/>
                <Body id=body text=message.body/>
            </div>
        </article>
    }
}

/// Something that was done, in a line of its own.
#[component]
fn Done(
    id: ConversationId,
    message: Message,
    voices: Voices,
    target: bool,
    zoned: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    let element = element_id(message.id);
    let body = format!("body-{element}");
    let name = body.clone();
    let text = voices.tell(&message, words).unwrap_or_default();

    view! {
        <article
            class="message message--done"
            id=element
            data-state="sent"
            tabindex="-1"
            aria-labelledby=name
            aria-current=target.then_some("true")
        >
            <p class="message-done" id=body>
                <span dir="auto">{text}</span>
                " "
                <Moment at=message.at link=message_path(id, message.id) zoned/>
            </p>
        </article>
    }
}

#[component]
fn Unsaid(outgoing: Outgoing, first: bool, voices: Voices, zoned: Signal<bool>) -> impl IntoView {
    let words = use_words();
    let author = voices.called(voices.me(), words);
    let Outgoing { key, at, body, .. } = outgoing.clone();
    let (head, text) = (format!("head-{key}"), format!("body-{key}"));
    let (name, said) = (head.clone(), text.clone());
    let (state, foot) = match &outgoing.state {
        Sending::Pending => {
            ("pending", view! { <span class="visually-hidden">{words.sending}</span> }.into_any())
        }
        Sending::Failed(error) => {
            let error = error.clone();
            ("failed", view! { <Failure error outgoing/> }.into_any())
        }
    };

    view! {
        <article
            class=class(true, first)
            data-state=state
            tabindex="-1"
            aria-labelledby=name
            aria-describedby=said
        >
            {first.then(|| view! { <Avatar name=author.clone() number=voices.me().get()/> })}
            <div class="message-content">
                <Head id=head author mine=true at link=String::new() zoned/>
                <Body id=text text=body/>
                {foot}
            </div>
        </article>
    }
}

fn class(mine: bool, first: bool) -> &'static str {
    match (mine, first) {
        (true, true) => "message message--mine message--first",
        (true, false) => "message message--mine",
        (false, true) => "message message--first",
        (false, false) => "message",
    }
}

/// Who and when; also where it is not seen, for those who listen. `link` is the address of the message, if it has one.
#[component]
fn Head(
    id: String,
    author: String,
    mine: bool,
    at: Timestamp,
    link: String,
    zoned: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    let author = if mine { words.you.to_owned() } else { author };

    view! {
        <p class="message-head" id=id>
            <span class="message-author" dir="auto">{author}</span>
            <Moment at link zoned/>
        </p>
    }
}

/// When it was, and the address of it, if there is one.
#[component]
fn Moment(at: Timestamp, link: String, zoned: Signal<bool>) -> impl IntoView {
    let lang = use_visit().locale.code();
    let clock = move || if zoned.get() { browser::local_clock(at) } else { at.clock() };
    let exact = move || zoned.get().then(|| browser::exact_time(at, lang));
    // With a script the list is one stop for the Tab key, and the arrow keys lead to its messages.
    let stop = move || zoned.get().then_some("-1");
    let time = view! { <time class="message-time" datetime=at.to_string() title=exact>{clock}</time> };

    if link.is_empty() {
        time.into_any()
    } else {
        view! { <a class="message-link" href=link tabindex=stop>{time}</a> }.into_any()
    }
}

#[component]
fn Body(id: String, text: String) -> impl IntoView {
    let class = if is_only_emoji(&text) { "message-body prose prose--emoji" } else { "message-body prose" };

    view! { <div class=class id=id>{prose(&text, use_words())}</div> }
}

/// Why a message was not sent, and what can be done about it.
#[component]
fn Failure(error: Error, outgoing: Outgoing) -> impl IntoView {
    let words = use_words();
    let outbox = StoredValue::new(use_outbox());
    let outgoing = StoredValue::new(outgoing);
    let text = (words.not_sent)(&words.sentence(&error));
    let retry = move |_| {
        let Outgoing { conversation, key, .. } = outgoing.get_value();
        outbox.with_value(|outbox| outbox.retry(conversation, &key));
    };
    let copy = move |_| clipboard::copy(outgoing.get_value().body);
    let delete = move |_| outbox.with_value(|outbox| outbox.delete(&outgoing.get_value().key));

    view! {
        <p class="message-failure">
            <span>{text}</span>
            <button type="button" class="button button--quiet" on:click=retry>{words.retry}</button>
            <button type="button" class="button button--quiet" on:click=copy>{words.copy}</button>
            <button type="button" class="button button--quiet" on:click=delete>{words.delete}</button>
        </p>
    }
}
