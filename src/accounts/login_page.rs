//! Coming back: by username or address, and the password.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    next::{NextField, use_next, with_next},
    server_fns::LogIn,
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
pub fn LogInPage() -> impl IntoView {
    let words = use_words();
    let next = use_next();
    let sign_up = with_next("/signup", next.as_deref());
    let by_phone = with_next("/login/phone", next.as_deref());

    view! {
        <PageTitle text=words.accounts().log_in/>
        <Threshold title=words.accounts().log_in>
            <LogInForm next/>
            {use_visit().by_phone.then(|| view! {
                <p class="threshold-aside"><a href=by_phone>{words.phones().log_in}</a></p>
            })}
            <p class="threshold-aside">{words.accounts().no_account} " " <a href=sign_up>{words.accounts().create_account}</a></p>
        </Threshold>
    }
    .into_any()
}

#[component]
fn LogInForm(next: Option<String>) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(LogIn::url());
    let refusal = use_refusal(posting);

    view! {
        <Form posting class="form card">
            <Alert text=refusal.elsewhere(&[Which::Username, Which::Password])/>
            <Field
                label=words.accounts().username
                name="username"
                autocomplete="username"
                maxlength=254
                hint=words.accounts().login_name_hint
                value=refusal.typed("username")
                error=refusal.beside(Which::Username)
            />
            <PasswordField
                label=words.accounts().password
                name="password"
                autocomplete="current-password"
                error=refusal.beside(Which::Password)
            />
            <NextField next/>
            <Submit label=words.accounts().log_in weight=Weight::Primary pending=posting.pending()/>
        </Form>
    }
}
