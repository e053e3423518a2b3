//! The description of the API, read as a whole: nothing in it stands for two things.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde_json::Value;

use crate::{
    house_rules::files,
    on_both_engines,
    support::{Answer, TestApp, browser::bare},
};

on_both_engines! {
    every_operation_has_a_name_of_its_own,
    every_id_in_a_path_is_described,
    what_the_description_refers_to_is_in_it,
}

async fn described(app: &TestApp) -> Value {
    Answer::of(bare(&app.origin, Method::GET, "/api/v1/openapi.json", &[])).await.well().json()
}

/// Each operation with its path.
fn operations(document: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let paths = document["paths"].as_object().expect("paths");
    paths.iter().flat_map(|(path, methods)| {
        methods.as_object().expect("methods").values().map(move |about| (path, about))
    })
}

async fn every_operation_has_a_name_of_its_own(app: TestApp) {
    let document = described(&app).await;
    let mut named = BTreeMap::new();
    for (path, about) in operations(&document) {
        let name = about["operationId"].as_str().expect("a name");
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'), "{name}");
        if let Some(other) = named.insert(name.to_owned(), path) {
            panic!("{name} is {path} and {other}");
        }
    }
    assert!(named.contains_key("get_me") && named.contains_key("patch_spaces_space_members_account"));
}

async fn every_id_in_a_path_is_described(app: TestApp) {
    let document = described(&app).await;
    for (path, about) in operations(&document) {
        let parameters = about["parameters"].as_array().cloned().unwrap_or_default();
        let mut described: Vec<String> = parameters
            .iter()
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| parameter["name"].as_str().expect("a name").to_owned())
            .collect();
        let mut wanted: Vec<String> = path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}').map(str::to_owned))
            .collect();
        described.sort();
        wanted.sort();
        assert_eq!(described, wanted, "{path}");
    }
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
    let document = described(&app).await;
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
            let kind = ["pub struct ", "pub enum "].into_iter().find_map(|kind| derived.split_once(kind));
            let (before, behind) = kind.expect("a struct or an enum");
            let renamed = before.split_once("schema(as = ").map(|(_, name)| name);
            let ends = |c: char| !(c.is_alphanumeric() || c == ':' || c == '_');
            let name = renamed.unwrap_or(behind).split(ends).next().unwrap_or_default();
            assert!(names.insert(name.to_owned()), "{file}: there is another {name}");
        }
    }
    assert!(names.len() > 30, "{names:?}");
}
