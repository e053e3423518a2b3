//! Coming back with a phone number: whoever has the telephone in their hand is who they say.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{Again, CodeField, NoGateway, NumberForm, use_number};
use crate::{
    accounts::{
        next::{NextField, use_next, with_next},
        server_fns::{LogInByPhone, SendLogInCode},
    },
    error::Field as Which,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        page_title::PageTitle,
        refusal::{Alert, use_refusal},
        threshold::Threshold,
    },
    visit::use_visit,
};

/// `/login/phone`
#[component]
pub fn LogInByPhonePage() -> impl IntoView {
    if !use_visit().by_phone {
        return view! { <NoGateway/> }.into_any();
    }
    let words = use_words();
    let next = use_next();
    let (password, sign_up) =
        (with_next("/login", next.as_deref()), with_next("/signup/phone", next.as_deref()));

    view! {
        <PageTitle text=words.phones().log_in/>
        <Threshold title=words.phones().log_in>
            {match use_number(SendLogInCode::url(), LogInByPhone::url()) {
                None => view! { <NumberForm send=SendLogInCode::url() next/> }.into_any(),
                Some(number) => view! { <CodeStep number next/> }.into_any(),
            }}
            <p class="threshold-aside"><a href=password>{words.phones().log_in_with_password}</a></p>
            <p class="threshold-aside">{words.accounts().no_account} " " <a href=sign_up>{words.accounts().create_account}</a></p>
        </Threshold>
    }
    .into_any()
}

#[component]
fn CodeStep(number: String, next: Option<String>) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(LogInByPhone::url());
    let refusal = use_refusal(posting);
    let again = view! { <Again send=SendLogInCode::url() page="/login/phone" number=number.clone() next=next.clone()/> };

    view! {
        <Form posting class="form card">
            <Alert text=refusal.elsewhere(&[Which::Code])/>
            <CodeField number refusal/>
            <NextField next/>
            <Submit label=words.accounts().log_in weight=Weight::Primary pending=posting.pending()/>
        </Form>
        {again}
    }
}
