//! Saying something, saying it again, and reading what was said.

use futures_util::future::join_all;
use salon::{
    error::{Error, Field, Why},
    messages::Message,
};

use crate::{
    on_both_engines,
    support::{Answer, Engine, TestApp, cast::outcome, new_key},
};

on_both_engines! {
    what_one_says_the_other_reads,
    a_form_sends_without_javascript,
    a_refused_form_comes_back_once_with_its_text_and_the_reason,
    a_page_shows_the_latest_forty_and_leads_to_the_older_ones,
    the_same_send_twice_is_stored_once,
    twenty_twins_at_once_are_stored_once,
    a_key_is_good_for_one_message_only,
    a_key_holds_across_log_ins,
    different_messages_under_one_key_at_once_leave_one,
    another_persons_key_is_no_obstacle,
    what_one_wrote_is_not_sent_as_somebody_else,
    an_ex_friend_reads_and_does_not_write,
    numbers_are_given_without_a_hole,
    a_text_that_cannot_be_sent_is_refused_with_the_reason,
    what_is_said_stands_nowhere_in_clear,
    a_message_moved_to_another_row_does_not_open,
    time_never_runs_backwards_in_a_talk,
}

async fn what_one_says_the_other_reads(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let first = amina.sends(talk, " hello\r\nthere ").await;
    let second = bruno.sends(talk, "hi").await;
    assert_eq!((first.body.as_str(), first.sender, first.position), ("hello\nthere", amina.id, 1));
    assert_eq!((second.position, second.revision), (2, 2));
    for reader in [&amina, &bruno] {
        let read = reader.reads_conversation(talk).await;
        assert_eq!((read.head, read.messages), (2, vec![first.clone(), second.clone()]));
    }
}

async fn a_form_sends_without_javascript(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let page = amina.looks_at(talk).await;
    let key = hidden(&page, "key");
    let fields = [("conversation", &*talk.to_string()), ("key", &key), ("body", "<b>bold</b> & *plain*")];
    let path = format!("/c/{talk}");
    let answer = amina.submits(&path, "send_message", &fields).await;
    assert_eq!((answer.status, answer.location()), (303, path.as_str()));

    for reader in [&amina, &bruno] {
        let page = reader.looks_at(talk).await;
        let said = timeline(&page);
        assert!(said.contains("&lt;b&gt;bold&lt;/b&gt; &amp; <em>plain"), "{said}");
        assert!(!page.contains("<b>bold"), "{page}");
    }
    // Reloading what was posted sends it again, and stores nothing.
    amina.submits(&path, "send_message", &fields).await;
    assert_eq!(amina.reads_conversation(talk).await.head, 1);
    assert_ne!(hidden(&amina.looks_at(talk).await, "key"), key, "the next page sends the next message");
}

/// The part of a page that holds what was said.
fn timeline(page: &str) -> &str {
    let begin = page.find("class=\"messages\"").expect("a timeline");
    let end = page[begin..].find("</section>").expect("an end");
    &page[begin..begin + end]
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let input =
        page.split("<input").find(|input| input.contains(&format!("name=\"{name}\""))).expect("the field");
    let value = input.split_once("value=\"").expect("its value").1;
    value.split_once('"').expect("its end").0.to_owned()
}

async fn a_refused_form_comes_back_once_with_its_text_and_the_reason(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let path = format!("/c/{talk}");
    let body = format!("</textarea><script>alert(1)</script>{}", "x".repeat(8_000));
    let fields = [("conversation", &*talk.to_string()), ("key", &new_key()), ("body", &body)];
    let answer = amina.submits(&path, "send_message", &fields).await;
    assert_eq!((answer.status, answer.location()), (303, path.as_str()));

    let page = amina.page(answer.location()).await;
    assert!(
        page.contains("xxxxxxxx") && page.contains("Use at most 8"),
        "the text and the reason come back: {page}"
    );
    assert!(!page.contains("<script>alert"), "{page}");
    assert!(!page.contains("</textarea><script"), "{page}");
    let again = amina.page(answer.location()).await;
    assert!(!again.contains("xxxxxxxx"), "once");
    assert_eq!(amina.reads_conversation(talk).await.head, 0);
}

async fn a_page_shows_the_latest_forty_and_leads_to_the_older_ones(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for n in 1..=100 {
        amina.sends(talk, &format!("number{n}.")).await;
    }
    let (mut path, mut seen) = (format!("/c/{talk}?at=latest"), Vec::new());
    for _ in 0..3 {
        let page = bruno.page(&path).await;
        let shown: Vec<u32> =
            (1..=100).filter(|n| timeline(&page).contains(&format!("number{n}."))).collect();
        seen.push((shown[0], shown.len()));
        let Some((before, _)) = page.split_once("Older messages") else { break };
        let link = &before[before.rfind('<').unwrap_or_default()..];
        let rest = &page[before.len() - link.len()..];
        path = rest.split_once("href=\"").expect("a link").1.split_once('"').expect("its end").0.to_owned();
    }
    assert_eq!(seen, [(61, 40), (21, 40), (1, 20)]);
    assert!(!bruno.page(&path).await.contains("Older messages"), "there is nothing before the first");
}

async fn the_same_send_twice_is_stored_once(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (key, mut his) = (new_key(), bruno.connects().await);
    let first: Message = amina.posts(talk, &key, "once").await.well().json();
    app.pass(60_000);
    let second: Message = amina.posts(talk, &key, "once").await.well().json();
    assert_eq!(first, second);
    assert_eq!(his.next_message().await, first);
    his.assert_silent().await;
    assert_eq!(amina.reads_texts(talk).await, ["once"]);
}

async fn twenty_twins_at_once_are_stored_once(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for round in 0..5 {
        let (key, body) = (new_key(), format!("round {round}"));
        let answers = join_all((0..20).map(|_| amina.posts(talk, &key, &body))).await;
        let messages: Vec<Message> = answers.into_iter().map(|answer| answer.well().json()).collect();
        assert!(messages.iter().all(|message| *message == messages[0]), "{messages:?}");
    }
    assert_eq!(amina.reads_conversation(talk).await.head, 5);
    assert_eq!(amina.reads_texts(talk).await.len(), 5);
}

async fn a_key_is_good_for_one_message_only(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let carla = app.person("carla").await;
    amina.befriends(&carla).await;
    let (talk, other_talk) = (amina.opens(&bruno).await, amina.opens(&carla).await);
    let key = new_key();
    amina.posts(talk, &key, "once").await.well();
    assert_eq!(amina.posts(talk, &key, "twice").await.error(), Error::Conflict);
    assert_eq!(amina.posts(other_talk, &key, "once").await.error(), Error::Conflict);
    assert_eq!(amina.reads_texts(talk).await, ["once"]);
    assert_eq!(amina.reads_conversation(other_talk).await.head, 0, "no number is spent in vain");
}

async fn a_key_holds_across_log_ins(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let key = new_key();
    let first: Message = amina.posts(talk, &key, "once").await.well().json();
    let elsewhere = amina.at_another_browser(&app).await;
    assert_eq!(elsewhere.posts(talk, &key, "once").await.json::<Message>(), first);
    amina.calls("log_out", &[]).await.well();
    assert_eq!(elsewhere.posts(talk, &key, "other").await.error(), Error::Conflict);
}

async fn different_messages_under_one_key_at_once_leave_one(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (key, bodies) = (new_key(), (0..12).map(|n| format!("text {n}")).collect::<Vec<_>>());
    let answers = join_all(bodies.iter().map(|body| amina.posts(talk, &key, body))).await;
    let (stored, refused): (Vec<Answer>, Vec<Answer>) =
        answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!(stored.len(), 1);
    assert!(refused.iter().all(|answer| answer.error() == Error::Conflict));
    assert_eq!(amina.reads_texts(talk).await, [stored[0].json::<Message>().body]);
}

async fn another_persons_key_is_no_obstacle(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let key = new_key();
    amina.posts(talk, &key, "mine").await.well();
    bruno.posts(talk, &key, "mine as well").await.well();
    assert_eq!(amina.reads_texts(talk).await, ["mine", "mine as well"]);
}

/// Two people may share a browser, and one of them may have left something unsent.
async fn what_one_wrote_is_not_sent_as_somebody_else(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (id, sender, key) = (talk.to_string(), amina.id.to_string(), new_key());
    let fields = [("conversation", &*id), ("key", &key), ("body", "Mine"), ("sender", &sender)];

    let refused = bruno.calls("send_message", &fields).await;
    assert_eq!((refused.status, outcome(&refused)), (401, Err(Error::SignedOut)));
    let taken = outcome(&amina.calls("send_message", &fields).await).expect("it is hers");
    assert_eq!(bruno.reads_conversation(talk).await.messages, [taken]);
}

async fn an_ex_friend_reads_and_does_not_write(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let key = new_key();
    amina.posts(talk, &key, "as friends").await.well();
    bruno.unfriends(&amina).await;

    for (who, other) in [(&amina, &bruno), (&bruno, &amina)] {
        assert_eq!(who.tries_to_send(talk, "still there?").await, Err(Error::Forbidden));
        let read = who.reads_conversation(talk).await;
        assert_eq!((read.about.may_write, read.head, read.messages.len()), (false, 1, 1));
        assert!(who.looks_at(talk).await.contains("as friends"));
        assert!(!who.looks_at(talk).await.contains("<textarea"), "there is nothing to write into");
        assert_eq!(who.opens(other).await, talk, "the talk stays where it is");
    }
    amina.posts(talk, &key, "as friends").await.well();

    amina.befriends(&bruno).await;
    bruno.sends(talk, "friends again").await;
    assert_eq!(amina.reads_texts(talk).await, ["as friends", "friends again"]);
}

async fn numbers_are_given_without_a_hole(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let sending = (0..60).map(|n| {
        let (who, body) = (if n % 2 == 0 { &amina } else { &bruno }, format!("{n}"));
        async move {
            // Some of them are refused in between, and spend no number.
            if n % 5 == 0 {
                who.posts(talk, &new_key(), " ").await;
                who.posts(talk, "not a key", "x").await;
            }
            who.sends(talk, &body).await.position
        }
    });
    let mut given = join_all(sending).await;
    given.sort_unstable();
    assert_eq!(given, (1..=60).collect::<Vec<i64>>());
    let mut store = app.store().await;
    assert_eq!(store.numbers("select position from message order by id").await.len(), 60);
    assert_eq!(store.number("select head from conversation").await, 60);
}

async fn a_text_that_cannot_be_sent_is_refused_with_the_reason(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for (body, why) in [
        ("", Why::Missing),
        (" \r\n\t\u{2003}", Why::Missing),
        (&"é".repeat(8_001), Why::TooLong { at_most: 8_000 }),
        ("a\0b", Why::Characters),
        ("\u{1b}[31mred", Why::Characters),
    ] {
        let refused = amina.tries_to_send(talk, body).await;
        assert_eq!(refused, Err(Error::invalid(Field::Body, why)), "{body:?}");
    }
    amina.sends(talk, &"é".repeat(8_000)).await;
    assert_eq!(amina.reads_conversation(talk).await.head, 1);
}

async fn what_is_said_stands_nowhere_in_clear(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    amina.sends(talk, "the word is Quetzalcoatl").await;
    assert_eq!(bruno.reads_texts(talk).await, ["the word is Quetzalcoatl"]);
    assert!(!app.place.holds("Quetzalcoatl").await);
    let place = app.stop().await;
    assert!(!place.holds("Quetzalcoatl").await);
}

async fn a_message_moved_to_another_row_does_not_open(engine: Engine) {
    let app = TestApp::start(engine).await;
    let (amina, bruno) = app.two_friends().await;
    let carla = app.person("carla").await;
    bruno.befriends(&carla).await;
    let (ours, theirs) = (amina.opens(&bruno).await, carla.opens(&bruno).await);
    let mine = amina.sends(ours, "harmless").await;
    let secret = carla.sends(theirs, "Quetzalcoatl").await;
    let sql = format!(
        "update message set body = (select body from message where id = {}) where id = {}",
        secret.id, mine.id
    );
    app.store().await.run(sql).await;

    let (page, read) =
        (amina.gets(&format!("/c/{ours}")).await, amina.reads(&format!("conversation?id={ours}")).await);
    let (home, list) = (amina.gets("/").await, amina.reads("home").await);
    for (what, answer) in [("page", page), ("read", read), ("home", home), ("list", list)] {
        // In the list only its beginning is missing: the other conversations are there.
        assert_eq!(answer.status, if matches!(what, "home" | "list") { 200 } else { 503 }, "{what}");
        assert!(!answer.text().contains("Quetzalcoatl") && !answer.text().contains("harmless"));
    }
    assert_eq!(carla.reads_texts(theirs).await, ["Quetzalcoatl"], "others are not concerned");
}

async fn time_never_runs_backwards_in_a_talk(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let first = amina.sends(talk, "first").await;
    app.pass(-3_600_000);
    let second = bruno.sends(talk, "second").await;
    assert_eq!(second.at, first.at);
    assert!(second.id > first.id && second.position > first.position);
    assert_eq!(outcome(&amina.posts(talk, &new_key(), "third").await).map(|third| third.position), Ok(3));
}
