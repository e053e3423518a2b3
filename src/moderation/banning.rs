//! Banning somebody: asked first, with and without a script.

use leptos::{prelude::*, server_fn::ServerFn};

use super::server_fns;
use crate::{
    accounts::Person,
    friends::person_row::{AccountField, Outcome, name_id, use_outcome},
    invitations::{
        Destination, Lasts,
        links_page::{PlaceField, lasting},
    },
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        refusal::Alert,
    },
};

/// The question with the reason and the time, and what follows from a yes.
#[component]
pub fn Banning(place: Destination, person: Person) -> impl IntoView {
    let words = use_words();
    let account = person.id;
    let posting = use_posting(server_fns::Ban::url());
    let Outcome { busy, refusal } = use_outcome(posting);
    let (reason, time) = (format!("ban-reason-{account}"), format!("ban-time-{account}"));
    let options = [Lasts::Always, Lasts::Day, Lasts::Week, Lasts::Month]
        .map(|lasts| view! { <option value=lasts.code()>{lasting(words, lasts)}</option> })
        .collect_view();

    view! {
        <details class="confirm">
            <summary class="button button--quiet" aria-describedby=name_id(account)>{words.places().ban}</summary>
            <p>{(words.places().ban_question)(&person.display_name)}</p>
            <Form posting class="form">
                <PlaceField place/>
                <AccountField account/>
                <label for=reason.clone()>{words.places().reason}</label>
                <input class="input" id=reason name="reason" maxlength="250" autocomplete="off" dir="auto"/>
                <label for=time.clone()>{words.places().ban_lasts}</label>
                <select class="input" id=time name="lasts" autocomplete="off">{options}</select>
                <Submit label=words.places().ban weight=Weight::Danger pending=busy about=name_id(account)/>
            </Form>
            <Alert text=refusal/>
        </details>
    }
}
