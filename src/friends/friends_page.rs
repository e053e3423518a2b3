//! The people one knows, and the way to know more.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{
    Friends,
    blocking::Blocking,
    person_row::{AccountField, Outcome, PersonRow, lines, name_id, use_outcome},
    requests::Requests,
    server_fns::{AddFriend, CancelRequest, RemoveFriend, read_friends},
};
use crate::{
    accounts::{Person, next::escaped},
    asking::{Answer, Question, use_answer},
    browser,
    conversations::{inbox::use_inbox, server_fns::OpenConversation},
    error::{Error, Field as Which},
    presence::{Present, among},
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        live::{Row, live, rows},
        nothing_here::{Empty, Failed},
        page::Page,
        refusal::{Alert, flash_of, use_refusal},
    },
    visit,
};

#[component]
pub fn FriendsPage() -> impl IntoView {
    let words = use_words();
    let inbox = use_inbox();
    let after = use_query_map();
    let friends = use_answer::<Friends>(move || {
        inbox.version();
        let after = after.with(|query| query.get("after"));
        Question::new(move || read_friends(after.clone()))
    });
    visit::leave_if_signed_out(friends.error());

    view! {
        <Page title=words.friends>
            <section class="section">
                <AddFriendForm/>
                <p><a href="/write">{words.requests().write_to_somebody}</a></p>
            </section>
            <Transition>
                <Everybody friends/>
            </Transition>
        </Page>
    }
    .into_any()
}

#[component]
fn Everybody(friends: Answer<Friends>) -> impl IntoView {
    let failure = friends.error();
    let friends = friends.read();
    let known = Signal::derive(move || friends.get().and_then(Result::ok).unwrap_or_default());

    view! {
        {live(move || failure.get().map(|error| view! { <Unread error/> }))}
        <Requests people=Signal::derive(move || known.get().incoming) class="section"/>
        <Outgoing people=Signal::derive(move || known.get().outgoing)/>
        <Known known failure/>
    }
}

/// In place of the people, if they could not be read.
#[component]
fn Unread(error: Error) -> impl IntoView {
    visit::answer_with(error.status());

    view! { <Failed text=use_words().sentence(&error)/> }
}

#[component]
fn AddFriendForm() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(AddFriend::url());
    let refusal = use_refusal(posting);
    let (pending, answer) = (posting.pending(), posting.answer());
    use_inbox().changed_by(answer);

    let sent = Memo::new(move |_| !pending.get() && answer.with(|answer| matches!(answer, Some(Ok(())))));
    Effect::new(move |_| {
        if sent.get() {
            browser::empty_field("#field-person");
        }
    });

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::Person])/>
            <Field
                label=words.friendship().person
                name="person"
                autocomplete="off"
                maxlength=254
                hint=words.friendship().person_hint
                value=refusal.typed("person")
                error=refusal.beside(Which::Person)
            />
            <Submit label=words.friendship().add_friend weight=Weight::Primary pending/>
            {live(move || sent.get().then(|| view! { <p class="notice" role="status">{words.friendship().request_sent}</p> }))}
        </Form>
    }
}

/// Whom one asked, and who has not answered.
#[component]
fn Outgoing(#[prop(into)] people: Signal<Vec<Person>>) -> impl IntoView {
    let words = use_words();
    let noted = flash_of(CancelRequest::url()).map(|flash| words.sentence(&flash.error));
    let some = Memo::new(move |_| people.with(|people| !people.is_empty()));

    view! {
        <Alert text=Signal::stored(noted)/>
        {live(move || some.get().then(|| view! {
            <section class="section">
                <h2>{words.friendship().requests_sent}</h2>
                <ul class="people">{lines(people, |person| view! { <Asked person/> }.into_any())}</ul>
            </section>
        }))}
    }
}

#[component]
fn Asked(person: Person) -> impl IntoView {
    let words = use_words();
    let account = person.id;
    let cancel = use_posting(CancelRequest::url());
    let Outcome { busy, refusal } = use_outcome(cancel);

    view! {
        <PersonRow person>
            <Form posting=cancel>
                <AccountField account/>
                <Submit label=words.cancel weight=Weight::Quiet pending=busy about=name_id(account)/>
            </Form>
            <Alert text=refusal/>
        </PersonRow>
    }
}

/// The friends themselves, a page of them at a time.
#[component]
fn Known(known: Signal<Friends>, failure: Signal<Option<Error>>) -> impl IntoView {
    let words = use_words();
    let noted = flash_of(RemoveFriend::url()).or_else(|| flash_of(OpenConversation::url()));
    let noted = noted.map(|flash| words.sentence(&flash.error));
    let query = use_query_map();
    let further = Memo::new(move |_| query.with(|query| query.get("after").is_some()));
    let some = Memo::new(move |_| known.with(|known| !known.friends.is_empty()));
    let none = Memo::new(move |_| !some.get() && !further.get() && failure.with(Option::is_none));
    let row = |friends: &Friends, person: &Person| {
        let (person, page) = (person.clone(), among(&friends.present, person.id));
        Row::new(
            (person.id, person.display_name.clone(), page.clone()),
            move || view! { <Friend person page/> },
        )
    };
    let people =
        move || known.with(|known| known.friends.iter().map(|person| row(known, person)).collect::<Vec<_>>());
    let next = move || known.get().next.map(|after| format!("/friends?after={}", escaped(&after)));

    view! {
        <Alert text=Signal::stored(noted)/>
        {live(move || some.get().then(|| view! {
            <section class="section">
                <h2>{words.friendship().your_friends}</h2>
                <p><a class="button button--quiet" href="/here">{words.presence().here_now}</a></p>
                <ul class="people">{rows(people)}</ul>
            </section>
        }))}
        {live(move || none.get().then(|| view! {
            <section class="section"><Empty title=words.friendship().no_friends_title text=words.friendship().no_friends/></section>
        }))}
        {live(move || further.get().then(|| view! {
            <a class="button button--quiet" href="/friends">{words.friendship().first_friends}</a>
        }))}
        {live(move || next().map(|next| view! { <a class="button button--quiet" href=next>{words.friendship().more_friends}</a> }))}
    }
}

#[component]
fn Friend(person: Person, page: Option<Present>) -> impl IntoView {
    let words = use_words();
    let account = person.id;
    let open = use_posting(OpenConversation::url());
    let remove = open.or(RemoveFriend::url());
    let Outcome { busy, refusal } = use_outcome(open);
    let question = (words.friendship().remove_friend_question)(&person.display_name);
    let blocked = person.clone();

    view! {
        <PersonRow person page>
            <Form posting=open>
                <AccountField account/>
                <Submit label=words.friendship().open_conversation pending=busy about=name_id(account)/>
            </Form>
            // Asked first, with and without a script.
            <details class="confirm">
                <summary class="button button--quiet" aria-describedby=name_id(account)>
                    {words.friendship().remove_friend}
                </summary>
                <p>{question}</p>
                <Form posting=remove>
                    <AccountField account/>
                    <Submit label=words.friendship().remove weight=Weight::Danger pending=busy about=name_id(account)/>
                </Form>
            </details>
            <Blocking person=blocked/>
            <Alert text=refusal/>
        </PersonRow>
    }
}
