//! Deleting one's account: what goes, what stays, and what is to be handed over first.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    Duty,
    phones::proof::{ProofField, ProofSender},
    server_fns::{DeleteAccount, read_duties},
};
use crate::{
    asking::{Question, use_answer},
    error::Field as Which,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        nothing_here::Failed,
        page::Page,
        refusal::{Alert, use_refusal},
    },
    visit::{self, use_viewer},
};

/// `/settings/delete`
#[component]
pub fn DeletionPage() -> impl IntoView {
    let words = use_words();
    let duties = use_answer::<Vec<Duty>>(|| Question::new(read_duties));
    visit::leave_if_signed_out(duties.error());

    view! {
        <Page title=words.accounts().delete_account back="/settings">
            <Transition>
                {move || Suspend::new(async move {
                    match duties.wait().await {
                        Ok(duties) if duties.is_empty() => view! { <Last/> }.into_any(),
                        Ok(duties) => view! { <First duties/> }.into_any(),
                        Err(error) => view! { <Failed text=words.sentence(&error)/> }.into_any(),
                    }
                })}
            </Transition>
        </Page>
    }
    .into_any()
}

/// What is to be handed over before.
#[component]
fn First(duties: Vec<Duty>) -> impl IntoView {
    let words = use_words();
    let duty = |Duty { name, path }| view! { <li><a href=path dir="auto">{name}</a></li> };

    view! {
        <section class="section">
            <p>{words.accounts().hand_over_first}</p>
            <ul class="plain-list">{duties.into_iter().map(duty).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Last() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(DeleteAccount::url());
    let refusal = use_refusal(posting);
    let username = use_viewer().map(|viewer| viewer.person.username);

    view! {
        <section class="section">
            <p>{words.accounts().delete_account_text}</p>
            <ProofSender/>
            <Form posting class="form">
                <Alert text=refusal.elsewhere(&[Which::Username, Which::CurrentPassword, Which::Code])/>
                <Field
                    label=words.accounts().your_username
                    name="name"
                    autocomplete="off"
                    hint=username.map(|username| format!("@{username}")).unwrap_or_default()
                    value=refusal.typed("name")
                    error=refusal.beside(Which::Username)
                />
                <ProofField refusal/>
                <div class="form-actions">
                    <Submit label=words.accounts().delete_account weight=Weight::Danger pending=posting.pending()/>
                    <a class="button button--quiet" href="/settings">{words.cancel}</a>
                </div>
            </Form>
        </section>
    }
}
