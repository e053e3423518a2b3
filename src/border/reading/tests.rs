//! What the browser reads, and what it refuses.

use std::collections::BTreeMap;

use super::*;

#[derive(Debug, PartialEq, Deserialize)]
struct Everything {
    number: i64,
    small: u8,
    is: bool,
    text: String,
    maybe: Option<u32>,
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
    {"fields":{"b":null,"a":-1}},{"pair":[1,2]}],"absent":null,"maybe":4294967295,"text":"a\nb","is":true,
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

#[test]
fn a_missing_field_is_its_default_or_an_error() {
    let without = |field: &str| {
        let mut tree = tree(EVERYTHING).expect("JSON");
        tree.as_object_mut().expect("fields").remove(field).expect("it was there");
        take::<Everything>(&tree)
    };
    assert_eq!(without("many").map(|read| read.many), Ok(Vec::new()));
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
        let mut tree = tree(EVERYTHING).expect("JSON");
        tree[field] = serde_json::from_str(value).expect("JSON");
        assert_eq!(take::<Everything>(&tree), Err(Unreadable), "{field}: {value}");
        let strict = serde_json::from_value::<Everything>(tree);
        assert!(strict.is_err(), "{field}: {value}");
    }
    for text in ["", "{", "{}x", "nul", "[]", "7"] {
        assert_eq!(read::<Everything>(text), Err(Unreadable), "{text}");
    }
}
