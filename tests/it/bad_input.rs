//! Everything that nobody should send: a clear answer with the right status, nothing half done, nothing told.

use futures_util::future::join_all;
use reqwest::Method;
use salon::error::Error;

use crate::{
    on_both_engines,
    support::{Answer, Person, TestApp, cast::PASSWORD, in_time, new_key},
};

on_both_engines! {
    odd_values_in_any_field_are_refused,
    markup_in_any_field_stays_text,
    odd_addresses_lead_nowhere,
    a_million_letters_are_refused_before_they_are_read,
    what_no_form_says_is_refused,
    forms_do_not_set_what_they_do_not_ask,
    clients_that_go_away_leave_nothing_behind,
}

/// Every server function with fields that are fine.
fn forms(person: &Person, other: &Person, talk: &str) -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let other = other.id.to_string();
    let account = || vec![("account", other.clone())];
    vec![
        (
            "sign_up",
            vec![
                ("username", "zoe".into()),
                ("email", "zoe@example.org".into()),
                ("password", PASSWORD.into()),
            ],
        ),
        ("log_in", vec![("username", person.name.clone()), ("password", "not this one".into())]),
        ("save_name", vec![("display_name", "A".into())]),
        ("save_language", vec![("locale", "fr".into())]),
        ("save_theme", vec![("theme", "dark".into())]),
        (
            "change_email",
            vec![("email", "zoe@example.org".into()), ("current_password", "not this one".into())],
        ),
        ("change_password", vec![("current_password", "not this one".into()), ("password", PASSWORD.into())]),
        ("add_friend", vec![("person", "nobody".into())]),
        ("accept_friend", account()),
        ("decline_friend", account()),
        ("cancel_request", account()),
        ("remove_friend", account()),
        ("open_conversation", account()),
        (
            "send_message",
            vec![("conversation", talk.to_owned()), ("key", new_key()), ("body", "hello".into())],
        ),
    ]
}

/// As it stands in the body of a request.
pub const ODD: [&str; 22] = [
    "",
    "+",
    "%20%09%0A",
    "%00",
    "a%00b",
    "%FF",
    "%C3%28",
    "%ED%A0%80",
    "0",
    "-1",
    "1.5",
    "1e3",
    "01",
    "9007199254740992",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999999",
    "null",
    "%5B%5D",
    "%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "%27%20or%201=1%20--",
    "%F0%9F%8E%88%E2%80%AE",
];

async fn odd_values_in_any_field_are_refused(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let stranger = app.person("carla").await;
    let talk = bruno.opens(&amina).await.to_string();
    let before = app.store().await.snapshot().await;
    let long = "x".repeat(9_000);
    for (function, fields) in forms(&amina, &stranger, &talk) {
        for (name, _) in &fields {
            for odd in ODD.iter().copied().chain([long.as_str()]) {
                if is_fine(function, name, odd) {
                    continue;
                }
                let pairs = fields.iter().map(|(field, value)| match field == name {
                    true => format!("{field}={odd}"),
                    false => format!("{field}={}", value.replace(' ', "+")),
                });
                let body = pairs.collect::<Vec<_>>().join("&");
                let request = amina
                    .call(function)
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body(body);
                let answer = Answer::of(request).await;
                let shown = &odd[..odd.len().min(60)];
                assert!((400..500).contains(&answer.status), "{function} {name}={shown}: {}", answer.status);
                answer.error();
            }
        }
    }
    assert_eq!(changed(&before, &app.store().await.snapshot().await), "", "only failed log-ins are noted");
}

/// Free text takes almost anything, a language may be left open, and a number is a name and a key.
fn is_fine(function: &str, name: &str, value: &str) -> bool {
    let plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    match (function, name) {
        ("save_language", "locale") => value.is_empty(),
        ("sign_up", "username") => plain && (2..=32).contains(&value.len()),
        ("send_message", "key") => plain && (16..=64).contains(&value.len()),
        (_, "body" | "display_name" | "password") => true,
        _ => false,
    }
}

/// What two snapshots differ in, apart from how many rows the audit log has.
fn changed(before: &str, after: &str) -> String {
    let rows =
        |snapshot: &str| snapshot.rsplit_once('\n').map(|(rows, _)| rows.to_owned()).unwrap_or_default();
    if rows(before) == rows(after) { String::new() } else { format!("{before}\n became\n{after}") }
}

async fn markup_in_any_field_stays_text(app: TestApp) {
    const MARKUP: &str =
        "</textarea></title></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'";
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    amina.sends(talk, MARKUP).await;
    amina.calls("save_name", &[("display_name", &MARKUP[..80])]).await.well();
    let page = format!("/c/{talk}");
    for (from, function, fields) in [
        ("/signup", "sign_up", vec![("username", MARKUP), ("email", MARKUP), ("password", "short")]),
        ("/login", "log_in", vec![("username", MARKUP), ("password", MARKUP)]),
        ("/friends", "add_friend", vec![("person", MARKUP)]),
        ("/settings", "save_name", vec![("display_name", MARKUP)]),
        ("/settings", "save_language", vec![("locale", MARKUP)]),
        ("/settings", "save_theme", vec![("theme", MARKUP)]),
        ("/settings/email", "change_email", vec![("email", MARKUP), ("current_password", MARKUP)]),
        ("/settings/password", "change_password", vec![("current_password", MARKUP), ("password", "short")]),
        (&page, "send_message", vec![("conversation", MARKUP), ("key", MARKUP), ("body", MARKUP)]),
    ] {
        let browser = if from == "/signup" || from == "/login" { app.browser() } else { (*amina).clone() };
        let answer = browser.submits(from, function, &fields).await;
        assert_eq!((answer.status, answer.location()), (303, from), "{function}");
        inert(from, &browser.page(from).await);
    }
    for person in [&amina, &bruno] {
        for path in ["/", "/friends", "/settings", &page] {
            inert(path, &person.page(path).await);
        }
    }
    for path in
        ["/login?next=%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E", "/%3Cscript%3Ealert(1)%3C/script%3E"]
    {
        inert(path, &app.browser().gets(path).await.text());
    }
}

/// Succeeds if a page holds the markup as text only.
fn inert(path: &str, page: &str) {
    for live in ["<script>alert", "<img src=x", "</textarea></title>", "</script><script>alert"] {
        assert!(!page.contains(live), "{path} has a live {live}: {page}");
    }
}

async fn odd_addresses_lead_nowhere(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    amina.sends(talk, "hello").await;
    for id in [
        "0",
        "-1",
        "01",
        "x",
        "1.5",
        "9007199254740992",
        "9223372036854775808",
        "%00",
        "%FF",
        "1%2F2",
        "%20",
        "1;",
    ] {
        let page = amina.gets(&format!("/c/{id}")).await;
        assert_eq!(page.status, 404, "/c/{id}");
        let read = amina.reads(&format!("conversation?id={id}")).await;
        assert!(matches!(read.status, 404 | 422), "id={id}: {}", read.status);
    }
    for before in ["", "0", "-1", "x", "9223372036854775808", "%00", "%FF", "1.5", "-9223372036854775808"] {
        let page = amina.gets(&format!("/c/{talk}?before={before}")).await;
        assert!(matches!(page.status, 200 | 404 | 422), "before={before}: {}", page.status);
        let read = amina.reads(&format!("conversation?id={talk}&before={before}")).await;
        assert!(matches!(read.status, 200 | 422), "before={before}: {}", read.status);
    }
    for query in [
        "after=%00",
        "after=%FF",
        "after=x%00y",
        "after='",
        "after=%25",
        "active_at=x",
        "active_at=-1&id=1",
        "id=0",
    ] {
        for answer in [
            amina.gets(&format!("/friends?{query}")).await,
            amina.gets(&format!("/?{query}")).await,
            amina.reads(&format!("friends?{query}")).await,
            amina.reads(&format!("home?{query}")).await,
        ] {
            assert!(matches!(answer.status, 200 | 422), "{query}: {}", answer.status);
        }
    }
    for path in [
        "/read/nothing",
        "/read/",
        "/do/",
        "/c/",
        "/c",
        "/nothing",
        "//evil.example",
        "/friends/",
        "/%2e%2e/",
        "/c/1/2",
    ] {
        let answer = amina.gets(path).await;
        assert!(answer.status < 500, "{path}: {}", answer.status);
        assert!(!answer.location().starts_with("//"), "{path} leads to {}", answer.location());
    }
}

async fn a_million_letters_are_refused_before_they_are_read(app: TestApp) {
    let amina = app.person("amina").await;
    let long = "x".repeat(1 << 20);
    let begun = std::time::Instant::now();
    for _ in 0..20 {
        let answer = amina.calls("log_in", &[("username", "amina"), ("password", &long)]).await;
        assert_eq!(answer.error(), Error::TooMuch);
    }
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    let sign_up = [("username", "zoe"), ("email", "zoe@example.org"), ("password", long.as_str())];
    assert_eq!(amina.calls("sign_up", &sign_up).await.error(), Error::TooMuch);
    let form = app.browser().submits("/login", "log_in", &[("username", "amina"), ("password", &long)]).await;
    assert!(matches!(form.status, 303 | 413), "{}", form.status);
    assert_eq!(status_of_endless(&app, &amina.cookies()).await, "413");
    assert_eq!(app.store().await.number("select count(*) from account").await, 1);
}

/// What a form is answered that does not say how long it is, and never ends.
async fn status_of_endless(app: &TestApp, cookies: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(app.running.address).await.expect("the server listens");
    let head = format!(
        "POST /do/add_friend HTTP/1.1\r\nHost: salon\r\nOrigin: {}\r\nCookie: {cookies}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n",
        app.origin
    );
    stream.write_all(head.as_bytes()).await.expect("written");
    let chunk = format!("2710\r\n{}\r\n", "x".repeat(10_000));
    let mut answer = [0; 12];
    let (mut reads, mut writes) = stream.split();
    let writing = async {
        while writes.write_all(chunk.as_bytes()).await.is_ok() {}
        std::future::pending::<()>().await;
    };
    let answered = async { reads.read_exact(&mut answer).await.expect("an answer") };
    in_time("an answer", async {
        tokio::select! {
            _ = answered => {}
            () = writing => {}
        }
    })
    .await;
    String::from_utf8_lossy(&answer[9..]).into_owned()
}

async fn what_no_form_says_is_refused(app: TestApp) {
    let amina = app.person("amina").await;
    let before = app.store().await.snapshot().await;
    for body in [
        "",
        "&&&",
        "=",
        "person",
        "person[]=x",
        "person=a&person=b",
        "username=amina",
        "%",
        "a=%",
        "\0",
        "{\"person\":\"x\"}",
    ] {
        for function in [
            "sign_up",
            "log_in",
            "save_name",
            "change_email",
            "change_password",
            "accept_friend",
            "remove_friend",
            "send_message",
            "open_conversation",
        ] {
            let request =
                amina.call(function).header("content-type", "application/x-www-form-urlencoded").body(body);
            let answer = Answer::of(request).await;
            assert_eq!(answer.status, 422, "{function} {body:?}: {}", answer.text());
            assert!(!answer.text().contains("missing field"), "internals are not told: {}", answer.text());
        }
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let request = amina.request(method.clone(), "/do/log_out").header("sec-fetch-site", "same-origin");
        let status = Answer::of(request).await.status;
        assert!(matches!(status, 404 | 405 | 415), "{method}: {status}");
    }
    assert_eq!(app.store().await.snapshot().await, before);
}

async fn forms_do_not_set_what_they_do_not_ask(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await.to_string();
    let more = [
        ("is_staff", "1"),
        ("id", "7"),
        ("account_id", "7"),
        ("created_at", "7"),
        ("position", "7"),
        ("sender_id", "7"),
    ];
    for (function, mut fields) in forms(&amina, &bruno, &talk) {
        if matches!(function, "send_message" | "save_name" | "sign_up") {
            fields.extend(more.map(|(name, value)| (name, value.to_owned())));
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let status = app.browser().calls(function, &fields).await.status;
            assert!(matches!(status, 200 | 401 | 422), "{function}: {status}");
            let status = amina.calls(function, &fields).await.status;
            assert!(matches!(status, 200 | 409 | 422), "{function}: {status}");
        }
    }
    let mut store = app.store().await;
    assert_eq!(store.number("select count(*) from account where id = 7 or created_at = 7").await, 0);
    assert_eq!(
        store.texts("select username from account where cast(is_staff as text) in ('1', 'true')").await,
        [""; 0]
    );
    assert_eq!(store.number("select count(*) from message where position > 1 or sender_id = 7").await, 0);
}

async fn clients_that_go_away_leave_nothing_behind(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let impatient = (0..300_u64).map(|n| {
        let amina = &amina;
        async move {
            let key = new_key();
            let sending = amina.posts(talk, &key, "gone");
            drop(tokio::time::timeout(std::time::Duration::from_micros(n * 40), sending).await);
        }
    });
    join_all(impatient).await;
    for n in 0..50 {
        bruno.sends(talk, &n.to_string()).await;
    }
    let mut store = app.store().await;
    let head = store.number("select head from conversation").await;
    let positions = store.numbers("select position from message order by position").await;
    assert_eq!(positions, (1..=head).collect::<Vec<_>>());
    if app.place.database_url().is_some() {
        let idle = "select count(*) from pg_stat_activity
                    where datname = current_database() and state like 'idle in transaction%'";
        assert_eq!(store.number(idle).await, 0, "no connection is left in a transaction");
    }
}
