//! The rules of the house that no compiler checks.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Every Rust file under these folders, by its path from the root, with its text.
pub fn files(folders: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(root).expect("below the root").to_string_lossy().into_owned();
                found.push((name, fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    assert!(!found.is_empty(), "there are files to look at");
    found
}

/// Succeeds if `text` stands in no file of `src/` but those that `may`.
fn only_in(text: &str, may: impl Fn(&str) -> bool) {
    for (name, content) in files(&["src"]) {
        for (number, line) in content.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            assert!(may(&name) || !code.contains(text), "{name}:{}: {text} does not belong here", number + 1);
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for (name, content) in files(&["src", "tests", "benches"]) {
        assert!(content.starts_with("//! "), "{name} does not open with a sentence about itself");
    }
}

#[test]
fn no_file_is_longer_than_a_sitting() {
    for (name, content) in files(&["src", "tests", "benches"]) {
        let lines = content.lines().count();
        assert!(lines <= 400, "{name} has {lines} lines");
    }
}

#[test]
fn there_is_one_gate_between_browser_and_server() {
    only_in("cfg(feature", |name| name == "src/lib.rs" || name == "src/parts.rs");
    only_in("cfg(feature = \"ssr\"", |name| name == "src/lib.rs");
}

#[test]
fn shared_code_names_the_server_only_inside_server_functions() {
    only_in("crate::server", |name| name.starts_with("src/server/") || name.ends_with("/server_fns.rs"));
    only_in("use sqlx", |name| name.starts_with("src/server/"));
    only_in("use axum", |name| name.starts_with("src/server/"));
}

#[test]
fn server_functions_name_the_server_only_inside_their_bodies() {
    for (name, content) in files(&["src"]).into_iter().filter(|(name, _)| name.ends_with("/server_fns.rs")) {
        for line in content.lines().filter(|line| line.contains("crate::server")) {
            assert!(line.starts_with("    "), "{name}: {line}");
        }
    }
}

#[test]
fn only_the_writer_begins_a_transaction() {
    let writer = |name: &str| name == "src/server/db/writer.rs" || !name.starts_with("src/server/");
    for text in ["\"begin", "\"BEGIN", ".begin(", ".begin_with("] {
        only_in(text, writer);
    }
}

#[test]
fn sql_is_written_down_not_put_together() {
    only_in("AssertSqlSafe", |name| name.starts_with("src/server/db/"));
    only_in("sqlx::Any", |_| false);
}

#[test]
fn only_one_folder_calls_the_browser() {
    for text in ["web_sys", "gloo", "js_sys"] {
        only_in(text, |name| name.starts_with("src/browser/"));
    }
}

#[test]
fn there_is_no_room_for_odds_and_ends() {
    for (name, _) in files(&["src", "tests"]) {
        for part in name.split(['/', '.']) {
            assert!(
                !matches!(part, "utils" | "util" | "helpers" | "common" | "services" | "types" | "misc"),
                "{name}"
            );
        }
    }
}

/// The compiler sees to it that no word is missing in a language.
#[test]
fn every_word_is_used() {
    let files = files(&["src"]);
    let tables = files.iter().filter(|(name, _)| name.starts_with("src/text/")).filter_map(|(_, content)| {
        let (_, table) = content.split_once("Words {\n    ")?;
        table.split_once("\n}").map(|(table, _)| table)
    });
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';

    let unused = |word: &&str| {
        let used = format!(".{word}");
        !files.iter().filter(|(name, _)| !name.ends_with("/en.rs") && !name.ends_with("/fr.rs")).any(
            |(_, content)| {
                content.match_indices(&used).any(|(at, _)| !content[at + used.len()..].starts_with(is_name))
            },
        )
    };
    let words =
        tables.flat_map(str::lines).filter_map(|line| line.trim().strip_prefix("pub ")?.split(':').next());
    let words: Vec<&str> = words.collect();
    assert!(words.len() > 400, "{words:?}");
    let unused: Vec<&str> = words.into_iter().filter(unused).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = |engine: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
        let entries = folder.read_dir().expect("a folder").flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
    assert!(!names("sqlite").is_empty());
}
