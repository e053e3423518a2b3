//! Who may not come back, and letting them.

use std::convert::identity;

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{
    Ban, Bans,
    server_fns::{LiftBan, read_bans},
};
use crate::{
    accounts::next::escaped,
    asking::{Question, use_answer},
    conversations::inbox::use_inbox,
    friends::person_row::{AccountField, Outcome, PersonRow, name_id, use_outcome},
    invitations::{
        Destination,
        links_page::{PlaceField, use_place},
    },
    text::use_words,
    ui::{
        button::Submit,
        form::{Form, use_posting},
        live::{Row, rows},
        page::Within,
        refusal::Alert,
    },
};

/// `/c/{id}/bans` and `/s/{space}/bans`, with `?after=` for further pages.
#[component]
pub fn BansPage() -> impl IntoView {
    let (place, query, inbox) = (use_place(), use_query_map(), use_inbox());
    let bans = use_answer::<Bans>(move || {
        inbox.version();
        let (group, space) = place.get();
        let after = query.with(|query| query.get("after"));
        Question::new(move || read_bans(group, space, after.clone()))
    });

    bans.shown(identity, |bans| view! { <Listed bans/> }.into_any())
}

#[component]
fn Listed(bans: Bans) -> impl IntoView {
    let words = use_words();
    let Bans { name, place, bans, next } = bans;
    let none = bans.is_empty();
    let line = move |ban: Ban| Row::new(ban.person.id, move || view! { <Line place ban/> });
    let next = next.map(|after| {
        let path = format!("{}/bans?after={}", place.path(), escaped(&after));
        view! { <a class="button button--quiet" href=path>{words.places().more_people}</a> }
    });

    view! {
        <Within path=place.path() name title=words.places().bans>
            <section class="section">
                {none.then(|| view! { <p>{words.places().no_bans}</p> })}
                <ul class="people">{rows(move || bans.iter().cloned().map(line).collect())}</ul>
            </section>
            {next}
        </Within>
    }
}

#[component]
fn Line(place: Destination, ban: Ban) -> impl IntoView {
    let words = use_words();
    let Ban { person, reason, ends_at } = ban;
    let account = person.id;
    let posting = use_posting(LiftBan::url());
    let Outcome { busy, refusal } = use_outcome(posting);
    let ends = ends_at.map(|at| (words.places().until)(at.date()));

    view! {
        <PersonRow person>
            <p class="ban-about">
                <span dir="auto">{reason}</span>
                " "
                {ends.map(|ends| view! { <span>{ends}</span> })}
            </p>
            <Form posting>
                <PlaceField place/>
                <AccountField account/>
                <Submit label=words.places().lift_ban pending=busy about=name_id(account)/>
            </Form>
            <Alert text=refusal/>
        </PersonRow>
    }
}
