//! Making a space.

use leptos::{prelude::*, server_fn::ServerFn};

use super::server_fns::CreateSpace;
use crate::{
    error::Field as Which,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        page::Page,
        refusal::{Alert, use_refusal},
    },
};

/// `/spaces/new`
#[component]
pub fn NewSpacePage() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(CreateSpace::url());
    let refusal = use_refusal(posting);

    view! {
        <Page title=words.places().new_space>
            <section class="section">
                <p>{words.places().new_space_text}</p>
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Name])/>
                    <Field
                        label=words.places().space_name
                        name="name"
                        autocomplete="off"
                        maxlength=80
                        hint=words.places().space_name_hint
                        value=refusal.typed("name")
                        error=refusal.beside(Which::Name)
                    />
                    <Submit label=words.places().create_space weight=Weight::Primary pending=posting.pending()/>
                </Form>
            </section>
        </Page>
    }
    .into_any()
}
