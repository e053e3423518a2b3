//! Choosing when something is to be: times to wait, and a moment of one's own. A script adds what only it knows, which is
//! the person's zone.

use leptos::{html::Input, prelude::*};

use super::moment::{MORNING, OWN, Wait, code};
use crate::{
    browser,
    error::Field,
    text::{Words, use_words},
    time::Timestamp,
    ui::{live::live, refusal::Refusal, time::use_moment},
};

/// The id of what is wrong with the choice.
const WRONG: &str = "field-when-error";

/// The fields `when` and `at`. `now` as the server says; `kept`: what was chosen before and may stay.
#[component]
pub fn When(
    now: Timestamp,
    refusal: Refusal,
    #[prop(optional_no_strip)] kept: Option<Timestamp>,
) -> impl IntoView {
    let words = use_words();
    let wrong = refusal.beside(Field::Moment);
    let before = refusal.typed("when");
    let chosen = before.or(kept.map(code)).unwrap_or_default();
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));

    let waits = Wait::ALL.map(|wait| {
        let (code, label) = (wait.code(), (words.later().in_a_while)(wait));
        view! { <Offer code=code.to_owned() label=Signal::stored(label.to_owned()) checked=chosen == code/> }
    });
    let kept = kept.map(|kept| {
        let code = code(kept);
        let checked = chosen == code;
        view! { <Offer code label=use_moment(kept).into() checked/> }
    });
    let is_own = chosen == OWN;

    view! {
        <fieldset class="choosing when" aria-describedby=move || wrong.with(Option::is_some).then_some(WRONG)>
            <legend>{words.later().when}</legend>
            <ul class="choices">
                {kept}
                {waits.into_iter().collect_view()}
                {live(move || alive.get().then(|| mornings(words)))}
                <Own now alive is_own at=refusal.typed("at").unwrap_or_default()/>
            </ul>
            {live(move || wrong.get().map(|why| view! { <p class="field-error" id=WRONG role="alert">{why}</p> }))}
        </fieldset>
    }
    .into_any()
}

/// One of what is offered.
#[component]
fn Offer(code: String, label: Signal<String>, checked: bool) -> impl IntoView {
    view! {
        <li>
            <label class="choice">
                <input type="radio" name="when" value=code checked=checked/>
                <span class="choice-name">{move || label.get()}</span>
            </label>
        </li>
    }
}

/// Tomorrow's and next Monday's, where one is.
fn mornings(words: &'static Words) -> AnyView {
    let option = |at: Timestamp, called: fn(&str, u32) -> String| {
        let label = called(&(words.day_and_month)(browser::local_day(at)), MORNING);
        view! { <Offer code=code(at) label=Signal::stored(label) checked=false/> }
    };
    let tomorrow = option(browser::morning_in(1, MORNING), words.later().tomorrow_at);
    let monday = option(browser::morning_in(browser::days_to_monday(), MORNING), words.later().monday_at);
    (tomorrow, monday).into_any()
}

/// A moment of one's own. With a script the choice carries the moment that is meant where one is.
#[component]
fn Own(now: Timestamp, alive: RwSignal<bool>, is_own: bool, at: String) -> impl IntoView {
    let words = use_words();
    let (radio, field) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let meant = RwSignal::new(None::<Timestamp>);
    // What was typed before the page came to life counts too.
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            meant.set(browser::moment_of(&browser::field_text(&field)));
        }
    });
    let typed = move |event| {
        meant.set(browser::moment_of(&event_target_value(&event)));
        if let Some(radio) = radio.get_untracked() {
            browser::choose(&radio);
        }
    };
    let label = move || if alive.get() { words.later().day_and_time } else { words.later().day_and_time_utc };
    let hint = (words.later().utc_hint)(&now.clock());

    view! {
        <li>
            <label class="choice">
                <input
                    node_ref=radio
                    type="radio"
                    name="when"
                    value=move || meant.get().map_or(OWN.to_owned(), code)
                    checked=is_own
                />
                <span class="choice-name">{words.later().at_another_time}</span>
            </label>
            <div class="field when-own">
                <label for="field-at">{label}</label>
                <input
                    node_ref=field
                    class="input"
                    id="field-at"
                    name="at"
                    type="datetime-local"
                    value=at
                    autocomplete="off"
                    on:input=typed
                />
                {live(move || (!alive.get()).then(|| view! { <p class="field-hint">{hint.clone()}</p> }))}
            </div>
        </li>
    }
}
