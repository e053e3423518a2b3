//! The description of the API, read as a whole: nothing in it stands for two things.

use std::{collections::BTreeMap, fs, path::Path};

use reqwest::Method;
use serde_json::Value;

use crate::{
    on_both_engines,
    support::{Answer, TestApp, browser::bare},
};

on_both_engines! {
    every_operation_has_a_name_of_its_own,
    every_id_in_a_path_is_described,
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

/// The schemas of one folder, by their names in the description, each with its file.
fn schemas(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in folder.read_dir().expect("a folder").flatten().filter(|entry| entry.path().is_file()) {
        let (file, text) = (entry.path(), fs::read_to_string(entry.path()).expect("a text"));
        for part in text
            .split("#[derive(")
            .skip(1)
            .filter(|part| part.split_once(")]").is_some_and(|(derived, _)| derived.contains("ToSchema")))
        {
            let head = part.split('{').next().unwrap_or_default();
            let renamed =
                head.split_once("#[schema(as = ").and_then(|(_, rest)| rest.split([',', ')']).next());
            let declared = head.split_once("pub struct ").or_else(|| head.split_once("pub enum "));
            let declared = declared.and_then(|(_, name)| name.split(|c: char| !c.is_alphanumeric()).next());
            let name = renamed.or(declared).expect("a name").to_owned();
            found.push((name, file.display().to_string()));
        }
    }
    found
}

/// One would take the place of the other, and requests would be described as something else.
#[test]
fn no_two_schemas_have_one_name() {
    let server = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/server");
    let dialects = server.join("dialects").read_dir().expect("a folder").flatten().map(|entry| entry.path());
    let folders = dialects.filter(|path| path.is_dir()).chain([server.join("rest")]);
    for folder in folders {
        let mut named = BTreeMap::new();
        for (name, file) in schemas(&folder) {
            if let Some(other) = named.insert(name.clone(), file.clone()) {
                panic!("{name} stands in {file} and in {other}");
            }
        }
        assert!(!named.is_empty(), "{} describes nothing", folder.display());
    }
}
