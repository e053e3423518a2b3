//! Buttons that send a form.

use leptos::prelude::*;

/// How much a button asks to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// The one thing to do next.
    Primary,
    #[default]
    Plain,
    /// There for whoever looks for it.
    Quiet,
    /// What it does hurts, or cannot be undone.
    Danger,
}

impl Weight {
    /// The classes of style/button.css.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Plain => "button",
            Self::Quiet => "button button--quiet",
            Self::Danger => "button button--danger",
        }
    }
}

/// Sends the form around it, and says that it waits while that is `pending`; [`Posting`](super::form::Posting) sees to it
/// that nothing is sent twice. It is not `disabled` meanwhile: browsers take the keyboard away from what is.
#[component]
pub fn Submit(
    #[prop(into)] label: Signal<&'static str>,
    #[prop(optional)] weight: Weight,
    #[prop(into)] pending: Signal<bool>,
    /// The id of the text that tells what this is about, where the label alone does not.
    #[prop(optional, into)]
    about: Option<String>,
) -> impl IntoView {
    let waits = move || pending.get().then_some("true");

    view! {
        <button type="submit" class=weight.class() aria-disabled=waits aria-describedby=about>
            {label}
        </button>
    }
}
