//! Writing something that is to be sent later: a page that asks what, and when.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    scheduled::Schedulable,
    server_fns::{ScheduleMessage, read_schedulable},
    when::When,
};
use crate::{
    asking::{Question, use_answer},
    conversations::{inbox::use_inbox, path},
    drafts::use_drafts,
    error::{Error, Field as Which},
    ids::{ClientKey, ConversationId},
    messages::about::BodyField,
    text::use_words,
    threads::Spot,
    time::Timestamp,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        page::Within,
        refusal::{Alert, use_refusal},
    },
};

/// `/c/{id}/later`
#[component]
pub fn LaterPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<ConversationId>().ok()));
    let schedulable = use_answer::<Schedulable>(move || {
        let id = id.get();
        Question::new(move || async move { read_schedulable(id.ok_or(Error::NotFound)?).await })
    });

    let split = |Schedulable { place, key, now }| ((key, now), place);
    schedulable.shown_with_first(split, move |(key, now), place| {
        id.get_untracked().map(|conversation| view! { <Writing conversation place key now/> }).into_any()
    })
}

#[component]
fn Writing(conversation: ConversationId, place: String, key: ClientKey, now: Timestamp) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(ScheduleMessage::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());
    let text = RwSignal::new(None::<String>);
    take_up_draft(conversation.into(), text, posting.answer(), str::trim);
    let path = path(conversation);

    view! {
        <Within path=path.clone() name=place title=words.later().send_later>
            <section class="section">
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Body, Which::Moment])/>
                    <input type="hidden" name="conversation" value=conversation.to_string()/>
                    <input type="hidden" name="key" value=key.to_string()/>
                    <BodyField refusal text/>
                    <When now refusal/>
                    <div class="row">
                        <Submit label=words.later().schedule weight=Weight::Primary pending=posting.pending()/>
                        <a class="button" href=path>{words.cancel}</a>
                    </div>
                </Form>
            </section>
        </Within>
    }
    .into_any()
}

/// What was begun in the box where one writes goes on here, as far as it is `meant`, and is no draft any more once the form
/// was granted.
pub fn take_up_draft(
    spot: Spot,
    text: RwSignal<Option<String>>,
    answer: Signal<Option<Result<(), Error>>>,
    meant: fn(&str) -> &str,
) {
    let drafts = StoredValue::new(use_drafts());
    let taken = StoredValue::new(None::<String>);
    Effect::new(move |_| {
        let Some(typed) = text.get() else { return };
        if taken.with_value(Option::is_none) {
            let draft = drafts.with_value(|drafts| drafts.text_of(spot));
            taken.set_value(Some(draft.clone()));
            let begun = meant(&draft);
            if typed.trim().is_empty() && !begun.is_empty() {
                text.set(Some(begun.to_owned()));
            }
        }
    });
    Effect::new(move |_| {
        if answer.with(|answer| matches!(answer, Some(Ok(())))) {
            let taken = taken.get_value().unwrap_or_default();
            // What was written there meanwhile, in another tab, stays.
            drafts.with_value(|drafts| {
                if drafts.text_of(spot) == taken {
                    drafts.note(spot, "");
                }
            });
        }
    });
}
