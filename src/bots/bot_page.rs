//! One bot: its token, where it is let in, what leads to it and away from it, and its end.

use std::convert::identity;

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    BOTS, Bot, Details,
    server_fns::{DeleteBot, LetBotIn, RenewBotToken, read_bot},
};
use crate::{
    asking::{Question, use_answer},
    conversations::inbox::use_inbox,
    error::{Error, Field as Which},
    ids::AccountId,
    text::use_words,
    tokens::tokens_page::Shown,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        page::Page,
        refusal::{Alert, use_refusal},
        saved::Saved,
        time::use_moment,
    },
    webhooks::sections::{IncomingSection, OutgoingSection},
};

/// `/settings/bots/{bot}`
#[component]
pub fn BotPage() -> impl IntoView {
    let (inbox, params) = (use_inbox(), use_params_map());
    let id = Memo::new(move |_| params.with(|params| params.get("bot")?.parse::<AccountId>().ok()));
    let details = use_answer::<Details>(move || {
        inbox.version();
        let id = id.get();
        Question::new(move || async move { read_bot(id.ok_or(Error::NotFound)?).await })
    });

    details.shown(identity, |details| view! { <OneBot details/> }.into_any())
}

/// Names the bot in a form about it.
#[component]
pub fn BotField(bot: AccountId) -> impl IntoView {
    view! { <input type="hidden" name="bot" value=bot.to_string()/> }
}

#[component]
fn OneBot(details: Details) -> impl IntoView {
    let words = use_words();
    let Details { bot: Bot { person, created_at }, token, places, outgoing, incoming, calls_out } = details;
    let (id, made) = (person.id, use_moment(created_at));
    let about = move || format!("@{} · {}", person.username, (words.bots().made)(&made.get()));

    view! {
        <Page title=person.display_name back=BOTS>
            <section class="section">
                <p class="link-about" dir="auto">{crate::ui::live::live(about)}</p>
                <p>{words.bots().about}</p>
            </section>
            <section class="section"><Token id token/></section>
            <section class="section"><Join id/></section>
            <section class="section"><IncomingSection id places=places.clone() incoming/></section>
            <section class="section"><OutgoingSection id places outgoing calls_out/></section>
            <section class="section"><Delete id/></section>
        </Page>
    }
}

#[component]
fn Token(id: AccountId, token: Option<String>) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(RenewBotToken::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <h2 id="token">{words.bots().token}</h2>
        <p>{words.bots().token_explained}</p>
        {token.map(|token| view! { <Shown text=token copy=words.tokens().copy_token/> })}
        <Form posting>
            <BotField bot=id/>
            <Submit label=words.bots().new_token pending=posting.pending()/>
        </Form>
        <Alert text=refusal.elsewhere(&[])/>
    }
}

#[component]
fn Join(id: AccountId) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(LetBotIn::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <h2>{words.bots().join}</h2>
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::Link])/>
            <BotField bot=id/>
            <Field
                label=words.bots().invitation
                name="invitation"
                autocomplete="off"
                maxlength=500
                hint=words.bots().join_explained
                value=refusal.typed("invitation")
                error=refusal.beside(Which::Link)
            />
            <Submit label=words.bots().let_in pending=posting.pending()/>
            <Saved url=posting.url() text=words.bots().joined/>
        </Form>
    }
}

/// Asked first, with and without a script.
#[component]
fn Delete(id: AccountId) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(DeleteBot::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <Alert text=refusal.elsewhere(&[])/>
        <details class="confirm">
            <summary class="button button--quiet">{words.bots().delete}</summary>
            <p>{words.bots().delete_explained}</p>
            <Form posting>
                <BotField bot=id/>
                <Submit label=words.bots().delete weight=Weight::Danger pending=posting.pending()/>
            </Form>
        </details>
    }
}
