//! The live protocol as `docs/protocol.md` describes it is the one that `src/realtime/event.rs` defines.

use std::{collections::BTreeSet, fs};

use salon::{
    realtime::event::{
        Command, Event, LARGEST_FRAME, MOST_MISSED, MOST_RESUMED, Refusal, SUBPROTOCOL, Topic,
    },
    server::{
        config::LimitSettings,
        realtime::{hub, outbox},
    },
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// An example of one frame, and the heading that it stands under.
struct Example {
    heading: String,
    text: String,
}

pub fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/protocol.md");
    fs::read_to_string(path).expect("the protocol is described")
}

/// The part of the page below a heading of the second level.
pub fn part<'a>(page: &'a str, title: &str) -> &'a str {
    let (_, below) = page.split_once(&format!("\n## {title}\n")).expect("the page has this part");
    below.split("\n## ").next().unwrap_or_default()
}

/// The types that have a heading in this part.
fn headings(part: &str) -> BTreeSet<String> {
    let titles = part.lines().filter_map(|line| line.strip_prefix("### "));
    titles.map(|title| title.trim_matches('`').to_owned()).collect()
}

fn examples(part: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    for section in part.split("\n### ").skip(1) {
        let heading = section.lines().next().unwrap_or_default().trim_matches('`');
        for fenced in section.split("```json\n").skip(1) {
            let text = fenced.split("```").next().unwrap_or_default();
            examples.push(Example { heading: heading.to_owned(), text: text.to_owned() });
        }
    }
    examples
}

/// Every name that the variants of `T` have on the wire. serde lists them when it meets one that it does not know.
pub fn names<T: DeserializeOwned>(unknown: Value) -> BTreeSet<String> {
    let complaint =
        serde_json::from_value::<T>(unknown).map(drop).expect_err("there is no such name").to_string();
    let (_, expected) = complaint.split_once("expected ").expect("serde says what it expected");
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Each example is a frame of the type that its heading names, and says neither more nor less than that frame holds.
fn check_examples<T: DeserializeOwned + Serialize>(part: &str) {
    for Example { heading, text } in examples(part) {
        let written: Value = serde_json::from_str(&text).expect("an example is JSON");
        let frame: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(serde_json::to_value(&frame).expect("a frame can be written"), written, "{text}");
        assert_eq!(written["type"], json!(heading), "{text}");
    }
}

/// The values of one field in the examples.
fn values(part: &str, field: &str) -> BTreeSet<String> {
    let values = examples(part).into_iter().filter_map(|example| {
        let frame: Value = serde_json::from_str(&example.text).ok()?;
        frame.get(field)?.as_str().map(str::to_owned)
    });
    values.collect()
}

#[test]
fn every_frame_of_the_protocol_is_described_with_an_example_that_holds() {
    let page = page();
    let (events, commands) = (part(&page, "From the server"), part(&page, "To the server"));

    assert_eq!(headings(events), names::<Event>(json!({ "type": "?" })));
    assert_eq!(headings(commands), names::<Command>(json!({ "type": "?" })));
    for part in [events, commands] {
        let shown: BTreeSet<String> = examples(part).into_iter().map(|example| example.heading).collect();
        assert_eq!(shown, headings(part), "a frame has no example");
    }
    check_examples::<Event>(events);
    check_examples::<Command>(commands);
}

#[test]
fn every_list_that_changes_and_every_refusal_is_described() {
    let page = page();
    let events = part(&page, "From the server");
    assert_eq!(values(events, "what"), names::<Topic>(json!("?")));
    assert_eq!(values(events, "code"), names::<Refusal>(json!("?")));
}

#[test]
fn the_limits_of_the_protocol_are_those_of_the_server() {
    let page = page();
    let usual = LimitSettings::default();
    for (what, most) in [
        ("Bytes in one frame", LARGEST_FRAME),
        ("Conversations in one `resume`", MOST_RESUMED),
        ("Messages in the answer for one conversation", MOST_MISSED),
        ("Connections of one person", hub::MOST_CONNECTIONS),
        ("Frames that wait for one connection", outbox::MOST_FRAMES),
        ("Bytes that wait for one connection", outbox::MOST_BYTES),
        ("Frames from one person, per second", usual.frames_per_second as usize),
        ("Frames from one person, at once", usual.frames_at_once as usize),
    ] {
        assert!(page.contains(&format!("\n| {what} | {most} |\n")), "the page does not say: {what}, {most}");
    }
    assert!(page.starts_with(&format!("# The live protocol, `{SUBPROTOCOL}`\n")));
}
