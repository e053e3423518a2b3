//! Where one writes: a plain form, which the browser, once it helps, sends without leaving the page.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{MessageBody, delivery::deliver, reading::Reading, server_fns::SendMessage, thread::Thread};
use crate::{
    browser,
    conversations::Conversation,
    error::{Error, Field, Why},
    ids::ConversationId,
    realtime::use_threads,
    text::use_words,
    ui::text_area::TextArea,
    visit::{self, Flash},
};

/// The id of the sentence that tells why a text was refused.
const REFUSAL: &str = "composer-refusal";

/// The box to write in, below the timeline of `thread`.
#[component]
pub fn Composer(conversation: Conversation, thread: ArcRwSignal<Thread>, reading: Reading) -> impl IntoView {
    let words = use_words();
    let id = conversation.id;
    let flash = flash_of(id);
    let initial = flash.as_ref().and_then(|flash| flash.typed("body")).unwrap_or_default();

    let text = RwSignal::new(None::<String>);
    let refusal = RwSignal::new(flash.map(|flash| flash.error));
    let draft =
        Draft { id, thread: StoredValue::new(thread), characters: conversation.characters, text, refusal };
    let blank = move || text.with(|text| text.as_ref().is_some_and(|text| text.trim().is_empty()));
    Effect::new(move |_| {
        // The box grows with its text, and takes the room from the timeline.
        text.track();
        reading.follow();
    });

    let send = move |event: &leptos::ev::Event| {
        // Until the browser has looked into the box the form goes its own way.
        if text.with_untracked(Option::is_some) {
            event.prevent_default();
            if draft.send() {
                reading.go_to_end();
            }
        }
    };

    view! {
        <form class="composer" method="post" action=SendMessage::url() on:submit=move |event| send(&event)>
            <input type="hidden" name="conversation" value=id.to_string()/>
            <input type="hidden" name="key" value=conversation.key.to_string()/>
            <label class="visually-hidden" for="composer-message">
                {words.message}
            </label>
            <TextArea
                id="composer-message"
                name="body"
                class="composer-input"
                placeholder=(words.write_to)(&conversation.with.display_name)
                initial
                text
                error=Signal::derive(move || refusal.with(Option::is_some).then_some(REFUSAL))
                on:keydown=move |event| {
                    if browser::keyboard::sends(&event) {
                        send(&event);
                    }
                }
            />
            <button type="submit" class="button button--primary" disabled=blank>
                {words.send}
            </button>
            {move || {
                refusal.get().map(|error| {
                    view! { <p class="field-error" id=REFUSAL role="alert">{words.sentence(&error)}</p> }
                })
            }}
        </form>
    }
}

/// What was refused here before this page was loaded. Later, on the way back to it, it is told no more.
fn flash_of(id: ConversationId) -> Option<Flash> {
    let flash = visit::use_flash("send_message")?;
    let here = flash.typed("conversation") == Some(id.to_string());
    (here && !use_threads().have_seen(id)).then_some(flash)
}

/// What stands in the box, and where it goes.
#[derive(Clone, Copy)]
struct Draft {
    id: ConversationId,
    thread: StoredValue<ArcRwSignal<Thread>>,
    characters: u32,
    text: RwSignal<Option<String>>,
    refusal: RwSignal<Option<Error>>,
}

impl Draft {
    /// Says it, and empties the box. What cannot be sent stays, with the reason; nothing at all is passed over.
    fn send(self) -> bool {
        let typed = self.text.get_untracked().unwrap_or_default();
        let body = match MessageBody::new(&typed, self.characters) {
            Ok(body) => body,
            Err(Error::Invalid { field: Field::Body, why: Why::Missing }) => return false,
            Err(error) => {
                self.refusal.set(Some(error));
                return false;
            }
        };
        let Some(key) = browser::client_key() else {
            self.refusal.set(Some(Error::Unavailable));
            return false;
        };

        let thread = self.thread.get_value();
        thread.update(|thread| thread.send(key, body.as_str().to_owned(), browser::now()));
        self.text.set(Some(String::new()));
        self.refusal.set(None);
        deliver(self.id, thread);
        true
    }
}
