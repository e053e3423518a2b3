//! The people one knows, and the way to know more.

use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_query_map;

use super::{
    Friends,
    person_row::{AccountField, Outcome, PersonRow, name_id, use_outcome},
    requests::Requests,
    server_fns::{AddFriend, CancelRequest, RemoveFriend, list_friends},
};
use crate::{
    accounts::{Person, next::escaped},
    browser,
    conversations::{inbox::use_inbox, server_fns::OpenConversation},
    error::{Error, Field as Which},
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Alert, flash_of, use_refusal},
        nothing_here::{Empty, Failed},
        page::Page,
    },
    visit,
};

#[component]
pub fn FriendsPage() -> impl IntoView {
    let words = use_words();
    let inbox = use_inbox();
    let after = use_query_map();
    let friends = Resource::new(
        move || (inbox.version(), after.with(|query| query.get("after"))),
        |(_, after)| list_friends(after),
    );
    let known = move || friends.get().unwrap_or_else(|| Ok(Friends::default()));
    let failure = Signal::derive(move || known().err());
    let known = Signal::derive(move || known().unwrap_or_default());
    visit::leave_if_signed_out(Signal::derive(move || friends.get().and_then(Result::err)));

    view! {
        <Page title=words.friends>
            <section class="section"><AddFriendForm/></section>
            <Transition>
                {move || failure.get().map(|error| view! { <Unread error/> })}
                <Requests people=Signal::derive(move || known.get().incoming) class="section"/>
                <Outgoing people=Signal::derive(move || known.get().outgoing)/>
                <Known known failure/>
            </Transition>
        </Page>
    }
    .into_any()
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
    let action = ServerAction::<AddFriend>::new();
    let refusal = use_refusal(action);
    let answer = action.value();
    use_inbox().changed_by(answer.into());

    let sent =
        Memo::new(move |_| !action.pending().get() && answer.with(|answer| matches!(answer, Some(Ok(())))));
    Effect::new(move |_| {
        if sent.get() {
            browser::empty_field("#field-person");
        }
    });

    view! {
        <ActionForm action attr:class="form" attr:novalidate=true>
            <Alert text=refusal.elsewhere(&[Which::Person])/>
            <Field
                label=words.person
                name="person"
                autocomplete="off"
                maxlength=254
                hint=words.person_hint
                value=refusal.typed("person")
                error=refusal.beside(Which::Person)
            />
            <Submit label=words.add_friend weight=Weight::Primary pending=action.pending()/>
            {move || sent.get().then(|| view! { <p class="notice" role="status">{words.request_sent}</p> })}
        </ActionForm>
    }
}

/// Whom one asked, and who has not answered.
#[component]
fn Outgoing(#[prop(into)] people: Signal<Vec<Person>>) -> impl IntoView {
    let words = use_words();
    let noted = flash_of::<CancelRequest>().map(|flash| words.sentence(&flash.error));
    let some = Memo::new(move |_| people.with(|people| !people.is_empty()));

    view! {
        <Alert text=Signal::stored(noted)/>
        <Show when=move || some.get()>
            <section class="section">
                <h2>{words.requests_sent}</h2>
                <ul class="people">
                    <For each=move || people.get() key=|person| person.id children=|person| view! { <Asked person/> }/>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Asked(person: Person) -> impl IntoView {
    let words = use_words();
    let account = person.id;
    let cancel = ServerAction::<CancelRequest>::new();
    let Outcome { busy, refusal } = use_outcome([cancel.value().into()], [cancel.pending().into()]);

    view! {
        <PersonRow person>
            <ActionForm action=cancel>
                <AccountField account/>
                <Submit label=words.cancel weight=Weight::Quiet pending=busy about=name_id(account)/>
            </ActionForm>
            <Alert text=refusal/>
        </PersonRow>
    }
}

/// The friends themselves, a page of them at a time.
#[component]
fn Known(known: Signal<Friends>, failure: Signal<Option<Error>>) -> impl IntoView {
    let words = use_words();
    let noted = flash_of::<RemoveFriend>().or_else(flash_of::<OpenConversation>);
    let noted = noted.map(|flash| words.sentence(&flash.error));
    let query = use_query_map();
    let further = Memo::new(move |_| query.with(|query| query.get("after").is_some()));
    let some = Memo::new(move |_| known.with(|known| !known.friends.is_empty()));
    let none = Memo::new(move |_| !some.get() && !further.get() && failure.with(Option::is_none));
    let next = move || known.get().next.map(|after| format!("/friends?after={}", escaped(&after)));

    view! {
        <Alert text=Signal::stored(noted)/>
        <Show when=move || some.get()>
            <section class="section">
                <h2>{words.your_friends}</h2>
                <ul class="people">
                    <For
                        each=move || known.get().friends
                        key=|person| (person.id, person.display_name.clone())
                        children=|person| view! { <Friend person/> }
                    />
                </ul>
            </section>
        </Show>
        <Show when=move || none.get()>
            <section class="section"><Empty title=words.no_friends_title text=words.no_friends/></section>
        </Show>
        {move || further.get().then(|| view! { <a class="button button--quiet" href="/friends">{words.first_friends}</a> })}
        {move || next().map(|next| view! { <a class="button button--quiet" href=next>{words.more_friends}</a> })}
    }
}

#[component]
fn Friend(person: Person) -> impl IntoView {
    let words = use_words();
    let account = person.id;
    let open = ServerAction::<OpenConversation>::new();
    let remove = ServerAction::<RemoveFriend>::new();
    let Outcome { busy, refusal } = use_outcome(
        [open.value().into(), remove.value().into()],
        [open.pending().into(), remove.pending().into()],
    );

    view! {
        <PersonRow person>
            <ActionForm action=open>
                <AccountField account/>
                <Submit label=words.open_conversation pending=busy about=name_id(account)/>
            </ActionForm>
            <ActionForm action=remove>
                <AccountField account/>
                <Submit label=words.remove_friend weight=Weight::Quiet pending=busy about=name_id(account)/>
            </ActionForm>
            <Alert text=refusal/>
        </PersonRow>
    }
}
