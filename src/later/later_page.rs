//! Writing something that is to be sent later: a page that asks what, and when.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    scheduled::Schedulable,
    server_fns::{ScheduleMessage, read_schedulable},
    when::When,
};
use crate::{
    asking::{Answer, Question, use_answer},
    conversations::{conversation_page::Unread, inbox::use_inbox, path},
    drafts::use_drafts,
    error::{Error, Field as Which},
    ids::{ClientKey, ConversationId},
    text::use_words,
    threads::Spot,
    time::Timestamp,
    ui::{
        button::{Submit, Weight},
        field::FieldFrame,
        form::{Form, use_posting},
        nothing_here::NothingHere,
        page::Within,
        refusal::{Alert, Refusal, use_refusal},
        text_area::TextArea,
    },
    visit,
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
    visit::leave_if_signed_out(schedulable.error());

    view! { <Transition fallback=|| ()><Shown id schedulable/></Transition> }.into_any()
}

#[component]
fn Shown(id: Memo<Option<ConversationId>>, schedulable: Answer<Schedulable>) -> impl IntoView {
    // Each answer brings another key; the form keeps the first, under which it may be sent twice.
    let first = StoredValue::new(None);
    schedulable.drawn(
        move |Schedulable { place, key, now }| {
            first.update_value(|first| {
                first.get_or_insert((key, now));
            });
            place
        },
        move |place| match (place, first.get_value(), id.get_untracked()) {
            (Ok(place), Some((key, now)), Some(conversation)) => {
                view! { <Writing conversation place key now/> }.into_any()
            }
            (Err(Error::NotFound), ..) | (.., None) => view! { <NothingHere/> }.into_any(),
            (Err(error), ..) => view! { <Unread error/> }.into_any(),
            (Ok(_), ..) => ().into_any(),
        },
    )
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
        <Within path=path.clone() name=place title=words.later.send_later>
            <section class="section">
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Body, Which::Moment])/>
                    <input type="hidden" name="conversation" value=conversation.to_string()/>
                    <input type="hidden" name="key" value=key.to_string()/>
                    <Body refusal text initial=String::new()/>
                    <When now refusal/>
                    <div class="row">
                        <Submit label=words.later.schedule weight=Weight::Primary pending=posting.pending()/>
                        <a class="button" href=path>{words.cancel}</a>
                    </div>
                </Form>
            </section>
        </Within>
    }
    .into_any()
}

/// The field `body`, with what was refused, else `initial`.
#[component]
pub fn Body(refusal: Refusal, text: RwSignal<Option<String>>, initial: String) -> impl IntoView {
    let wrong = refusal.beside(Which::Body);

    view! {
        <FieldFrame label=use_words().message name="body" hint=None error=wrong>
            <TextArea
                id="field-body"
                name="body"
                class="input"
                placeholder=String::new()
                initial=refusal.typed("body").unwrap_or(initial)
                area=NodeRef::new()
                text
                error=Signal::derive(move || wrong.with(Option::is_some).then_some("field-body-error"))
                grown=Callback::new(|()| {})
            />
        </FieldFrame>
    }
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
