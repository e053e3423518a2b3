//! Blocking somebody: asked first, with and without a script.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    person_row::{AccountField, Outcome, name_id, use_outcome},
    server_fns::Block,
};
use crate::{
    accounts::Person,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        refusal::Alert,
    },
};

/// The question, and what follows from a yes.
#[component]
pub fn Blocking(person: Person) -> impl IntoView {
    let words = use_words();
    let account = person.id;
    let posting = use_posting(Block::url());
    let Outcome { busy, refusal } = use_outcome(posting);

    view! {
        <details class="confirm">
            <summary class="button button--quiet" aria-describedby=name_id(account)>{words.accounts().block}</summary>
            <p>{(words.accounts().block_question)(&person.display_name)}</p>
            <Form posting>
                <AccountField account/>
                <Submit label=words.accounts().block weight=Weight::Danger pending=busy about=name_id(account)/>
            </Form>
            <Alert text=refusal/>
        </details>
    }
}
