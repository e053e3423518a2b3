//! Who asked to be friends, with the two answers.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    person_row::{AccountField, Outcome, PersonRow, lines, name_id, use_outcome},
    server_fns::{AcceptFriend, DeclineFriend},
};
use crate::{
    accounts::Person,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        live::live,
        refusal::{Alert, flash_of},
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
    let noted = flash_of(AcceptFriend::url()).or_else(|| flash_of(DeclineFriend::url()));
    let noted = noted.map(|flash| words.sentence(&flash.error));
    let some = Memo::new(move |_| people.with(|people| !people.is_empty()));

    view! {
        <Alert text=Signal::stored(noted)/>
        {live(move || some.get().then(|| view! {
            <section class=class>
                <h2>{words.friend_requests}</h2>
                <ul class="people">{lines(people, |person| view! { <Request person/> }.into_any())}</ul>
            </section>
        }))}
    }
}

#[component]
fn Request(person: Person) -> impl IntoView {
    let words = use_words();
    let account = person.id;
    let accept = use_posting(AcceptFriend::url());
    let decline = accept.or(DeclineFriend::url());
    let Outcome { busy, refusal } = use_outcome(accept);

    view! {
        <PersonRow person>
            <Form posting=accept>
                <AccountField account/>
                <Submit label=words.accept weight=Weight::Primary pending=busy about=name_id(account)/>
            </Form>
            <Form posting=decline>
                <AccountField account/>
                <Submit label=words.decline weight=Weight::Quiet pending=busy about=name_id(account)/>
            </Form>
            <Alert text=refusal/>
        </PersonRow>
    }
}
