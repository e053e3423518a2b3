//! What others did that concerns one: a page of its own, which follows what happens.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{ACTIVITY, Activity, ActivityLine, line::row, looking::Looking, server_fns::read_activity};
use crate::{
    asking::{Answer, Question, use_answer},
    conversations::inbox::use_inbox,
    error::Error,
    ids::ActivityId,
    later::{reminders::REMINDERS, scheduled::SCHEDULED},
    sorted::SortedSet,
    text::use_words,
    ui::{
        live::{Row, live, rows},
        nothing_here::{Empty, Failed},
        page::Page,
    },
    visit,
};

/// `/activity`, with `?before=` for further pages.
#[component]
pub fn ActivityPage() -> impl IntoView {
    let (query, inbox, words) = (use_query_map(), use_inbox(), use_words());
    let activity = use_answer::<Activity>(move || {
        inbox.version();
        let before = query.with(|query| query.get("before")?.parse::<ActivityId>().ok());
        Question::new(move || read_activity(before))
    });
    visit::leave_if_signed_out(activity.error());

    view! {
        <Page title=words.activity().activity>
            <Transition>
                <Shown activity/>
            </Transition>
        </Page>
    }
    .into_any()
}

#[component]
fn Shown(activity: Answer<Activity>) -> impl IntoView {
    let failure = activity.error();
    let answer = activity.read();
    // Where it cannot be read again, what was known stays.
    let known = Memo::new(move |before: Option<&Option<Activity>>| match answer.get() {
        Some(Ok(activity)) => Some(activity),
        _ => before.cloned().flatten(),
    });
    let some = Memo::new(move |_| known.with(Option::is_some));
    let failed = move || failure.get().filter(|_| !some.get());

    view! {
        {live(move || failed().map(|error| view! { <Unread error/> }))}
        {live(move || some.get().then(|| view! { <Lines known/> }))}
    }
}

#[component]
fn Lines(known: Memo<Option<Activity>>) -> impl IntoView {
    let words = use_words();
    let newest = Memo::new(move |_| known.with(|known| known.as_ref().and_then(Activity::newest_new)));
    let none =
        Memo::new(move |_| known.with(|known| known.as_ref().is_some_and(|known| known.lines.is_empty())));
    let next = Memo::new(move |_| known.with(|known| known.as_ref().and_then(|known| known.next)));
    // What was new when it came stays marked as long as the visit.
    let fresh = StoredValue::new(SortedSet::<ActivityId>::new());
    let lines = move || -> Vec<Row> {
        let lines = known.get().unwrap_or_default().lines;
        let new = lines.iter().filter(|line| line.is_new).map(|line| line.id);
        fresh.update_value(|fresh| fresh.extend(new));
        let row = |line: ActivityLine| {
            let fresh = fresh.with_value(|fresh| fresh.contains(&line.id));
            row(line, fresh)
        };
        lines.into_iter().map(row).collect()
    };

    view! {
        <p class="row">
            <a class="button button--quiet" href=REMINDERS>{words.later().reminders}</a>
            <a class="button button--quiet" href=SCHEDULED>{words.later().scheduled_messages}</a>
        </p>
        <Looking newest/>
        {live(move || none.get().then(|| view! {
            <section class="section"><Empty title=words.activity().nothing_title text=words.activity().nothing/></section>
        }))}
        <ul class="activity-list">{rows(lines)}</ul>
        {live(move || next.get().map(|next| view! {
            <a class="button button--quiet" href=format!("{ACTIVITY}?before={next}")>{words.activity().older}</a>
        }))}
    }
}

/// In place of the lines, if they could not be read.
#[component]
fn Unread(error: Error) -> impl IntoView {
    visit::answer_with(error.status());

    view! { <Failed text=use_words().sentence(&error)/> }
}
