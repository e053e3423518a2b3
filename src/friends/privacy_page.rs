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
    asking::{Answer, Question, use_answer},
    conversations::inbox::use_inbox,
    error::Field as Which,
    presence::SeenBy,
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
        <Page title=words.accounts().privacy back="/settings">
            <Transition>
                <Choices privacy/>
                <BlockedPeople privacy/>
            </Transition>
        </Page>
    }
    .into_any()
}

#[component]
fn Choices(privacy: Answer<Privacy>) -> impl IntoView {
    let words = use_words();
    let pick = |privacy: Privacy| Privacy { blocked: Vec::new(), next: None, ..privacy };

    privacy.drawn(pick, move |choices| match choices {
        Ok(privacy) => view! { <section class="section"><PrivacyForm privacy/></section> }.into_any(),
        Err(error) => view! { <Failed text=words.sentence(&error)/> }.into_any(),
    })
}

#[component]
fn BlockedPeople(privacy: Answer<Privacy>) -> impl IntoView {
    let words = use_words();
    let pick = |privacy: Privacy| (privacy.blocked, privacy.next);

    privacy.drawn(pick, move |listed| {
        // That it could not be read is said above.
        let (blocked, next) = listed.ok()?;
        let none = blocked.is_empty();
        let people = Signal::stored(blocked);
        let next = next.map(|after| {
            let path = format!("/settings/privacy?after={}", escaped(&after));
            view! { <a class="button button--quiet" href=path>{words.places().more_people}</a> }
        });
        Some(view! {
            <section class="section">
                <h2>{words.accounts().blocked}</h2>
                {if none {
                    view! { <p>{words.accounts().nobody_blocked}</p> }.into_any()
                } else {
                    view! { <ul class="people">{lines(people, |person| view! { <Blocked person/> }.into_any())}</ul> }.into_any()
                }}
                {next}
            </section>
        })
    })
}

#[component]
fn PrivacyForm(privacy: Privacy) -> impl IntoView {
    let words = use_words();
    let Privacy { writers, takes_requests, seen_by, receipts, .. } = privacy;
    let posting = use_posting(SavePrivacy::url());
    let refusal = use_refusal(posting);
    let seers = |seen_by| match seen_by {
        SeenBy::Acquaintances => words.presence().seen_by_acquaintances,
        SeenBy::Friends => words.presence().seen_by_friends,
        SeenBy::Nobody => words.accounts().nobody,
    };
    let label = |writers| match writers {
        Writers::Everyone => words.accounts().everyone,
        Writers::Requests => words.requests().everyone_asks,
        Writers::Acquaintances => words.accounts().acquaintances,
    };

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[])/>
            <Choice
                label=words.accounts().who_may_write
                name="writers"
                options=Writers::ALL.map(|writers| (writers.code(), label(writers))).to_vec()
                chosen=writers.code().to_owned()
                error=refusal.beside(Which::Form)
            />
            <Choice
                label=words.accounts().who_may_ask
                name="takes_requests"
                options=vec![("true", words.accounts().everyone), ("false", words.accounts().nobody)]
                chosen=takes_requests.to_string()
                error=Signal::stored(None::<String>)
            />
            <Choice
                label=words.presence().seen_by
                name="seen_by"
                options=SeenBy::ALL.map(|seen_by| (seen_by.code(), seers(seen_by))).to_vec()
                chosen=seen_by.code().to_owned()
                hint=words.presence().seen_by_hint
                error=Signal::stored(None::<String>)
            />
            <Choice
                label=words.receipts().receipts
                name="receipts"
                options=vec![("true", words.receipts().on), ("false", words.receipts().off)]
                chosen=receipts.to_string()
                hint=words.receipts().receipts_hint
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
                <Submit label=words.accounts().unblock pending=busy about=name_id(account)/>
            </Form>
            <Alert text=refusal/>
        </PersonRow>
    }
}
