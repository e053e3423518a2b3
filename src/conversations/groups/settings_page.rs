//! What a group is called, what it is for, and the way out of it.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::people_page::ConversationField;
use crate::{
    asking::{Question, use_answer},
    conversations::{
        about::{About, Role},
        members::Members,
        path,
        server_fns::{DescribeGroup, LeaveGroup, read_members},
    },
    error::{Error, Field as Which},
    ids::ConversationId,
    realtime::use_threads,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        nothing_here::{Failed, NothingHere},
        page::Within,
        refusal::{Alert, use_refusal},
        saved::Saved,
    },
    visit,
};

/// `/c/{id}/settings`
#[component]
pub fn GroupSettingsPage() -> impl IntoView {
    let params = use_params_map();
    let threads = use_threads();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<ConversationId>().ok()));
    let members = use_answer::<Members>(move || {
        threads.closed().track();
        let id = id.get();
        Question::new(move || async move { read_members(id.ok_or(Error::NotFound)?, None, None).await })
    });
    visit::leave_if_signed_out(members.error());

    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                match (members.wait().await, id.get_untracked()) {
                    (Ok(members), Some(id)) => view! { <Settings id about=members.about/> }.into_any(),
                    (Err(Error::NotFound), _) | (_, None) => view! { <NothingHere/> }.into_any(),
                    (Err(error), _) => view! { <Failed text=use_words().sentence(&error)/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Settings(id: ConversationId, about: About) -> impl IntoView {
    let words = use_words();
    let name = about.name.clone();

    view! {
        <Within path=path(id) name=name.clone() title=words.places.group_settings>
            {(about.role == Role::Admin).then(|| view! {
                <section class="section"><Describe id about/></section>
            })}
            <section class="section"><Leave id name/></section>
        </Within>
    }
}

#[component]
fn Describe(id: ConversationId, about: About) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(DescribeGroup::url());
    let refusal = use_refusal(posting);

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::Name, Which::Topic])/>
            <ConversationField id/>
            <Field
                label=words.places.group_name
                name="name"
                autocomplete="off"
                maxlength=80
                hint=words.places.group_name_hint
                value=refusal.typed("name").or(Some(about.name))
                error=refusal.beside(Which::Name)
            />
            <Field
                label=words.places.topic
                name="topic"
                autocomplete="off"
                maxlength=250
                optional=true
                hint=words.places.topic_hint
                value=refusal.typed("topic").or(Some(about.topic))
                error=refusal.beside(Which::Topic)
            />
            <Submit label=words.save weight=Weight::Primary pending=posting.pending()/>
            <Saved url=posting.url() text=words.saved/>
        </Form>
    }
}

/// Asked first, with and without a script.
#[component]
fn Leave(id: ConversationId, name: String) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(LeaveGroup::url());
    let refusal = use_refusal(posting);

    view! {
        <Alert text=refusal.elsewhere(&[])/>
        <details class="confirm">
            <summary class="button button--quiet">{words.places.leave_group}</summary>
            <p>{(words.places.leave_question)(&name)}</p>
            <Form posting>
                <ConversationField id/>
                <Submit label=words.places.leave_group weight=Weight::Danger pending=posting.pending()/>
            </Form>
        </details>
    }
}
