//! Showing once more that an account is one's own: with the password, or, where there is none, with a code.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{LONGEST_CODE, not_sent};
use crate::{
    accounts::server_fns::SendProof,
    error::Field as Which,
    text::use_words,
    ui::{
        button::Submit,
        field::{Field, PasswordField},
        form::{Form, use_posting},
        live::live,
        refusal::{Alert, Refusal, use_refusal},
        saved::Saved,
    },
    visit::{use_viewer, use_visit},
};

/// Whether the viewer has a password. Where nobody looks, nothing else is to be said.
pub fn has_password() -> bool {
    use_viewer().is_none_or(|viewer| viewer.has_password)
}

/// Stands above the form of which [`ProofField`] is a part: sends the code that takes the place of a password. It comes
/// first, so that without a script nothing is filled in yet that it would take along.
#[component]
pub fn ProofSender() -> impl IntoView {
    let words = use_words();
    let number =
        use_viewer().filter(|viewer| !viewer.has_password).map(|viewer| viewer.phone.unwrap_or_default());

    number.map(|number| {
        if use_visit().by_phone {
            view! { <Sender number/> }.into_any()
        } else {
            view! { <p class="alert" role="alert">{words.phones().no_gateway}</p> }.into_any()
        }
    })
}

#[component]
fn Sender(number: String) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(SendProof::url());
    let refusal = use_refusal(posting);
    let was_sent = Signal::derive(move || posting.answer().with(|answer| matches!(answer, Some(Ok(())))));

    view! {
        <Form posting class="form">
            <p>{(words.phones().no_password)(&number)}</p>
            <Alert text=not_sent(refusal)/>
            <Submit label=words.phones().send_me_a_code pending=posting.pending()/>
            <Saved url=posting.url() text=words.phones().sent/>
            {live(move || was_sent.get().then(|| view! { <p class="notice" role="status">{words.phones().sent}</p> }))}
        </Form>
    }
}

/// Takes the password, or the code: what the server functions call `current_password`.
#[component]
pub fn ProofField(refusal: Refusal) -> impl IntoView {
    let words = use_words();
    if has_password() {
        return view! {
            <PasswordField
                label=words.accounts().current_password
                name="current_password"
                autocomplete="current-password"
                error=refusal.beside(Which::CurrentPassword)
            />
        }
        .into_any();
    }
    let (code, password) = (refusal.beside(Which::Code), refusal.beside(Which::CurrentPassword));

    view! {
        <Field
            label=words.phones().code
            name="current_password"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength=LONGEST_CODE
            hint=words.phones().proof_hint
            // A password may have been set on another screen meanwhile.
            error=Signal::derive(move || code.get().or_else(|| password.get()))
        />
    }
    .into_any()
}
