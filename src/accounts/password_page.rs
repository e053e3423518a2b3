//! Another password, and the end of every other session.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PASSWORD_AT_LEAST,
    phones::proof::{ProofField, ProofSender, has_password},
    server_fns::ChangePassword,
};
use crate::{
    error::Field as Which,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::PasswordField,
        form::{Form, use_posting},
        page::Page,
        refusal::{Alert, use_refusal},
    },
    visit::use_viewer,
};

#[component]
pub fn PasswordPage() -> impl IntoView {
    let words = use_words();
    let title = if has_password() { words.accounts().change_password } else { words.phones().set_password };

    view! {
        <Page title back="/settings">
            <section class="section">
                <p>{words.accounts().other_sessions_end}</p>
                <ProofSender/>
                <PasswordForm/>
            </section>
        </Page>
    }
    .into_any()
}

#[component]
fn PasswordForm() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(ChangePassword::url());
    let refusal = use_refusal(posting);
    let username = use_viewer().map(|viewer| viewer.person.username);

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::CurrentPassword, Which::Code, Which::Password])/>
            // Tells password managers whose password this is. Without a name it is not sent.
            <input type="text" autocomplete="username" value=username hidden readonly/>
            <ProofField refusal/>
            <PasswordField
                label=words.accounts().new_password
                name="password"
                autocomplete="new-password"
                minlength=PASSWORD_AT_LEAST
                hint=(words.accounts().password_hint)(PASSWORD_AT_LEAST)
                error=refusal.beside(Which::Password)
            />
            <div class="form-actions">
                <Submit label=words.save weight=Weight::Primary pending=posting.pending()/>
                <a class="button button--quiet" href="/settings">{words.cancel}</a>
            </div>
        </Form>
    }
}
