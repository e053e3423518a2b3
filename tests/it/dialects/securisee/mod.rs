//! Messagerie sécurisée, seed 004.

use reqwest::{
    Method, RequestBuilder,
    multipart::{Form, Part},
};
use serde_json::{Value, json};

use crate::{
    on_both_engines,
    support::{Answer, Person, TestApp, browser::bare, cast},
};

on_both_engines! {
    registering_has_the_codes_of_the_document,
    one_logs_in_with_two_tokens,
    a_refresh_token_gives_access_until_it_is_revoked,
    the_tokens_open_nothing_else,
    every_user_is_for_staff,
    one_user_is_found_and_the_list_keeps_its_address,
    a_text_goes_from_one_address_to_the_other,
    nobody_speaks_or_reads_in_anothers_name,
    what_cannot_be_sent_is_refused,
    a_text_file_comes_back_as_it_was,
    nothing_is_open_without_a_token,
    fields_that_are_missing_or_odd_are_refused,
}

/// A program that was written for the document.
struct Program {
    server: String,
    access: String,
    refresh: String,
    email: String,
    id: i64,
}

fn to(app: &TestApp, method: Method, path: &str) -> RequestBuilder {
    bare(&app.origin, method, &format!("/dialects/securisee{path}"), &[])
}

async fn posts(app: &TestApp, path: &str, body: Value) -> Answer {
    Answer::of(to(app, Method::POST, path).json(&body)).await
}

fn newcomer(name: &str) -> Value {
    json!({ "username": name, "email": cast::address(name), "password": cast::PASSWORD })
}

/// The stable code of a refusal.
fn code(answer: &Answer) -> (u16, String) {
    let told: Value = answer.json();
    assert!(told["detail"].as_str().is_some_and(|detail| detail.ends_with('.')), "{told}");
    (answer.status, told["error"].as_str().expect("a code").to_owned())
}

impl Program {
    async fn arrives(app: &TestApp, name: &str) -> Self {
        let made = posts(app, "/auth/register", newcomer(name)).await;
        assert_eq!(made.status, 201);
        let id = made.json::<Value>()["id"].as_i64().expect("an id");
        let email = cast::address(name);
        let login = json!({ "email": email, "password": cast::PASSWORD });
        let told: Value = posts(app, "/auth/login", login).await.well().json();
        let text = |name: &str| told[name].as_str().expect("a token").to_owned();
        Self {
            server: app.origin.clone(),
            access: text("access_token"),
            refresh: text("refresh_token"),
            email,
            id,
        }
    }

    fn request(&self, method: Method, path: &str, token: &str) -> RequestBuilder {
        let bearer = format!("Bearer {token}");
        bare(&self.server, method, &format!("/dialects/securisee{path}"), &[("authorization", &bearer)])
    }

    async fn gets(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path, &self.access)).await
    }

    async fn refreshes(&self, token: &str) -> Answer {
        Answer::of(self.request(Method::GET, "/auth/refresh", token)).await
    }

    async fn posts(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::POST, path, &self.access).json(&body)).await
    }

    fn text(&self, to: &Self, text: &str) -> Value {
        json!({
            "sender_email": self.email, "receiver_email": to.email, "content_type": "text", "text_content": text,
        })
    }

    async fn says(&self, to: &Self, text: &str) -> Value {
        self.posts("/messaging/send_message", self.text(to, text)).await.well().json()
    }

    async fn sends_file(&self, to: &Self, name: &str, bytes: Vec<u8>) -> Answer {
        let form = Form::new()
            .text("sender_email", self.email.clone())
            .text("receiver_email", to.email.clone())
            .text("content_type", "file")
            .part("file", Part::bytes(bytes).file_name(name.to_owned()));
        Answer::of(self.request(Method::POST, "/messaging/send_message", &self.access).multipart(form)).await
    }

    async fn receives(&self, from: &Self, to: &Self, query: &str) -> Answer {
        let between = json!({ "sender_email": from.email, "receiver_email": to.email });
        self.posts(&format!("/messaging/receive_messages{query}"), between).await
    }
}

async fn registering_has_the_codes_of_the_document(app: TestApp) {
    let made = posts(&app, "/auth/register", newcomer("Jean Dupont")).await;
    assert_eq!(made.status, 400, "an address has no blank");
    let mut jean = newcomer("jean");
    jean["username"] = "Jean Dupont".into();
    jean["is_staff"] = true.into();
    let made = posts(&app, "/auth/register", jean.clone()).await;
    assert_eq!(made.status, 201);
    let told: Value = made.json();
    assert_eq!((&told["name"], &told["username"]), (&"Jean Dupont".into(), &"jean-dupont".into()));
    assert!(!made.text().contains("password") && !made.text().contains("argon2"));
    assert_eq!(app.store().await.number("select count(*) from account where is_staff").await, 0);

    assert_eq!(code(&posts(&app, "/auth/register", jean).await), (409, "taken".to_owned()));
    for field in ["username", "email", "password"] {
        let mut less = newcomer("marie");
        less.as_object_mut().expect("an object").remove(field);
        assert_eq!(posts(&app, "/auth/register", less).await.status, 400, "without {field}");
    }
    assert_eq!(app.store().await.number("select count(*) from account").await, 1);
    let twins =
        futures_util::future::join_all((0..2).map(|_| posts(&app, "/auth/register", newcomer("marie"))))
            .await;
    let mut codes: Vec<u16> = twins.iter().map(|answer| answer.status).collect();
    codes.sort_unstable();
    assert_eq!(codes, [201, 409]);
}

async fn one_logs_in_with_two_tokens(app: TestApp) {
    let jean = Program::arrives(&app, "jean").await;
    assert_ne!(jean.access, jean.refresh);
    let told: Value = jean.gets("/auth/whoami").await.well().json();
    let expected = json!({ "id": jean.id, "username": "jean", "name": "jean", "email": jean.email });
    assert_eq!(told, expected);

    for login in [json!({ "email": jean.email }), json!({ "password": cast::PASSWORD }), json!({})] {
        assert_eq!(posts(&app, "/auth/login", login.clone()).await.status, 400, "{login}");
    }
    let wrong = posts(&app, "/auth/login", json!({ "email": jean.email, "password": "another one" })).await;
    let unknown =
        posts(&app, "/auth/login", json!({ "email": "no@example.org", "password": "another one" })).await;
    assert_eq!((wrong.status, unknown.status, wrong.text()), (401, 401, unknown.text()));
    posts(&app, "/auth/login", json!({ "username": "jean", "password": cast::PASSWORD })).await.well();
}

async fn a_refresh_token_gives_access_until_it_is_revoked(app: TestApp) {
    let jean = Program::arrives(&app, "jean").await;
    app.pass(31 * 60_000);
    assert_eq!(jean.gets("/auth/whoami").await.status, 401, "access is over after thirty minutes");
    // As often as it is needed: the document tells no other refresh token.
    let mut access = String::new();
    for _ in 0..3 {
        let told: Value = jean.refreshes(&jean.refresh).await.well().json();
        access = told["access_token"].as_str().expect("a token").to_owned();
    }
    assert_eq!(Answer::of(jean.request(Method::GET, "/auth/whoami", &access)).await.status, 200);
    for none in [&access, "", "salonr_", &format!("{}x", jean.refresh)] {
        assert_eq!(jean.refreshes(none).await.status, 401, "{none}");
    }
    Answer::of(jean.request(Method::GET, "/auth/logout", &access)).await.well();
    assert_eq!(Answer::of(jean.request(Method::GET, "/auth/whoami", &access)).await.status, 401);
    assert_eq!(jean.refreshes(&jean.refresh).await.status, 401);
}

async fn the_tokens_open_nothing_else(app: TestApp) {
    let jean = Program::arrives(&app, "jean").await;
    let bearer = format!("Bearer {}", jean.access);
    for path in ["/api/v1/me", "/dialects/garrix/auth/me"] {
        let answer = Answer::of(bare(&app.origin, Method::GET, path, &[("authorization", &bearer)])).await;
        assert_eq!(answer.status, 401, "{path}");
    }
    let ours = bare(&app.origin, Method::POST, "/api/v1/tokens/refresh", &[]);
    let answer = Answer::of(ours.json(&json!({ "refresh_token": jean.refresh }))).await;
    assert_eq!(answer.status, 401);
}

async fn every_user_is_for_staff(app: TestApp) {
    let jean = Program::arrives(&app, "jean").await;
    assert_eq!(jean.gets("/users/all").await.status, 401, "as the document has it");
    for n in 0..6 {
        app.person(&format!("person{n}")).await;
    }
    let browser = app.browser();
    cast::logs_in(&browser, "jean", cast::PASSWORD).await.well();
    Person::known(&app, "jean", browser).await.looks_after(&app).await;
    let count = async |query: &str| {
        let told: Value = jean.gets(&format!("/users/all{query}")).await.well().json();
        told["users"].as_array().expect("a list").len()
    };
    assert_eq!(count("").await, 3);
    assert_eq!(count("?page=3").await, 1);
    assert_eq!(count("?page=4").await, 0);
    assert_eq!(count("?per_page=100").await, 7);
    for query in ["?page=0", "?page=-1", "?page=x", "?per_page=0", "?per_page=101", "?page=99999999999"] {
        assert_eq!(jean.gets(&format!("/users/all{query}")).await.status, 400, "{query}");
    }
}

async fn one_user_is_found_and_the_list_keeps_its_address(app: TestApp) {
    let (jean, marie) = (Program::arrives(&app, "jean").await, Program::arrives(&app, "marie").await);
    let path = format!("/users/{}", marie.id);
    let hers: Value = jean.gets(&path).await.well().json();
    assert_eq!(hers, json!({ "id": marie.id, "username": "marie", "name": "marie", "email": null }));
    assert_eq!(marie.gets(&path).await.well().json::<Value>()["email"], marie.email);
    for unknown in ["7", "x", "0", "99999999999999999999"] {
        assert_eq!(jean.gets(&format!("/users/{unknown}")).await.status, 404, "{unknown}");
    }
    // Who came by a page is known to those who know them.
    let amina = app.person("amina").await;
    assert_eq!(jean.gets(&format!("/users/{}", amina.id)).await.status, 404);
}

async fn a_text_goes_from_one_address_to_the_other(app: TestApp) {
    let (jean, marie) = (Program::arrives(&app, "jean").await, Program::arrives(&app, "marie").await);
    assert_eq!(jean.receives(&jean, &marie, "").await.status, 404, "nothing was said");
    for n in 0..5 {
        jean.says(&marie, &format!("Salut {n}")).await;
        marie.says(&jean, &format!("Bonjour {n}")).await;
    }
    for reader in [&jean, &marie] {
        let told: Value = reader.receives(&jean, &marie, "").await.well().json();
        let said: Vec<&str> = told["messages"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|said| said["content"].as_str())
            .collect();
        assert_eq!(said, ["Salut 0", "Salut 1", "Salut 2", "Salut 3", "Salut 4"]);
        let first = &told["messages"][0];
        assert_eq!(
            (&first["sender_email"], &first["receiver_email"]),
            (&jean.email.as_str().into(), &marie.email.as_str().into())
        );
        assert_eq!((&first["content_type"], &first["file_id"]), (&"text".into(), &Value::Null));
        assert!(first["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')));
    }
    let page: Value = marie.receives(&jean, &marie, "?limit=2").await.well().json();
    let page = page["messages"].as_array().expect("a list").clone();
    assert_eq!(page.iter().map(|said| said["content"].clone()).collect::<Vec<_>>(), ["Salut 3", "Salut 4"]);
    let before: Value =
        marie.receives(&jean, &marie, &format!("?limit=2&before={}", page[0]["id"])).await.well().json();
    assert_eq!(before["messages"][1]["content"], "Salut 2");
    assert!(!app.place.holds("Salut 3").await, "it is sealed where it is stored");
}

async fn nobody_speaks_or_reads_in_anothers_name(app: TestApp) {
    let [jean, marie, paul] = [
        Program::arrives(&app, "jean").await,
        Program::arrives(&app, "marie").await,
        Program::arrives(&app, "paul").await,
    ];
    jean.says(&marie, "Entre nous").await;
    let forged = paul.posts("/messaging/send_message", jean.text(&marie, "Forged")).await;
    assert_eq!(code(&forged), (403, "forbidden".to_owned()));
    assert_eq!(code(&paul.receives(&jean, &marie, "").await), (403, "forbidden".to_owned()));
    assert_eq!(paul.receives(&jean, &paul, "").await.status, 404);
    let upper = json!({ "sender_email": jean.email.to_uppercase(), "receiver_email": marie.email });
    jean.posts("/messaging/receive_messages", upper).await.well();
}

async fn what_cannot_be_sent_is_refused(app: TestApp) {
    let (jean, marie) = (Program::arrives(&app, "jean").await, Program::arrives(&app, "marie").await);
    let amina = app.person("amina").await;
    let with = |field: &str, value: Value| {
        let mut new = jean.text(&marie, "Salut");
        new[field] = value;
        new
    };
    let closed = with("receiver_email", cast::address(&amina.name).into());
    let unknown = with("receiver_email", "nobody@example.org".into());
    for new in [
        with("content_type", "video".into()),
        with("text_content", "".into()),
        with("text_content", "a".repeat(8_001).into()),
        with("text_content", Value::Null),
        with("content_type", "file".into()),
        with("receiver_email", jean.email.as_str().into()),
        with("receiver_email", "marie".into()),
        with("receiver_email", "\u{0}".into()),
        json!({}),
        closed.clone(),
        unknown.clone(),
    ] {
        assert_eq!(jean.posts("/messaging/send_message", new.clone()).await.status, 400, "{new}");
    }
    // Who takes nothing from strangers looks like nobody.
    let (closed, unknown) = (
        jean.posts("/messaging/send_message", closed).await,
        jean.posts("/messaging/send_message", unknown).await,
    );
    assert_eq!(closed.text(), unknown.text());
    assert_eq!(app.store().await.number("select count(*) from message").await, 0);
}

async fn a_text_file_comes_back_as_it_was(app: TestApp) {
    let (jean, marie) = (Program::arrives(&app, "jean").await, Program::arrives(&app, "marie").await);
    let paul = Program::arrives(&app, "paul").await;
    let text = "\nDeux lignes,\n```\net des clôtures, été\n```\n\n";
    let sent: Value = jean.sends_file(&marie, "mes notes é.txt", text.into()).await.well().json();
    let path = format!("/messaging/download_file/{}", sent["file_id"]);
    for reader in [&jean, &marie] {
        let file = reader.gets(&path).await.well();
        assert_eq!(file.text(), text);
        assert_eq!(file.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        let named = "attachment; filename=\"mes notes _.txt\"; filename*=UTF-8''mes%20notes%20%C3%A9.txt";
        assert_eq!(file.header("content-disposition"), named);
    }
    let told: Value = marie.receives(&jean, &marie, "").await.well().json();
    let said = &told["messages"][0];
    let parts = (&said["content_type"], &said["content"], &said["file_id"]);
    assert_eq!(parts, (&"file".into(), &"mes notes é.txt".into(), &sent["file_id"]));

    assert_eq!(paul.gets(&path).await.status, 404, "none of his talks");
    let said = jean.says(&marie, "No file").await;
    for none in [said["id"].to_string(), "7".to_owned(), "x".to_owned()] {
        assert_eq!(jean.gets(&format!("/messaging/download_file/{none}")).await.status, 404, "{none}");
    }
    for (name, bytes) in [
        ("x.exe", b"MZ".to_vec()),
        ("x.png", b"<script>".to_vec()),
        ("x.txt", vec![0xff, 0xfe]),
        ("x.txt", b"bell\x07".to_vec()),
        ("x.txt", vec![b'a'; 9_000]),
        (".txt", b"x".to_vec()),
    ] {
        assert_eq!(jean.sends_file(&marie, name, bytes).await.status, 400, "{name}");
    }
}

async fn nothing_is_open_without_a_token(app: TestApp) {
    for (method, path) in [
        (Method::GET, "/auth/logout"),
        (Method::GET, "/auth/whoami"),
        (Method::GET, "/auth/refresh"),
        (Method::GET, "/users/all"),
        (Method::GET, "/users/7"),
        (Method::POST, "/messaging/send_message"),
        (Method::POST, "/messaging/receive_messages"),
        (Method::GET, "/messaging/download_file/7"),
    ] {
        let answer = Answer::of(to(&app, method, path)).await;
        assert_eq!(code(&answer), (401, "unauthorized".to_owned()), "{path}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
}

async fn fields_that_are_missing_or_odd_are_refused(app: TestApp) {
    let jean = Program::arrives(&app, "jean").await;
    let odd = |body: &'static str| {
        jean.request(Method::POST, "/messaging/receive_messages", &jean.access).body(body)
    };
    for (kind, body, status) in [
        ("application/json", "{", 400),
        ("application/json", "[]", 400),
        ("application/json", "{\"sender_email\":1,\"receiver_email\":2}", 400),
        ("application/x-www-form-urlencoded", "sender_email=a", 400),
        ("text/plain", "hello", 415),
        ("multipart/form-data", "x", 400),
    ] {
        let answer = Answer::of(odd(body).header("content-type", kind)).await;
        assert_eq!(answer.status, status, "{kind}: {body}");
    }
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let request = jean.request(Method::POST, "/messaging/receive_messages", &jean.access);
    let answer = Answer::of(request.header("content-type", "application/json").body(deep)).await;
    assert_eq!(answer.status, 400);
    let request = jean.request(Method::POST, "/messaging/send_message", &jean.access);
    let large = format!("{{\"sender_email\":\"{}\"}}", "a".repeat(200 * 1024));
    let answer = Answer::of(request.header("content-type", "application/json").body(large)).await;
    assert_eq!(answer.status, 413);
}
