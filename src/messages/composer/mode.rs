//! What the box is for at the moment: something new, an answer, or a message that is being edited.

use leptos::prelude::*;

use crate::ids::MessageId;

/// A message that the box is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum About {
    Editing(Editing),
    Answering(MessageId),
}

/// A message of mine that stands in the box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editing {
    pub message: MessageId,
    /// What it said.
    pub body: String,
}

/// Shared by the box and the messages above it.
#[derive(Clone, Copy)]
pub struct Mode(RwSignal<Option<About>>);

impl Mode {
    /// Called once for each conversation that is shown.
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    /// Begins to edit a message.
    pub fn edit(self, message: MessageId, body: String) {
        self.0.set(Some(About::Editing(Editing { message, body })));
    }

    /// Begins to answer a message.
    pub fn answer(self, message: MessageId) {
        self.0.set(Some(About::Answering(message)));
    }

    /// Back to something new. Whether it was not.
    pub fn end(self) -> bool {
        let was_about_one = self.0.with_untracked(Option::is_some);
        if was_about_one {
            self.0.set(None);
        }
        was_about_one
    }

    /// What is being edited; tracked.
    pub fn editing(self) -> Option<Editing> {
        self.0.with(editing)
    }

    /// What is being edited.
    pub fn editing_now(self) -> Option<Editing> {
        self.0.with_untracked(editing)
    }

    /// What is being answered; tracked.
    pub fn answering(self) -> Option<MessageId> {
        self.0.with(answering)
    }

    /// What is being answered.
    pub fn answering_now(self) -> Option<MessageId> {
        self.0.with_untracked(answering)
    }
}

fn editing(about: &Option<About>) -> Option<Editing> {
    if let Some(About::Editing(editing)) = about { Some(editing.clone()) } else { None }
}

const fn answering(about: &Option<About>) -> Option<MessageId> {
    if let Some(About::Answering(message)) = about { Some(*message) } else { None }
}

/// The mode of the box on this page.
pub fn use_mode() -> Mode {
    expect_context()
}
