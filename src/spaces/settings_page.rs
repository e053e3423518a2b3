//! What a space is called, and the ways out of it.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    Rank, SpaceMembers,
    channel_page::SpaceField,
    deleting::Deleting,
    path,
    server_fns::{DeleteSpace, LeaveSpace, RenameSpace},
    space_page::use_space,
};
use crate::{
    error::Field as Which,
    ids::SpaceId,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        page::Within,
        refusal::{Alert, use_refusal},
        saved::Saved,
    },
};

/// `/s/{space}/settings`
#[component]
pub fn SpaceSettingsPage() -> impl IntoView {
    let pick = |SpaceMembers { space, .. }| (space.id, space.rank, space.name);
    use_space().shown(pick, |(id, rank, name)| view! { <Settings id rank name/> }.into_any())
}

#[component]
fn Settings(id: SpaceId, rank: Rank, name: String) -> impl IntoView {
    let words = use_words();
    let named = name.clone();

    view! {
        <Within path=path(id) name=name.clone() title=words.places().space_settings>
            {rank.runs_it().then(|| view! { <section class="section"><Rename id name=named/></section> })}
            {if rank == Rank::Owner {
                let deleting = use_posting(DeleteSpace::url());
                view! {
                    <section class="section">
                        <Deleting
                            posting=deleting
                            label=words.places().delete_space
                            text=words.places().delete_space_text
                            name
                        >
                            <SpaceField id/>
                        </Deleting>
                    </section>
                }.into_any()
            } else {
                view! { <section class="section"><Leave id name/></section> }.into_any()
            }}
        </Within>
    }
}

#[component]
fn Rename(id: SpaceId, name: String) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(RenameSpace::url());
    let refusal = use_refusal(posting);

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::Name])/>
            <SpaceField id/>
            <Field
                label=words.places().space_name
                name="name"
                autocomplete="off"
                maxlength=80
                hint=words.places().space_name_hint
                value=refusal.typed("name").or(Some(name))
                error=refusal.beside(Which::Name)
            />
            <Submit label=words.save weight=Weight::Primary pending=posting.pending()/>
            <Saved url=posting.url() text=words.saved/>
        </Form>
    }
}

/// Asked first, with and without a script.
#[component]
fn Leave(id: SpaceId, name: String) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(LeaveSpace::url());
    let refusal = use_refusal(posting);

    view! {
        <Alert text=refusal.elsewhere(&[])/>
        <details class="confirm">
            <summary class="button button--quiet">{words.places().leave_space}</summary>
            <p>{(words.places().leave_space_question)(&name)}</p>
            <Form posting>
                <SpaceField id/>
                <Submit label=words.places().leave_space weight=Weight::Danger pending=posting.pending()/>
            </Form>
        </details>
    }
}
