//! Fields of a form: label, input, hint, and what is wrong with it beside it.

use leptos::prelude::*;

use super::live::live;
use crate::{text::use_words, visit::use_viewer};

/// One line of text. Its id is `field-` and its name.
#[component]
pub fn Field(
    label: &'static str,
    name: &'static str,
    #[prop(default = "text")] kind: &'static str,
    autocomplete: &'static str,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    /// What stands in it at first.
    #[prop(optional_no_strip)]
    value: Option<String>,
    #[prop(optional)] minlength: Option<u32>,
    #[prop(optional)] maxlength: Option<u32>,
    /// Which keys a screen offers.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// May stay empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    view! {
        <FieldFrame label name hint=hint.clone() error>
            <input
                class="input"
                id=format!("field-{name}")
                name=name
                type=kind
                value=value
                dir="auto"
                inputmode=inputmode
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                required=!optional
                minlength=minlength
                maxlength=maxlength
                aria-invalid=invalid(error)
                aria-describedby=described_by(name, hint.is_some(), error)
            />
        </FieldFrame>
    }
}

/// A password. It has no upper limit in the browser: cutting off a pasted one unseen would lock its owner out.
#[component]
pub fn PasswordField(
    label: &'static str,
    name: &'static str,
    autocomplete: &'static str,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    #[prop(optional)] minlength: Option<u32>,
) -> impl IntoView {
    let shown = RwSignal::new(false);

    view! {
        <FieldFrame label name hint=hint.clone() error>
            <input
                class="input"
                id=format!("field-{name}")
                name=name
                type=Signal::derive(move || if shown.get() { "text" } else { "password" })
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                required
                minlength=minlength
                aria-invalid=invalid(error)
                aria-describedby=described_by(name, hint.is_some(), error)
            />
            <Reveal shown/>
        </FieldFrame>
    }
}

/// Shows what was typed, and hides it again. Appears only where it works: it needs the browser's help, outside the
/// house that of threshold.js.
#[component]
fn Reveal(shown: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    if use_viewer().is_none() {
        return view! {
            <button type="button" class="field-reveal" hidden data-show=words.show data-hide=words.hide>
                {words.show}
            </button>
        }
        .into_any();
    }
    let works = RwSignal::new(false);
    Effect::new(move |_| works.set(true));

    live(move || {
        works.get().then(|| {
            view! {
                <button type="button" class="field-reveal" on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    {live(move || if shown.get() { words.hide } else { words.show })}
                </button>
            }
        })
    })
    .into_any()
}

/// A choice among few. `options` are what is sent and how it is called.
#[component]
pub fn Choice(
    label: &'static str,
    name: &'static str,
    options: Vec<(&'static str, &'static str)>,
    chosen: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(value, label)| view! { <option value=value selected=value == chosen>{label}</option> })
        .collect_view();

    view! {
        <FieldFrame label name hint=hint.clone() error>
            <select
                class="input"
                id=format!("field-{name}")
                name=name
                autocomplete="off"
                aria-invalid=invalid(error)
                aria-describedby=described_by(name, hint.is_some(), error)
            >
                {options}
            </select>
        </FieldFrame>
    }
}

/// What stands around every field, in one order: label, box, hint, error.
#[component]
pub fn FieldFrame(
    label: &'static str,
    name: &'static str,
    hint: Option<String>,
    error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let hint = hint.map(|hint| view! { <p class="field-hint" id=format!("field-{name}-hint")>{hint}</p> });
    let error = live(move || {
        error.get().map(|error| {
            view! { <p class="field-error" id=format!("field-{name}-error") role="alert">{error}</p> }
        })
    });

    view! {
        <div class="field">
            <label id=format!("label-{name}") for=format!("field-{name}")>{label}</label>
            <div class="field-box">{children()}</div>
            {hint}
            {error}
        </div>
    }
}

/// Whether what stands in the field is refused, for who cannot see it.
fn invalid(error: Signal<Option<String>>) -> Signal<Option<&'static str>> {
    Signal::derive(move || error.with(Option::is_some).then_some("true"))
}

/// The ids of what there is to read about the field, the error first.
fn described_by(name: &'static str, has_hint: bool, error: Signal<Option<String>>) -> Signal<Option<String>> {
    Signal::derive(move || {
        let error = error.with(Option::is_some).then(|| format!("field-{name}-error"));
        let hint = has_hint.then(|| format!("field-{name}-hint"));
        let ids = [error, hint].into_iter().flatten().collect::<Vec<_>>();
        (!ids.is_empty()).then(|| ids.join(" "))
    })
}
