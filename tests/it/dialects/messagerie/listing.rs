//! Searching, filtering, and pages.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Messagerie, contents, next, with_outbox};
use crate::{
    on_both_engines,
    support::{Answer, Engine, TestApp, app::generous, browser::bare, cast},
};

on_both_engines! {
    a_talk_is_read_in_pages,
    a_word_finds_what_was_said,
    a_name_finds_what_somebody_said_and_was_told,
    nothing_is_found_where_one_is_not,
    what_is_deleted_is_not_found,
    a_search_goes_on_where_it_stopped,
    a_search_that_cannot_be_is_refused,
    a_day_includes_all_of_it,
}

async fn a_talk_is_read_in_pages(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, marie, _] = Messagerie::three(&app).await;
    for n in 0..5 {
        jean.says(marie.id, &n.to_string()).await;
    }
    let talk = format!("/messages/conversation/{}/{}", jean.id, marie.id);
    let first = jean.gets(&format!("{talk}?limit=2")).await.well();
    assert_eq!(contents(&first.json()), ["3", "4"]);
    let second = jean.gets(&format!("{talk}{}", next(&first).expect("there is more"))).await.well();
    assert_eq!(contents(&second.json()), ["1", "2"]);
    let third = jean.gets(&format!("{talk}{}", next(&second).expect("there is more"))).await.well();
    assert_eq!((contents(&third.json()), next(&third)), (vec!["0"], None));
}

async fn a_word_finds_what_was_said(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, marie, paul] = Messagerie::three(&app).await;
    jean.says(marie.id, "Le thé à cinq heures").await;
    marie.says(jean.id, "Du café, plutôt").await;
    paul.says(jean.id, "THÉ vert & gâteau ?").await;
    for (term, found) in [
        ("thé", &["THÉ vert & gâteau ?", "Le thé à cinq heures"][..]),
        ("the", &["THÉ vert & gâteau ?", "Le thé à cinq heures"]),
        ("CAFÉ", &["Du café, plutôt"]),
        ("vert%20%26%20g", &["THÉ vert & gâteau ?"]),
        ("à%20cinq", &["Le thé à cinq heures"]),
        ("100%25", &[]),
        ("_", &[]),
        ("nothing", &[]),
    ] {
        let answer = jean.gets(&format!("/messages/search?term={term}")).await.well();
        assert_eq!(contents(&answer.json()), found, "{term}");
        assert_eq!(next(&answer), None, "all of it was looked at");
    }
    let told = jean.reads("/messages/search?term=vert").await;
    assert_eq!((&told[0]["senderId"], &told[0]["receiverId"]), (&paul.id.into(), &jean.id.into()));
}

async fn a_name_finds_what_somebody_said_and_was_told(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, marie, paul] = Messagerie::three(&app).await;
    jean.says(marie.id, "one").await;
    marie.says(jean.id, "two").await;
    paul.says(jean.id, "three").await;
    paul.says(marie.id, "not his").await;
    assert_eq!(contents(&jean.reads("/messages/search?term=Marie").await), ["two", "one"]);
    assert_eq!(contents(&jean.reads("/messages/search?term=pau").await), ["three"]);
    assert_eq!(contents(&marie.reads("/messages/search?term=paul").await), ["not his"]);
    assert_eq!(contents(&jean.reads("/messages/search?term=jean").await), ["three", "two", "one"]);
}

async fn nothing_is_found_where_one_is_not(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, marie, paul] = Messagerie::three(&app).await;
    jean.says(marie.id, "canary").await;
    paul.says(marie.id, "something else").await;
    for term in ["canary", "jean", "a"] {
        let answer = paul.gets(&format!("/messages/search?term={term}")).await.well();
        assert!(!answer.text().contains("canary"), "{term}: {}", answer.text());
    }
    let today = app.now().to_string();
    let day = &today[..10];
    let filtered = paul.reads(&format!("/messages/filter?startDate={day}&endDate={day}")).await;
    assert_eq!(contents(&filtered), ["something else"]);

    // Groups are none of the document's, even one's own; the room for everyone is everybody's.
    let app = TestApp::with(engine, |config| {
        config.sms.gateway = salon::server::config::SmsGateway::Outbox;
        config.salon.general = true;
    })
    .await;
    let jean = Messagerie::arrives(&app, "Jean", "+237670000001").await;
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Tea", &[&bruno]).await;
    amina.sends(group, "canary in a group").await;
    amina.sends(1.try_into().expect("an id"), "canary for all").await;
    let found = jean.reads("/messages/search?term=canary").await;
    assert_eq!(contents(&found), ["canary for all"]);
    assert!(found[0]["receiverId"].is_null());
    assert_eq!(contents(&jean.reads("/messages/search?term=amina").await), ["canary for all"]);
}

async fn what_is_deleted_is_not_found(engine: Engine) {
    let app = with_outbox(engine).await;
    let jean = Messagerie::arrives(&app, "Jean", "+237670000001").await;
    // Messagerie has no word for deleting; what somebody deletes elsewhere is deleted here.
    let garrix = async |method: Method, path: &str, token: &str, body: Value| -> Value {
        let bearer = format!("Bearer {token}");
        let path = format!("/dialects/garrix{path}");
        let request = bare(&app.origin, method, &path, &[("authorization", &bearer)]);
        Answer::of(request.json(&body)).await.well().json()
    };
    let new = json!({ "name": "Luc", "email": "luc@example.org", "password": cast::PASSWORD });
    let luc = garrix(Method::POST, "/auth/register", "", new).await;
    let login = json!({ "username": "luc", "password": cast::PASSWORD });
    let token = garrix(Method::POST, "/auth/token", "", login).await;
    let token = token["access_token"].as_str().expect("a token");
    let says = async |content: &str| {
        let new = json!({ "receiver_id": jean.id, "content": content });
        garrix(Method::POST, "/messages/", token, new).await["id"].as_i64().expect("an id")
    };
    let (gone, kept) = (says("canary").await, says("canary, kept").await);
    garrix(Method::DELETE, &format!("/messages/{gone}"), token, json!({})).await;
    for path in ["/messages/search?term=canary", "/messages/search?term=luc", "/messages/filter"] {
        assert_eq!(contents(&jean.reads(path).await), ["canary, kept"], "{path}");
    }
    assert_eq!(jean.reads_talk(luc["id"].as_i64().expect("an id")).await[0]["id"], kept);
    let sign = json!({ "messageId": gone, "reaction": "👍" });
    assert_eq!(jean.posts("/messages/react", sign).await.status, 409);
}

async fn a_search_goes_on_where_it_stopped(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, marie, paul] = Messagerie::three(&app).await;
    // Two talks, one in the other, and more of each than is fetched at a time.
    let mut said = Vec::new();
    for n in 0..120 {
        let (to, text) =
            if n % 3 == 0 { (paul.id, format!("tea {n}")) } else { (marie.id, format!("tea {n}")) };
        jean.says(to, &text).await;
        said.insert(0, text);
    }
    let (mut found, mut query) = (Vec::new(), Some("?term=tea&limit=25".to_owned()));
    let mut pages = 0;
    while let Some(path) = query {
        let answer = jean.gets(&format!("/messages/search{path}")).await.well();
        found.extend(contents(&answer.json()).into_iter().map(str::to_owned));
        query = next(&answer);
        pages += 1;
    }
    assert_eq!(found, said);
    assert_eq!(pages, 5);

    // Filtering goes on as well, and names what was asked.
    let answer = jean.gets("/messages/filter?startDate=2020-01-01&limit=100").await.well();
    let rest = next(&answer).expect("there is more");
    assert!(rest.contains("startDate=2020-01-01"), "{rest}");
    let rest = jean.reads(&format!("/messages/filter{rest}")).await;
    assert_eq!(contents(&rest).len(), 20);
}

async fn a_search_that_cannot_be_is_refused(engine: Engine) {
    let app = with_outbox(engine).await;
    let jean = Messagerie::arrives(&app, "Jean", "+237670000001").await;
    for path in ["?", "?term=", "?term=%20", "?term=a&before=x", "?term=a&limit=-1", "?term=%E2%80%8B"] {
        assert_eq!(jean.gets(&format!("/messages/search{path}")).await.status, 400, "{path}");
    }
    assert_eq!(jean.gets(&format!("/messages/search?term={}", "a".repeat(101))).await.status, 400);
    jean.gets("/messages/search?term=%00").await.well();

    let app = TestApp::with(engine, |config| {
        config.sms.gateway = salon::server::config::SmsGateway::Outbox;
        config.limits = salon::server::config::LimitSettings { searches_per_minute: 2, ..generous() };
    })
    .await;
    let jean = Messagerie::arrives(&app, "Jean", "+237670000001").await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(jean.gets("/messages/search?term=a").await.status);
    }
    assert_eq!(statuses, [200, 200, 429]);
}

async fn a_day_includes_all_of_it(engine: Engine) {
    let app = with_outbox(engine).await;
    let at = |text: &str| {
        let (date, time) = text.split_once(' ').expect("a date and a time");
        let part = |text: &str| text.parse::<i64>().expect("a number");
        let date: Vec<i64> = date.split('-').map(part).collect();
        let time: Vec<i64> = time.split(':').map(part).collect();
        let date = salon::time::Date { year: date[0], month: date[1], day: date[2] };
        let midnight = salon::time::Timestamp::midnight(date).expect("a day");
        midnight.plus((time[0] * 60 + time[1]) * 60_000 + time[2])
    };
    app.clock.set(at("2027-03-10 23:59:59999"));
    let otp = super::gets_code(&app, "register", "+237670000001").await;
    let new = json!({ "phone": "+237670000001", "otp": otp, "name": "Jean" });
    let jean = Messagerie::of(&app, &super::posts(&app, "register", new).await.well());
    let marie = Messagerie::arrives(&app, "Marie", "+237670000002").await;
    jean.says(marie.id, "on the tenth").await;
    app.clock.set(at("2027-03-11 00:00:0"));
    jean.says(marie.id, "at midnight").await;
    app.clock.set(at("2027-03-11 00:15:59999"));
    jean.says(marie.id, "on the eleventh").await;
    for (query, found) in [
        ("startDate=2027-03-10&endDate=2027-03-11", &["on the tenth", "at midnight", "on the eleventh"][..]),
        ("startDate=2027-03-11&endDate=2027-03-11", &["at midnight", "on the eleventh"]),
        ("startDate=2027-03-10&endDate=2027-03-10", &["on the tenth"]),
        ("startDate=2027-03-11", &["at midnight", "on the eleventh"]),
        ("endDate=2027-03-10", &["on the tenth"]),
        ("startDate=2027-03-12", &[]),
        ("startDate=2027-03-11T00:00:00Z&endDate=2027-03-11T00:00:00Z", &["at midnight"]),
        ("startDate=2027-03-11T01:00:00%2B01:00&endDate=2027-03-11T01:00:00+01:00", &["at midnight"]),
        ("startDate=2027-03-10T23:59:59.999&endDate=2027-03-10T23:59:59.999", &["on the tenth"]),
        ("", &["on the tenth", "at midnight", "on the eleventh"]),
    ] {
        let told = jean.reads(&format!("/messages/filter?{query}")).await;
        assert_eq!(contents(&told), found, "{query}");
    }
    for query in [
        "startDate=2027-03-11&endDate=2027-03-10",
        "startDate=yesterday",
        "endDate=2027-02-29",
        "startDate=2027-03-11T25:00:00Z",
        "startDate=11/03/2027",
        "startDate=2027-03-11&limit=x",
        "startDate=%00",
    ] {
        assert_eq!(jean.gets(&format!("/messages/filter?{query}")).await.status, 400, "{query}");
    }
    // The password of nobody opens an account that has none.
    let fields = [("username", marie.username.as_str()), ("password", cast::PASSWORD)];
    let page = app.browser().calls("log_in", &fields).await;
    assert_eq!(page.status, 401);
    assert_eq!(Answer::of(jean.request(Method::POST, "/messages/filter")).await.status, 405);
}
