//! Asking to be reminded of a message: a page that asks when.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    reminders::{LONGEST_NOTE, Remindable, Reminder},
    server_fns::{RemoveReminder, SetReminder, read_remindable},
    when::When,
};
use crate::{
    accounts::Person,
    asking::{Question, use_answer},
    conversations::{inbox::use_inbox, message_path},
    error::{Error, Field as Which},
    ids::MessageId,
    messages::{
        Message,
        about::{MessageField, Quoted, use_message},
        voices::use_voices,
    },
    text::use_words,
    time::Timestamp,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        live::live,
        page::Within,
        refusal::{Alert, use_refusal},
        time::use_moment,
    },
};

/// `/c/{id}/m/{message}/remind`
#[component]
pub fn RemindPage() -> impl IntoView {
    let (address, inbox) = (use_message(), use_inbox());
    let remindable = use_answer::<Remindable>(move || {
        inbox.version();
        let address = address.get();
        Question::new(move || async move {
            let (conversation, message) = address.ok_or(Error::NotFound)?;
            read_remindable(conversation, message).await
        })
    });

    // Each answer comes at another time, which is no reason to draw the form anew.
    let split =
        |Remindable { message, people, place, now, waiting }| (now, (message, people, place, waiting));
    remindable.shown_with_first(split, |now, (message, people, place, waiting)| {
        view! { <Asking message people place now waiting/> }.into_any()
    })
}

#[component]
fn Asking(
    message: Message,
    people: Vec<Person>,
    place: String,
    now: Timestamp,
    waiting: Option<Reminder>,
) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(SetReminder::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());
    let wrong = refusal.beside(Which::Note);
    let (conversation, id) = (message.conversation, message.id);
    let path = message_path(conversation, id);
    let noted = waiting.as_ref().map(|waiting| waiting.note.clone());
    let noted = refusal.typed("note").or(noted);

    view! {
        <Within path=path.clone() name=place title=words.later().remind_of_message>
            <section class="section">
                {use_voices(people).map(|voices| view! { <Quoted message voices/> })}
                {waiting.map(|Reminder { due_at, .. }| view! { <Waiting message=id due_at/> })}
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Moment, Which::Note])/>
                    <MessageField conversation message=id/>
                    <When now refusal/>
                    <Field
                        label=words.later().note
                        name="note"
                        autocomplete="off"
                        hint=words.later().note_hint
                        error=wrong
                        value=noted
                        maxlength=LONGEST_NOTE
                        optional=true
                    />
                    <div class="row">
                        <Submit
                            label=words.later().set_reminder
                            weight=Weight::Primary
                            pending=posting.pending()
                        />
                        <a class="button" href=path>{words.cancel}</a>
                    </div>
                </Form>
            </section>
        </Within>
    }
    .into_any()
}

/// That a reminder waits already, and the way to let go of it.
#[component]
fn Waiting(message: MessageId, due_at: Timestamp) -> impl IntoView {
    let words = use_words();
    let moment = use_moment(due_at);
    let posting = use_posting(RemoveReminder::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <p class="notice">{live(move || (words.later().is_waiting)(&moment.get()))}</p>
        <Alert text=refusal.elsewhere(&[])/>
        <Form posting>
            <input type="hidden" name="message" value=message.to_string()/>
            <Submit label=words.later().forget weight=Weight::Quiet pending=posting.pending()/>
        </Form>
    }
}
