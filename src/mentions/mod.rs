//! Whom one turns to in what one says: `@bruno`, or everyone by `@all`.

pub mod drawing;
pub mod asked;
pub mod completing;
pub mod list;
pub mod options;
pub mod calling;
pub mod warning;
pub mod server_fns;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    conversations::UNREAD_COUNTED,
    ids::AccountId,
    messages::Message,
    text::markdown::{self, names},
};

/// Names that count in one message. Further ones stay what they are: words.
pub const MOST_NAMED: usize = 50;

/// In groups of up to so many members everybody may turn to all; elsewhere those who keep order.
pub const MOST_CALLED: u32 = 50;

/// Names that mean everyone in the conversation. Nobody can be called so.
pub const EVERYONE: [&str; 2] = ["all", "here"];

/// Who is named in a text, before anybody has looked who that is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Named {
    /// As they were written, in small letters and without their `@`: each once, at most [`MOST_NAMED`].
    pub names: BTreeSet<String>,
    /// Everyone is.
    pub all: bool,
}

impl Named {
    /// Whether nobody is.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && !self.all
    }
}

/// Whom a text names. Not in code, and not in addresses. Takes time in proportion to its length.
pub fn named(body: &str) -> Named {
    let mut named = Named::default();
    if !body.contains('@') {
        return named;
    }
    names::each_text(&markdown::parse(body), &mut |text| {
        for range in names::names(text) {
            let name = text[range.start + 1..range.end].to_ascii_lowercase();
            if is_everyone(&name) {
                named.all = true;
            } else if named.names.len() < MOST_NAMED {
                named.names.insert(name);
            }
        }
    });
    named
}

/// Whether a name, in small letters, means everyone; with the punctuation of the sentence behind it.
pub fn is_everyone(written: &str) -> bool {
    names::readings(written).any(|name| EVERYONE.contains(&name))
}

impl Message {
    /// Whether it turns to `person`, by name or with everyone else.
    pub fn turns_to(&self, person: AccountId) -> bool {
        self.sender != person && self.is_said() && (self.all || self.mentions.contains(&person))
    }
}

/// Unread messages that turn to `me`, who has read up to the position `read`. The server counts the same by SQL
/// (`server/mentions/counting.rs`), and a test holds the two together.
pub fn unread<'m>(messages: impl IntoIterator<Item = &'m Message>, read: i64, me: AccountId) -> u32 {
    let new = messages.into_iter().filter(|message| message.position > read && message.turns_to(me));
    u32::try_from(new.take(UNREAD_COUNTED as usize).count()).unwrap_or(UNREAD_COUNTED)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use proptest::prelude::*;

    use super::*;
    use crate::messages::{
        thread::fixtures::{message, person},
        unread,
    };

    #[track_caller]
    fn assert_named(body: &str, names: &[&str], all: bool) {
        let named = named(body);
        assert_eq!(named.names.iter().map(String::as_str).collect::<Vec<_>>(), names, "{body:?}");
        assert_eq!(named.all, all, "{body:?}");
    }

    #[test]
    fn names_are_taken_without_case_and_once() {
        assert_named(
            "@Bruno and @bruno: ask @carla-m_7, **@driss** or\n> - @eva!",
            &["bruno", "carla-m_7", "driss", "eva"],
            false,
        );
        assert_named("Nobody", &[], false);
    }

    #[test]
    fn all_are_meant_by_two_names() {
        for body in ["@all", "Lunch, @here!", "@ALL.", "well, @here..."] {
            assert_named(body, &[], true);
        }
        assert_named("@allan @here-we-go", &["allan", "here-we-go"], false);
    }

    #[test]
    fn code_and_addresses_name_nobody() {
        for body in [
            "`@bruno`",
            "```\n@bruno @all\n```",
            "bruno@example.org",
            "<bruno@example.org>",
            "https://example.org/@bruno",
            "[@bruno](https://example.org)",
            "[ask](mailto:a@bruno)",
            "ssh root@here",
        ] {
            assert_named(body, &[], false);
        }
    }

    #[test]
    fn of_very_many_names_the_first_count() {
        let body: String = (0..500).map(|n| format!("@p{n:03} ")).collect();
        let named = named(&body);
        assert_eq!(named.names.len(), MOST_NAMED);
        assert_eq!(named.names.last().map(String::as_str), Some("p049"));
    }

    #[test]
    fn it_takes_time_in_proportion() {
        for piece in ["@", "@a", "@a ", "@a.", "@a@", "`@", "[@a](", "**@a"] {
            let body = piece.repeat(64_000 / piece.len());
            let begun = Instant::now();
            named(&body);
            assert!(begun.elapsed() < Duration::from_secs(2), "{piece:?} took {:?}", begun.elapsed());
        }
    }

    proptest! {
        #[test]
        fn unread_mentions_are_some_of_what_is_unread(
            said in proptest::collection::vec((1..4_i64, any::<bool>(), any::<bool>(), any::<bool>()), 0..200),
            read in 0..200_i64,
        ) {
            let said: Vec<Message> = (1..)
                .zip(said)
                .map(|(position, (sender, named, all, deleted))| Message {
                    mentions: if named { vec![person(1)] } else { vec![person(9)] },
                    all,
                    deleted: deleted.then(|| person(2)),
                    ..message(position, sender)
                })
                .collect();
            let all = unread::unread(&said, read, person(1)).count;
            let mentions = super::unread(&said, read, person(1));
            prop_assert!(mentions <= all);
            let of_others = said.iter().filter(|it| it.sender != person(1) && it.position > read && it.deleted.is_none());
            let named = of_others.filter(|it| it.all || it.mentions == [person(1)]).count();
            prop_assert_eq!(mentions as usize, named.min(100));
        }

        #[test]
        fn any_text_is_read(
            pieces in proptest::collection::vec(
                prop_oneof![
                    proptest::sample::select(vec!["@", "@a", "bruno", "`", "```\n", "\n", " ", ".", "[", "](", ")", "**", "é", "🎉", "https://", "_"])
                        .prop_map(str::to_owned),
                    any::<String>(),
                ],
                0..40,
            ),
        ) {
            let body = pieces.concat();
            let named = named(&body);
            prop_assert!(named.names.len() <= MOST_NAMED);
            for name in &named.names {
                prop_assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte)));
            }
        }
    }
}
