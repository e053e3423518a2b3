//! Choosing whom to bring in: friends from a list, and by username for those who are not on its first page.

use leptos::prelude::*;

use crate::{
    accounts::Person,
    asking::{Answer, Question, use_answer},
    error::Field as Which,
    friends::{Friends, server_fns::read_friends},
    ids::AccountId,
    text::use_words,
    ui::{
        avatar::Avatar,
        field::Field,
        live::{Row, live, rows},
        refusal::Refusal,
    },
};

/// The friends of the viewer from whom one may choose. To be shown within a `<Transition>`.
pub fn use_friends() -> Answer<Friends> {
    use_answer::<Friends>(|| Question::new(|| read_friends(None)))
}

/// The fields `people[]` and `usernames`. Who is in `there` already is not offered.
#[component]
pub fn Choosing(
    friends: Answer<Friends>,
    refusal: Refusal,
    #[prop(optional, into)] there: Signal<Vec<AccountId>>,
) -> impl IntoView {
    let words = use_words();
    let answer = friends.read();
    let offered = Signal::derive(move || {
        let friends = answer.get().and_then(Result::ok).unwrap_or_default().friends;
        let there = there.get();
        friends.into_iter().filter(|friend| !there.contains(&friend.id)).collect::<Vec<Person>>()
    });
    let chosen = refusal.chosen("people[]");
    let some = Memo::new(move |_| offered.with(|offered| !offered.is_empty()));

    let choices = move || {
        let chosen = chosen.clone();
        rows(move || offered.get().into_iter().map(|person| choice(person, &chosen)).collect())
    };

    view! {
        {live(move || some.get().then(|| view! {
            <fieldset class="choosing">
                <legend>{words.places().choose_friends}</legend>
                <ul class="choices">{choices()}</ul>
            </fieldset>
        }))}
        <Field
            label=words.places().by_username
            name="usernames"
            autocomplete="off"
            maxlength=4000
            optional=true
            hint=words.places().by_username_hint
            value=refusal.typed("usernames")
            error=refusal.beside(Which::People)
        />
    }
}

/// `chosen` are the numbers of those who were chosen when the form was refused.
fn choice(person: Person, chosen: &[String]) -> Row {
    let checked = chosen.contains(&person.id.to_string());
    Row::new((person.id, &person.display_name.clone()), move || view! { <Choice person checked/> })
}

#[component]
fn Choice(person: Person, checked: bool) -> impl IntoView {
    let Person { id, username, display_name } = person;

    view! {
        <li>
            <label class="choice">
                <input type="checkbox" name="people[]" value=id.to_string() checked=checked/>
                <Avatar name=display_name.clone() number=id.get()/>
                <span class="choice-name" dir="auto">{display_name}</span>
                <span class="choice-handle" dir="auto">{format!("@{username}")}</span>
            </label>
        </li>
    }
}
