//! What may be done with one message: a small toolbar, one for the whole timeline, beside the message that is active.

mod toolbar;

use std::future::Future;

use leptos::{prelude::*, server_fn::ServerFn, task::spawn_local};

use self::toolbar::Toolbar;

use super::{
    about::MessageField,
    composer::mode::{Mode, use_mode},
    delete_page::delete_path,
    edit_page::edit_path,
    forward_page::forward_path,
    pane::{Pane, use_pane},
    reactions_page::reactions_path,
    reply_page::reply_path,
    server_fns::{PinMessage, SaveMessage, UnpinMessage},
    thread::Thread,
};
use crate::{
    browser,
    conversations::server_fns::mark_unread,
    error::Error,
    ids::{ConversationId, MessageId},
    later::reminders::remind_path,
    text::{Words, use_words},
    threads::thread_path,
    ui::announcer::{Announcer, use_announcer},
};

/// The toolbar of the message `active`.
#[component]
pub fn Actions(
    id: ConversationId,
    thread: ArcRwSignal<Thread>,
    active: RwSignal<Option<MessageId>>,
) -> impl IntoView {
    let some = Memo::new(move |_| active.with(Option::is_some));
    let reacted = StoredValue::new(thread.clone());
    let offers = Memo::new(move |_| {
        active.get().map(|message| (message, thread.with(|thread| Offers::of(thread, message))))
    });

    view! {
        <Show when=move || some.get()>
            <Toolbar id active offers thread=reacted/>
        </Show>
    }
}

/// What the viewer may be offered to do with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Offers {
    react: bool,
    reply: bool,
    /// To go to its thread, or begin one.
    thread: bool,
    /// To save it and to pass it on: whatever may be read.
    keep: bool,
    /// Whether it is pinned, where the viewer may say so.
    pin: Option<bool>,
    /// What it says, to be edited.
    edit: Option<String>,
    delete: bool,
    is_mine: bool,
}

impl Offers {
    fn of(thread: &Thread, message: MessageId) -> Self {
        let body = || thread.get(message).map(|held| held.body.clone());
        let is_said = thread.get(message).is_some_and(|held| held.is_said());
        let may_answer = thread.about().may_write && is_said && !thread.is_retracted(message);
        Self {
            react: may_answer,
            reply: may_answer,
            thread: thread.leads_to_thread(message),
            keep: is_said,
            pin: (is_said && thread.about().may_pin())
                .then(|| thread.get(message).is_some_and(|held| held.pinned.is_some())),
            edit: thread.offers_edit(message).then(body).flatten(),
            delete: thread.offers_deletion(message),
            is_mine: thread.is_mine(message),
        }
    }
}

/// The same without a script, for the message that the address names.
#[component]
pub fn TargetActions(id: ConversationId, message: MessageId, thread: ArcRwSignal<Thread>) -> impl IntoView {
    let words = use_words();
    let Offers { react, reply, thread: talk, keep, pin, edit, delete, .. } =
        thread.with_untracked(|thread| Offers::of(thread, message));

    view! {
        {react.then(|| view! {
            <a class="button button--quiet" href=reactions_path(id, message)>{words.changes().react}</a>
        })}
        {reply.then(|| view! {
            <a class="button button--quiet" href=reply_path(id, message)>{words.replies().reply}</a>
        })}
        {talk.then(|| view! {
            <a class="button button--quiet" href=thread_path(id, message)>{words.threads().reply_in_thread}</a>
        })}
        {keep.then(|| view! {
            <a class="button button--quiet" href=forward_path(id, message)>{words.forwarding().forward}</a>
            <a class="button button--quiet" href=remind_path(id, message)>{words.later().remind_me}</a>
            <Kept id message url=SaveMessage::url() label=words.keeping().save/>
        })}
        {pin.map(|pinned| {
            let (url, label) = keeping(pinned, words);
            view! { <Kept id message url label/> }
        })}
        {edit.map(|_| view! {
            <a class="button button--quiet" href=edit_path(id, message)>{words.changes().edit}</a>
        })}
        {delete.then(|| view! {
            <a class="button button--quiet" href=delete_path(id, message)>{words.talk().delete}</a>
        })}
    }
}

/// Pins or unpins: the address that does it, and what it is called.
fn keeping(pinned: bool, words: &'static Words) -> (&'static str, &'static str) {
    match pinned {
        true => (UnpinMessage::url(), words.keeping().unpin),
        false => (PinMessage::url(), words.keeping().pin),
    }
}

/// Something that is done to a message by a form of one button.
#[component]
fn Kept(id: ConversationId, message: MessageId, url: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <form method="post" action=url>
            <MessageField conversation=id message/>
            <button type="submit" class="button button--quiet">{label}</button>
        </form>
    }
}

/// What letters ask to be done with the message that has the keyboard.
#[derive(Clone)]
pub struct Letters {
    id: ConversationId,
    active: RwSignal<Option<MessageId>>,
    thread: ArcRwSignal<Thread>,
    pane: Pane,
    mode: Mode,
    voice: Announcer,
    words: &'static Words,
}

impl Letters {
    /// For the messages of `thread`, of which one is `active`.
    pub fn of(id: ConversationId, thread: ArcRwSignal<Thread>, active: RwSignal<Option<MessageId>>) -> Self {
        let (mode, voice, words) = (use_mode(), use_announcer(), use_words());
        Self { id, active, thread, pane: use_pane(), mode, voice, words }
    }

    /// Presses what `selector` finds in the toolbar.
    fn click(&self, selector: &str) {
        browser::click(&self.pane.within(&format!(".message-actions {selector}")));
    }

    /// Does what `key` asks for. Whether it asks for something.
    pub fn pressed(&self, key: &str) -> bool {
        let Some(message) = self.active.get_untracked() else { return false };
        let offers = self.thread.with_untracked(|thread| Offers::of(thread, message));
        match key {
            "r" | "R" if offers.reply => self.mode.answer(message),
            "t" | "T" if offers.thread => self.click("[data-thread]"),
            "u" | "U" => mark(self.id, message, &self.voice, self.words),
            "+" if offers.react => self.click("[aria-expanded]"),
            _ => return false,
        }
        true
    }
}

/// Marks a message unread, and says so.
fn mark(id: ConversationId, message: MessageId, voice: &Announcer, words: &'static Words) {
    tell(mark_unread(id, message), words.talk().marked_unread, voice, words);
}

/// Says that something was done, or why not.
fn tell(
    doing: impl Future<Output = Result<(), Error>> + 'static,
    done: &'static str,
    voice: &Announcer,
    words: &'static Words,
) {
    let voice = voice.clone();
    spawn_local(async move {
        match doing.await {
            Ok(()) => voice.say(done.to_owned()),
            Err(error) => voice.say(words.sentence(&error)),
        }
    });
}
