//! Making a channel of a space.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{Rank, SpaceMembers, path, server_fns::CreateChannel, space_page::use_space};
use crate::{
    error::{Error, Field as Which},
    ids::SpaceId,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        nothing_here::Failed,
        page::Within,
        refusal::{Alert, use_refusal},
    },
    visit,
};

/// `/s/{space}/channels/new`
#[component]
pub fn NewChannelPage() -> impl IntoView {
    let pick = |SpaceMembers { space, .. }| (space.id, space.rank, space.name);
    use_space().shown(pick, |(id, rank, name)| view! { <New id rank name/> }.into_any())
}

#[component]
fn New(id: SpaceId, rank: Rank, name: String) -> impl IntoView {
    let words = use_words();
    if !rank.runs_it() {
        visit::answer_with(Error::Forbidden.status());
        return view! { <Failed text=words.sentence(&Error::Forbidden)/> }.into_any();
    }
    let posting = use_posting(CreateChannel::url());
    let refusal = use_refusal(posting);

    view! {
        <Within path=path(id) name title=words.places().new_channel>
            <section class="section">
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Name])/>
                    <SpaceField id/>
                    <Field
                        label=words.places().channel_name
                        name="name"
                        autocomplete="off"
                        maxlength=80
                        hint=words.places().channel_name_hint
                        value=refusal.typed("name")
                        error=refusal.beside(Which::Name)
                    />
                    <label class="check">
                        <input type="checkbox" name="private" value="yes"/>
                        <span>{words.places().private_channel}</span>
                        <span class="check-hint">{words.places().private_channel_hint}</span>
                    </label>
                    <Submit label=words.places().create_channel weight=Weight::Primary pending=posting.pending()/>
                </Form>
            </section>
        </Within>
    }
    .into_any()
}

/// Names the space in a form about it.
#[component]
pub fn SpaceField(id: SpaceId) -> impl IntoView {
    view! { <input type="hidden" name="space" value=id.to_string()/> }
}
