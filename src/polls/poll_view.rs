//! What may be answered, below the question: every answer is a button that says how many have chosen it.

use std::time::Duration;

use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    html::Ul,
    prelude::*,
    server_fn::ServerFn,
    task::spawn_local,
};

use super::{
    ballot::{Ballot, Standing, use_ballot},
    server_fns::{AddVote, ClosePoll, RemoveVote, close_poll},
    votes_page::votes_path,
};
use crate::{
    browser::{
        self, keyboard,
        roving::{self, Step},
    },
    ids::{ConversationId, MessageId},
    messages::{
        Message,
        about::MessageField,
        outbox::{Deed, use_outbox},
        pane::{Pane, use_pane},
    },
    text::use_words,
    ui::{
        announcer::use_announcer,
        icon::{Icon, Symbol},
        live::live,
        time::use_moment,
    },
};

/// The poll that a message is. `zoned` says when the page is alive.
#[component]
pub fn PollView(id: ConversationId, message: Message, zoned: Signal<bool>) -> impl IntoView {
    let words = use_words();
    let ballot = use_ballot();
    let (of, standing) = (message.id, ballot.follow(&message));
    let over = use_end(standing);
    let may_vote = ballot.may_vote();
    let open = Signal::derive(move || may_vote.get() && !over.get());
    let first = standing.get_untracked().poll;
    let several = first.several;
    let answers = (0..).zip(first.answers).map(|(place, answer)| {
        view! { <Answer id message=of place text=answer.text standing open zoned/> }
    });
    let answers = answers.collect_view();
    let pane = use_pane();
    let hint = format!("poll-{}", pane.element_id(of));
    let named = hint.clone();
    let list = NodeRef::<Ul>::new();

    view! {
        <div class="poll">
            <p class="poll-hint" id=hint>
                {if several { words.polls().choose_several } else { words.polls().choose_one }}
            </p>
            <ul
                class="poll-answers"
                aria-labelledby=named
                node_ref=list
                on:keydown=move |event| press(&event, list, of, pane)
            >
                {answers}
            </ul>
            <div class="poll-foot">
                <span>{move || (words.polls().voters)(standing.with(|standing| standing.poll.voters))}</span>
                <Ending closes=first.closes.map(use_moment) over/>
                <a href=votes_path(id, of) tabindex=move || zoned.get().then_some("-1")>{words.polls().votes}</a>
                <Closing id message=of ballot over zoned/>
            </div>
        </div>
    }
    .into_any()
}

/// Whether votes are taken no more: what was told, or what the clock of the browser shows while the page is open. The
/// server holds votes against its own.
fn use_end(standing: Memo<Standing>) -> Signal<bool> {
    let passed = RwSignal::new(false);
    let closed = Memo::new(move |_| standing.with(|standing| standing.poll.closed));
    let closes = Memo::new(move |_| standing.with(|standing| standing.poll.closes));
    Effect::new(move |_| {
        let Some(closes) = closes.get().filter(|_| !closed.get()) else { return };
        spawn_local(async move {
            let left = closes.millis().saturating_sub(browser::now().millis());
            browser::after(Duration::from_millis(u64::try_from(left).unwrap_or(0))).await;
            // The page may be gone by then.
            passed.try_set(true);
        });
    });
    Signal::derive(move || closed.get() || passed.get())
}

/// One answer, to be pressed: a form, which the browser, once it helps, sends without leaving the page.
#[component]
fn Answer(
    id: ConversationId,
    message: MessageId,
    place: u32,
    text: String,
    standing: Memo<Standing>,
    open: Signal<bool>,
    zoned: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    let outbox = StoredValue::new(use_outbox());
    let mine = Memo::new(move |_| standing.with(|standing| standing.chosen.contains(&place)));
    let index = place as usize;
    let votes = Memo::new(move |_| {
        standing.with(|standing| standing.poll.answers.get(index).map_or(0, |answer| answer.votes))
    });
    let share = Memo::new(move |_| standing.with(|standing| standing.poll.share(index)));
    let turn = move |event: SubmitEvent| {
        event.prevent_default();
        if open.get_untracked() {
            let deed = if mine.get_untracked() { Deed::Unvote(message) } else { Deed::Vote(message) };
            outbox.with_value(|outbox| outbox.take(id, deed, place.to_string()));
        }
    };
    // One stop for the Tab key; the arrow keys lead to the others.
    let stop = move || (zoned.get() && place > 0).then_some("-1");

    view! {
        <li>
            <form
                method="post"
                action=move || if mine.get() { RemoveVote::url() } else { AddVote::url() }
                on:submit=turn
            >
                <MessageField conversation=id message/>
                <input type="hidden" name="answer" value=place.to_string()/>
                <button
                    // What cannot be pressed can still be read, and keeps the keyboard.
                    type=move || if open.get() { "submit" } else { "button" }
                    class="poll-answer"
                    aria-pressed=move || mine.get().to_string()
                    aria-disabled=move || (!open.get()).then_some("true")
                    tabindex=stop
                >
                    <svg class="poll-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                        <rect width=move || share.get().to_string() height="1"></rect>
                    </svg>
                    <span class="poll-mark"><Icon symbol=Symbol::Tick/></span>
                    <span class="poll-text" dir="auto">{text}</span>
                    <span class="poll-count" aria-hidden="true">{move || votes.get()}</span>
                    <span class="visually-hidden">{move || (words.polls().votes_for)(votes.get())}</span>
                    <span class="poll-share">{move || (words.polls().share)(share.get())}</span>
                </button>
            </form>
        </li>
    }
}

/// When it closes, or that it is closed.
#[component]
fn Ending(closes: Option<RwSignal<String>>, over: Signal<bool>) -> impl IntoView {
    let words = use_words();

    live(move || {
        if over.get() {
            return Some(view! { <strong>{words.polls().closed}</strong> }.into_any());
        }
        let closes = closes?;
        Some(view! { <span>{move || (words.polls().closes_at)(&closes.get())}</span> }.into_any())
    })
}

/// Closes it, for those who may.
#[component]
fn Closing(
    id: ConversationId,
    message: MessageId,
    ballot: Ballot,
    over: Signal<bool>,
    zoned: Signal<bool>,
) -> impl IntoView {
    let (words, pane) = (use_words(), use_pane());
    let voice = StoredValue::new(use_announcer());
    let may_close = ballot.may_close(message);
    let close = move |event: SubmitEvent| {
        event.prevent_default();
        let voice = voice.get_value();
        spawn_local(async move {
            match close_poll(id, message).await {
                Ok(()) => {
                    voice.say(words.polls().closed.to_owned());
                    // The button goes with what it was for.
                    browser::focus(&format!("#{}", pane.element_id(message)));
                }
                Err(error) => voice.say(words.sentence(&error)),
            }
        });
    };

    live(move || {
        (may_close.get() && !over.get()).then(|| {
            view! {
                <form method="post" action=ClosePoll::url() on:submit=close>
                    <MessageField conversation=id message/>
                    <button
                        type="submit"
                        class="button button--quiet"
                        tabindex=move || zoned.get().then_some("-1")
                    >
                        {words.polls().close}
                    </button>
                </form>
            }
        })
    })
}

/// The arrow keys go from answer to answer, and Escape back to the message.
fn press(event: &KeyboardEvent, list: NodeRef<Ul>, message: MessageId, pane: Pane) {
    let Some(list) = list.get_untracked() else { return };
    let press = keyboard::press(event);
    if press.alt || press.control || press.meta || press.shift {
        return;
    }
    match press.key.as_str() {
        "ArrowUp" => roving::step(&list, "button", Step::Previous),
        "ArrowDown" => roving::step(&list, "button", Step::Next),
        "Home" => roving::step(&list, "button", Step::First),
        "End" => roving::step(&list, "button", Step::Last),
        "Escape" => browser::focus(&format!("#{}", pane.element_id(message))),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}
