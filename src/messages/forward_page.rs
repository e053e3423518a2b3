//! Passing a message on: a page that asks where to.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    Message,
    about::{MessageField, Quoted, use_answer_about},
    forward::Forwardable,
    server_fns::{ForwardMessage, read_forwardable},
    voices::use_voices,
};
use crate::{
    accounts::Person,
    browser::keyboard,
    conversations::message_path,
    error::Field as Which,
    finding::{Entry, matching::Index},
    ids::{ClientKey, ConversationId, MessageId},
    text::use_words,
    ui::{
        avatar::Avatar,
        button::{Submit, Weight},
        form::{Form, use_posting},
        page::Within,
        refusal::{Alert, use_refusal},
    },
};

/// More to choose from than one takes in at a glance.
const MANY: usize = 8;

/// The address of the page.
pub fn forward_path(conversation: ConversationId, message: MessageId) -> String {
    format!("{}/forward", message_path(conversation, message))
}

/// `/c/{id}/m/{message}/forward`
#[component]
pub fn ForwardPage() -> impl IntoView {
    let split = |Forwardable { message, people, place, goals, key }| (key, (message, people, place, goals));
    use_answer_about(read_forwardable).shown_with_first(split, |key, (message, people, place, goals)| {
        view! { <Forwarding message people place goals key/> }.into_any()
    })
}

#[component]
fn Forwarding(
    message: Message,
    people: Vec<Person>,
    place: String,
    goals: Vec<Entry>,
    key: ClientKey,
) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(ForwardMessage::url());
    let refusal = use_refusal(posting);
    let (wrong, chosen) = (refusal.beside(Which::Places), refusal.chosen("to[]"));
    let (conversation, id) = (message.conversation, message.id);
    let path = message_path(conversation, id);

    view! {
        <Within path=path.clone() name=place title=words.forwarding().forward_message>
            <section class="section">
                {use_voices(people).map(|voices| view! { <Quoted message voices/> })}
                <p>{words.forwarding().explained}</p>
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Places])/>
                    <Alert text=wrong/>
                    <MessageField conversation message=id/>
                    <input type="hidden" name="key" value=key.to_string()/>
                    <Goals goals chosen/>
                    <div class="row">
                        <Submit label=words.forwarding().forward weight=Weight::Primary pending=posting.pending()/>
                        <a class="button" href=path>{words.cancel}</a>
                    </div>
                </Form>
            </section>
        </Within>
    }
    .into_any()
}

/// The fields `to[]`. With a script, some letters leave those that they mean; what was chosen stays chosen.
#[component]
fn Goals(goals: Vec<Entry>, chosen: Vec<String>) -> impl IntoView {
    let words = use_words();
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let index = StoredValue::new(Index::new(goals.clone(), words));
    let text = RwSignal::new(String::new());
    let fitting = Memo::new(move |_| text.with(|text| index.with_value(|index| index.fitting(text))));
    let (many, none) = (goals.len() > MANY, goals.is_empty());
    let goals = goals.into_iter().enumerate().filter_map(|(place, entry)| {
        let id = entry.goal.conversation()?;
        let checked = chosen.contains(&id.to_string());
        let (name, kind) = (entry.called(words), entry.kind(words));
        let hidden = move || fitting.with(|fitting| fitting.get(place) == Some(&false));
        Some(view! {
            <li hidden=hidden>
                <label class="choice">
                    <input type="checkbox" name="to[]" value=id.to_string() checked=checked/>
                    <Avatar name=name.clone() number=entry.face/>
                    <span class="choice-name" dir="auto">{name}</span>
                    <span class="choice-handle" dir="auto">{kind}</span>
                </label>
            </li>
        })
    });
    let stay = move |event: leptos::ev::KeyboardEvent| {
        if keyboard::press(&event).key == "Enter" {
            event.prevent_default();
        }
    };

    view! {
        {none.then(|| view! { <p class="notice">{words.forwarding().nowhere}</p> })}
        <fieldset class="choosing">
            <legend>{words.forwarding().where_to}</legend>
            {move || (many && alive.get()).then(|| view! {
                <input
                    class="input"
                    type="search"
                    aria-label=words.finding().find_what
                    placeholder=words.finding().find_what
                    autocomplete="off"
                    spellcheck="false"
                    on:keydown=stay
                    on:input=move |event| text.set(event_target_value(&event))
                />
            })}
            <ul class="choices">{goals.collect_view()}</ul>
        </fieldset>
    }
}
