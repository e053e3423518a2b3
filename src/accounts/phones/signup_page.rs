//! Making an account with a phone number in place of an address and a password.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{Again, CodeField, NoGateway, NumberForm, use_number};
use crate::{
    accounts::{
        next::{NextField, use_next, with_next},
        server_fns::{SendSignUpCode, SignUpByPhone},
    },
    error::Field as Which,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        page_title::PageTitle,
        refusal::{Alert, use_refusal},
        threshold::Threshold,
    },
    visit::use_visit,
};

/// `/signup/phone`
#[component]
pub fn SignUpByPhonePage() -> impl IntoView {
    if !use_visit().by_phone {
        return view! { <NoGateway/> }.into_any();
    }
    let words = use_words();
    let next = use_next();
    let (email, login) = (with_next("/signup", next.as_deref()), with_next("/login/phone", next.as_deref()));

    view! {
        <PageTitle text=words.phones().sign_up/>
        <Threshold title=words.phones().sign_up>
            {match use_number(SendSignUpCode::url(), SignUpByPhone::url()) {
                None => view! { <NumberForm send=SendSignUpCode::url() next/> }.into_any(),
                Some(number) => view! { <CodeStep number next/> }.into_any(),
            }}
            <p class="threshold-aside"><a href=email>{words.phones().sign_up_with_email}</a></p>
            <p class="threshold-aside">{words.accounts().have_account} " " <a href=login>{words.accounts().log_in}</a></p>
        </Threshold>
    }
    .into_any()
}

#[component]
fn CodeStep(number: String, next: Option<String>) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(SignUpByPhone::url());
    let refusal = use_refusal(posting);
    let again = view! { <Again send=SendSignUpCode::url() page="/signup/phone" number=number.clone() next=next.clone()/> };

    view! {
        <Form posting class="form card">
            // That the number is somebody's is told here, and how to go on.
            <Alert text=refusal.elsewhere(&[Which::Code, Which::Username])/>
            <CodeField number refusal/>
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
            <NextField next/>
            <Submit label=words.accounts().create_account weight=Weight::Primary pending=posting.pending()/>
        </Form>
        {again}
    }
}
