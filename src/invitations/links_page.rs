//! Inviting people: making links, and ending them.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    Destination, Invitations, Lasts, Link, USES, path,
    server_fns::{CreateInvitation, RevokeInvitation, read_invitations},
};
use crate::{
    asking::{Answer, Question, use_answer},
    browser::{self, clipboard},
    conversations::inbox::use_inbox,
    error::Field as Which,
    friends::person_row::{Outcome, use_outcome},
    ids::{ConversationId, SpaceId},
    text::{Words, use_words},
    ui::{
        announcer::use_announcer,
        button::{Submit, Weight},
        field::Choice,
        form::{Form, use_posting},
        live::{Row, live, rows},
        page::Within,
        refusal::{Alert, use_refusal},
    },
};

/// `/c/{id}/invitations` and `/s/{space}/invitations`
#[component]
pub fn InvitationsPage() -> impl IntoView {
    let inbox = use_inbox();
    let place = use_place();
    let invitations = use_answer::<Invitations>(move || {
        inbox.version();
        let (group, space) = place.get();
        Question::new(move || read_invitations(group, space))
    });

    let pick = |Invitations { name, into, .. }| (name, into);
    invitations.shown(pick, move |(name, place)| {
        view! {
            <Within path=place.path() name title=use_words().places().invite_people>
                <section class="section"><NewLink place/></section>
                <Links invitations/>
            </Within>
        }
        .into_any()
    })
}

/// The group or the space that the address names.
pub fn use_place() -> Memo<(Option<ConversationId>, Option<SpaceId>)> {
    let params = use_params_map();
    Memo::new(move |_| {
        params.with(|params| {
            let group = params.get("id").and_then(|id| id.parse::<ConversationId>().ok());
            let space = params.get("space").and_then(|id| id.parse::<SpaceId>().ok());
            (group, space)
        })
    })
}

/// Names the group or the space in a form about it.
#[component]
pub fn PlaceField(place: Destination) -> impl IntoView {
    let (name, id) = match place {
        Destination::Group(id) => ("conversation", id.to_string()),
        Destination::Space(id) => ("space", id.to_string()),
    };

    view! { <input type="hidden" name=name value=id/> }
}

#[component]
fn Links(invitations: Answer<Invitations>) -> impl IntoView {
    let words = use_words();
    let line = |link: Link| Row::new((link.id, link.uses_left), move || view! { <LinkLine link/> });

    invitations.drawn(
        |invitations| invitations.links,
        move |links| {
            let links = links.ok().filter(|links| !links.is_empty())?;
            Some(view! {
                <section class="section">
                    <h2>{words.places().links}</h2>
                    <ul class="links">{rows(move || links.iter().cloned().map(line).collect())}</ul>
                </section>
            })
        },
    )
}

#[component]
fn NewLink(place: Destination) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(CreateInvitation::url());
    let refusal = use_refusal(posting);
    view! {
        <p>{words.places().links_text}</p>
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[])/>
            <PlaceField place/>
            <Choice
                label=words.places().link_lasts
                name="lasts"
                options=Lasts::ALL.map(|lasts| (lasts.code(), lasting(words, lasts))).to_vec()
                chosen=refusal.typed("lasts").unwrap_or_default()
                error=refusal.beside(Which::Form)
            />
            <Choice
                label=words.places().link_uses
                name="uses"
                options=USES.map(|uses| (uses_code(uses), uses_label(words, uses))).to_vec()
                chosen=refusal.typed("uses").unwrap_or_default()
                error=Signal::stored(None::<String>)
            />
            <Submit label=words.places().create_link weight=Weight::Primary pending=posting.pending()/>
        </Form>
    }
}

/// How long something lasts, in words.
pub const fn lasting(words: &Words, lasts: Lasts) -> &'static str {
    match lasts {
        Lasts::Day => words.places().a_day,
        Lasts::Week => words.places().a_week,
        Lasts::Month => words.places().a_month,
        Lasts::Always => words.places().always,
    }
}

const fn uses_code(uses: u32) -> &'static str {
    match uses {
        1 => "1",
        5 => "5",
        25 => "25",
        100 => "100",
        _ => "0",
    }
}

const fn uses_label(words: &Words, uses: u32) -> &'static str {
    match uses {
        0 => words.places().any_number,
        _ => uses_code(uses),
    }
}

#[component]
fn LinkLine(link: Link) -> impl IntoView {
    let words = use_words();
    let voice = use_announcer();
    let Link { id, token, made_by, expires_at, uses_left } = link;
    let posting = use_posting(RevokeInvitation::url());
    let Outcome { busy, refusal } = use_outcome(posting);
    let address = path(&token);
    let (field, copied, shown) = (format!("link-{id}"), address.clone(), address.clone());
    let ends = expires_at.map(|at| (words.places().until)(at.date()));
    let uses = uses_left.map(words.places().uses_left);
    let about =
        [Some((words.places().made_by)(&made_by)), ends, uses].into_iter().flatten().collect::<Vec<_>>();
    let copy = move |_| {
        clipboard::copy(browser::address_of(&copied));
        voice.say(words.talk().copied.to_owned());
    };
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let copy = StoredValue::new(copy);

    view! {
        <li class="link">
            <a class="link-address" id=field.clone() href=address rel="external">{shown}</a>
            <p class="link-about">{about.join(" · ")}</p>
            <div class="row">
                {live(move || alive.get().then(|| view! {
                    <button type="button" class="button button--quiet" on:click=move |event| copy.with_value(|copy| copy(event))>
                        {words.talk().copy_link}
                    </button>
                }))}
                <Form posting>
                    <input type="hidden" name="invitation" value=id.to_string()/>
                    <Submit label=words.places().revoke weight=Weight::Quiet pending=busy about=field/>
                </Form>
            </div>
            <Alert text=refusal/>
        </li>
    }
}
