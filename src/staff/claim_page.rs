//! Becoming the first who looks after this Salon, with what the server has printed.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{STAFF, server_fns::BecomeStaff};
use crate::{
    error::Field as Which,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        page::Page,
        refusal::{Alert, use_refusal},
        saved::Saved,
    },
    visit::use_viewer,
};

/// `/staff/claim`
#[component]
pub fn ClaimPage() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(BecomeStaff::url());
    let refusal = use_refusal(posting);
    let is_staff = use_viewer().is_some_and(|viewer| viewer.is_staff);

    view! {
        <Page title=words.staff().claim_title back="/settings">
            <section class="section">
                <p>{words.staff().claim_explained}</p>
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Token])/>
                    <Field
                        label=words.staff().token
                        name="token"
                        autocomplete="off"
                        maxlength=64
                        hint=words.staff().token_hint
                        value=None
                        error=refusal.beside(Which::Token)
                    />
                    <Submit label=words.staff().claim weight=Weight::Primary pending=posting.pending()/>
                    <Saved url=posting.url() text=words.staff().claimed/>
                </Form>
                // Known when the page was made: after becoming staff the next page has it, and a link leads there anyway.
                {is_staff.then(|| view! { <p><a class="button" href=STAFF>{words.staff().title}</a></p> })}
            </section>
        </Page>
    }
    .into_any()
}
