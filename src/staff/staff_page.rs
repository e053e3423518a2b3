//! The accounts of this Salon, and telling everybody something.

use std::convert::identity;

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{
    Account, Accounts, LONGEST_ANNOUNCEMENT, STAFF,
    server_fns::{Announce, SetPremium, SetStaff, read_staff},
};
use crate::{
    accounts::next::escaped,
    asking::{Question, use_answer},
    conversations::inbox::use_inbox,
    error::Field as Which,
    friends::person_row::{AccountField, Outcome, PersonRow, name_id, use_outcome},
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        live::{Row, rows},
        page::Page,
        refusal::{Alert, use_refusal},
        saved::Saved,
    },
};

/// `/staff`, with `?after=` for further pages.
#[component]
pub fn StaffPage() -> impl IntoView {
    let (inbox, query, words) = (use_inbox(), use_query_map(), use_words());
    let accounts = use_answer::<Accounts>(move || {
        inbox.version();
        let after = query.with(|query| query.get("after"));
        Question::new(move || read_staff(after.clone()))
    });
    let draw = move |accounts| {
        view! {
            <Page title=words.staff().title back="/settings">
                <section class="section">
                    <h2>{words.staff().tell_everyone}</h2>
                    <Telling/>
                </section>
                <Listed accounts/>
            </Page>
        }
        .into_any()
    };

    accounts.shown(identity, draw)
}

#[component]
fn Telling() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(Announce::url());
    let refusal = use_refusal(posting);

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::Body])/>
            <Field
                label=words.staff().announcement
                name="text"
                autocomplete="off"
                maxlength=LONGEST_ANNOUNCEMENT
                hint=words.staff().announcement_hint
                value=refusal.typed("text")
                error=refusal.beside(Which::Body)
            />
            <Submit label=words.staff().announce pending=posting.pending()/>
            <Saved url=posting.url() text=words.staff().announced/>
        </Form>
    }
}

#[component]
fn Listed(accounts: Accounts) -> impl IntoView {
    let words = use_words();
    let Accounts { accounts, next } = accounts;
    let line = |account: Account| {
        let key = (account.person.id, account.is_staff, account.is_premium);
        Row::new(key, move || view! { <Line account/> })
    };
    let next = next.map(|after| {
        let path = format!("{STAFF}?after={}", escaped(&after));
        view! { <a class="button button--quiet" href=path>{words.places().more_people}</a> }
    });

    view! {
        <section class="section">
            <h2>{words.staff().accounts}</h2>
            <ul class="people">{rows(move || accounts.iter().cloned().map(line).collect())}</ul>
            {next}
        </section>
    }
}

#[component]
fn Line(account: Account) -> impl IntoView {
    let words = use_words();
    let Account { person, is_staff, is_premium, since } = account;
    let id = person.id;
    let (staff, premium) = (use_posting(SetStaff::url()), use_posting(SetPremium::url()));
    let (about_staff, about_premium) = (use_outcome(staff), use_outcome(premium));
    let Outcome { busy: staff_busy, refusal: staff_refusal } = about_staff;
    let Outcome { busy: premium_busy, refusal: premium_refusal } = about_premium;
    let is = [is_staff.then_some(words.staff().is_staff), is_premium.then_some(words.staff().is_premium)];
    let is = is.into_iter().flatten().map(str::to_owned);
    let about = is.chain([(words.staff().since)(since.date())]).collect::<Vec<_>>().join(" · ");

    view! {
        <PersonRow person>
            <p class="ban-about">{about}</p>
            <Form posting=staff>
                <AccountField account=id/>
                <input type="hidden" name="is_staff" value=(!is_staff).to_string()/>
                <Submit
                    label=if is_staff { words.staff().take_staff } else { words.staff().make_staff }
                    weight=Weight::Quiet
                    pending=staff_busy
                    about=name_id(id)
                />
            </Form>
            <Form posting=premium>
                <AccountField account=id/>
                <input type="hidden" name="is_premium" value=(!is_premium).to_string()/>
                <Submit
                    label=if is_premium { words.staff().take_premium } else { words.staff().give_premium }
                    weight=Weight::Quiet
                    pending=premium_busy
                    about=name_id(id)
                />
            </Form>
            <Alert text=staff_refusal/>
            <Alert text=premium_refusal/>
        </PersonRow>
    }
}
