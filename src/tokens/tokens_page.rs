//! One's access tokens: making them, seeing which there are, ending them.

use std::convert::identity;

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    AccessToken, AccessTokens, LONGEST_NAME, Scope,
    server_fns::{CreateAccessToken, RevokeAccessToken, read_access_tokens},
};
use crate::{
    asking::{Question, use_answer},
    browser::clipboard,
    conversations::inbox::use_inbox,
    error::Field as Which,
    friends::person_row::{Outcome, use_outcome},
    invitations::{Lasts, links_page::lasting},
    text::use_words,
    ui::{
        announcer::use_announcer,
        button::{Submit, Weight},
        field::{Choice, Field},
        form::{Form, use_posting},
        live::{Row, live, rows},
        page::Page,
        refusal::{Alert, use_refusal},
        time::use_moment,
    },
};

/// `/settings/tokens`
#[component]
pub fn TokensPage() -> impl IntoView {
    let (inbox, words) = (use_inbox(), use_words());
    let tokens = use_answer::<AccessTokens>(move || {
        inbox.version();
        Question::new(read_access_tokens)
    });

    view! {
        <Page title=words.tokens().access_tokens back="/settings">
            <section class="section"><NewToken/></section>
            {tokens.shown(identity, |tokens| view! { <Tokens tokens/> }.into_any())}
        </Page>
    }
    .into_any()
}

#[component]
fn NewToken() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(CreateAccessToken::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <p>{words.tokens().explained}</p>
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::Name])/>
            <Field
                label=words.tokens().name
                name="name"
                autocomplete="off"
                maxlength=LONGEST_NAME
                hint=words.tokens().name_hint
                value=refusal.typed("name")
                error=refusal.beside(Which::Name)
            />
            <Choice
                label=words.tokens().scope
                name="scope"
                options=Scope::ALL.map(|scope| (scope.code(), (words.tokens().scopes)(scope))).to_vec()
                chosen=refusal.typed("scope").unwrap_or_default()
                error=Signal::stored(None::<String>)
            />
            <Choice
                label=words.tokens().lasts
                name="lasts"
                options=Lasts::ALL.map(|lasts| (lasts.code(), lasting(words, lasts))).to_vec()
                chosen=refusal.typed("lasts").unwrap_or_default()
                error=Signal::stored(None::<String>)
            />
            <Submit label=words.tokens().create weight=Weight::Primary pending=posting.pending()/>
        </Form>
    }
}

#[component]
fn Tokens(tokens: AccessTokens) -> impl IntoView {
    let words = use_words();
    let AccessTokens { tokens } = tokens;
    let line = |token: AccessToken| {
        Row::new((token.id, token.used_at, token.token.is_some()), move || view! { <Line token/> })
    };

    (!tokens.is_empty()).then(|| {
        view! {
            <section class="section">
                <h2>{words.tokens().your_tokens}</h2>
                <ul class="links">{rows(move || tokens.iter().cloned().map(line).collect())}</ul>
            </section>
        }
    })
}

/// One of them: what it is for, what it may, and, while it is new, the token itself.
#[component]
fn Line(token: AccessToken) -> impl IntoView {
    let words = use_words();
    let AccessToken { id, name, scope, created_at, used_at, expires_at, token } = token;
    let posting = use_posting(RevokeAccessToken::url());
    let Outcome { busy, refusal } = use_outcome(posting);
    let (made, used, ends) = (use_moment(created_at), used_at.map(use_moment), expires_at.map(use_moment));
    let about = move || {
        let used = used
            .map_or_else(|| words.tokens().never_used.to_owned(), |used| (words.tokens().used)(&used.get()));
        let ends = ends.map(|ends| (words.tokens().ends)(&ends.get()));
        let parts = [
            Some((words.tokens().scopes)(scope).to_owned()),
            Some((words.tokens().made)(&made.get())),
            Some(used),
            ends,
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let field = format!("token-{id}");

    view! {
        <li class="link">
            <strong id=field.clone() dir="auto">{name}</strong>
            {token.map(|token| view! { <Shown text=token copy=words.tokens().copy_token/> })}
            <p class="link-about">{live(about)}</p>
            <Form posting>
                <input type="hidden" name="token" value=id.to_string()/>
                <Submit label=words.places().revoke weight=Weight::Quiet pending=busy about=field/>
            </Form>
            <Alert text=refusal/>
        </li>
    }
}

/// A token, or what else opens something, that can still be seen; `copy`: what copying it is called.
#[component]
pub fn Shown(text: String, copy: &'static str) -> impl IntoView {
    let words = use_words();
    let voice = StoredValue::new(use_announcer());
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let copied = StoredValue::new(text.clone());
    let name = copy;
    let copy = move |_| {
        clipboard::copy(copied.get_value());
        voice.with_value(|voice| voice.say(words.talk().copied.to_owned()));
    };

    view! {
        <p class="notice">{words.tokens().copy_now}</p>
        <code class="link-address" dir="ltr">{text}</code>
        {live(move || alive.get().then(|| view! {
            <div class="row">
                <button type="button" class="button button--quiet" on:click=copy>{name}</button>
            </div>
        }))}
    }
}
