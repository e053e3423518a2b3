//! The first that anyone sees of Salon: making an account.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PASSWORD_AT_LEAST,
    next::{NextField, use_next, with_next},
    server_fns::SignUp,
};
use crate::{
    error::Field as Which,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::{Field, PasswordField},
        form::{Form, use_posting},
        page_title::PageTitle,
        refusal::{Alert, use_refusal},
        threshold::Threshold,
    },
    visit::use_visit,
};

#[component]
pub fn SignUpPage() -> impl IntoView {
    let words = use_words();
    let next = use_next();
    let login = with_next("/login", next.as_deref());
    let by_phone = with_next("/signup/phone", next.as_deref());

    view! {
        <PageTitle text=words.accounts().create_account/>
        <Threshold title=words.accounts().sign_up_title>
            <SignUpForm next/>
            {use_visit().by_phone.then(|| view! {
                <p class="threshold-aside"><a href=by_phone>{words.phones().sign_up}</a></p>
            })}
            <p class="threshold-aside">{words.accounts().have_account} " " <a href=login>{words.accounts().log_in}</a></p>
        </Threshold>
    }
    .into_any()
}

#[component]
fn SignUpForm(next: Option<String>) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(SignUp::url());
    let refusal = use_refusal(posting);

    view! {
        <Form posting class="form card">
            <Alert text=refusal.elsewhere(&[Which::Username, Which::Email, Which::Password])/>
            <Field
                label=words.accounts().username
                name="username"
                autocomplete="username"
                minlength=2
                maxlength=32
                hint=words.accounts().username_hint
                value=refusal.typed("username")
                error=refusal.beside(Which::Username)
            />
            <Field
                label=words.accounts().email
                name="email"
                kind="email"
                autocomplete="email"
                maxlength=254
                hint=words.accounts().email_hint
                value=refusal.typed("email")
                error=refusal.beside(Which::Email)
            />
            <PasswordField
                label=words.accounts().password
                name="password"
                autocomplete="new-password"
                minlength=PASSWORD_AT_LEAST
                hint=(words.accounts().password_hint)(PASSWORD_AT_LEAST)
                error=refusal.beside(Which::Password)
            />
            <NextField next/>
            <Submit label=words.accounts().create_account weight=Weight::Primary pending=posting.pending()/>
        </Form>
    }
}
