//! The live protocol as `docs/api/asyncapi.json` describes it is the one that `src/realtime/event.rs` defines, and the one
//! that is spoken.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use salon::realtime::event::{Command, Event, LARGEST_FRAME, MOST_RESUMED, SUBPROTOCOL};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::{
    on_both_engines,
    protocol::{names, page, part},
    support::{Answer, Socket, TestApp, browser::bare},
};

on_both_engines! {
    what_is_said_over_a_connection_is_as_described,
    the_description_is_served,
}

/// The file.
struct Document(Value);

impl Document {
    fn read() -> Self {
        let text = include_str!("../../../docs/api/asyncapi.json");
        Self(serde_json::from_str(text).expect("the description is JSON"))
    }

    /// The messages of one kind, `event` or `command`, by their names.
    fn messages(&self, kind: &str) -> BTreeMap<&str, &Value> {
        let all = self.0["components"]["messages"].as_object().expect("messages").iter();
        all.filter_map(|(key, message)| Some((key.strip_prefix(kind)?.strip_prefix('.')?, message))).collect()
    }

    /// What a place in the file says of values.
    fn schema(&self, pointer: &str) -> jsonschema::Validator {
        let schema = json!({ "$ref": format!("#{pointer}"), "components": self.0["components"] });
        jsonschema::validator_for(&schema).expect("a schema")
    }

    /// Succeeds if a frame is as its message is described.
    fn describes(&self, kind: &str, frame: &Value) {
        let name = frame["type"].as_str().expect("a frame has a type");
        assert!(self.messages(kind).contains_key(name), "{frame} is not described");
        let schema = self.schema(&payload(kind, name));
        let errors: Vec<String> = schema.iter_errors(frame).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{frame}: {errors:?}");
    }

    fn at(&self, pointer: &str) -> &Value {
        self.0.pointer(pointer).unwrap_or_else(|| panic!("there is no {pointer}"))
    }

    /// Notes every property that `value` has, with the place where the file describes it.
    fn note(&self, pointer: &str, value: &Value, seen: &mut BTreeSet<String>) {
        let schema = self.at(pointer);
        if let Some(elsewhere) = schema["$ref"].as_str() {
            self.note(elsewhere.trim_start_matches('#'), value, seen);
        }
        for place in 0..schema["oneOf"].as_array().map_or(0, Vec::len) {
            let branch = format!("{pointer}/oneOf/{place}");
            if self.schema(&branch).is_valid(value) {
                self.note(&branch, value, seen);
            }
        }
        for (name, value) in value.as_object().into_iter().flatten() {
            let property = format!("{pointer}/properties/{name}");
            if self.0.pointer(&property).is_some() {
                self.note(&property, value, seen);
                seen.insert(property);
            }
        }
        for item in value.as_array().into_iter().flatten().filter(|_| schema.get("items").is_some()) {
            self.note(&format!("{pointer}/items"), item, seen);
        }
    }

    /// Every place below `pointer` where a property is described; whatever is not there is refused.
    fn properties(&self, pointer: &str, found: &mut BTreeSet<String>) {
        let schema = self.at(pointer);
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            assert_eq!(schema["additionalProperties"], json!(false), "{pointer}");
            for name in properties.keys() {
                let property = format!("{pointer}/properties/{name}");
                self.properties(&property, found);
                found.insert(property);
            }
        }
        for place in 0..schema["oneOf"].as_array().map_or(0, Vec::len) {
            self.properties(&format!("{pointer}/oneOf/{place}"), found);
        }
        if schema.get("items").is_some() {
            self.properties(&format!("{pointer}/items"), found);
        }
    }
}

fn payload(kind: &str, name: &str) -> String {
    format!("/components/messages/{kind}.{name}/payload")
}

/// What the file calls it. A new one is to be described there.
fn event(event: &Event) -> &'static str {
    match event {
        Event::Hello { .. } => "hello",
        Event::Message(_) => "message",
        Event::Reaction { .. } => "reaction",
        Event::Replies { .. } => "replies",
        Event::Vote { .. } => "vote",
        Event::PollClosed { .. } => "poll_closed",
        Event::Followed { .. } => "followed",
        Event::Resumed { .. } => "resumed",
        Event::Read { .. } => "read",
        Event::Retracted { .. } => "retracted",
        Event::Receipts { .. } => "receipts",
        Event::Typing { .. } => "typing",
        Event::Left { .. } => "left",
        Event::Presence { .. } => "presence",
        Event::Changed { .. } => "changed",
        Event::Announcement(_) => "announcement",
        Event::Pong => "pong",
        Event::Error { .. } => "error",
    }
}

/// As [`event`].
fn command(command: &Command) -> &'static str {
    match command {
        Command::Resume { .. } => "resume",
        Command::Read { .. } => "read",
        Command::Received { .. } => "received",
        Command::Typing { .. } => "typing",
        Command::Activity {} => "activity",
        Command::Ping {} => "ping",
    }
}

/// Every message of a kind has examples, which are frames of it and say neither more nor less than those hold.
fn check<T: DeserializeOwned + Serialize>(document: &Document, kind: &str, name: fn(&T) -> &'static str) {
    let messages = document.messages(kind);
    let described: BTreeSet<String> = messages.keys().map(|name| (*name).to_owned()).collect();
    assert_eq!(described, names::<T>(json!({ "type": "?" })));
    for (called, message) in messages {
        assert_eq!(message["name"], json!(called));
        let examples = message["examples"].as_array().expect("examples");
        assert!(!examples.is_empty(), "{called} has no example");
        for example in examples {
            let example = &example["payload"];
            document.describes(kind, example);
            let frame: T =
                serde_json::from_value(example.clone()).unwrap_or_else(|error| panic!("{example}: {error}"));
            assert_eq!(name(&frame), called, "{example}");
            assert_eq!(&serde_json::to_value(&frame).expect("a frame can be written"), example);
        }
    }
}

#[test]
fn every_frame_is_described_with_examples_that_hold() {
    let document = Document::read();
    check::<Event>(&document, "event", event);
    check::<Command>(&document, "command", command);
}

#[test]
fn every_field_occurs_in_an_example() {
    let document = Document::read();
    let (mut described, mut shown) = (BTreeSet::new(), BTreeSet::new());
    for name in document.0["components"]["schemas"].as_object().expect("schemas").keys() {
        document.properties(&format!("/components/schemas/{name}"), &mut described);
    }
    for kind in ["event", "command"] {
        for (name, message) in document.messages(kind) {
            document.properties(&payload(kind, name), &mut described);
            for example in message["examples"].as_array().expect("examples") {
                document.note(&payload(kind, name), &example["payload"], &mut shown);
            }
        }
    }
    assert!(described.len() > 100);
    let missing: Vec<_> = described.difference(&shown).collect();
    assert!(missing.is_empty(), "no example has {missing:#?}");
}

/// Both channels carry all messages, the server's own one way and the client's the other.
#[test]
fn both_channels_carry_every_frame() {
    let document = Document::read();
    let all: BTreeSet<&str> = document.0["components"]["messages"]
        .as_object()
        .expect("messages")
        .keys()
        .map(String::as_str)
        .collect();
    for (channel, address) in [("programs", "/api/v1/live"), ("pages", "/ws")] {
        let described = &document.0["channels"][channel];
        assert_eq!(described["address"], address);
        let protocol = &described["bindings"]["ws"]["headers"]["properties"]["Sec-WebSocket-Protocol"];
        assert_eq!(protocol["const"], SUBPROTOCOL);
        let carried = described["messages"].as_object().expect("messages");
        assert_eq!(carried.keys().map(String::as_str).collect::<BTreeSet<_>>(), all);
        for (operation, action, kind) in [("tells", "send", "event"), ("hears", "receive", "command")] {
            let operation = &document.0["operations"][format!("{operation}.{channel}")];
            assert_eq!(operation["action"], action);
            let messages = operation["messages"].as_array().expect("messages").iter();
            let messages: BTreeSet<&str> =
                messages.filter_map(|it| it["$ref"].as_str()?.rsplit('/').next()).collect();
            let of_kind = all.iter().copied().filter(|name| name.starts_with(kind)).collect();
            assert_eq!(messages, of_kind);
        }
    }
}

#[test]
fn limits_and_close_codes_are_those_of_the_protocol() {
    let document = Document::read();
    let resume = document.at("/components/messages/command.resume/payload/properties/conversations");
    assert_eq!(resume["maxProperties"], MOST_RESUMED);
    assert!(
        document.0["info"]["description"].as_str().is_some_and(|it| it.contains(&LARGEST_FRAME.to_string()))
    );

    let page = page();
    let rows =
        part(&page, "Close codes").lines().filter_map(|row| row.strip_prefix("| ")?.strip_suffix(" |"));
    let rows =
        rows.map(|row| row.split(" | ").collect::<Vec<_>>()).filter(|row| row[0].parse::<u16>().is_ok());
    let codes: Map<String, Value> = rows
        .map(|row| {
            let reasons: Vec<&str> = row[1].split('`').skip(1).step_by(2).collect();
            (row[0].to_owned(), json!({ "reasons": reasons, "then": row[2] }))
        })
        .collect();
    assert!(codes.contains_key("4401"));
    for channel in ["programs", "pages"] {
        assert_eq!(document.0["channels"][channel]["x-close-codes"], Value::Object(codes.clone()));
    }
}

async fn the_description_is_served(app: TestApp) {
    let request = bare(&app.origin, Method::GET, "/api/v1/asyncapi.json", &[]);
    let served = Answer::of(request).await.well();
    assert_eq!(served.header("content-type"), "application/json");
    assert_eq!(served.json::<Value>(), Document::read().0);
}

/// Somebody's end of a connection, where every frame is held against the description.
struct Ear {
    document: Document,
    socket: Socket,
    heard: BTreeSet<String>,
}

impl Ear {
    async fn next(&mut self) -> Value {
        let Some(Frame::Text(text)) = self.socket.next_frame().await else {
            panic!("the connection is open")
        };
        let frame: Value = serde_json::from_str(&text).expect("JSON");
        self.document.describes("event", &frame);
        self.heard.insert(frame["type"].to_string().trim_matches('"').to_owned());
        frame
    }

    /// Hears everything up to a frame of this type.
    async fn hears(&mut self, what: &str) {
        while self.next().await["type"] != what {}
    }

    async fn tells(&mut self, command: &Command) {
        self.document.describes("command", &serde_json::to_value(command).expect("a command"));
        self.socket.tells(command).await;
    }
}

async fn what_is_said_over_a_connection_is_as_described(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let (hers, his) = (amina.starts("write").await, bruno.starts("write").await);
    let talk = amina.opens(&bruno).await;
    let first = amina.sends(talk, "~~~rust\nlet tea = 5;\n~~~").await;

    let socket = his.handshake().attempt().await.unwrap_or_else(|status| panic!("no connection: {status}"));
    let mut ear = Ear { document: Document::read(), socket, heard: BTreeSet::new() };
    ear.hears("hello").await;
    ear.tells(&Command::Resume { conversations: [(talk, 0)].into() }).await;
    ear.hears("resumed").await;
    ear.tells(&Command::Read { conversation: talk, position: first.position }).await;
    ear.hears("read").await;
    ear.tells(&Command::Received { conversation: talk, position: first.position }).await;
    ear.tells(&Command::Activity {}).await;
    ear.socket.tells_text("tea").await;
    ear.hears("error").await;

    let path = format!("/conversations/{talk}/messages");
    let said = his
        .posts(&path, json!({ "body": "@amina: tea?", "reply_to": first.id }))
        .await
        .well()
        .json::<Value>();
    ear.hears("message").await;
    let one = format!("{path}/{}", said["id"]);
    his.sends(Method::PATCH, &one, &json!({ "body": "@amina: coffee?" })).await.well();
    hers.tries(Method::PUT, &format!("{one}/reactions/👍")).await.well();
    ear.hears("reaction").await;
    hers.posts(&path, json!({ "body": "In a thread", "thread": said["id"] })).await.well();
    ear.hears("replies").await;
    amina.marks_read(talk, said["position"].as_i64().expect("a position")).await.well();
    ear.hears("receipts").await;
    his.tries(Method::DELETE, &one).await.well();

    amina.polls(talk, "When?", &["At five", "At six"]).await;

    let mut other = hers.listens().await;
    other.tells(&Command::Typing { conversation: talk, stopped: false }).await;
    ear.hears("typing").await;
    ear.tells(&Command::Typing { conversation: talk, stopped: true }).await;

    let group =
        hers.posts("/groups", json!({ "name": "Tea", "people": [bruno.id] })).await.well().json::<Value>();
    ear.hears("changed").await;
    hers.sends(Method::PATCH, &format!("/conversations/{}", group["id"]), &json!({ "topic": "At five" }))
        .await
        .well();
    hers.tries(Method::DELETE, &format!("/conversations/{}/members/{}", group["id"], bruno.id)).await.well();
    ear.hears("left").await;
    amina.looks_after(&app).await;
    hers.posts("/announcements", json!({ "text": "Tea is ready." })).await.well();
    ear.hears("announcement").await;
    ear.tells(&Command::Ping {}).await;
    ear.hears("pong").await;

    let all = Document::read();
    let never: Vec<&str> =
        all.messages("event").into_keys().filter(|name| !ear.heard.contains(*name)).collect();
    // Their own scenarios hear these, and every frame is written by the type that the examples are held against.
    assert_eq!(never, ["followed", "poll_closed", "retracted", "vote"]);
}
