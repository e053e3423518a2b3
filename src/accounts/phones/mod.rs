//! Coming in by phone: first the number, then the code that was sent to it. Both pages have these two steps.
//!
//! A number stands in forms and in a page that shows it, and in no address.

pub mod login_page;
pub mod proof;
pub mod signup_page;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::next::{NextField, with_next};
use crate::{
    error::{Error, Field as Which},
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, Posting, use_posting},
        nothing_here::NothingHere,
        refusal::{Alert, Refusal, flash_of, use_refusal},
        saved::Saved,
    },
    visit::{Flash, use_visit},
};

/// Characters of a number, however it is written.
const LONGEST_NUMBER: u32 = 40;

/// In place of these pages, where no codes are sent.
#[component]
fn NoGateway() -> impl IntoView {
    view! {
        <main id="main" class="threshold">
            <NothingHere/>
        </main>
    }
}

/// The number whose code the page asks for now; none where it asks for a number first. `send` and `answer` are the
/// functions that its two steps post to.
fn use_number(send: &'static str, answer: &'static str) -> Option<String> {
    let wants_another = use_query_map().with_untracked(|query| query.get(ANOTHER).is_some());
    second_step(flash_of(send), flash_of(answer), use_visit().number, wants_another)
}

/// As [`use_number`]. `sent` is the number to which this browser has had a code sent.
fn second_step(
    send: Option<Flash>,
    answer: Option<Flash>,
    sent: Option<String>,
    wants_another: bool,
) -> Option<String> {
    let typed = |flash: Flash| flash.typed("phone").filter(|number| !number.is_empty());
    if let Some(number) = answer.and_then(typed) {
        return Some(number);
    }
    match send {
        // Another code to the same number is refused in the second step, any other number in the first.
        Some(send) => sent.filter(|sent| typed(send).is_some_and(|typed| digits(&typed) == digits(sent))),
        None => sent.filter(|_| !wants_another),
    }
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// In an address, that another number is to be asked for.
const ANOTHER: &str = "another";

/// `page`, asking for another number.
fn another_number(page: &str, next: Option<&str>) -> String {
    let page = with_next(page, next);
    let mark = if page.contains('?') { '&' } else { '?' };
    format!("{page}{mark}{ANOTHER}=1")
}

/// What is wrong with a code that was to be sent: all of it is about the message.
fn not_sent(refusal: Refusal) -> Signal<Option<String>> {
    let words = use_words();
    Signal::derive(move || {
        refusal.error().with(|error| {
            error.as_ref().map(|error| match error {
                Error::Unavailable => words.phones().not_sent.to_owned(),
                error => words.sentence(error),
            })
        })
    })
}

/// The first step.
#[component]
fn NumberForm(
    /// The function that sends the code.
    send: &'static str,
    next: Option<String>,
) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(send);
    let refusal = use_refusal(posting);

    view! {
        <Form posting class="form card">
            <Field
                label=words.phones().number
                name="phone"
                kind="tel"
                autocomplete="tel"
                maxlength=LONGEST_NUMBER
                hint=words.phones().number_hint
                value=refusal.typed("phone")
                error=not_sent(refusal)
            />
            <NextField next/>
            <Submit label=words.phones().send_code weight=Weight::Primary pending=posting.pending()/>
        </Form>
    }
}

/// The second step's number, and what is said of the code.
#[component]
fn CodeField(number: String, refusal: Refusal) -> impl IntoView {
    let words = use_words();

    view! {
        <Field
            label=words.phones().code
            name="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength=LONGEST_CODE
            hint=(words.phones().code_hint)(&number)
            value=refusal.typed("code")
            error=refusal.beside(Which::Code)
        />
        <input type="hidden" name="phone" value=number/>
    }
}

/// Six digits, and spaces that somebody puts between them.
const LONGEST_CODE: u32 = 20;

/// Below the second step: the ways to another code.
#[component]
fn Again(
    /// The function that sends it.
    send: &'static str,
    page: &'static str,
    number: String,
    next: Option<String>,
) -> impl IntoView {
    let words = use_words();
    let posting: Posting = use_posting(send);
    let refusal = use_refusal(posting);
    let another = another_number(page, next.as_deref());

    view! {
        <Form posting class="threshold-more">
            <Saved url=send text=words.phones().sent/>
            <Alert text=not_sent(refusal)/>
            <input type="hidden" name="phone" value=number/>
            <NextField next/>
            <Submit label=words.phones().send_another pending=posting.pending()/>
            <a class="button button--quiet" href=another>{words.phones().use_another}</a>
        </Form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Why;

    fn flash(phone: &str) -> Option<Flash> {
        let error = Error::invalid(Which::Code, Why::Wrong);
        let typed = vec![("phone".to_owned(), phone.to_owned())];
        Some(Flash { form: String::new(), error, typed })
    }

    #[test]
    fn the_code_is_asked_for_as_long_as_there_is_one_number() {
        let jean = || Some("+237670000001".to_owned());
        assert_eq!(second_step(None, None, None, false), None);
        assert_eq!(second_step(None, None, jean(), false), jean());
        assert_eq!(second_step(None, None, jean(), true), None, "another number was asked for");
        // Whether or not the cookie is still there.
        assert_eq!(second_step(None, flash("+237670000001"), None, true), jean());
        assert_eq!(second_step(None, flash(""), None, false), None);
        // Too soon for another code, and not a number.
        assert_eq!(second_step(flash("+237 670 000 001"), None, jean(), true), jean());
        assert_eq!(second_step(flash("12"), None, jean(), false), None);
        assert_eq!(second_step(flash("+237670000002"), None, jean(), false), None);
    }

    #[test]
    fn the_way_to_another_number_leads_on_as_well() {
        assert_eq!(another_number("/login/phone", None), "/login/phone?another=1");
        assert_eq!(another_number("/login/phone", Some("/friends")), "/login/phone?next=/friends&another=1");
    }
}
