//! Choosing who may turn to one, and lifting blocks.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{
    person_row::{AccountField, Outcome, PersonRow, lines, name_id, use_outcome},
    privacy::{Privacy, Writers},
    server_fns::{SavePrivacy, Unblock, read_privacy},
};
use crate::{
    accounts::{Person, next::escaped},
    asking::{Question, use_answer},
    conversations::inbox::use_inbox,
    error::Field as Which,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Choice,
        form::{Form, use_posting},
        nothing_here::Failed,
        page::Page,
        refusal::{Alert, use_refusal},
        saved::Saved,
    },
    visit,
};

/// `/settings/privacy`, with `?after=` for further people who are blocked.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    let words = use_words();
    let (inbox, query) = (use_inbox(), use_query_map());
    let privacy = use_answer::<Privacy>(move || {
        inbox.version();
        let after = query.with(|query| query.get("after"));
        Question::new(move || read_privacy(after.clone()))
    });
    visit::leave_if_signed_out(privacy.error());

    view! {
        <Page title=words.privacy back="/settings">
            <Transition>
                {move || Suspend::new(async move {
                    match privacy.wait().await {
                        Ok(privacy) => view! { <Choices privacy/> }.into_any(),
                        Err(error) => view! { <Failed text=words.sentence(&error)/> }.into_any(),
                    }
                })}
            </Transition>
        </Page>
    }
    .into_any()
}

#[component]
fn Choices(privacy: Privacy) -> impl IntoView {
    let words = use_words();
    let Privacy { writers, takes_requests, blocked, next } = privacy;
    let some = !blocked.is_empty();
    let people = Signal::stored(blocked);
    let next = next.map(|after| {
        let path = format!("/settings/privacy?after={}", escaped(&after));
        view! { <a class="button button--quiet" href=path>{words.places.more_people}</a> }
    });

    view! {
        <section class="section"><PrivacyForm writers takes_requests/></section>
        <section class="section">
            <h2>{words.blocked}</h2>
            {if some {
                view! { <ul class="people">{lines(people, |person| view! { <Blocked person/> }.into_any())}</ul> }.into_any()
            } else {
                view! { <p>{words.nobody_blocked}</p> }.into_any()
            }}
            {next}
        </section>
    }
}

#[component]
fn PrivacyForm(writers: Writers, takes_requests: bool) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(SavePrivacy::url());
    let refusal = use_refusal(posting);
    let label = |writers| match writers {
        Writers::Everyone => words.everyone,
        Writers::Acquaintances => words.acquaintances,
    };

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[])/>
            <Choice
                label=words.who_may_write
                name="writers"
                options=Writers::ALL.map(|writers| (writers.code(), label(writers))).to_vec()
                chosen=writers.code().to_owned()
                error=refusal.beside(Which::Form)
            />
            <Choice
                label=words.who_may_ask
                name="takes_requests"
                options=vec![("true", words.everyone), ("false", words.nobody)]
                chosen=takes_requests.to_string()
                error=Signal::stored(None::<String>)
            />
            <Submit label=words.save weight=Weight::Primary pending=posting.pending()/>
            <Saved url=posting.url() text=words.saved/>
        </Form>
    }
}

#[component]
fn Blocked(person: Person) -> impl IntoView {
    let words = use_words();
    let account = person.id;
    let posting = use_posting(Unblock::url());
    let Outcome { busy, refusal } = use_outcome(posting);

    view! {
        <PersonRow person>
            <Form posting>
                <AccountField account/>
                <Submit label=words.unblock pending=busy about=name_id(account)/>
            </Form>
            <Alert text=refusal/>
        </PersonRow>
    }
}
