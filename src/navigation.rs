//! Going from page to page: where a form leads once it is answered, and that the keyboard comes along.

use std::time::Duration;

use leptos::{prelude::*, server_fn::redirect::set_redirect_hook, task::spawn_local};
use leptos_router::hooks::use_navigate;

use crate::{browser, ui::heading::Moved, visit::use_viewer};

/// The way to a page without loading everything anew; there is none before the router has one.
#[derive(Clone)]
struct Way(ArcStoredValue<Option<Go>>);

type Go = Box<dyn Fn(&str) + Send + Sync>;

/// Called in `<App>` before the router, which would otherwise decide where forms lead.
pub fn prepare() {
    let way = Way(ArcStoredValue::new(None));
    provide_context(way.clone());
    Moved::provide();

    // On the server nobody calls it, and there it is refused from the second page on: both are fine.
    let _ = set_redirect_hook(move |to| way.follow(to));
}

/// Stands inside the router, which knows the way.
#[component]
pub fn Navigation() -> impl IntoView {
    expect_context::<Moved>().watch();

    let Way(way) = expect_context();
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
    /// A conversation opens in this page. Everything else that a form leads to comes after a change of who
    /// looks, or of how Salon speaks and looks to them, and is loaded anew.
    fn follow(&self, to: &str) {
        if !to.starts_with("/c/") || self.0.with_value(Option::is_none) {
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
