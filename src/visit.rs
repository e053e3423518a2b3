//! What the server tells a page about whoever looks at it: the same on both sides, so that hydration agrees.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    accounts::{Theme, Viewer, next},
    border::Json,
    browser,
    error::Error,
    text::Locale,
};

/// One look at one page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Nobody where the visitor is not logged in.
    pub viewer: Option<Viewer>,
    pub locale: Locale,
    pub theme: Theme,
    /// What became of the form that led here, if it was refused.
    pub flash: Option<Flash>,
    /// The form that led here, as `save_name`, if it was granted and that is worth saying.
    pub granted: Option<String>,
    /// Codes are sent to telephones here: people come in by phone.
    pub by_phone: bool,
    /// On the page that takes such a code: the number to which this browser has had one sent.
    pub number: Option<String>,
    /// Which build of Salon made this page; empty where none did.
    pub build: String,
}

/// A refused form, kept on the server until its page is shown again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// The server function's endpoint, as `sign_up`.
    pub form: String,
    pub error: Error,
    /// What was typed, by field; never a password.
    pub typed: Vec<(String, String)>,
}

impl Visit {
    /// Called once, at the top of `<App>`: what the server provided, carried over to the browser.
    pub fn provide() -> Self {
        let visit =
            SharedValue::new_str(|| Json::of(&use_context::<Self>().unwrap_or_default())).into_inner();
        let visit = visit.read().unwrap_or_default();
        provide_context(visit.clone());
        provide_context(Granted(StoredValue::new(visit.granted.clone())));
        visit
    }
}

/// The visit that this page answers.
pub fn use_visit() -> Visit {
    expect_context()
}

/// Who is looking; nobody before log-in.
pub fn use_viewer() -> Option<Viewer> {
    use_visit().viewer
}

/// Why the form `endpoint` was refused, if that led here.
pub fn use_flash(endpoint: &str) -> Option<Flash> {
    use_visit().flash.filter(|flash| flash.form == endpoint)
}

/// What is still to be said of the form that led here. Said once: whoever comes back to the page has read it.
#[derive(Clone, Copy)]
struct Granted(StoredValue<Option<String>>);

/// Whether the form to the server function at `url` led here and was granted.
pub fn was_granted(url: &str) -> bool {
    let Granted(granted) = expect_context();
    let is_this = granted.with_value(|form| form.as_deref() == url.rsplit('/').next());
    if is_this {
        // The server may draw a part of a page more than once before it sends it; effects run in the browser only.
        Effect::new(move |_| {
            on_cleanup(move || {
                granted.try_update_value(Option::take);
            });
        });
    }
    is_this
}

/// Goes to log in, and from there back here, once `error` says that nobody is logged in any more.
pub fn leave_if_signed_out(error: Signal<Option<Error>>) {
    Effect::new(move |_| {
        if error.with(|error| matches!(error, Some(Error::SignedOut))) {
            go_to_log_in();
        }
    });
}

/// Goes to log in, and from there back here.
pub fn go_to_log_in() {
    browser::leave_to(&next::with_next("/login", Some(&browser::current_path())));
}

impl Flash {
    /// What was typed into `field`.
    pub fn typed(&self, field: &str) -> Option<String> {
        self.typed.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone())
    }

    /// What was chosen in the boxes that are called `field`.
    pub fn chosen(&self, field: &str) -> Vec<String> {
        self.typed.iter().filter(|(name, _)| name == field).map(|(_, value)| value.clone()).collect()
    }
}

/// How a page tells the server the status of its answer. In the browser nobody provides it, and it is not missed.
#[derive(Clone)]
pub struct PageStatus(pub std::sync::Arc<dyn Fn(u16) + Send + Sync>);

/// Answers this page with `status`, if it is being rendered on the server.
pub fn answer_with(status: u16) {
    if let Some(PageStatus(set)) = use_context() {
        set(status);
    }
}
