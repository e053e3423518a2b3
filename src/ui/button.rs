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

/// Sends the form around it, and waits while that is `pending`, so that nothing is sent twice.
#[component]
pub fn Submit(
    label: &'static str,
    #[prop(optional)] weight: Weight,
    #[prop(into)] pending: Signal<bool>,
    /// The id of the text that tells what this is about, where the label alone does not.
    #[prop(optional, into)]
    about: Option<String>,
) -> impl IntoView {
    view! {
        <button type="submit" class=weight.class() disabled=pending aria-describedby=about>
            {label}
        </button>
    }
}
