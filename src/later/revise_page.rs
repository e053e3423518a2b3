//! Changing what waits to be sent, and the page that asks before it is let go.

use std::convert::identity;

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    scheduled::{Revisable, SCHEDULED},
    scheduled_page::{Hindered, goal},
    server_fns::{CancelScheduled, ReviseScheduled, read_revisable},
    when::When,
};
use crate::{
    asking::{Answer, Question, use_answer},
    conversations::inbox::use_inbox,
    error::{Error, Field as Which},
    ids::ScheduledId,
    messages::about::BodyField,
    text::{use_words, view::prose},
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        page::Within,
        refusal::{Alert, use_refusal},
        time::use_moment,
    },
    visit,
};

/// `/scheduled/{id}`
#[component]
pub fn RevisePage() -> impl IntoView {
    use_revisable().shown(identity, |it| view! { <Revising it/> }.into_any())
}

/// `/scheduled/{id}/cancel`
#[component]
pub fn CancelPage() -> impl IntoView {
    use_revisable().shown(identity, |it| view! { <Asking it/> }.into_any())
}

fn use_revisable() -> Answer<Revisable> {
    let params = use_params_map();
    use_answer::<Revisable>(move || {
        let id = params.with(|params| params.get("id")?.parse::<ScheduledId>().ok());
        Question::new(move || async move { read_revisable(id.ok_or(Error::NotFound)?).await })
    })
}

#[component]
fn Revising(it: Revisable) -> impl IntoView {
    let words = use_words();
    let Revisable { id, place, body, due_at, hindrance, now } = it;
    let posting = use_posting(ReviseScheduled::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());
    let kept = Some(due_at).filter(|due_at| *due_at > now);

    view! {
        <Within path=SCHEDULED.to_owned() name=words.later().scheduled_messages title=words.later().revise>
            <section class="section">
                <p>{goal(place, words)}</p>
                {hindrance.map(|hindrance| view! { <Hindered hindrance/> })}
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Body, Which::Moment])/>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <BodyField refusal initial=body/>
                    <When now refusal kept/>
                    <div class="row">
                        <Submit label=words.save weight=Weight::Primary pending=posting.pending()/>
                        <a class="button" href=SCHEDULED>{words.cancel}</a>
                    </div>
                </Form>
            </section>
        </Within>
    }
    .into_any()
}

/// What it says, and what follows from a yes.
#[component]
fn Asking(it: Revisable) -> impl IntoView {
    let words = use_words();
    let Revisable { id, place, body, due_at, .. } = it;
    let posting = use_posting(CancelScheduled::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());
    let moment = use_moment(due_at);
    let author = visit::use_viewer().map(|viewer| viewer.person.called(words)).unwrap_or_default();
    let text = prose(&body, &[], &author, words);

    view! {
        <Within path=SCHEDULED.to_owned() name=words.later().scheduled_messages title=words.later().remove_scheduled>
            <section class="section">
                <p>{words.later().remove_question}</p>
                <figure class="quoted">
                    <figcaption class="kept-when">
                        <time datetime=due_at.to_string()>{move || moment.get()}</time>
                        {goal(place, words)}
                    </figcaption>
                    <div class="prose">{text}</div>
                </figure>
                <Alert text=refusal.elsewhere(&[])/>
                <Form posting class="row">
                    <input type="hidden" name="id" value=id.to_string()/>
                    <Submit label=words.later().forget weight=Weight::Danger pending=posting.pending()/>
                    <a class="button" href=SCHEDULED>{words.cancel}</a>
                </Form>
            </section>
        </Within>
    }
    .into_any()
}
