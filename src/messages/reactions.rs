//! What people say to a message with a single sign.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::{accounts::Person, ids::AccountId};

/// Different signs below one message.
pub const MOST_DIFFERENT: usize = 20;

/// Those that are offered first.
pub const QUICK: [&str; 6] = ["👍", "❤️", "😂", "🎉", "😮", "😢"];

/// One sign below a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    pub emoji: String,
    /// How many people have reacted with it; never 0.
    pub count: u32,
}

/// Somebody has reacted to a message, or does no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reacted {
    pub emoji: String,
    pub actor: AccountId,
    /// Whether they do now.
    pub added: bool,
    /// How many do now; without it, one more or less than before.
    pub count: Option<u32>,
}

/// Who has reacted to a message, as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reactions {
    pub message: Message,
    /// Who said it, if they are still known there.
    pub author: Option<Person>,
    /// Whether the viewer may react.
    pub may_react: bool,
    /// The sign whose people are named, if there is any.
    pub chosen: Option<String>,
    /// By id; at most [`Reactions::PAGE`].
    pub people: Vec<Person>,
    /// Behind whom the next page begins, if there is one.
    pub next: Option<AccountId>,
    /// What the conversation is called.
    pub place: String,
}

impl Reactions {
    /// People on one page.
    pub const PAGE: usize = 50;
}

impl Message {
    /// Takes in how many have reacted now.
    pub fn count(&mut self, Reacted { emoji, added, count, .. }: &Reacted) {
        let before = self.reactions.iter().find(|it| it.emoji == *emoji).map_or(0, |it| it.count);
        let step = if *added { before.saturating_add(1) } else { before.saturating_sub(1) };
        let count = count.unwrap_or(step);
        match self.reactions.iter_mut().find(|it| it.emoji == *emoji) {
            Some(reaction) => reaction.count = count,
            None => self.reactions.push(Reaction { emoji: emoji.clone(), count }),
        }
        self.reactions.retain(|reaction| reaction.count > 0);
    }

    /// Notes what the viewer did.
    pub fn note_own(&mut self, Reacted { emoji, added, .. }: &Reacted) {
        let mine = self.reacted.get_or_insert_default();
        mine.retain(|it| it != emoji);
        if *added {
            mine.push(emoji.clone());
        }
    }

    /// Whether the viewer has reacted with it, as far as this tells.
    pub fn is_reacted_with(&self, emoji: &str) -> bool {
        self.reacted.as_ref().is_some_and(|mine| mine.iter().any(|it| it == emoji))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::thread::fixtures::{message, person};

    #[test]
    fn the_same_told_twice_is_one() {
        let mut said = message(1, 1);
        let told = |added, count| Reacted { emoji: "👍".to_owned(), actor: person(2), added, count };
        for _ in 0..2 {
            said.count(&told(true, Some(1)));
            said.note_own(&told(true, Some(1)));
        }
        assert_eq!(said.reactions, [Reaction { emoji: "👍".to_owned(), count: 1 }]);
        assert!(said.is_reacted_with("👍") && !said.is_reacted_with("🎉"));
        said.count(&told(true, Some(3)));
        assert_eq!(said.reactions[0].count, 3);
        said.count(&told(false, None));
        said.note_own(&told(false, None));
        assert_eq!((said.reactions[0].count, said.is_reacted_with("👍")), (2, false));
        for _ in 0..3 {
            said.count(&told(false, Some(0)));
            assert_eq!(said.reactions, []);
        }
    }
}
