//! Who asked to be friends, with the two answers.

use leptos::{form::ActionForm, prelude::*};

use super::{
    person_row::{AccountField, Outcome, PersonRow, name_id, use_outcome},
    server_fns::{AcceptFriend, DeclineFriend},
};
use crate::{
    accounts::Person,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Alert, flash_of},
    },
};

/// The requests that await an answer; nothing while there are none.
#[component]
pub fn Requests(
    #[prop(into)] people: Signal<Vec<Person>>,
    /// Of the section around them.
    class: &'static str,
) -> impl IntoView {
    let words = use_words();
    let noted = flash_of::<AcceptFriend>().or_else(flash_of::<DeclineFriend>);
    let noted = noted.map(|flash| words.sentence(&flash.error));
    let some = Memo::new(move |_| people.with(|people| !people.is_empty()));

    view! {
        <Alert text=Signal::stored(noted)/>
        <Show when=move || some.get()>
            <section class=class>
                <h2>{words.friend_requests}</h2>
                <ul class="people">
                    <For each=move || people.get() key=|person| person.id children=|person| view! { <Request person/> }/>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Request(person: Person) -> impl IntoView {
    let words = use_words();
    let account = person.id;
    let accept = ServerAction::<AcceptFriend>::new();
    let decline = ServerAction::<DeclineFriend>::new();

    let Outcome { busy, refusal } = use_outcome(
        [accept.value().into(), decline.value().into()],
        [accept.pending().into(), decline.pending().into()],
    );

    view! {
        <PersonRow person>
            <ActionForm action=accept>
                <AccountField account/>
                <Submit label=words.accept weight=Weight::Primary pending=busy about=name_id(account)/>
            </ActionForm>
            <ActionForm action=decline>
                <AccountField account/>
                <Submit label=words.decline weight=Weight::Quiet pending=busy about=name_id(account)/>
            </ActionForm>
            <Alert text=refusal/>
        </PersonRow>
    }
}
