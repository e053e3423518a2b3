//! Saying something of oneself.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{LONGEST_LINE, Status, server_fns::SaveStatus};
use crate::{
    error::Field as Which,
    text::use_words,
    ui::{
        button::Submit,
        field::{Choice, Field},
        form::{Form, use_posting},
        refusal::{Alert, use_refusal},
        saved::Saved,
    },
};

#[component]
pub fn StatusForm(status: Status) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(SaveStatus::url());
    let refusal = use_refusal(posting);
    let busy = refusal.typed("busy").unwrap_or_else(|| status.busy.to_string());

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::Status])/>
            <Field
                label=words.presence().status
                name="line"
                autocomplete="off"
                maxlength=LONGEST_LINE
                hint=words.presence().status_hint
                value=refusal.typed("line").or(Some(status.line))
                error=refusal.beside(Which::Status)
                optional=true
            />
            <Choice
                label=words.presence().availability
                name="busy"
                options=vec![("false", words.presence().available), ("true", words.presence().busy)]
                chosen=busy
                error=Signal::stored(None::<String>)
            />
            <Submit label=words.save pending=posting.pending() about="label-line"/>
            <Saved url=posting.url() text=words.saved/>
        </Form>
    }
}
