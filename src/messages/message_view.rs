//! One line of the timeline as it looks.

use leptos::prelude::*;

use super::{
    Message,
    answer::{AnsweredLine, use_pointer},
    outbox::{Outgoing, Sending, use_outbox},
    own::{Edited, Retracted},
    pane::use_pane,
    quotes::Answered,
    reaction_bar::ReactionBar,
    rows::{Own, Row},
    voices::Voices,
};
use crate::{
    browser::{self, clipboard},
    conversations::message_path,
    error::Error,
    ids::ConversationId,
    mentions::drawing::Named,
    polls::poll_view::PollView,
    receipts::ticks::ticks,
    text::{
        Words,
        colours::Colours,
        use_words,
        view::{is_only_emoji, prose},
    },
    threads::root_line::RootLine,
    time::{Date, Timestamp},
    ui::{
        avatar::Avatar,
        icon::{Icon, Symbol},
    },
    visit::use_visit,
};

/// Milliseconds. Where the clocks change it lands an hour off, and still on the day before.
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// Draws `row` of conversation `id`. `zoned` says when the person's own zone is known.
#[component]
pub fn RowView(
    row: Row,
    id: ConversationId,
    voices: Voices,
    #[prop(into)] zoned: Signal<bool>,
) -> impl IntoView {
    match row {
        Row::Day(date) => view! { <Day date zoned/> }.into_any(),
        Row::New => view! { <New/> }.into_any(),
        Row::Done { message, .. } => {
            view! { <Done id message=Message::clone(&message) voices zoned/> }.into_any()
        }
        Row::Said { message, quote, first, mine, leads, .. } => {
            view! { <Said id message=Message::clone(&message) quote first own=mine leads voices zoned/> }
                .into_any()
        }
        Row::Outgoing { outgoing, quote, first } => {
            view! { <Unsaid id outgoing quote first voices zoned/> }.into_any()
        }
    }
}

#[component]
fn Day(date: Date, zoned: Signal<bool>) -> impl IntoView {
    let words = use_words();
    let text = move || {
        let near = zoned.get().then(|| near_day(words, date, browser::now())).flatten();
        near.map_or_else(|| (words.talk().full_day)(date), str::to_owned)
    };

    view! { <div class="day"><span>{text}</span></div> }
}

/// The word for `date` if it has one in the person's zone.
fn near_day(words: &Words, date: Date, now: Timestamp) -> Option<&'static str> {
    let is = |at| browser::local_day(at) == date;
    if is(now) {
        Some(words.talk().today)
    } else if is(now.plus(-DAY)) {
        Some(words.talk().yesterday)
    } else {
        None
    }
}

/// What follows is new to the viewer.
#[component]
fn New() -> impl IntoView {
    let words = use_words();

    view! { <div class="divider" id=use_pane().ids().divider><span>{words.talk().new_from_here}</span></div> }
}

#[component]
fn Said(
    id: ConversationId,
    message: Message,
    quote: Option<Answered>,
    first: bool,
    own: Own,
    /// Whether there is news in the thread that begins with it, if one does and is shown elsewhere.
    leads: Option<bool>,
    voices: Voices,
    zoned: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    let Own { retracted, last, text } = own;
    let mine = message.sender == voices.me();
    let author = voices.called(message.sender, words);
    let called = author.clone();
    let element = use_pane().element_id(message.id);
    let head = format!("head-{element}");
    let body = format!("body-{element}");
    let mark = format!("mark-{element}");
    let (to_me, named) = (message.turns_to(voices.me()), Named::of(&message, &voices));
    let name = if to_me { format!("{head} {mark}") } else { head.clone() };
    let said = body.clone();
    let link = message_path(id, message.id);
    let hidden = voices.is_blocked(message.sender);
    let deletion = voices.deletion(&message, words);
    let ticks = mine.then(|| ticks(&message));
    let deleted = deletion.is_some().then_some("");
    let waits = text.is_some() && last.as_ref().is_some_and(|last| last.state == Sending::Pending);
    let edited = message.edited.map(|at| view! { <Edited id message=message.id at zoned/> });
    let failure = last.and_then(|outgoing| match outgoing.state.clone() {
        Sending::Failed(error) => Some(view! { <Failure error outgoing/> }),
        Sending::Pending | Sending::Confirmed => None,
    });
    let (message_id, pinned, forwarded) = (message.id, message.pinned.is_some(), message.forwarded);
    let line = leads.zip(message.replies).map(|(news, replies)| {
        view! { <RootLine conversation=id root=message_id replies news zoned/> }
    });
    let pointer = use_pointer();
    let answered = quote.filter(|_| deletion.is_none() && !retracted).map(|answered| {
        let voices = voices.clone();
        view! { <AnsweredLine conversation=id answered voices zoned/> }
    });
    let poll = (message.poll.is_some() && deletion.is_none() && !retracted).then(|| {
        let message = message.clone();
        view! { <PollView id message zoned/> }
    });
    let signs = (deletion.is_none() && !retracted).then(|| {
        let message = message.clone();
        view! { <ReactionBar id message zoned/> }
    });

    view! {
        <article
            class=class(mine, first)
            id=element
            data-state="sent"
            data-waiting=waits.then_some("")
            data-deleted=deleted
            data-mentions-me=to_me.then_some("")
            tabindex="-1"
            aria-labelledby=name
            aria-describedby=said
            aria-current=move || pointer.is_at(message_id).then_some("true")
        >
            {first.then(|| view! { <Avatar name=author.clone() number=message.sender.get()/> })}
            <div class="message-content">
                <Head id=head author mine at=message.at link zoned/>
                {pinned.then(|| view! { <Sign symbol=Symbol::Pin text=words.keeping().pinned/> })}
                {forwarded.then(|| view! { <Sign symbol=Symbol::Forward text=words.forwarding().forwarded/> })}
                {answered}
                {to_me.then(|| view! { <p class="visually-hidden" id=mark>{words.mentions().names_you}</p> })}
                {match deletion {
                    Some(text) => view! { <p class="message-body" id=body dir="auto">{text}</p> }.into_any(),
                    None if retracted => view! { <Retracted id=body conversation=id message=message_id/> }.into_any(),
                    None if hidden => {
                        view! {
                            <Folded id=body text=message.body colours=message.colours author=called>{poll}</Folded>
                        }
                        .into_any()
                    }
                    None => {
                        let (text, colours) = match text {
                            Some(text) => (text, Vec::new()),
                            None => (message.body, message.colours),
                        };
                        view! { <Body id=body text colours author=called named/> {edited} {poll} }.into_any()
                    }
                }}
                {signs}
                {line}
                {failure}
                {ticks}
            </div>
        </article>
    }
}

/// Something that was done, in a line of its own.
#[component]
fn Done(id: ConversationId, message: Message, voices: Voices, zoned: Signal<bool>) -> impl IntoView {
    let words = use_words();
    let element = use_pane().element_id(message.id);
    let body = format!("body-{element}");
    let name = body.clone();
    let text = voices.tell(&message, words).unwrap_or_default();
    let (pointer, message_id) = (use_pointer(), message.id);

    view! {
        <article
            class="message message--done"
            id=element
            data-state="sent"
            tabindex="-1"
            aria-labelledby=name
            aria-current=move || pointer.is_at(message_id).then_some("true")
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
fn Unsaid(
    id: ConversationId,
    outgoing: Outgoing,
    quote: Option<Answered>,
    first: bool,
    voices: Voices,
    zoned: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    let author = voices.called(voices.me(), words);
    let Outgoing { key, at, body, .. } = outgoing.clone();
    let (head, text) = (format!("head-{key}"), format!("body-{key}"));
    let (name, said) = (head.clone(), text.clone());
    let answered = quote.map(|answered| {
        let voices = voices.clone();
        view! { <AnsweredLine conversation=id answered voices zoned/> }
    });
    let (state, foot) = match &outgoing.state {
        Sending::Pending | Sending::Confirmed => {
            ("pending", view! { <span class="visually-hidden">{words.talk().sending}</span> }.into_any())
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
                <Head id=head author=author.clone() mine=true at link=String::new() zoned/>
                {answered}
                <Body id=text text=body colours=Vec::new() author named=Named::default()/>
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
    let author = if mine { words.talk().you.to_owned() } else { author };

    view! {
        <p class="message-head" id=id>
            <span class="message-author" dir="auto">{author}</span>
            <Moment at link zoned/>
        </p>
    }
}

/// What is so of the whole message: that it stands out for everybody, that it was said elsewhere before.
#[component]
fn Sign(symbol: Symbol, text: &'static str) -> impl IntoView {
    view! { <p class="message-sign"><Icon symbol/>{text}</p> }
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
fn Body(id: String, text: String, colours: Vec<Colours>, author: String, named: Named) -> impl IntoView {
    let class = if is_only_emoji(&text) { "message-body prose prose--emoji" } else { "message-body prose" };

    view! { <div class=class id=id>{named.prose(&text, &colours, &author, use_words())}</div> }
}

/// What somebody has said whom the viewer has blocked: to be read only if they want to.
#[component]
fn Folded(
    id: String,
    text: String,
    colours: Vec<Colours>,
    author: String,
    children: Children,
) -> impl IntoView {
    let words = use_words();

    view! {
        <details class="message-body message-folded" id=id>
            <summary>{words.talk().from_somebody_blocked}</summary>
            <div class="prose">{prose(&text, &colours, &author, words)}</div>
            {children()}
        </details>
    }
}

/// Why a message was not sent, and what can be done about it.
#[component]
fn Failure(error: Error, outgoing: Outgoing) -> impl IntoView {
    let words = use_words();
    let outbox = StoredValue::new(use_outbox());
    let outgoing = StoredValue::new(outgoing);
    let reason = words.sentence(&error);
    let (said, has_text) = outgoing
        .with_value(|outgoing| (outgoing.deed.says(), !outgoing.body.is_empty() && !outgoing.deed.votes()));
    let text = if said { (words.talk().not_sent)(&reason) } else { (words.changes().not_changed)(&reason) };
    let forget = if said { words.talk().delete } else { words.changes().discard };
    let retry = move |_| {
        let Outgoing { conversation, key, .. } = outgoing.get_value();
        outbox.with_value(|outbox| outbox.retry(conversation, &key));
    };
    let copy = move |_| clipboard::copy(outgoing.get_value().body);
    let delete = move |_| outbox.with_value(|outbox| outbox.delete(&outgoing.get_value().key));

    view! {
        <p class="message-failure">
            <span>{text}</span>
            <button type="button" class="button button--quiet" on:click=retry>{words.talk().retry}</button>
            {has_text.then(|| view! {
                <button type="button" class="button button--quiet" on:click=copy>{words.talk().copy}</button>
            })}
            <button type="button" class="button button--quiet" on:click=delete>{forget}</button>
        </p>
    }
}
