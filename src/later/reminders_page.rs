//! What one will be reminded of: a page of its own.

use std::convert::identity;

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    reminders::{Reminder, ReminderLine, Reminders, remind_path},
    server_fns::{RemoveReminder, read_reminders},
};
use crate::{
    accounts::Viewer,
    asking::{Question, use_answer},
    conversations::{inbox::use_inbox, message_path},
    messages::{about::Quoted, voices::Voices},
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        page::Page,
        refusal::{Alert, use_refusal},
        time::use_moment,
    },
    visit,
};

/// `/reminders`
#[component]
pub fn RemindersPage() -> impl IntoView {
    let (inbox, words) = (use_inbox(), use_words());
    let reminders = use_answer::<Reminders>(move || {
        inbox.version();
        Question::new(read_reminders)
    });

    view! {
        <Page title=words.later().reminders>
            {reminders.shown(identity, |reminders| visit::use_viewer().map(|viewer| view! { <Waiting reminders viewer/> }).into_any())}
        </Page>
    }
    .into_any()
}

#[component]
fn Waiting(reminders: Reminders, viewer: Viewer) -> impl IntoView {
    let words = use_words();
    let Reminders { lines } = reminders;
    let text = if lines.is_empty() { words.later().no_reminders } else { words.later().reminders_text };
    let lines = lines.into_iter().map(move |line| {
        let voices = Voices::of(&viewer.person, vec![line.sender.clone()], Vec::new());
        view! { <li class="kept"><Line line voices/></li> }
    });

    view! {
        <section class="section">
            <p>{text}</p>
            <ul class="kept-list">{lines.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// One of them: when, what one noted, where it was said, and the ways to change it and to let go of it.
#[component]
fn Line(line: ReminderLine, voices: Voices) -> impl IntoView {
    let words = use_words();
    let ReminderLine { message, place, reminder: Reminder { due_at, note }, .. } = line;
    let (conversation, id) = (message.conversation, message.id);
    let moment = use_moment(due_at);
    let posting = use_posting(RemoveReminder::url());
    let refusal = use_refusal(posting);
    use_inbox().changed_by(posting.answer());

    view! {
        <p class="kept-when">
            <time datetime=due_at.to_string()>{move || moment.get()}</time>
            {(!note.is_empty()).then(|| view! { <span class="kept-note" dir="auto">{note}</span> })}
        </p>
        <Quoted message voices/>
        <Alert text=refusal.elsewhere(&[])/>
        <div class="row">
            <a class="button button--quiet" href=message_path(conversation, id) dir="auto">{place.called(words)}</a>
            <a class="button button--quiet" href=remind_path(conversation, id)>{words.later().change}</a>
            <Form posting>
                <input type="hidden" name="message" value=id.to_string()/>
                <Submit label=words.later().forget weight=Weight::Quiet pending=posting.pending()/>
            </Form>
        </div>
    }
}
