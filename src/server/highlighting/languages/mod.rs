//! The languages that are known, by what people write behind the fence.

mod data;
mod native;
mod scripts;
mod shells;

use std::{collections::HashMap, sync::LazyLock};

use super::language::{Language, Vocabulary};

/// How a text is read.
#[derive(Debug)]
pub(super) enum Grammar {
    Code(Vocabulary),
    Markup,
    Diff,
    Console,
}

/// Bytes of a name that is looked up.
const LONGEST_NAME: usize = 32;

/// Made when the first block of code is shown, within a fraction of a millisecond.
static ALL: LazyLock<HashMap<&'static str, &'static Grammar>> = LazyLock::new(all);

/// The language that people call `name`, in any case.
pub(super) fn find(name: &str) -> Option<&'static Grammar> {
    let fits = name.len() <= LONGEST_NAME;
    fits.then(|| ALL.get(&*name.to_ascii_lowercase()).copied()).flatten()
}

fn all() -> HashMap<&'static str, &'static Grammar> {
    let tables = [native::ALL, scripts::ALL, shells::ALL, data::ALL];
    let mut all = HashMap::new();
    for language in tables.into_iter().flatten() {
        add(&mut all, language.names, Grammar::Code(Vocabulary::of(language)));
    }
    add(&mut all, &["html", "xml", "svg", "xhtml", "vue", "svelte", "htm", "plist"], Grammar::Markup);
    add(&mut all, &["diff", "patch"], Grammar::Diff);
    add(&mut all, &["console", "shell-session", "terminal", "shellsession"], Grammar::Console);
    all
}

fn add(all: &mut HashMap<&'static str, &'static Grammar>, names: &'static [&'static str], grammar: Grammar) {
    // Once, and for as long as the server runs.
    let grammar: &'static Grammar = Box::leak(Box::new(grammar));
    for name in names {
        let before = all.insert(name, grammar);
        debug_assert!(before.is_none(), "two languages are called {name}");
    }
}

/// One name of each language, for the tests.
#[cfg(test)]
pub(super) fn names() -> Vec<&'static str> {
    let by_grammar: HashMap<_, _> =
        ALL.iter().map(|(name, grammar)| (std::ptr::from_ref(*grammar), *name)).collect();
    let mut names: Vec<_> = by_grammar.into_values().collect();
    names.sort_unstable();
    names
}

/// All of a table's languages.
type Table = &'static [Language];
