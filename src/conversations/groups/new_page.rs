//! Making a group: what it is called, and who is in it.

use leptos::{prelude::*, server_fn::ServerFn};

use super::choosing::{Choosing, use_friends};
use crate::{
    conversations::server_fns::CreateGroup,
    error::Field as Which,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        page::Page,
        refusal::{Alert, use_refusal},
    },
    visit,
};

/// `/groups/new`
#[component]
pub fn NewGroupPage() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(CreateGroup::url());
    let refusal = use_refusal(posting);
    let friends = use_friends();
    visit::leave_if_signed_out(friends.error());

    view! {
        <Page title=words.places().new_group>
            <section class="section">
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Name, Which::People])/>
                    <Field
                        label=words.places().group_name
                        name="name"
                        autocomplete="off"
                        maxlength=80
                        hint=words.places().group_name_hint
                        value=refusal.typed("name")
                        error=refusal.beside(Which::Name)
                    />
                    <Transition>
                        <Choosing friends refusal/>
                    </Transition>
                    <Submit label=words.places().create_group weight=Weight::Primary pending=posting.pending()/>
                </Form>
            </section>
        </Page>
    }
    .into_any()
}
