//! Forms: sent by the browser itself where nothing helps it, and without leaving the page once something does.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::http::{self, Fields},
    error::Error,
    navigation::{Way, use_way},
};

/// How a server function that returns nothing says that it has done its work.
const NOTHING: &str = "null";

/// A form that is posted to a server function, and what has become of it.
#[derive(Clone, Copy)]
pub struct Posting {
    url: &'static str,
    pending: RwSignal<bool>,
    answer: RwSignal<Option<Result<(), Error>>>,
}

/// Prepares a form for the server function at `url`.
pub fn use_posting(url: &'static str) -> Posting {
    Posting { url, pending: RwSignal::new(false), answer: RwSignal::new(None) }
}

impl Posting {
    /// Another form, to the server function at `url`, that shares the outcome: of such forms one is sent at a time.
    pub const fn or(self, url: &'static str) -> Self {
        Self { url, ..self }
    }

    /// The address of its server function.
    pub const fn url(self) -> &'static str {
        self.url
    }

    /// Whether it is under way.
    pub fn pending(self) -> Signal<bool> {
        self.pending.into()
    }

    /// The last answer; none before the first.
    pub fn answer(self) -> Signal<Option<Result<(), Error>>> {
        self.answer.into()
    }

    /// As before the first answer.
    pub fn forget(self) {
        self.answer.set(None);
    }

    /// Sends it without a form on the page, with the one field `name` that holds `value`.
    pub fn send_one(self, (name, value): (&str, &str), way: Way) {
        if let Some(fields) = Fields::one(name, value) {
            self.send(fields, way);
        }
    }

    /// Sends it, and goes where the answer leads. While it is under way nothing is sent twice.
    fn send(self, fields: Fields, way: Way) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        spawn_local(async move {
            let (answer, leads_to) = match http::post(self.url, &fields).await {
                Ok(answer) if answer.text == NOTHING => (Ok(()), answer.leads_to),
                Ok(_) => (Err(Error::Unavailable), None),
                Err(error) => (Err(error), None),
            };
            // The page may be gone, and these signals with it.
            self.answer.try_set(Some(answer));
            self.pending.try_set(false);
            if let Some(to) = leads_to {
                way.follow(&to);
            }
        });
    }
}

/// The form itself. What is wrong in it is said by us, not by the browser: in the page's language, and the same
/// with and without JavaScript.
#[component]
pub fn Form(
    posting: Posting,
    #[prop(optional)] class: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let way = use_way();
    let send = move |event: leptos::ev::SubmitEvent| {
        if let Some(fields) = Fields::of(&event) {
            event.prevent_default();
            posting.send(fields, way.clone());
        }
    };

    view! {
        <form class=class method="post" action=posting.url() novalidate on:submit=send>
            {children()}
        </form>
    }
}
