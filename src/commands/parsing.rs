//! What somebody wants who sends a text: to say it, to have something done, or neither by mistake. Pure.

use super::Command;
use crate::{
    conversations::about::About,
    text::{Words, action},
};

/// Letters of a word that may be meant as a command. A longer one is no slip of the finger.
const LONGEST: usize = 32;

/// `¯\_(ツ)_/¯`, so that Markdown leaves it alone.
const SHRUG: &str = r"¯\\\_(ツ)\_/¯";

/// What a text asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// That this is said.
    Say(String),
    Do(Order),
    /// Nothing that can be done: it is not sent.
    Refuse(Hitch),
}

/// Something to do that is no message, with what stands behind the command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    Topic(String),
    /// What is asked stays in the box, from where its page takes it up.
    Poll,
    /// Names, with or without their `@`; none leads to the page for it.
    Invite(String),
    Leave,
    Mute,
    Help,
}

/// Why nothing comes of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hitch {
    /// There is none of this name.
    Unknown(String),
    /// It is not for this conversation, or not for this person.
    NotHere(Command),
    /// There has to be something behind it.
    Empty(Command),
}

impl Hitch {
    /// What is wrong, and what to do.
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::Unknown(name) => (words.commands().unknown)(name),
            Self::NotHere(command) => (words.commands().not_here)(command.name()),
            Self::Empty(command) => (words.commands().empty)(command.name()),
        }
    }
}

/// What is wanted by who sends `typed` in a conversation.
pub fn wanted(typed: &str, about: &About) -> Wanted {
    let text = typed.trim();
    if let Some(said) = text.strip_prefix('/').filter(|rest| begun(rest).is_some()) {
        return Wanted::Say(as_text(said));
    }
    let Some((name, rest)) = begun(text) else { return Wanted::Say(typed.to_owned()) };
    let Some(command) = Command::named(name) else {
        return Wanted::Refuse(Hitch::Unknown(name.to_owned()));
    };
    if !command.applies(about) {
        return Wanted::Refuse(Hitch::NotHere(command));
    }
    if command.needs_text() && rest.is_empty() {
        return Wanted::Refuse(Hitch::Empty(command));
    }

    let rest = rest.to_owned();
    match command {
        Command::Me => Wanted::Say(text.to_owned()),
        Command::Shrug => Wanted::Say(shrugged(rest)),
        Command::Topic => Wanted::Do(Order::Topic(rest)),
        Command::Invite => Wanted::Do(Order::Invite(rest)),
        Command::Leave => Wanted::Do(Order::Leave),
        Command::Poll => Wanted::Do(Order::Poll),
        Command::Mute => Wanted::Do(Order::Mute),
        Command::Help => Wanted::Do(Order::Help),
    }
}

/// Whether a text is going to be done and not said, as far as it is written.
pub fn is_order(typed: &str) -> bool {
    let command = begun(typed.trim()).and_then(|(name, _)| Command::named(name));
    command.is_some_and(|command| !command.says())
}

/// The word behind the slash that `text` begins with, and what stands behind that; none if it is plain text, as an
/// address in a file system is.
fn begun(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix('/')?;
    let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let is_word = !name.is_empty() && name.chars().all(char::is_alphabetic);
    (is_word && name.chars().count() <= LONGEST).then(|| (name, rest.trim()))
}

/// `said` to the letter. What would be drawn as something done is escaped as Markdown does it, which leaves no trace.
fn as_text(said: &str) -> String {
    if action::of(said).is_some() { format!("\\{said}") } else { said.to_owned() }
}

fn shrugged(mut text: String) -> String {
    // Behind several lines on one of its own: the last one may end a block of code.
    match text.as_str() {
        "" => {}
        lines if lines.contains('\n') => text.push('\n'),
        _ => text.push(' '),
    }
    text + SHRUG
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        conversations::about::{Kind, Role},
        messages::thread::fixtures::page,
        text::{Locale, markdown},
    };

    fn group() -> About {
        About { kind: Kind::Group, role: Role::Admin, ..page(0, Vec::new()).about }
    }

    fn say(text: &str) -> Wanted {
        Wanted::Say(text.to_owned())
    }

    #[test]
    fn what_is_no_command_is_said_as_it_was_typed() {
        for text in [
            "",
            "hello",
            " hello ",
            "/",
            "/ me",
            "/etc/passwd",
            "/etc/passwd is a file",
            "/2",
            "/foo-bar",
            "/me/you",
            "say /help",
            "\\/help",
            "// a note",
            "//",
            "///help",
            "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            assert_eq!(wanted(text, &group()), say(text), "{text:?}");
        }
    }

    #[test]
    fn commands_take_what_stands_behind_them() {
        let topic = |text: &str| Wanted::Do(Order::Topic(text.to_owned()));
        let invite = |names: &str| Wanted::Do(Order::Invite(names.to_owned()));
        for (text, order) in [
            ("/topic Apples", topic("Apples")),
            ("  /Topic   Apples, mostly ", topic("Apples, mostly")),
            ("/invite", invite("")),
            ("/invite @bruno @chloe", invite("@bruno @chloe")),
            ("/leave", Wanted::Do(Order::Leave)),
            ("/poll Tea or coffee?", Wanted::Do(Order::Poll)),
            ("/mute now", Wanted::Do(Order::Mute)),
            ("/help", Wanted::Do(Order::Help)),
        ] {
            assert_eq!(wanted(text, &group()), order, "{text}");
            assert!(is_order(text), "{text}");
        }
    }

    #[test]
    fn what_is_done_is_stored_as_it_was_typed() {
        assert_eq!(wanted("/me waves", &group()), say("/me waves"));
        assert_eq!(wanted(" /Me  waves", &group()), say("/Me  waves"));
        assert!(!is_order("/me waves") && !is_order("/shrug"));
    }

    #[test]
    fn a_shrug_is_shown_whole() {
        for (text, shown) in [
            ("/shrug", r"¯\_(ツ)_/¯"),
            ("/shrug no _idea", r"no _idea ¯\_(ツ)_/¯"),
            ("/shrug ```\na\n```", r"a ¯\_(ツ)_/¯"),
        ] {
            let Wanted::Say(said) = wanted(text, &group()) else { panic!("{text} says something") };
            assert_eq!(markdown::plain(&said, 100), shown, "{text:?}");
        }
    }

    #[test]
    fn a_slip_is_not_sent() {
        let hitch = |text, about: &About| match wanted(text, about) {
            Wanted::Refuse(hitch) => Some(hitch.sentence(Locale::En.words())),
            _ => None,
        };
        let direct = page(0, Vec::new()).about;
        for (text, about, sentence) in [
            ("/foo", &direct, "There is no command /foo. To say it anyway, write //foo."),
            ("/Foo bar", &direct, "There is no command /Foo. To say it anyway, write //Foo."),
            ("/été\nbar", &direct, "There is no command /été. To say it anyway, write //été."),
            ("/topic Apples", &direct, "/topic does nothing here. To say it anyway, write //topic."),
            ("/topic ", &group(), "Write something behind /topic."),
            ("/me", &direct, "Write something behind /me."),
        ] {
            assert_eq!(hitch(text, about).as_deref(), Some(sentence), "{text:?}");
        }
    }

    #[test]
    fn two_slashes_say_what_one_would_do() {
        for (text, said) in [
            ("//foo bar", "/foo bar"),
            ("//help", "/help"),
            (" //me ", "/me"),
            ("//me waves", "\\/me waves"),
            ("//shrug\nso", "/shrug\nso"),
        ] {
            assert_eq!(wanted(text, &group()), say(said), "{text:?}");
        }
        assert_eq!(markdown::plain("\\/me waves", 100), "/me waves");
    }

    proptest! {
        #[test]
        fn one_slash_more_says_whatever_one_would_do(
            text in "/(me|foo|help|shrug|a/b|é)?[ \n]?[a-z@]{0,6}",
        ) {
            let text = text.trim();
            prop_assume!(begun(text).is_some());
            let Wanted::Say(said) = wanted(&format!("/{text}"), &group()) else { panic!("it is said") };
            prop_assert_eq!(action::of(&said), None);
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(markdown::plain(&said, 100), words.join(" "));
        }
    }
}
