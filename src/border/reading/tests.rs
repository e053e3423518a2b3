//! What the browser reads, and what it refuses.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

#[derive(Debug, PartialEq, Deserialize)]
struct Everything {
    number: i64,
    small: u8,
    is: bool,
    text: String,
    maybe: Option<u32>,
    #[serde(default)]
    absent: Option<u32>,
    #[serde(default)]
    many: Vec<Kind>,
    pair: (i64, String),
    counted: BTreeMap<String, i64>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Plain,
    Of(i64),
    Fields { a: i64, b: Option<String> },
    Pair(i64, i64),
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
enum Note {
    Renamed {
        name: String,
        since: u8,
    },
    #[serde(other)]
    Other,
}

const EVERYTHING: &str = r#"{"counted":{"b":2,"a":1},"pair":[7,"x\u00e9"],"unknown":[{}],"many":["plain",{"of":3},
    {"fields":{"b":null,"a":-1}},{"pair":[1,2]}],"maybe":4294967295,"text":"a\nb","is":true,
    "small":255,"number":-9007199254740991}"#;

#[test]
fn reads_what_serde_json_reads() {
    let read: Everything = read(EVERYTHING).expect("it is well");
    assert_eq!(read, serde_json::from_str(EVERYTHING).expect("it is well"));
    assert_eq!(read.many.len(), 4);
    for text in [r#"{"since":1,"what":"renamed","name":"n"}"#, r#"{"what":"painted","by":7}"#] {
        assert_eq!(super::read::<Note>(text), Ok(serde_json::from_str(text).expect("it is well")), "{text}");
    }
}

/// `EVERYTHING` with another `value` for `field`, or without it.
fn with(field: &str, value: Option<&str>) -> String {
    let mut all: serde_json::Value = serde_json::from_str(EVERYTHING).expect("it is well");
    let fields = all.as_object_mut().expect("fields");
    fields.remove(field).expect("it was there");
    if let Some(value) = value {
        fields.insert(field.to_owned(), serde_json::from_str(value).expect("JSON"));
    }
    all.to_string()
}

#[test]
fn a_missing_field_is_its_default_or_an_error() {
    let without = |field: &str| read::<Everything>(&with(field, None));
    assert_eq!(without("many").map(|read| read.many), Ok(Vec::new()));
    assert_eq!(without("maybe"), Err(Unreadable), "serde would take it for None: it has to be named");
    assert_eq!(without("text"), Err(Unreadable));
    assert_eq!(without("counted"), Err(Unreadable));
}

#[test]
fn what_does_not_fit_is_refused() {
    for (field, value) in [
        ("small", "256"),
        ("small", "-1"),
        ("number", "1.5"),
        ("number", "\"1\""),
        ("number", "9223372036854775808"),
        ("is", "0"),
        ("text", "7"),
        ("many", "{}"),
        ("many", "[\"unheard\"]"),
        ("many", "[{\"of\":1,\"pair\":[1,2]}]"),
        ("pair", "[1]"),
        ("counted", "[]"),
    ] {
        let text = with(field, Some(value));
        assert_eq!(read::<Everything>(&text), Err(Unreadable), "{text}");
        assert!(serde_json::from_str::<Everything>(&text).is_err(), "{text}");
    }
    for text in ["", "{", "{}x", "nul", "[]", "7"] {
        assert_eq!(read::<Everything>(text), Err(Unreadable), "{text}");
    }
}

/// The same as `serde_json` has it.
fn as_serde_json(tree: &Tree<'_>) -> serde_json::Value {
    match tree {
        Tree::Nothing => serde_json::Value::Null,
        Tree::Is(is) => (*is).into(),
        Tree::Whole(number) => (*number).into(),
        Tree::Text(text) => text.as_ref().into(),
        Tree::Items(items) => items.iter().map(as_serde_json).collect(),
        Tree::Fields(fields) => {
            fields.iter().map(|(name, value)| (name.clone().into_owned(), as_serde_json(value))).collect()
        }
    }
}

/// Whether its numbers are those that are read here.
fn is_whole(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Number(number) => number.is_i64(),
        serde_json::Value::Array(items) => items.iter().all(is_whole),
        serde_json::Value::Object(fields) => fields.values().all(is_whole),
        _ => true,
    }
}

/// Both read `text` as the same, or neither does.
fn agrees_on(text: &str) {
    let theirs = serde_json::from_str::<serde_json::Value>(text).ok().filter(is_whole);
    assert_eq!(Tree::of(text).ok().as_ref().map(as_serde_json), theirs, "{text:?}");
}

#[test]
fn json_is_what_serde_json_takes_for_it() {
    for text in [
        "null",
        "true",
        "false",
        "truely",
        "tru",
        "\u{feff}null",
        " [ ] ",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{}",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\" : {\"b\" : [ {} , [ ] ]}}",
        "[[[[]]]",
        "]",
        "0",
        "-1",
        "00",
        "01",
        "-01",
        "-",
        "--1",
        "1-",
        "+1",
        "9223372036854775807",
        "-9223372036854775808",
        "1a",
        r#""""#,
        r#"""#,
        r#""\"#,
        r#""\""#,
        r#""\\""#,
        r#""\"""#,
        r#""\/\b\f\n\r\t""#,
        r#""\x""#,
        "\"a\nb\"",
        "\"\u{7f}é€😀\"",
        r#""\u00e9\u20AC\ud83d\ude00""#,
        r#""\ud83d""#,
        r#""\ud83dx""#,
        r#""\ud83d\n""#,
        r#""\ude00""#,
        r#""\ud83d\ud83d""#,
        r#""\u12""#,
        r#""\u+123""#,
        r#""\u00g0""#,
        r#""\u00é""#,
        "'a'",
    ] {
        agrees_on(text);
    }
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(Tree::of(&nested(64)).is_ok());
    assert_eq!(Tree::of(&nested(65)), Err(Unreadable));
    assert_eq!(Tree::of(&"[".repeat(1_000_000)), Err(Unreadable));
}

#[test]
fn fractions_are_refused() {
    for text in ["1.5", "1.0", "1e3", "9223372036854775808", "[0.1]"] {
        assert_eq!(Tree::of(text), Err(Unreadable), "{text}");
    }
}

proptest! {
    #[test]
    fn texts_are_read_as_serde_json_reads_them(text in "[\\[\\]{}:,\"\\\\ntrufalse0-9u. -]{0,24}") {
        agrees_on(&text);
    }

    #[test]
    fn strings_come_back(text in any::<String>()) {
        let written = serde_json::to_string(&text).expect("a string can be written");
        prop_assert_eq!(Tree::of(&written), Ok(Tree::Text(text.into())));
    }
}
