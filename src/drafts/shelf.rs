//! How drafts stand in the browser's storage: under which name, in which form, and which of them go when there are
//! too many. Plain Rust: no signals, no browser, no clock.

use crate::{
    ids::{AccountId, ConversationId},
    threads::Spot,
    time::Timestamp,
};

/// Drafts that are kept in one browser, of everybody who uses it.
pub const MOST: usize = 200;

/// Characters of a draft that are kept: two messages, so that a text that is too long to send is not lost.
const MOST_CHARACTERS: usize = 16_000;

/// What every name begins with.
pub const PREFIX: &str = "salon-draft-";

/// The name of a person's draft for a conversation, or a thread of it. The account is part of it: nobody reads another's.
pub fn name(account: AccountId, spot: Spot) -> String {
    let Spot { conversation, thread } = spot;
    let thread = thread.map(|thread| format!("-{thread}")).unwrap_or_default();
    format!("{PREFIX}{account}-{conversation}{thread}")
}

/// What the draft with this name is for, if it is one of `account`.
pub fn spot(name: &str, account: AccountId) -> Option<Spot> {
    let (owner, place) = name.strip_prefix(PREFIX)?.split_once('-')?;
    if owner.parse() != Ok(account) {
        return None;
    }
    Some(match place.split_once('-') {
        Some((conversation, thread)) => {
            Spot { conversation: conversation.parse().ok()?, thread: Some(thread.parse().ok()?) }
        }
        None => place.parse::<ConversationId>().ok()?.into(),
    })
}

/// What a stored draft says of itself if the server has it.
const KNOWN: &str = "known";

/// A draft as it is stored: when it was written, its revision, whether the server has yet to learn of it (`dirty`), and the
/// text on the lines below.
pub fn record(at: Timestamp, text: &str, revision: i64, dirty: bool) -> String {
    let known = if dirty { "" } else { KNOWN };
    format!("{} {revision} {known}\n{}", at.millis(), cut(text))
}

/// As much of a text as is stored.
pub fn cut(text: &str) -> &str {
    text.char_indices().nth(MOST_CHARACTERS).map_or(text, |(end, _)| &text[..end])
}

/// A stored draft: the text, its revision, and whether the server has yet to learn of it. Those of before, which stood in
/// browsers alone, it does not know.
pub fn read(record: &str) -> Option<(&str, i64, bool)> {
    let (head, text) = record.split_once('\n')?;
    let mut head = head.split(' ');
    head.next()?.parse::<i64>().ok()?;
    let revision = head.next().and_then(|revision| revision.parse().ok()).unwrap_or(0);
    Some((text, revision, head.next() != Some(KNOWN)))
}

/// When a stored draft was written; what cannot be read is the oldest of all.
pub fn written(record: &str) -> i64 {
    record.split(['\n', ' ']).next().and_then(|at| at.parse().ok()).unwrap_or(0)
}

/// Of drafts, each with the time of its writing, the names of those that go so that `most` stay: the oldest.
pub fn too_many(mut drafts: Vec<(i64, String)>, most: usize) -> Vec<String> {
    drafts.sort();
    let gone = drafts.len().saturating_sub(most);
    drafts.into_iter().take(gone).map(|(_, name)| name).collect()
}

/// What stands in the box when a draft is taken up: whoever has begun to type before the page came to life loses
/// neither the one nor the other.
pub fn taken_up(draft: &str, typed: &str) -> String {
    if draft.is_empty() || typed.starts_with(draft) {
        return typed.to_owned();
    }
    if typed.is_empty() || draft.starts_with(typed) {
        return draft.to_owned();
    }
    format!("{draft}\n{typed}")
}

/// The beginning of a draft, for a list: on one line. None if nothing is written.
pub fn beginning(text: &str) -> Option<String> {
    let start: String = text.trim().chars().take(BEGINNING).collect();
    let line = start.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Characters that a list shows of a draft, at most.
const BEGINNING: usize = 120;

#[cfg(test)]
mod tests {
    use super::*;

    fn account(number: i64) -> AccountId {
        AccountId::try_from(number).expect("tests number accounts from 1")
    }

    fn place(number: i64) -> ConversationId {
        ConversationId::try_from(number).expect("tests number conversations from 1")
    }

    #[test]
    fn a_name_says_whose_draft_it_is_and_for_what() {
        let thread = "9".parse().ok();
        for place in [place(7).into(), Spot { conversation: place(7), thread }] {
            let name = name(account(12), place);
            assert_eq!(spot(&name, account(12)), Some(place));
            assert_eq!(spot(&name, account(1)), None);
        }
        for other in
            ["", "enter", "draft-", "draft-12", "draft-12-", "draft-12-x", "draft-12-7-", "draft-12-7-x"]
        {
            assert_eq!(spot(&format!("salon-{other}"), account(12)), None, "{other:?}");
        }
    }

    #[test]
    fn a_draft_is_stored_to_the_letter() {
        for draft in ["a", "two\nlines\n", "\n\n# first", "12\n", "été 🎉"] {
            for dirty in [true, false] {
                let record = record(Timestamp::from_millis(1_000), draft, 7, dirty);
                assert_eq!(read(&record), Some((draft, 7, dirty)), "{draft:?}");
                assert_eq!(written(&record), 1_000);
            }
        }
        assert_eq!(read("somebody else wrote this"), None);
    }

    #[test]
    fn a_draft_of_before_is_new_to_the_server() {
        assert_eq!(read("1000\n2 lines\nof it"), Some(("2 lines\nof it", 0, true)));
        assert_eq!(written("1000\n2 lines"), 1_000);
    }

    #[test]
    fn an_endless_draft_is_cut_between_characters() {
        let record = record(Timestamp::from_millis(0), &"é".repeat(MOST_CHARACTERS + 1), 0, true);
        assert_eq!(read(&record).map(|(text, ..)| text.chars().count()), Some(MOST_CHARACTERS));
    }

    #[test]
    fn the_oldest_go_first() {
        let drafts = [(3, "c"), (1, "a"), (2, "b")].map(|(at, name)| (at, name.to_owned())).to_vec();
        assert_eq!(too_many(drafts.clone(), 1), ["a", "b"]);
        assert!(too_many(drafts, 3).is_empty());
    }

    #[test]
    fn a_draft_and_what_was_typed_meanwhile_are_both_kept() {
        assert_eq!(taken_up("", "new"), "new");
        assert_eq!(taken_up("old", ""), "old");
        assert_eq!(taken_up("old", "old"), "old");
        assert_eq!(taken_up("old", "old and more"), "old and more");
        assert_eq!(taken_up("old and more", "old"), "old and more");
        assert_eq!(taken_up("old", "new"), "old\nnew");
    }

    #[test]
    fn a_list_shows_the_beginning_on_one_line() {
        assert_eq!(beginning("  one\n\n two "), Some("one two".to_owned()));
        assert_eq!(beginning(" \n"), None);
        assert_eq!(beginning(&"long ".repeat(100)).map(|line| line.chars().count()), Some(119));
    }
}
