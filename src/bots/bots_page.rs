//! One's bots: making them, and seeing which there are.

use std::convert::identity;

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    Bot, Bots, path,
    server_fns::{CreateBot, read_bots},
};
use crate::{
    asking::{Question, use_answer},
    conversations::inbox::use_inbox,
    error::Field as Which,
    text::use_words,
    ui::{
        avatar::Avatar,
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        page::Page,
        refusal::{Alert, use_refusal},
    },
};

/// `/settings/bots`
#[component]
pub fn BotsPage() -> impl IntoView {
    let (inbox, words) = (use_inbox(), use_words());
    let bots = use_answer::<Bots>(move || {
        inbox.version();
        Question::new(read_bots)
    });

    view! {
        <Page title=words.bots().bots back="/settings">
            <section class="section"><NewBot/></section>
            {bots.shown(identity, |Bots { bots }| view! { <List bots/> }.into_any())}
        </Page>
    }
    .into_any()
}

#[component]
fn NewBot() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(CreateBot::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <p>{words.bots().explained}</p>
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::DisplayName, Which::Username])/>
            <Field
                label=words.accounts().display_name
                name="display_name"
                autocomplete="off"
                maxlength=80
                value=refusal.typed("display_name")
                error=refusal.beside(Which::DisplayName)
            />
            <Field
                label=words.accounts().username
                name="username"
                autocomplete="off"
                minlength=2
                maxlength=32
                hint=words.bots().username_hint
                value=refusal.typed("username")
                error=refusal.beside(Which::Username)
            />
            <Submit label=words.bots().create weight=Weight::Primary pending=posting.pending()/>
        </Form>
    }
}

#[component]
fn List(bots: Vec<Bot>) -> impl IntoView {
    let words = use_words();
    let line = |Bot { person, .. }: Bot| {
        view! {
            <li class="person">
                <Avatar name=person.display_name.clone() number=person.id.get()/>
                <a class="person-name" href=path(person.id) dir="auto">{person.display_name}</a>
                <span class="person-handle"><bdi>{format!("@{}", person.username)}</bdi></span>
            </li>
        }
    };

    (!bots.is_empty()).then(|| {
        view! {
            <section class="section">
                <h2>{words.bots().your_bots}</h2>
                <ul class="people">{bots.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}
