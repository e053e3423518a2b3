//! Finding by a form and links: where no script helps.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{Entry, Goal, LONGEST_TEXT, entry_row::EntryFace, server_fns::read_found};
use crate::{
    asking::{Answer, Question, use_answer},
    conversations::{inbox::use_inbox, server_fns::OpenConversation},
    friends::person_row::AccountField,
    ids::AccountId,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        live::{Row, live, rows},
        nothing_here::Failed,
        page::Page,
        refusal::{Alert, flash_of, use_refusal},
    },
    visit,
};

/// `/find`, with `?q=` for what is looked for.
#[component]
pub fn FindPage() -> impl IntoView {
    let words = use_words();
    let (query, inbox) = (use_query_map(), use_inbox());
    let asked = Memo::new(move |_| query.with(|query| query.get("q")).unwrap_or_default());
    let found = use_answer::<Vec<Entry>>(move || {
        inbox.version();
        let text: String = asked.get().chars().take(LONGEST_TEXT).collect();
        Question::new(move || read_found(text.clone()))
    });
    visit::leave_if_signed_out(found.error());

    view! {
        <Page title=words.finding().find>
            <form class="form" role="search" method="get" action="/find">
                <Field
                    label=words.finding().find_what
                    name="q"
                    kind="search"
                    autocomplete="off"
                    maxlength=100
                    optional=true
                    value=Some(asked.get_untracked())
                    error=Signal::stored(None::<String>)
                />
                <button type="submit" class=Weight::Primary.class()>{words.finding().find}</button>
            </form>
            <Transition>
                <Found found/>
            </Transition>
        </Page>
    }
    .into_any()
}

#[component]
fn Found(found: Answer<Vec<Entry>>) -> impl IntoView {
    let words = use_words();
    let failure = found.error();
    let answer = found.read();
    let entries = Signal::derive(move || answer.get().and_then(Result::ok).unwrap_or_default());
    let none =
        Memo::new(move |_| answer.with(|answer| matches!(answer, Some(Ok(found)) if found.is_empty())));
    let noted = flash_of(OpenConversation::url()).map(|flash| words.sentence(&flash.error));

    view! {
        <Alert text=Signal::stored(noted)/>
        {live(move || failure.get().map(|error| {
            visit::answer_with(error.status());
            view! { <Failed text=words.sentence(&error)/> }
        }))}
        {live(move || none.get().then(|| view! { <p class="notice">{words.finding().nothing_found}</p> }))}
        <ul class="found">{rows(move || entries.get().into_iter().map(line).collect())}</ul>
    }
}

fn line(entry: Entry) -> Row {
    let key = (entry.goal, entry.name.clone(), entry.beside.clone(), entry.unread);
    Row::new(key, move || match (entry.goal, entry.goal.path()) {
        (_, Some(path)) => {
            view! { <li><a class="found-line" href=path><EntryFace entry/></a></li> }.into_any()
        }
        (Goal::Friend(account), None) => view! { <NewTalk entry account/> }.into_any(),
        _ => ().into_any(),
    })
}

/// A friend with whom there is no talk yet: it is made by the form of the page about friends.
#[component]
fn NewTalk(entry: Entry, account: AccountId) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(OpenConversation::url());
    let refusal = use_refusal(posting);
    let id = format!("found-{account}");

    view! {
        <li class="found-line">
            <span class="found-whole" id=id.clone()><EntryFace entry/></span>
            <Form posting>
                <AccountField account/>
                <Submit label=words.friendship().open_conversation pending=posting.pending() about=id/>
            </Form>
            <Alert text=refusal.elsewhere(&[])/>
        </li>
    }
}
