//! What a group is called, what it is for, and the way out of it.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::people_page::ConversationField;
use crate::{
    asking::{Question, use_answer},
    conversations::{
        about::{About, Kind},
        inbox::use_inbox,
        members::Members,
        path,
        server_fns::{DescribeGroup, LeaveGroup, read_members},
    },
    error::{Error, Field as Which},
    ids::ConversationId,
    realtime::use_threads,
    spaces::{
        deleting::Deleting,
        server_fns::{DeleteChannel, ShiftChannel},
    },
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
    let is_channel = about.kind == Kind::Channel;
    let title = if is_channel { words.places.channel_settings } else { words.places.group_settings };
    let (describes, leaves) = (about.may_describe(), about.may_leave());
    let deletes = is_channel && describes;

    view! {
        <Within path=path(id) name=name.clone() title>
            {describes.then(|| view! { <section class="section"><Describe id about/></section> })}
            {deletes.then(|| view! { <section class="section"><Place id name=name.clone()/></section> })}
            {leaves.then(|| view! { <section class="section"><Leave id name is_channel/></section> })}
        </Within>
    }
}

/// Where a channel stands among the others of its space, and the end of it.
#[component]
fn Place(id: ConversationId, name: String) -> impl IntoView {
    let words = use_words();
    let shifting = use_posting(ShiftChannel::url());
    let refusal = use_refusal(shifting);
    let deleting = use_posting(DeleteChannel::url());
    use_inbox().changed_by(shifting.answer());
    let shift = move |up: bool, label: &'static str| {
        view! {
            <Form posting=shifting>
                <ConversationField id/>
                <input type="hidden" name="up" value=up.to_string()/>
                <Submit label pending=shifting.pending()/>
            </Form>
        }
    };

    view! {
        <div class="row">{shift(true, words.places.move_up)} {shift(false, words.places.move_down)}</div>
        <Alert text=refusal.elsewhere(&[])/>
        <Deleting
            posting=deleting
            label=words.places.delete_channel
            text=words.places.delete_channel_text
            name
        >
            <ConversationField id/>
        </Deleting>
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
                label=if about.kind == Kind::Channel { words.places.channel_name } else { words.places.group_name }
                name="name"
                autocomplete="off"
                maxlength=80
                hint=if about.kind == Kind::Channel { words.places.channel_name_hint } else { words.places.group_name_hint }
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
fn Leave(id: ConversationId, name: String, is_channel: bool) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(LeaveGroup::url());
    let refusal = use_refusal(posting);
    let label = if is_channel { words.places.leave_channel } else { words.places.leave_group };

    view! {
        <Alert text=refusal.elsewhere(&[])/>
        <details class="confirm">
            <summary class="button button--quiet">{label}</summary>
            <p>{(words.places.leave_question)(&name)}</p>
            <Form posting>
                <ConversationField id/>
                <Submit label weight=Weight::Danger pending=posting.pending()/>
            </Form>
        </details>
    }
}
