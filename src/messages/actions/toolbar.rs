//! The toolbar itself: what is offered most stands there, and where there is little room the rest behind a button.

use leptos::prelude::*;

use super::{
    super::{
        composer::mode::use_mode,
        delete_page::delete_path,
        forward_page::forward_path,
        outbox::{Deed, use_outbox},
        pane::use_pane,
        reaction_bar::{Offered, turn},
        server_fns::{pin_message, save_message, unpin_message},
        thread::Thread,
    },
    Offers, keeping, mark, tell,
};
use crate::{
    browser::{self, clipboard, keyboard, scroll},
    conversations::message_path,
    ids::{ConversationId, MessageId},
    later::reminders::remind_path,
    text::use_words,
    threads::thread_path,
    ui::{
        announcer::use_announcer,
        icon::{Icon, Symbol},
        live::live,
    },
};

/// What may be done with the message `active`.
#[component]
pub(super) fn Toolbar(
    id: ConversationId,
    active: RwSignal<Option<MessageId>>,
    offers: Memo<Option<(MessageId, Offers)>>,
    thread: StoredValue<ArcRwSignal<Thread>>,
) -> impl IntoView {
    let words = use_words();
    let (voice, mode, pane) = (use_announcer(), use_mode(), use_pane());
    let top = move || {
        let top =
            active.get().and_then(|message| scroll::top_of(&pane.element_id(message))).unwrap_or_default();
        format!("{top}px")
    };
    let copy = {
        let voice = voice.clone();
        move |_| {
            if let Some(message) = active.get_untracked() {
                clipboard::copy(browser::address_of(&message_path(id, message)));
                voice.say(words.talk().copied.to_owned());
            }
        }
    };
    let unread = move |_| {
        if let Some(message) = active.get_untracked() {
            mark(id, message, &voice, words);
        }
    };
    let more = RwSignal::new(false);
    Effect::new(move |_| {
        active.track();
        more.set(false);
    });
    let back = move |event: leptos::ev::KeyboardEvent| {
        let press = keyboard::press(&event);
        if press.key == "Escape" && !press.shift {
            event.stop_propagation();
            if let Some(message) = active.get_untracked() {
                browser::focus(&format!("#{}", pane.element_id(message)));
            }
        }
    };

    view! {
        <div
            class="message-actions"
            role="toolbar"
            aria-label=words.talk().actions
            style:top=top
            data-more=move || more.get().then_some("")
            on:keydown=back
        >
            {live(move || offers.get().filter(|(_, offers)| offers.react).map(|(message, _)| view! {
                <React id message thread=thread.get_value()/>
            }))}
            {live(move || offers.get().filter(|(_, offers)| offers.reply).map(|(message, _)| view! {
                <button type="button" class="icon-button" title=words.replies().reply on:click=move |_| mode.answer(message)>
                    <Icon symbol=Symbol::Reply/>
                    <span class="visually-hidden">{words.replies().reply}</span>
                </button>
            }))}
            {live(move || offers.get().filter(|(_, offers)| offers.thread).map(|(message, _)| view! {
                <a
                    class="icon-button"
                    href=thread_path(id, message)
                    title=words.threads().reply_in_thread
                    data-thread=""
                >
                    <Icon symbol=Symbol::Thread/>
                    <span class="visually-hidden">{words.threads().reply_in_thread}</span>
                </a>
            }))}
            // Where there is little room they come when they are asked for.
            <div class="message-actions-rest">
                <button type="button" class="icon-button" title=words.talk().copy_link on:click=copy>
                    <Icon symbol=Symbol::Link/>
                    <span class="visually-hidden">{words.talk().copy_link}</span>
                </button>
                <button type="button" class="icon-button" title=words.talk().mark_unread on:click=unread>
                    <Icon symbol=Symbol::Unread/>
                    <span class="visually-hidden">{words.talk().mark_unread}</span>
                </button>
                {live(move || offers.get().filter(|(_, offers)| offers.keep).map(|(message, _)| view! {
                    <a class="icon-button" href=forward_path(id, message) title=words.forwarding().forward>
                        <Icon symbol=Symbol::Forward/>
                        <span class="visually-hidden">{words.forwarding().forward}</span>
                    </a>
                    <a class="icon-button" href=remind_path(id, message) title=words.later().remind_me>
                        <Icon symbol=Symbol::Clock/>
                        <span class="visually-hidden">{words.later().remind_me}</span>
                    </a>
                }))}
                {live(move || offers.get().map(|(message, offers)| view! { <Keeping id message offers/> }))}
            </div>
            {live(move || offers.get().map(|(message, offers)| view! { <Changes id message offers/> }))}
            <button
                type="button"
                class="icon-button message-actions-more"
                title=words.changes().more_actions
                aria-expanded=move || more.get().to_string()
                on:click=move |_| more.update(|more| *more = !*more)
            >
                <Icon symbol=Symbol::More/>
                <span class="visually-hidden">{words.changes().more_actions}</span>
            </button>
        </div>
    }
}

/// Saving it for oneself, and pinning it for all.
#[component]
fn Keeping(id: ConversationId, message: MessageId, offers: Offers) -> impl IntoView {
    let words = use_words();
    let voice = StoredValue::new(use_announcer());
    let saved = RwSignal::new(false);
    let save = move |_| {
        let saving = async move {
            save_message(id, message).await?;
            saved.try_set(true);
            Ok(())
        };
        voice.with_value(|voice| tell(saving, words.keeping().is_saved, voice, words));
    };
    let label = move || if saved.get() { words.keeping().is_saved } else { words.keeping().save };
    let pin = offers.pin.map(|pinned| {
        let label = keeping(pinned, words).1;
        let press = move |_| {
            voice.with_value(|voice| match pinned {
                true => tell(unpin_message(id, message), words.keeping().unpinned, voice, words),
                false => tell(pin_message(id, message), words.keeping().pinned, voice, words),
            });
        };
        view! {
            <button type="button" class="icon-button" title=label on:click=press>
                <Icon symbol=Symbol::Pin/>
                <span class="visually-hidden">{label}</span>
            </button>
        }
    });

    view! {
        {offers.keep.then(|| view! {
            <button type="button" class="icon-button" title=label on:click=save>
                {live(move || view! { <Icon symbol=if saved.get() { Symbol::Tick } else { Symbol::Saved }/> })}
                <span class="visually-hidden">{label}</span>
            </button>
        })}
        {pin}
    }
}

/// Editing and deleting: one's own in place, what others said on a page that asks.
#[component]
fn Changes(id: ConversationId, message: MessageId, offers: Offers) -> impl IntoView {
    let words = use_words();
    let (mode, outbox, pane) = (use_mode(), StoredValue::new(use_outbox()), use_pane());
    let Offers { edit, delete, is_mine, .. } = offers;
    let edit = edit.map(|body| {
        let begin = move |_| {
            let waits = outbox.with_value(|outbox| outbox.text_of(id, message));
            mode.edit(message, waits.unwrap_or_else(|| body.clone()));
        };
        view! {
            <button type="button" class="icon-button" title=words.changes().edit on:click=begin>
                <Icon symbol=Symbol::Edit/>
                <span class="visually-hidden">{words.changes().edit}</span>
            </button>
        }
    });
    let inside = || {
        view! {
            <Icon symbol=Symbol::Delete/>
            <span class="visually-hidden">{words.talk().delete}</span>
        }
    };
    let delete = delete.then(|| {
        if is_mine {
            let take = move |_| {
                outbox.with_value(|outbox| outbox.take(id, Deed::Delete(message), String::new()));
                browser::focus(&format!("#{}", pane.element_id(message)));
            };
            view! {
                <button type="button" class="icon-button" title=words.talk().delete on:click=take>{inside()}</button>
            }
            .into_any()
        } else {
            view! { <a class="icon-button" href=delete_path(id, message) title=words.talk().delete>{inside()}</a> }
                .into_any()
        }
    });

    view! { {edit} {delete} }
}

/// Opens those signs that are offered first.
#[component]
fn React(id: ConversationId, message: MessageId, thread: ArcRwSignal<Thread>) -> impl IntoView {
    let words = use_words();
    let (outbox, pane) = (StoredValue::new(use_outbox()), use_pane());
    let open = RwSignal::new(false);
    let thread = StoredValue::new(thread);
    let chosen = Callback::new(move |emoji: &'static str| {
        let is_mine = |thread: &Thread| thread.get(message).is_some_and(|held| held.is_reacted_with(emoji));
        let mine = thread.with_value(|thread| thread.with_untracked(is_mine));
        outbox.with_value(|outbox| turn(outbox, id, message, emoji.to_owned(), mine));
        open.set(false);
        browser::focus(&format!("#{}", pane.element_id(message)));
    });

    view! {
        <button
            type="button"
            class="icon-button"
            title=words.changes().react
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <Icon symbol=Symbol::Smile/>
            <span class="visually-hidden">{words.changes().react}</span>
        </button>
        {live(move || open.get().then(|| view! { <Offered id message chosen/> }))}
    }
}
