//! Deleting what others lose too: only with its name typed.

use leptos::prelude::*;

use crate::{
    error::Field as Which,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, Posting},
        refusal::{Alert, use_refusal},
    },
};

/// Asks for `name` before the form is sent. `children` say what is to be deleted.
#[component]
pub fn Deleting(
    posting: Posting,
    label: &'static str,
    text: &'static str,
    name: String,
    children: Children,
) -> impl IntoView {
    let words = use_words();
    let refusal = use_refusal(posting);
    let wrong = refusal.beside(Which::Name);
    let refused = wrong.get_untracked().is_some();

    view! {
        <details class="confirm" open=refused>
            <summary class="button button--quiet">{label}</summary>
            <p>{text}</p>
            <Form posting class="form">
                {children()}
                <label for="field-delete">{(words.places().type_name)(&name)}</label>
                <input class="input" id="field-delete" name="name" autocomplete="off" dir="auto" required/>
                <Alert text=wrong/>
                <Alert text=refusal.elsewhere(&[Which::Name])/>
                <Submit label weight=Weight::Danger pending=posting.pending()/>
            </Form>
        </details>
    }
}
