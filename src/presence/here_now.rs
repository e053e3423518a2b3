//! Who is connected now, for those who may know.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{HereNow, Present, among, company::use_company, server_fns::read_here_now};
use crate::{
    accounts::{Person, next::escaped},
    asking::{Question, use_answer},
    conversations::{inbox::use_inbox, server_fns::OpenConversation},
    friends::person_row::{AccountField, Outcome, PersonRow, name_id, use_outcome},
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        live::{Row, live, rows},
        nothing_here::Failed,
        page::Page,
        refusal::Alert,
    },
    visit,
};

/// `/here`, with `?after=` for further people. Follows who comes and goes.
#[component]
pub fn HereNowPage() -> impl IntoView {
    let words = use_words();
    let (inbox, query, count) = (use_inbox(), use_query_map(), use_company().count());
    let here = use_answer::<HereNow>(move || {
        inbox.version();
        // Read, not only tracked: what nobody has read yet follows nothing.
        count.get();
        let after = query.with(|query| query.get("after"));
        Question::new(move || read_here_now(after.clone()))
    });
    visit::leave_if_signed_out(here.error());

    view! {
        <Page title=words.presence().here_now back="/friends">
            <Transition>
                {
                    let (answer, error) = (here.read(), here.error());
                    let known = Signal::derive(move || answer.get().and_then(Result::ok).unwrap_or_default());
                    view! {
                        {live(move || error.get().map(|error| view! { <Failed text=words.sentence(&error)/> }))}
                        <Everybody known/>
                    }
                }
            </Transition>
        </Page>
    }
    .into_any()
}

#[component]
fn Everybody(known: Signal<HereNow>) -> impl IntoView {
    let words = use_words();
    let none = Memo::new(move |_| known.with(|known| known.people.is_empty()));
    let row = |person: Person, page: Option<Present>| {
        Row::new(
            (person.id, person.display_name.clone(), page.clone()),
            move || view! { <Somebody person page/> },
        )
    };
    let lines = move || {
        let HereNow { people, present, .. } = known.get();
        people
            .into_iter()
            .map(|person| {
                let page = among(&present, person.id);
                row(person, page)
            })
            .collect()
    };
    let next = move || known.get().next.map(|after| format!("/here?after={}", escaped(&after)));

    view! {
        <section class="section">
            {live(move || none.get().then(|| view! { <p>{words.presence().nobody_here}</p> }))}
            <ul class="people">{rows(lines)}</ul>
        </section>
        {live(move || next().map(|next| {
            view! { <a class="button button--quiet" href=next>{words.places().more_people}</a> }
        }))}
    }
}

#[component]
fn Somebody(person: Person, page: Option<Present>) -> impl IntoView {
    let words = use_words();
    let account = person.id;
    let open = use_posting(OpenConversation::url());
    let Outcome { busy, refusal } = use_outcome(open);

    view! {
        <PersonRow person page>
            <Form posting=open>
                <AccountField account/>
                <Submit label=words.friendship().open_conversation weight=Weight::Quiet pending=busy about=name_id(account)/>
            </Form>
            <Alert text=refusal/>
        </PersonRow>
    }
}
