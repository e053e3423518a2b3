//! The webhooks of a bot, on its page.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    Health, Incoming, LONGEST_ADDRESS, Outgoing,
    server_fns::{
        ADDRESSED, CreateIncomingWebhook, CreateWebhook, RemoveIncomingWebhook, RemoveWebhook, ResumeWebhook,
    },
};
use crate::{
    bots::{Place, bot_page::BotField},
    browser,
    conversations::inbox::use_inbox,
    error::Field as Which,
    friends::person_row::{Outcome, use_outcome},
    ids::{AccountId, WebhookId},
    text::use_words,
    tokens::tokens_page::Shown,
    ui::{
        button::{Submit, Weight},
        field::{Field, FieldFrame},
        form::{Form, use_posting},
        live::live,
        refusal::{Alert, use_refusal},
        time::use_moment,
    },
};

/// Addresses by which the bot speaks.
#[component]
pub fn IncomingSection(id: AccountId, places: Vec<Place>, incoming: Vec<Incoming>) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(CreateIncomingWebhook::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());
    let none = places.is_empty();
    let options: Vec<_> = places.into_iter().map(|place| (place.id.to_string(), place.name)).collect();

    view! {
        <h2>{words.bots().incoming}</h2>
        <p>{words.bots().incoming_explained}</p>
        {if none {
            view! { <p>{words.bots().no_places}</p> }.into_any()
        } else {
            view! {
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[])/>
                    <BotField bot=id/>
                    <Select label=words.bots().conversation name="conversation" options/>
                    <Submit label=words.bots().create_address pending=posting.pending()/>
                </Form>
            }
            .into_any()
        }}
        <ul class="links">
            {incoming.into_iter().map(|incoming| view! { <IncomingLine id incoming/> }).collect_view()}
        </ul>
    }
}

#[component]
fn IncomingLine(id: AccountId, incoming: Incoming) -> impl IntoView {
    let words = use_words();
    let Incoming { id: webhook, place, address, created_at, used_at, .. } = incoming;
    let posting = use_posting(RemoveIncomingWebhook::url());
    let Outcome { busy, refusal } = use_outcome(posting);
    let (made, used) = (use_moment(created_at), used_at.map(use_moment));
    let about = move || {
        let used = used
            .map_or_else(|| words.tokens().never_used.to_owned(), |used| (words.tokens().used)(&used.get()));
        format!("{} · {used}", (words.bots().made)(&made.get()))
    };
    let field = format!("webhook-{webhook}");
    let place = if place.is_empty() { words.bots().not_there.to_owned() } else { place };
    // The server knows itself by more than one name: the browser says which one leads here.
    let whole = address.map(|path| {
        let whole = RwSignal::new(path.clone());
        Effect::new(move |_| whole.set(browser::address_of(&path)));
        live(move || view! { <Shown text=whole.get() copy=words.bots().copy_address/> })
    });

    view! {
        <li class="link">
            <strong id=field.clone() dir="auto">{place}</strong>
            {whole}
            <p class="link-about">{live(about)}</p>
            <Form posting>
                <WebhookFields bot=id webhook/>
                <Submit label=words.bots().remove weight=Weight::Quiet pending=busy about=field/>
            </Form>
            <Alert text=refusal/>
        </li>
    }
}

/// Addresses that are told what the bot hears.
#[component]
pub fn OutgoingSection(
    id: AccountId,
    places: Vec<Place>,
    outgoing: Vec<Outgoing>,
    calls_out: bool,
) -> impl IntoView {
    let words = use_words();
    let all =
        places.into_iter().map(|place| (place.id.to_string(), (words.bots().everything_in)(&place.name)));
    let options: Vec<_> =
        [(ADDRESSED.to_owned(), words.bots().addressed.to_owned())].into_iter().chain(all).collect();

    view! {
        <h2>{words.bots().outgoing}</h2>
        <p>{words.bots().outgoing_explained}</p>
        {if calls_out {
            view! { <NewOutgoing id options/> }.into_any()
        } else {
            view! { <p class="notice">{words.bots().calls_nobody}</p> }.into_any()
        }}
        <ul class="links">
            {outgoing.into_iter().map(|outgoing| view! { <OutgoingLine id outgoing/> }).collect_view()}
        </ul>
    }
}

#[component]
fn NewOutgoing(id: AccountId, options: Vec<(String, String)>) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(CreateWebhook::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::Address])/>
            <BotField bot=id/>
            <Field
                label=words.bots().address
                name="address"
                kind="url"
                autocomplete="off"
                maxlength=LONGEST_ADDRESS
                hint=words.bots().address_hint
                value=refusal.typed("address")
                error=refusal.beside(Which::Address)
            />
            <Select label=words.bots().what name="what" options/>
            <Submit label=words.bots().create_webhook pending=posting.pending()/>
        </Form>
    }
}

#[component]
fn OutgoingLine(id: AccountId, outgoing: Outgoing) -> impl IntoView {
    let words = use_words();
    let Outgoing { id: webhook, conversation, place, address, secret, health, .. } = outgoing;
    let removing = use_posting(RemoveWebhook::url());
    let Outcome { busy, refusal } = use_outcome(removing);
    let what = match conversation {
        None => words.bots().addressed.to_owned(),
        Some(_) if place.is_empty() => words.bots().not_there.to_owned(),
        Some(_) => (words.bots().everything_in)(&place),
    };
    let field = format!("webhook-{webhook}");

    view! {
        <li class="link">
            <strong class="link-address" id=field.clone() dir="ltr">{address}</strong>
            <p class="link-about" dir="auto">{format!("{what} · {}", (words.bots().health)(health))}</p>
            {secret.map(|secret| view! {
                <p>{words.bots().secret}</p>
                <Shown text=secret copy=words.bots().copy_secret/>
            })}
            <div class="row">
                {(health != Health::Well).then(|| view! { <Resume id webhook about=field.clone()/> })}
                <Form posting=removing>
                    <WebhookFields bot=id webhook/>
                    <Submit label=words.bots().remove weight=Weight::Quiet pending=busy about=field/>
                </Form>
            </div>
            <Alert text=refusal/>
        </li>
    }
}

#[component]
fn Resume(id: AccountId, webhook: WebhookId, about: String) -> impl IntoView {
    let posting = use_posting(ResumeWebhook::url());
    let Outcome { busy, refusal } = use_outcome(posting);

    view! {
        <Form posting>
            <WebhookFields bot=id webhook/>
            <Submit label=use_words().bots().try_again weight=Weight::Quiet pending=busy about/>
        </Form>
        <Alert text=refusal/>
    }
}

#[component]
fn WebhookFields(bot: AccountId, webhook: WebhookId) -> impl IntoView {
    view! {
        <BotField bot/>
        <input type="hidden" name="webhook" value=webhook.to_string()/>
    }
}

/// A choice of what people have named.
#[component]
fn Select(label: &'static str, name: &'static str, options: Vec<(String, String)>) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(value, label)| view! { <option value=value>{label}</option> })
        .collect_view();

    view! {
        <FieldFrame label name hint=None error=Signal::stored(None::<String>)>
            <select class="input" id=format!("field-{name}") name=name autocomplete="off">{options}</select>
        </FieldFrame>
    }
}
