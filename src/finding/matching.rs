//! Which entries a few letters mean: a pure function, the same in the browser and on the server.

use super::{Entry, LONGEST_TEXT, fold::folded};
use crate::text::Words;

/// Entries that are shown at once; who wants another types one more letter.
pub const SHOWN: usize = 20;

/// Entries with their names as they are compared, made once for many questions.
#[derive(Debug, Clone, Default)]
pub struct Index(Vec<Named>);

#[derive(Debug, Clone)]
struct Named {
    entry: Entry,
    name: String,
    beside: String,
}

/// How well an entry answers a question; the first is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Words of its name begin so.
    Name,
    /// Words of its name and of what it is also found by begin so.
    Beginning,
    /// It stands somewhere in them.
    Within,
}

impl Index {
    /// Of `entries`, the last active first, as they are called in the words of the page.
    pub fn new(entries: Vec<Entry>, words: &Words) -> Self {
        let named = entries.into_iter().map(|entry| Named {
            name: folded(&entry.called(words)),
            beside: folded(&entry.beside),
            entry,
        });
        Self(named.collect())
    }

    /// The [`SHOWN`] entries that `text` means best. Among those that fit alike, the order stays: the last active first.
    /// Without a text, these are the last active.
    pub fn find(&self, text: &str) -> Vec<Entry> {
        let text = folded(&text.chars().take(LONGEST_TEXT).collect::<String>());
        let asked: Vec<&str> = text.split_whitespace().map(bare).collect();
        let fits = self.0.iter().filter_map(|named| Some((named.fit(&asked)?, named)));
        let mut fits: Vec<(Fit, &Named)> = fits.collect();
        fits.sort_by_key(|(fit, _)| *fit);
        fits.into_iter().take(SHOWN).map(|(_, named)| named.entry.clone()).collect()
    }

    /// Which entries fit `text`, in the order of the entries.
    pub fn fitting(&self, text: &str) -> Vec<bool> {
        let text = folded(&text.chars().take(LONGEST_TEXT).collect::<String>());
        let asked: Vec<&str> = text.split_whitespace().map(bare).collect();
        self.0.iter().map(|named| named.fit(&asked).is_some()).collect()
    }
}

/// What one types of `@bruno` or `#garden` is a name.
fn bare(asked: &str) -> &str {
    let name = asked.trim_start_matches(['@', '#']);
    if name.is_empty() { asked } else { name }
}

impl Named {
    fn fit(&self, asked: &[&str]) -> Option<Fit> {
        let every = |fits: &dyn Fn(&str) -> bool| asked.iter().all(|asked| fits(asked));
        if every(&|asked| begins(&self.name, asked)) {
            return Some(Fit::Name);
        }
        if every(&|asked| begins(&self.name, asked) || begins(&self.beside, asked)) {
            return Some(Fit::Beginning);
        }
        every(&|asked| self.name.contains(asked) || self.beside.contains(asked)).then_some(Fit::Within)
    }
}

/// Whether a word of `name` begins with `asked`. A word begins behind whatever is no letter and no digit.
fn begins(name: &str, asked: &str) -> bool {
    name.match_indices(asked).any(|(at, _)| {
        let before = name[..at].chars().next_back();
        before.is_none_or(|before| !before.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{finding::Goal, ids::ConversationId, text::Locale};

    fn entry(number: i64, name: &str, beside: &str) -> Entry {
        let id = ConversationId::try_from(number).expect("an id");
        let goal = if number == 1 { Goal::Everyone(id) } else { Goal::Talk(id) };
        Entry { goal, name: name.to_owned(), beside: beside.to_owned(), face: number, unread: false }
    }

    fn index(names: &[(&str, &str)]) -> Index {
        let entries = (2..).zip(names).map(|(number, (name, beside))| entry(number, name, beside));
        Index::new(entries.collect(), Locale::En.words())
    }

    #[track_caller]
    fn assert_found(index: &Index, text: &str, names: &[&str]) {
        let found = index.find(text);
        assert_eq!(found.iter().map(|entry| &*entry.name).collect::<Vec<_>>(), names, "{text:?}");
    }

    #[test]
    fn the_beginning_of_any_word_is_better_than_its_middle() {
        let index = index(&[("Hannah", "h"), ("Anna Becker", "ab"), ("Joan Anders", "ja")]);
        assert_found(&index, "an", &["Anna Becker", "Joan Anders", "Hannah"]);
        assert_found(&index, "and", &["Joan Anders"]);
        assert_found(&index, "becker ann", &["Anna Becker"]);
        assert_found(&index, "nobody", &[]);
    }

    #[test]
    fn a_name_is_better_than_the_username_and_the_space() {
        let index =
            index(&[("kitchen", "House"), ("garden", "House"), ("House", ""), ("Amina", "house.cat")]);
        assert_found(&index, "house", &["House", "kitchen", "garden", "Amina"]);
        assert_found(&index, "house gar", &["garden"]);
        assert_found(&index, "@house.c", &["Amina"]);
        assert_found(&index, "#gar", &["garden"]);
    }

    #[test]
    fn without_a_text_the_last_active_stand_there() {
        let names: Vec<String> = (0..50).map(|number| format!("Talk {number}")).collect();
        let index = index(&names.iter().map(|name| (&**name, "")).collect::<Vec<_>>());
        for text in ["", "   ", "talk"] {
            let found = index.find(text);
            assert_eq!(found.len(), SHOWN);
            assert_eq!(found[0].name, "Talk 0", "{text:?}");
        }
        let found: Vec<String> = index.find("talk 4").into_iter().map(|entry| entry.name).collect();
        assert_eq!(found[..3], ["Talk 4", "Talk 40", "Talk 41"]);
        assert_eq!(found[11..], ["Talk 14", "Talk 24", "Talk 34"], "within a word it stands last");
    }

    #[test]
    fn names_are_found_in_any_script_and_with_any_accent() {
        let index =
            index(&[("Léna Garnier", ""), ("نور الهدى", ""), ("張偉", ""), ("Ελένη", ""), ("🎈", "")]);
        for (text, name) in [
            ("lena", "Léna Garnier"),
            ("GARNIÉR", "Léna Garnier"),
            ("الهدى", "نور الهدى"),
            ("偉", "張偉"),
            ("ελενη", "Ελένη"),
            ("🎈", "🎈"),
        ] {
            assert_found(&index, text, &[name]);
        }
        assert_found(&index, "@", &[]);
    }

    #[test]
    fn the_room_for_everyone_is_found_as_it_is_called_here() {
        for (locale, text) in [(Locale::En, "gener"), (Locale::Fr, "gener")] {
            let index = Index::new(vec![entry(1, "", "")], locale.words());
            assert_eq!(index.find(text).len(), 1, "{locale:?}");
        }
    }

    #[test]
    fn a_long_question_is_cut_off() {
        let name = "a".repeat(LONGEST_TEXT);
        let index = index(&[(&name, "")]);
        assert_eq!(index.find(&"a".repeat(1_000_000)).len(), 1);
    }
}
