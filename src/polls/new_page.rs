//! Asking everybody: a page with the question, ten boxes for answers, and how long it takes votes.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    LONGEST_ANSWER, MOST_ANSWERS, Pollable,
    drafting::{Lasts, begun},
    server_fns::{CreatePoll, read_pollable},
};
use crate::{
    asking::{Question, use_answer},
    conversations::{inbox::use_inbox, path_in},
    error::{Error, Field as Which},
    ids::{ClientKey, ConversationId, MessageId},
    later::later_page::take_up_draft,
    text::use_words,
    threads::Spot,
    ui::{
        button::{Submit, Weight},
        field::{Choice, FieldFrame},
        form::{Form, use_posting},
        live::live,
        page::Within,
        refusal::{Alert, Refusal, use_refusal},
        text_area::TextArea,
    },
};

/// The ids of what is wrong with the answers, and of what there is to know about them.
const WRONG: &str = "field-answers-error";
const HINT: &str = "field-answers-hint";

/// `/c/{id}/poll`, with `?thread=` for one in a thread.
#[component]
pub fn NewPollPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<ConversationId>().ok()));
    let thread = Memo::new(move |_| query.with(|query| query.get("thread")?.parse::<MessageId>().ok()));
    let pollable = use_answer::<Pollable>(move || {
        let id = id.get();
        Question::new(move || async move { read_pollable(id.ok_or(Error::NotFound)?).await })
    });

    pollable.shown_with_first(
        |Pollable { place, key }| (key, place),
        move |key, place| {
            let spot = |conversation| Spot { conversation, thread: thread.get_untracked() };
            id.get_untracked().map(|id| view! { <Asking spot=spot(id) place key/> }).into_any()
        },
    )
}

#[component]
fn Asking(spot: Spot, place: String, key: ClientKey) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(CreatePoll::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());
    let text = RwSignal::new(None::<String>);
    take_up_draft(spot, text, posting.answer(), begun);
    let path = path_in(spot.conversation, spot.thread);
    let several = refusal.typed("several").is_some();
    let lasts = Lasts::ALL.map(|lasts| (lasts.code(), (words.polls().lasts)(lasts)));

    view! {
        <Within path=path.clone() name=place title=words.polls().new_poll>
            <section class="section">
                <p>{words.polls().explained}</p>
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Question, Which::Answers, Which::Answer])/>
                    <input type="hidden" name="conversation" value=spot.conversation.to_string()/>
                    <input type="hidden" name="key" value=key.to_string()/>
                    {spot.thread.map(|root| view! { <input type="hidden" name="thread" value=root.to_string()/> })}
                    <Asked refusal text/>
                    <Answers refusal/>
                    <label class="poll-several">
                        <input type="checkbox" name="several" value="true" checked=several/>
                        <span>{words.polls().several}</span>
                    </label>
                    <Choice
                        label=words.polls().closes
                        name="closes"
                        options=lasts.to_vec()
                        chosen=refusal.typed("closes").unwrap_or_default()
                        error=Signal::stored(None::<String>)
                    />
                    <div class="row">
                        <Submit label=words.polls().ask weight=Weight::Primary pending=posting.pending()/>
                        <a class="button" href=path>{words.cancel}</a>
                    </div>
                </Form>
            </section>
        </Within>
    }
    .into_any()
}

/// The field `question`.
#[component]
fn Asked(refusal: Refusal, text: RwSignal<Option<String>>) -> impl IntoView {
    let wrong = refusal.beside(Which::Question);

    view! {
        <FieldFrame label=use_words().polls().question name="question" hint=None error=wrong>
            <TextArea
                id="field-question"
                name="question"
                class="input"
                placeholder=String::new()
                initial=refusal.typed("question").unwrap_or_default()
                area=NodeRef::new()
                text
                error=Signal::derive(move || wrong.with(Option::is_some).then_some("field-question-error"))
                grown=Callback::new(|()| {})
            />
        </FieldFrame>
    }
}

/// The fields `answers[]`. Those that are not needed yet come into view as the ones before them are filled in.
#[component]
fn Answers(refusal: Refusal) -> impl IntoView {
    let words = use_words();
    let (all, one) = (refusal.beside(Which::Answers), refusal.beside(Which::Answer));
    let wrong = Signal::derive(move || all.get().or_else(|| one.get()));
    let typed = refusal.chosen("answers[]");
    let boxes = (0..MOST_ANSWERS).map(|at| {
        let value = typed.get(at).cloned();
        view! {
            <li>
                <input
                    class="input"
                    name="answers[]"
                    type="text"
                    value=value
                    aria-label=(words.polls().answer)(at + 1)
                    // So that style can tell whether it is empty.
                    placeholder=(words.polls().answer)(at + 1)
                    dir="auto"
                    autocomplete="off"
                    maxlength=LONGEST_ANSWER
                    aria-invalid=move || (at == 0 && wrong.with(Option::is_some)).then_some("true")
                    aria-describedby=move || if wrong.with(Option::is_some) { WRONG } else { HINT }
                />
            </li>
        }
    });

    view! {
        <fieldset class="choosing">
            <legend>{words.polls().answers}</legend>
            <ol class="poll-boxes">{boxes.collect_view()}</ol>
            <p class="field-hint" id=HINT>{words.polls().answers_hint}</p>
            {live(move || wrong.get().map(|why| view! { <p class="field-error" id=WRONG role="alert">{why}</p> }))}
        </fieldset>
    }
}
