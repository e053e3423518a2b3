//! The description of the API holds together.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;

use crate::{
    house_rules::files,
    on_both_engines,
    support::{Answer, TestApp, browser::bare},
};

on_both_engines! {
    what_the_description_refers_to_is_in_it,
}

/// Every `$ref` in it.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

async fn what_the_description_refers_to_is_in_it(app: TestApp) {
    let request = bare(&app.origin, Method::GET, "/api/v1/openapi.json", &[]);
    let document: Value = Answer::of(request).await.well().json();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 20, "{found:?}");
    for reference in found {
        let pointer = reference.strip_prefix('#').expect("nothing is elsewhere");
        assert!(document.pointer(pointer).is_some(), "there is no {reference}");
    }
}

/// Of two types of one name only one would be described, and what takes the other would be described by it.
#[test]
fn no_two_descriptions_have_one_name() {
    let mut names = BTreeSet::new();
    for (file, text) in files(&["src/server/rest", "src/server/dialects"]) {
        for derived in text
            .split("#[derive(")
            .skip(1)
            .filter(|it| it.split(']').next().is_some_and(|it| it.contains("ToSchema")))
        {
            let (before, behind) = derived.split_once("pub struct ").expect("a struct");
            let renamed = before.split_once("schema(as = ").map(|(_, name)| name);
            let ends = |c: char| !(c.is_alphanumeric() || c == ':' || c == '_');
            let name = renamed.unwrap_or(behind).split(ends).next().unwrap_or_default();
            assert!(names.insert(name.to_owned()), "{file}: there is another {name}");
        }
    }
    assert!(names.len() > 30, "{names:?}");
}
