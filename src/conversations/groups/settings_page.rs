//! What a group is called, what it is for, and the way out of it.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    group::{called, of_group, use_group},
    people_page::ConversationField,
    slow_mode::SlowMode,
};
use crate::{
    conversations::{
        about::{About, Kind},
        inbox::use_inbox,
        members::Members,
        path,
        server_fns::{DescribeGroup, LeaveGroup},
    },
    error::Field as Which,
    ids::ConversationId,
    spaces::{
        deleting::Deleting,
        server_fns::{DeleteChannel, ShiftChannel},
    },
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        live::live,
        page::Within,
        refusal::{Alert, use_refusal},
        saved::Saved,
    },
};

/// `/c/{id}/settings`
#[component]
pub fn GroupSettingsPage() -> impl IntoView {
    let group = use_group();

    view! {
        <Transition fallback=|| ()>
            {of_group(group, |id, members| view! { <Settings id members/> }.into_any())}
        </Transition>
    }
    .into_any()
}

#[component]
fn Settings(id: ConversationId, members: Signal<Members>) -> impl IntoView {
    let words = use_words();
    let name = called(members);
    let about = members.get_untracked().about;
    let is_channel = about.kind == Kind::Channel;
    let title = if is_channel { words.places().channel_settings } else { words.places().group_settings };
    let describes = Memo::new(move |_| members.with(|members| members.about.may_describe()));
    let moderates = Memo::new(move |_| members.with(|members| members.about.may_moderate));
    let leaves = Memo::new(move |_| members.with(|members| members.about.may_leave()));

    view! {
        <Within path=path(id) name title>
            {live(move || describes.get().then(|| {
                let about = members.get_untracked().about;
                view! { <section class="section"><Describe id about/></section> }
            }))}
            {live(move || moderates.get().then(|| {
                let slow = members.get_untracked().about.slow;
                view! { <section class="section"><SlowMode id slow/></section> }
            }))}
            {live(move || (is_channel && describes.get()).then(|| {
                view! { <section class="section"><Place id name=name.get_untracked()/></section> }
            }))}
            {live(move || leaves.get().then(|| view! { <section class="section"><Leave id name is_channel/></section> }))}
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
        <div class="row">{shift(true, words.places().move_up)} {shift(false, words.places().move_down)}</div>
        <Alert text=refusal.elsewhere(&[])/>
        <Deleting
            posting=deleting
            label=words.places().delete_channel
            text=words.places().delete_channel_text
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
                label=if about.kind == Kind::Channel { words.places().channel_name } else { words.places().group_name }
                name="name"
                autocomplete="off"
                maxlength=80
                hint=if about.kind == Kind::Channel { words.places().channel_name_hint } else { words.places().group_name_hint }
                value=refusal.typed("name").or(Some(about.name))
                error=refusal.beside(Which::Name)
            />
            <Field
                label=words.places().topic
                name="topic"
                autocomplete="off"
                maxlength=250
                optional=true
                hint=words.places().topic_hint
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
fn Leave(id: ConversationId, name: Signal<String>, is_channel: bool) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(LeaveGroup::url());
    let refusal = use_refusal(posting);
    let label = if is_channel { words.places().leave_channel } else { words.places().leave_group };

    view! {
        <Alert text=refusal.elsewhere(&[])/>
        <details class="confirm">
            <summary class="button">{label}</summary>
            <p>{live(move || (words.places().leave_question)(&name.get()))}</p>
            <Form posting>
                <ConversationField id/>
                <Submit label weight=Weight::Danger pending=posting.pending()/>
            </Form>
        </details>
    }
}
