//! The pages that the document names, each small and without a script: what a program shows in its own way, a browser finds
//! here. Markup is never part of what people have typed.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    super::refusal::{Refusal, Told},
    LoggedIn, ROOT,
    accounts::{self, Page},
    messages,
};
use crate::{
    error::Error,
    ids::AccountId,
    server::{failures, forms, rest::Id, state::AppState},
    text::{Locale, Words},
};

/// What such a page may load, and where its forms may lead.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

/// What the document calls itself.
const TITLE: &str = "VaultRoom";

/// Somebody, or nobody: then a browser is led to where one logs in.
type Somebody = Result<LoggedIn, Refusal>;

/// In whose language a page is.
struct Reader<'a> {
    app: &'a AppState,
    locale: Locale,
}

impl<'a> Reader<'a> {
    fn new(app: &'a AppState, headers: &HeaderMap) -> Self {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Self { app, locale: Locale::negotiate(accepted.unwrap_or_default()) }
    }

    fn words(&self) -> &'static Words {
        self.locale.words()
    }

    fn page(&self, title: &str, inside: AnyView) -> Response {
        let page = view! {
            <html lang=self.locale.code() data-theme="system">
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                    <meta name="color-scheme" content="light dark"/>
                    <meta name="robots" content="noindex"/>
                    <title>{format!("{title} · {TITLE}")}</title>
                    <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                    <link rel="stylesheet" href=failures::stylesheet(&self.app.leptos)/>
                </head>
                <body>
                    <main id="main" class="threshold">
                        <h1>{title.to_owned()}</h1>
                        {inside}
                    </main>
                </body>
            </html>
        };
        let mut response = format!("<!DOCTYPE html>{}", page.to_html()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        response
    }
}

/// Whom a browser sees that is not logged in; a program gets the refusal.
fn to_log_in(refusal: Refusal, headers: &HeaderMap) -> Response {
    if refusal == Error::SignedOut.into() && forms::accepts_html(headers) {
        return Redirect::to(&format!("{ROOT}/login-page")).into_response();
    }
    refusal.into_response()
}

fn link(path: &str, text: &str) -> impl IntoView + use<> {
    view! { <p><a href=format!("{ROOT}{path}")>{text.to_owned()}</a></p> }
}

fn field(name: &'static str, kind: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <p class="field">
            <label for=name>{label}</label>
            <input id=name name=name type=kind required/>
        </p>
    }
}

/// Home, as the document calls it: the way in and out.
#[utoipa::path(get, path = "/home", tag = "vaultroom", security(()), responses(
    (status = 200, description = "A page", content_type = "text/html", body = String),
))]
pub async fn home(State(app): State<AppState>, headers: HeaderMap, somebody: Somebody) -> Response {
    let reader = Reader::new(&app, &headers);
    let words = reader.words();
    let ways = match somebody {
        Ok(_) => [("/dashboard", words.conversations), ("/logout", words.log_out)],
        Err(_) => {
            [("/login-page", words.accounts().log_in), ("/register-page", words.accounts().create_account)]
        }
    };
    let ways = ways.map(|(path, text)| link(path, text)).collect_view();
    reader.page(TITLE, ways.into_any())
}

/// Where one logs in.
#[utoipa::path(get, path = "/login-page", tag = "vaultroom", security(()), responses(
    (status = 200, description = "A page", content_type = "text/html", body = String),
))]
pub async fn log_in(State(app): State<AppState>, headers: HeaderMap) -> Response {
    let reader = Reader::new(&app, &headers);
    let words = reader.words();
    let form = view! {
        <form method="post" action=format!("{ROOT}/login")>
            {field("username", "text", words.accounts().username)}
            {field("password", "password", words.accounts().password)}
            <button class="button button--primary">{words.accounts().log_in}</button>
        </form>
        {link("/register-page", words.accounts().create_account)}
    };
    reader.page(words.accounts().log_in, form.into_any())
}

/// Where one signs up.
#[utoipa::path(get, path = "/register-page", tag = "vaultroom", security(()), responses(
    (status = 200, description = "A page", content_type = "text/html", body = String),
))]
pub async fn register(State(app): State<AppState>, headers: HeaderMap) -> Response {
    let reader = Reader::new(&app, &headers);
    let words = reader.words();
    let form = view! {
        <form method="post" action=format!("{ROOT}/register")>
            {field("username", "text", words.accounts().username)}
            {field("email", "email", words.accounts().email)}
            {field("password", "password", words.accounts().password)}
            <button class="button button--primary">{words.accounts().create_account}</button>
        </form>
        {link("/login-page", words.accounts().log_in)}
    };
    reader.page(words.accounts().create_account, form.into_any())
}

/// Asks somebody whom a page of another site leads here whether to log out.
pub fn asks_to_log_out(app: &AppState, headers: &HeaderMap) -> Response {
    let reader = Reader::new(app, headers);
    let words = reader.words();
    let form = view! {
        <form method="post" action=format!("{ROOT}/logout")>
            <button class="button button--primary">{words.log_out}</button>
        </form>
        {link("/home", words.back_home)}
    };
    reader.page(words.log_out, form.into_any())
}

/// To whom one may turn: the first hundred of the list, and the way to the next.
#[utoipa::path(get, path = "/dashboard", tag = "vaultroom", params(Page), responses(
    (status = 200, description = "A page", content_type = "text/html", body = String),
    (status = 303, description = "A browser that is not logged in: to where one logs in"),
    (status = 400, body = Told),
    (status = 401, body = Told),
))]
pub async fn dashboard(
    State(app): State<AppState>,
    headers: HeaderMap,
    somebody: Somebody,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Response, Refusal> {
    let LoggedIn(caller) = match somebody {
        Ok(somebody) => somebody,
        Err(refusal) => return Ok(to_log_in(refusal, &headers)),
    };
    let Query(page) = page.map_err(|refused| Refusal::shape(refused.body_text()).bad_request())?;
    let others = accounts::others(&caller, &page).await?;

    let reader = Reader::new(&app, &headers);
    let words = reader.words();
    let last = others.last().map(|user| user.id);
    let people = others.into_iter().map(|user| {
        let chat = format!("{ROOT}/chat?user_id={}", user.id);
        view! { <li><a href=chat>{user.username}</a></li> }
    });
    let inside = view! {
        <ul>{people.collect_view()}</ul>
        {last.map(|last| link(&format!("/dashboard?after={last}"), words.more_conversations))}
        {link("/logout", words.log_out)}
    };
    Ok(reader.page(&caller.viewer.person.display_name, inside.into_any()))
}

/// With whom.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct With {
    #[param(value_type = Id)]
    user_id: AccountId,
}

/// The conversation with one user: its newest hundred messages, and the form for the next.
#[utoipa::path(get, path = "/chat", tag = "vaultroom", params(With), responses(
    (status = 200, description = "A page", content_type = "text/html", body = String),
    (status = 303, description = "A browser that is not logged in: to where one logs in"),
    (status = 400, description = "No user is named", body = Told),
    (status = 401, body = Told),
    (status = 404, body = Told),
))]
pub async fn chat(
    State(app): State<AppState>,
    headers: HeaderMap,
    somebody: Somebody,
    with: Result<Query<With>, QueryRejection>,
) -> Result<Response, Refusal> {
    let LoggedIn(caller) = match somebody {
        Ok(somebody) => somebody,
        Err(refusal) => return Ok(to_log_in(refusal, &headers)),
    };
    let Query(With { user_id }) =
        with.map_err(|refused| Refusal::shape(refused.body_text()).bad_request())?;
    let (name, said) = messages::between(&caller, user_id, None, None).await?;

    let reader = Reader::new(&app, &headers);
    let words = reader.words();
    let said = said.into_iter().map(messages::Said::shown).map(|(sender, content)| {
        view! { <li><strong>{sender}</strong>": "{content}</li> }
    });
    let inside = view! {
        <ol>{said.collect_view()}</ol>
        <form method="post" action=format!("{ROOT}/send-message")>
            <input type="hidden" name="recipient_id" value=user_id.get()/>
            {field("message", "text", words.talk().message)}
            <button class="button button--primary">{words.talk().send}</button>
        </form>
        {link("/dashboard", words.back)}
    };
    Ok(reader.page(&name, inside.into_any()))
}
