//! Where on the page a timeline and its box stand: in the middle, or beside another one. Ids say which, since nothing on a
//! page may have the id of something else, and one message can stand in both.

use leptos::prelude::*;

use crate::ids::MessageId;

/// The place of one timeline and its box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// What the page is about.
    #[default]
    Middle,
    /// A thread, beside its room.
    Beside,
}

/// The ids within one pane.
#[derive(Debug)]
pub struct Ids {
    /// Before the first message that is new.
    pub divider: &'static str,
    pub composer: &'static str,
    /// Why a text was refused.
    pub refusal: &'static str,
    /// How many characters are left.
    pub counter: &'static str,
    /// What a begun name may become.
    pub completions: &'static str,
    pub command_help: &'static str,
    pub command_help_title: &'static str,
}

impl Pane {
    /// Says to everything below which one it is in.
    pub fn provide(self) {
        provide_context(self);
    }

    /// The ids of what is there once.
    pub const fn ids(self) -> &'static Ids {
        match self {
            Self::Middle => &Ids {
                divider: "new",
                composer: "composer-message",
                refusal: "composer-refusal",
                counter: "composer-counter",
                completions: "completions",
                command_help: "command-help",
                command_help_title: "command-help-title",
            },
            Self::Beside => &Ids {
                divider: "beside-new",
                composer: "beside-composer-message",
                refusal: "beside-composer-refusal",
                counter: "beside-composer-counter",
                completions: "beside-completions",
                command_help: "beside-command-help",
                command_help_title: "beside-command-help-title",
            },
        }
    }

    /// The id of a message's element.
    pub fn element_id(self, message: MessageId) -> String {
        match self {
            Self::Middle => format!("{MESSAGE}{message}"),
            Self::Beside => format!("{BESIDE}{MESSAGE}{message}"),
        }
    }

    /// Finds what `selector` does, in this pane only.
    pub fn within(self, selector: &str) -> String {
        match self {
            Self::Middle => format!(".conversation:not(.conversation--beside) {selector}"),
            Self::Beside => format!(".conversation--beside {selector}"),
        }
    }
}

/// Where what is drawn now stands.
pub fn use_pane() -> Pane {
    use_context().unwrap_or_default()
}

/// The message whose element has this id, in whichever pane.
pub fn message_of(element: &str) -> Option<MessageId> {
    element.strip_prefix(BESIDE).unwrap_or(element).strip_prefix(MESSAGE)?.parse().ok()
}

const MESSAGE: &str = "m";

const BESIDE: &str = "beside-";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_known_by_its_element_in_both_panes() {
        let message = MessageId::try_from(7).expect("7 is an id");
        let [middle, beside] = [Pane::Middle, Pane::Beside].map(|pane| pane.element_id(message));
        assert_ne!(middle, beside);
        for element in [middle, beside] {
            assert_eq!(message_of(&element), Some(message), "{element}");
        }
        for element in ["", "m", "new", "beside-new", "mx", "beside-7"] {
            assert_eq!(message_of(element), None, "{element}");
        }
    }
}
