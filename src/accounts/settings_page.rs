//! How one is called, and how Salon speaks and looks to them.

use leptos::{form::ActionForm, prelude::*};

use super::{
    Theme, Viewer,
    server_fns::{LogOut, SaveSettings},
};
use crate::{
    error::Field as Which,
    text::{Locale, Words, use_words},
    ui::{
        button::{Submit, Weight},
        field::{Choice, Field},
        form::{Alert, use_refusal},
        page::Page,
    },
    visit::use_viewer,
};

#[component]
pub fn SettingsPage() -> impl IntoView {
    let words = use_words();

    view! {
        <Page title=words.settings>
            {use_viewer().map(|viewer| {
                let username = viewer.person.username.clone();
                view! {
                    <section class="section"><SettingsForm viewer/></section>
                    <section class="section">
                        <h2>{words.account}</h2>
                        <p>{(words.logged_in_as)(&username)}</p>
                        <LogOutForm/>
                    </section>
                }
            })}
        </Page>
    }
    .into_any()
}

#[component]
fn SettingsForm(viewer: Viewer) -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<SaveSettings>::new();
    let refusal = use_refusal(action);
    let locale = viewer.locale.map(Locale::code).unwrap_or_default().to_owned();

    view! {
        // Once it is saved the server sends us here again, and the whole page comes in its new look.
        <ActionForm action attr:class="form" attr:novalidate=true>
            <Alert text=refusal.elsewhere(&[Which::DisplayName, Which::Locale, Which::Theme])/>
            <Field
                label=words.display_name
                name="display_name"
                autocomplete="name"
                maxlength=80
                hint=words.display_name_hint
                value=refusal.typed("display_name").or(Some(viewer.person.display_name))
                error=refusal.beside(Which::DisplayName)
            />
            <Choice
                label=words.language
                name="locale"
                options=languages(words)
                chosen=refusal.typed("locale").unwrap_or(locale)
                error=refusal.beside(Which::Locale)
            />
            <Choice
                label=words.theme
                name="theme"
                options=themes(words)
                chosen=refusal.typed("theme").unwrap_or_else(|| viewer.theme.code().to_owned())
                error=refusal.beside(Which::Theme)
            />
            <Submit label=words.save weight=Weight::Primary pending=action.pending()/>
        </ActionForm>
    }
}

#[component]
fn LogOutForm() -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<LogOut>::new();
    let refusal = use_refusal(action);

    view! {
        <ActionForm action>
            <Alert text=refusal.elsewhere(&[])/>
            <Submit label=words.log_out pending=action.pending()/>
        </ActionForm>
    }
}

/// The browser's language first, then every other by its own name.
fn languages(words: &Words) -> Vec<(&'static str, &'static str)> {
    let named = Locale::ALL.map(|locale| (locale.code(), locale.name()));
    [("", words.browser_language)].into_iter().chain(named).collect()
}

fn themes(words: &Words) -> Vec<(&'static str, &'static str)> {
    let name = |theme| match theme {
        Theme::System => words.theme_system,
        Theme::Light => words.theme_light,
        Theme::Dark => words.theme_dark,
    };
    Theme::ALL.map(|theme| (theme.code(), name(theme))).to_vec()
}
