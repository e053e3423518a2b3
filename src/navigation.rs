//! Going from page to page: where a form leads once it is answered, and that the keyboard comes along.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

use crate::{browser, ui::heading::Moved, visit::use_viewer};

/// The way to a page without loading everything anew; there is none before the router has one.
#[derive(Clone)]
pub struct Way(ArcStoredValue<Option<Go>>);

type Go = Box<dyn Fn(&str) + Send + Sync>;

/// Called once, at the top of `<App>`.
pub fn prepare() {
    provide_context(Way(ArcStoredValue::new(None)));
    Moved::provide();
}

/// The way from this page to others.
pub fn use_way() -> Way {
    expect_context()
}

/// Stands inside the router, which knows the way.
#[component]
pub fn Navigation() -> impl IntoView {
    expect_context::<Moved>().watch();

    let Way(way) = use_way();
    let navigate = use_navigate();
    let viewer = use_viewer();
    Effect::new(move |_| {
        if viewer.is_some() {
            let navigate = navigate.clone();
            way.set_value(Some(Box::new(move |to| navigate(to, Default::default()))));
        }
    });
}

impl Way {
    /// Goes to a page of the house, in this page.
    pub fn go(&self, to: &str) {
        self.0.with_value(|go| go.as_ref().map(|go| go(to)));
    }

    /// A conversation opens in this page. Everything else that a form leads to comes after a change of who looks, of
    /// how Salon speaks and looks to them, or of what the page they are on shows, and is loaded anew; so is a form that
    /// leads back to where it stands, which is then empty, and says that it was granted.
    pub fn follow(&self, to: &str) {
        let conversation = to.strip_prefix("/c/").is_some_and(|id| !id.contains('/'));
        let here = browser::current_path();
        let stays = here.split('?').next() == Some(to);
        if !conversation || stays || self.0.with_value(Option::is_none) {
            browser::leave_to(to);
            return;
        }

        let (way, to) = (self.0.clone(), to.to_owned());
        spawn_local(async move {
            // The form learns of its answer before its page goes.
            browser::after(Duration::ZERO).await;
            way.with_value(|go| go.as_ref().map(|go| go(&to)));
        });
    }
}
