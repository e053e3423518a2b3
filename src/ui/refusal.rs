//! Why a form was refused: told by the answer where the browser helps, by the server's note where it does not.

use leptos::prelude::*;

use super::{form::Posting, live::live};
use crate::{
    browser,
    error::{Error, Field},
    text::use_words,
    visit::{self, Flash},
};

/// The last refusal of one form.
#[derive(Clone, Copy)]
pub struct Refusal {
    error: Signal<Option<Error>>,
    flash: StoredValue<Option<Flash>>,
}

/// Watches a form. Someone who turns out to be logged out is taken to the log-in page.
pub fn use_refusal(posting: Posting) -> Refusal {
    let flash = flash_of(posting.url());
    let noted = flash.as_ref().map(|flash| flash.error.clone());
    let answer = posting.answer();
    let error = Signal::derive(move || {
        answer.with(|answer| match answer {
            None => noted.clone(),
            Some(answer) => answer.as_ref().err().cloned(),
        })
    });

    visit::leave_if_signed_out(error);
    Effect::new(move |_| {
        if answer.with(|answer| matches!(answer, Some(Err(_)))) {
            browser::before_paint(|| browser::focus("[aria-invalid=true]"));
        }
    });
    Refusal { error, flash: StoredValue::new(flash) }
}

/// What the server noted about a form to the server function at `url`, if it was sent without the browser's help.
pub fn flash_of(url: &str) -> Option<Flash> {
    visit::use_flash(url.rsplit('/').next().unwrap_or_default())
}

impl Refusal {
    /// What it is, where a page has words of its own for it.
    pub const fn error(self) -> Signal<Option<Error>> {
        self.error
    }

    /// What is wrong with `field`.
    pub fn beside(self, field: Field) -> Signal<Option<String>> {
        let words = use_words();
        Signal::derive(move || {
            self.error.with(|error| {
                error.as_ref().filter(|error| error.field() == Some(field)).map(|error| words.sentence(error))
            })
        })
    }

    /// What is wrong with none of the fields that are `shown`.
    pub fn elsewhere(self, shown: &'static [Field]) -> Signal<Option<String>> {
        let words = use_words();
        Signal::derive(move || {
            self.error.with(|error| {
                let is_beside = |error: &Error| error.field().is_some_and(|field| shown.contains(&field));
                error.as_ref().filter(|error| !is_beside(error)).map(|error| words.sentence(error))
            })
        })
    }

    /// What was typed into the field `name` when the form was refused without the browser's help.
    pub fn typed(self, name: &str) -> Option<String> {
        self.flash.with_value(|flash| flash.as_ref().and_then(|flash| flash.typed(name)))
    }

    /// What was chosen in the boxes that are called `name` when the form was refused without the browser's help.
    pub fn chosen(self, name: &str) -> Vec<String> {
        self.flash.with_value(|flash| flash.as_ref().map(|flash| flash.chosen(name)).unwrap_or_default())
    }
}

/// A refusal that belongs to no field, or any other failure; nothing while there is none.
#[component]
pub fn Alert(#[prop(into)] text: Signal<Option<String>>) -> impl IntoView {
    live(move || text.get().map(|text| view! { <p class="alert" role="alert">{text}</p> }))
}
