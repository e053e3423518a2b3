//! How much room is left, told once it becomes little.

use leptos::prelude::*;

use crate::{
    messages::pane::use_pane,
    text::{Words, use_words},
};

/// Characters that `text` may still get until it has `at_most`: below zero if it has more. While there is plenty,
/// counting is spared, so that typing never waits for it.
pub fn left(text: &str, at_most: u32) -> i64 {
    let at_most = i64::from(at_most);
    // A character has at least one byte.
    let bytes = i64::try_from(text.len()).unwrap_or(i64::MAX);
    if is_plenty(at_most - bytes, at_most) {
        return at_most;
    }
    at_most - i64::try_from(text.trim().chars().count()).unwrap_or(i64::MAX)
}

/// Whether it is not worth a word: less than nine tenths are written.
const fn is_plenty(left: i64, at_most: i64) -> bool {
    left > at_most / 10
}

/// The steps at which it is read out, rather than at every key: when the count appears, at half of that, at the
/// last twenty, at the end, and beyond. None while there is plenty.
fn step(left: i64, at_most: i64) -> Option<u32> {
    let steps = [at_most / 10, at_most / 20, 20, 0, -1];
    let passed = steps.iter().filter(|step| left <= **step).count();
    if is_plenty(left, at_most) { None } else { u32::try_from(passed).ok() }
}

fn sentence(words: &Words, left: i64) -> String {
    let count = u32::try_from(left.unsigned_abs()).unwrap_or(u32::MAX);
    if left < 0 { (words.talk().characters_too_many)(count) } else { (words.talk().characters_left)(count) }
}

/// The count to see, and the same to hear at its steps.
#[component]
pub fn Counter(left: Memo<i64>, at_most: u32) -> impl IntoView {
    let (words, id) = (use_words(), use_pane().ids().counter);
    let at_most = i64::from(at_most);
    let passed = Memo::new(move |_| step(left.get(), at_most));
    let seen = move || {
        let left = left.get();
        let class = if left < 0 { "field-error" } else { "field-hint" };
        (!is_plenty(left, at_most)).then(|| view! { <p class=class id=id>{sentence(words, left)}</p> })
    };
    let heard = Signal::derive(move || {
        let step = passed.get();
        step.map(|_| sentence(words, left.get_untracked())).unwrap_or_default()
    });

    view! {
        {seen}
        <p class="visually-hidden" aria-live="polite">{heard}</p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_as_they_will_be_sent() {
        assert_eq!(left("", 100), 100);
        assert_eq!(left(&"é".repeat(95), 100), 5);
        assert_eq!(left(&format!("  {}\n", "a".repeat(101)), 100), -1);
        // Many bytes, few characters.
        assert_eq!(left(&"🎉".repeat(30), 100), 70);
    }

    #[test]
    fn it_is_told_from_nine_tenths_on() {
        assert_eq!(step(801, 8_000), None);
        assert!(step(800, 8_000).is_some());
        assert!(step(1, 10).is_some());
    }

    #[test]
    fn it_is_heard_at_few_steps() {
        let steps = (-50..=800).rev().map(|left| step(left, 8_000)).collect::<Vec<_>>();
        let changes = steps.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert_eq!(changes, 4);
    }
}
