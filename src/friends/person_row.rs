//! One person in a list, and what one may do about them.

use leptos::prelude::*;

use crate::{
    accounts::Person,
    conversations::inbox::use_inbox,
    ids::AccountId,
    presence::{Present, face::Handle},
    text::use_words,
    ui::{
        avatar::Avatar,
        form::Posting,
        live::{Row, rows},
    },
    visit,
};

/// A line with the person's name and, as children, the forms of what may be done.
#[component]
pub fn PersonRow(
    person: Person,
    /// What the page knows of whether they are here.
    #[prop(optional_no_strip)]
    page: Option<Present>,
    children: Children,
) -> impl IntoView {
    let number = person.id.get();

    view! {
        <li class="person">
            <Avatar name=person.display_name.clone() number/>
            <span class="person-name" id=name_id(person.id) dir="auto">{person.display_name}</span>
            <Handle account=person.id username=person.username page/>
            <div class="person-actions">{children()}</div>
        </li>
    }
}

/// A line with the person's name, where nothing is to be done.
#[component]
pub fn Somebody(person: Person) -> impl IntoView {
    let Person { id, username, display_name } = person;

    view! {
        <li class="person">
            <Avatar name=display_name.clone() number=id.get()/>
            <span class="person-name" dir="auto">{display_name}</span>
            <Handle account=id username page=None/>
        </li>
    }
}

/// A line for each of `people`.
pub fn lines(people: Signal<Vec<Person>>, draw: fn(Person) -> AnyView) -> AnyView {
    rows(move || {
        let people = people.get().into_iter();
        people
            .map(|person| Row::new((person.id, &person.display_name.clone()), move || draw(person)))
            .collect()
    })
}

/// Names the person in a form about them.
#[component]
pub fn AccountField(account: AccountId) -> impl IntoView {
    view! { <input type="hidden" name="account" value=account.to_string()/> }
}

/// The id of the element that holds the person's name, which tells apart buttons that are labelled alike.
pub fn name_id(account: AccountId) -> String {
    format!("person-{account}")
}

/// What has become of the forms about one person.
#[derive(Clone, Copy)]
pub struct Outcome {
    /// Whether one of them is under way, or was granted: then the row goes once the list has been read again.
    pub busy: Signal<bool>,
    /// Why one of them was refused.
    pub refusal: Signal<Option<String>>,
}

/// Watches the forms of one row, which share the outcome of `posting`.
/// Every answer makes the lists be read again, a refusal too: it says that they no longer hold.
pub fn use_outcome(posting: Posting) -> Outcome {
    let words = use_words();
    let (pending, answer) = (posting.pending(), posting.answer());
    let error = Signal::derive(move || answer.with(|answer| answer.as_ref()?.as_ref().err().cloned()));

    visit::leave_if_signed_out(error);
    use_inbox().changed_by(answer);

    let granted = move || answer.with(|answer| matches!(answer, Some(Ok(()))));
    Outcome {
        busy: Signal::derive(move || pending.get() || granted()),
        refusal: Signal::derive(move || {
            error.with(|error| error.as_ref().map(|error| words.sentence(error)))
        }),
    }
}
