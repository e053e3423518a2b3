//! How one is called, how Salon speaks and looks to them, and what they log in with.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    Theme, Viewer,
    server_fns::{ChangeEmail, ChangePassword, LogOut, SaveLanguage, SaveName, SaveTheme},
};
use crate::{
    bots::BOTS,
    error::Field as Which,
    messages::composer::enter::WritingSettings,
    presence::status_form::StatusForm,
    staff::STAFF,
    text::{Locale, Words, use_words},
    tokens::TOKENS,
    ui::{
        button::Submit,
        field::{Choice, Field},
        form::{Form, use_posting},
        page::Page,
        refusal::{Alert, use_refusal},
        saved::Saved,
    },
    visit::use_viewer,
};

#[component]
pub fn SettingsPage() -> impl IntoView {
    let words = use_words();

    view! {
        <Page title=words.settings>
            {use_viewer().map(|viewer| {
                view! {
                    <section class="section">
                        <h2>{words.accounts().profile}</h2>
                        <NameForm name=viewer.person.display_name.clone()/>
                        <StatusForm status=viewer.status.clone()/>
                    </section>
                    <section class="section">
                        <h2>{words.accounts().appearance}</h2>
                        <LanguageForm locale=viewer.locale/>
                        <ThemeForm theme=viewer.theme/>
                    </section>
                    <section class="section">
                        <h2>{words.accounts().privacy}</h2>
                        <p><a class="button" href="/settings/privacy">{words.accounts().privacy}</a></p>
                    </section>
                    <section class="section">
                        <h2>{words.accounts().account}</h2>
                        <Account viewer/>
                    </section>
                    // Last, because it comes once the page is alive: nothing moves for it.
                    <WritingSettings/>
                }
            })}
        </Page>
    }
    .into_any()
}

#[component]
fn NameForm(name: String) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(SaveName::url());
    let refusal = use_refusal(posting);

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::DisplayName])/>
            <Field
                label=words.accounts().display_name
                name="display_name"
                autocomplete="name"
                maxlength=80
                hint=words.accounts().display_name_hint
                value=refusal.typed("display_name").or(Some(name))
                error=refusal.beside(Which::DisplayName)
            />
            <Submit label=words.save pending=posting.pending() about="label-display_name"/>
            <Saved url=posting.url() text=words.saved/>
        </Form>
    }
}

#[component]
fn LanguageForm(locale: Option<Locale>) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(SaveLanguage::url());
    let refusal = use_refusal(posting);
    let chosen = locale.map(Locale::code).unwrap_or_default().to_owned();

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::Locale])/>
            <Choice
                label=words.accounts().language
                name="locale"
                options=languages(words)
                chosen=refusal.typed("locale").unwrap_or(chosen)
                error=refusal.beside(Which::Locale)
            />
            <Submit label=words.save pending=posting.pending() about="label-locale"/>
            <Saved url=posting.url() text=words.saved/>
        </Form>
    }
}

#[component]
fn ThemeForm(theme: Theme) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(SaveTheme::url());
    let refusal = use_refusal(posting);

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::Theme])/>
            <Choice
                label=words.accounts().theme
                name="theme"
                options=themes(words)
                chosen=refusal.typed("theme").unwrap_or_else(|| theme.code().to_owned())
                error=refusal.beside(Which::Theme)
            />
            <Submit label=words.save pending=posting.pending() about="label-theme"/>
            <Saved url=posting.url() text=words.saved/>
        </Form>
    }
}

/// What one logs in with. Its changes ask for the password, and have pages of their own.
#[component]
fn Account(viewer: Viewer) -> impl IntoView {
    let words = use_words();
    // Whoever came by phone has neither at first.
    let (email, change_email) = match viewer.email {
        email if email.is_empty() => (words.phones().none_yet.to_owned(), words.phones().add_email),
        email => (email, words.accounts().change_email),
    };
    let (password, change_password) = if viewer.has_password {
        (view! { <dd aria-hidden="true">"••••••••"</dd> }.into_any(), words.accounts().change_password)
    } else {
        (view! { <dd>{words.phones().none_yet}</dd> }.into_any(), words.phones().set_password)
    };

    view! {
        <Saved url=ChangeEmail::url() text=words.accounts().email_changed/>
        <Saved url=ChangePassword::url() text=words.accounts().password_changed/>
        <dl class="facts">
            <div class="fact">
                <dt>{words.accounts().username}</dt>
                <dd dir="auto">{format!("@{}", viewer.person.username)}</dd>
            </div>
            {viewer.phone.map(|phone| view! {
                <div class="fact">
                    <dt>{words.phones().number}</dt>
                    <dd dir="ltr">{phone}</dd>
                </div>
            })}
            <div class="fact">
                <dt>{words.accounts().email}</dt>
                <dd dir="auto">{email}</dd>
                <dd class="fact-action"><a class="button" href="/settings/email">{change_email}</a></dd>
            </div>
            <div class="fact">
                <dt>{words.accounts().password}</dt>
                {password}
                <dd class="fact-action"><a class="button" href="/settings/password">{change_password}</a></dd>
            </div>
        </dl>
        {viewer.is_premium.then(|| view! { <p>{words.staff().has_premium}</p> })}
        <LogOutForm/>
        <p><a class="button button--quiet" href=TOKENS>{words.tokens().access_tokens}</a></p>
        <p><a class="button button--quiet" href=BOTS>{words.bots().bots}</a></p>
        {viewer.is_staff.then(|| view! { <p><a class="button button--quiet" href=STAFF>{words.staff().title}</a></p> })}
        <p><a class="button button--quiet" href="/settings/delete">{words.accounts().delete_account}</a></p>
    }
}

#[component]
fn LogOutForm() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(LogOut::url());
    let refusal = use_refusal(posting);

    view! {
        <Form posting>
            <Alert text=refusal.elsewhere(&[])/>
            <Submit label=words.log_out pending=posting.pending()/>
        </Form>
    }
}

/// The browser's language first, then every other by its own name.
fn languages(words: &Words) -> Vec<(&'static str, &'static str)> {
    let named = Locale::ALL.map(|locale| (locale.code(), locale.name()));
    [("", words.accounts().browser_language)].into_iter().chain(named).collect()
}

fn themes(words: &Words) -> Vec<(&'static str, &'static str)> {
    let name = |theme| match theme {
        Theme::System => words.accounts().theme_system,
        Theme::Light => words.accounts().theme_light,
        Theme::Dark => words.accounts().theme_dark,
    };
    Theme::ALL.map(|theme| (theme.code(), name(theme))).to_vec()
}
