//! Another address to log in with.

use leptos::{prelude::*, server_fn::ServerFn};

use super::server_fns::ChangeEmail;
use crate::{
    error::Field as Which,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::{Field, PasswordField},
        form::{Form, use_posting},
        page::Page,
        refusal::{Alert, use_refusal},
    },
    visit::use_viewer,
};

#[component]
pub fn EmailPage() -> impl IntoView {
    let words = use_words();

    view! {
        <Page title=words.change_email back="/settings">
            <section class="section"><EmailForm/></section>
        </Page>
    }
    .into_any()
}

#[component]
fn EmailForm() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(ChangeEmail::url());
    let refusal = use_refusal(posting);
    let email = use_viewer().map(|viewer| viewer.email);

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::Email, Which::CurrentPassword])/>
            <Field
                label=words.email
                name="email"
                kind="email"
                autocomplete="email"
                maxlength=254
                hint=words.email_hint
                value=refusal.typed("email").or(email)
                error=refusal.beside(Which::Email)
            />
            <PasswordField
                label=words.current_password
                name="current_password"
                autocomplete="current-password"
                error=refusal.beside(Which::CurrentPassword)
            />
            <div class="form-actions">
                <Submit label=words.save weight=Weight::Primary pending=posting.pending()/>
                <a class="button button--quiet" href="/settings">{words.cancel}</a>
            </div>
        </Form>
    }
}
