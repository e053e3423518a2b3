//! What one has waiting to be sent: a page of its own.

use std::convert::identity;

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    scheduled::{Hindrance, Scheduled, ScheduledLine, cancel_path, revise_path},
    server_fns::{SendScheduled, read_scheduled},
};
use crate::{
    asking::{Question, use_answer},
    conversations::inbox::use_inbox,
    finding::Entry,
    text::{Words, use_words},
    ui::{
        button::Submit,
        form::{Form, use_posting},
        page::Page,
        refusal::{Alert, use_refusal},
        time::use_moment,
    },
};

/// `/scheduled`
#[component]
pub fn ScheduledPage() -> impl IntoView {
    let (inbox, words) = (use_inbox(), use_words());
    let scheduled = use_answer::<Scheduled>(move || {
        inbox.version();
        Question::new(read_scheduled)
    });

    view! {
        <Page title=words.later().scheduled_messages>
            {scheduled.shown(identity, |scheduled| view! { <Waiting scheduled/> }.into_any())}
        </Page>
    }
    .into_any()
}

#[component]
fn Waiting(scheduled: Scheduled) -> impl IntoView {
    let words = use_words();
    let Scheduled { lines } = scheduled;
    let text = if lines.is_empty() { words.later().nothing_scheduled } else { words.later().scheduled_text };
    let lines = lines.into_iter().map(|line| view! { <li class="kept"><Line line/></li> });

    view! {
        <section class="section">
            <p>{text}</p>
            <ul class="kept-list">{lines.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// One of them: when and where to, how it begins, why it was not sent, and what may be done about it.
#[component]
fn Line(line: ScheduledLine) -> impl IntoView {
    let words = use_words();
    let ScheduledLine { id, place, text, due_at, hindrance } = line;
    let moment = use_moment(due_at);
    let posting = use_posting(SendScheduled::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());
    let name = format!("scheduled-{id}");
    let [sent, edited, removed] = [(); 3].map(|()| name.clone());

    view! {
        <p class="kept-when">
            <time datetime=due_at.to_string()>{move || moment.get()}</time>
            {goal(place, words)}
        </p>
        {hindrance.map(|hindrance| view! { <Hindered hindrance/> })}
        <p class="kept-text" id=name dir="auto">{text}</p>
        <Alert text=refusal.elsewhere(&[])/>
        <div class="row">
            <Form posting>
                <input type="hidden" name="id" value=id.to_string()/>
                <Submit label=words.later().send_now about=sent pending=posting.pending()/>
            </Form>
            <a class="button button--quiet" href=revise_path(id) aria-describedby=edited>
                {words.changes().edit}
            </a>
            <a class="button button--quiet" href=cancel_path(id) aria-describedby=removed>{words.later().forget}</a>
        </div>
    }
}

/// Where it goes, and the way there for who may go it.
pub fn goal(place: Option<Entry>, words: &'static Words) -> AnyView {
    match place.as_ref().and_then(|place| Some((place.called(words), place.goal.path()?))) {
        Some((name, path)) => view! { <a href=path dir="auto">{name}</a> }.into_any(),
        None => view! { <span>{words.later().place_gone}</span> }.into_any(),
    }
}

/// That it was not sent, and why.
#[component]
pub fn Hindered(hindrance: Hindrance) -> impl IntoView {
    let words = use_words();
    view! { <p class="notice">{(words.talk().not_sent)((words.later().hindered)(hindrance))}</p> }
}
