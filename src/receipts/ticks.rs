//! What has become of what one said: ticks in a private talk, and in a group how many have read it.

use leptos::prelude::*;

use super::{Sent, marks::Marks, readers_page::readers_path, signs::use_signs};
use crate::{
    conversations::{Conversation, about::Kind},
    messages::{Message, thread::Thread},
    presence::MOST_FOLLOWED,
    text::{Words, use_words},
    ui::{
        icon::{Icon, Symbol},
        live::live,
    },
};

/// What the page of a conversation shows of it.
#[derive(Clone)]
enum Shown {
    /// Of each message, how far it came.
    Each(Memo<Marks>),
    /// Below the latest that somebody has read, by its position, how many have; in a crowd below the latest, without a
    /// number.
    Latest(Memo<Option<(i64, Option<u32>)>>),
}

impl Sent {
    /// As the style names it.
    const fn code(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Delivered => "delivered",
            Self::Read => "read",
        }
    }

    const fn called(self, words: &Words) -> &'static str {
        match self {
            Self::Stored => words.talk().sent,
            Self::Delivered => words.receipts().delivered,
            Self::Read => words.receipts().read,
        }
    }

    const fn symbol(self) -> Symbol {
        match self {
            Self::Stored => Symbol::Tick,
            Self::Delivered | Self::Read => Symbol::Ticks,
        }
    }
}

/// Has the messages of `conversation` below here show what has become of them.
pub fn provide_ticks(conversation: &Conversation, thread: &ArcRwSignal<Thread>) {
    let signs = use_signs();
    signs.open(conversation.id, &conversation.receipts);
    let few = conversation.about.members <= MOST_FOLLOWED;
    let marks = signs.marks(conversation.id);
    let thread = thread.clone();
    let shown = match conversation.about.kind {
        Kind::Direct => Shown::Each(marks),
        Kind::Group | Kind::Channel => Shown::Latest(Memo::new(move |_| {
            thread.with(|thread| {
                let mut mine =
                    thread.mine().filter(|message| message.is_said()).map(|message| message.position);
                if !few {
                    return mine.next().map(|position| (position, None));
                }
                marks.with(|marks| {
                    mine.map(|position| (position, marks.readers(position)))
                        .find(|(_, readers)| *readers > 0)
                        .map(|(position, readers)| (position, Some(readers)))
                })
            })
        })),
        Kind::Everyone => return,
    };
    provide_context(shown);
}

/// What has become of `message`, which is the viewer's own.
pub fn ticks(message: &Message) -> AnyView {
    let words = use_words();
    let (conversation, id, position) = (message.conversation, message.id, message.position);
    // How far others have read is told of the room, and says nothing of its threads.
    if !message.is_said() || message.thread.is_some() {
        return ().into_any();
    }
    match use_context::<Shown>() {
        Some(Shown::Each(marks)) => {
            let sent = Memo::new(move |_| marks.with(|marks| marks.sent(position)));
            live(move || {
                let sent = sent.get();
                view! {
                    <span class="ticks" data-state=sent.code()>
                        <Icon symbol=sent.symbol()/>
                        <span class="visually-hidden">{sent.called(words)}</span>
                    </span>
                }
            })
        }
        Some(Shown::Latest(latest)) => {
            let here = Memo::new(move |_| latest.get().filter(|(at, _)| *at == position));
            live(move || {
                here.get().map(|(_, readers)| {
                    let text = readers
                        .map_or_else(|| words.receipts().who_read.to_owned(), words.receipts().read_by);
                    view! { <a class="read-by" href=readers_path(conversation, id)>{text}</a> }
                })
            })
        }
        None => ().into_any(),
    }
}
