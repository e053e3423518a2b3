//! What is done from the box to write in, as far as the server has a part in it.

use salon::{
    error::{Error, Field, Why},
    messages::{quotes::Quote, system::SystemNote},
};

use crate::{on_both_engines, support::TestApp};

on_both_engines! {
    what_somebody_does_is_told_apart_from_what_they_say,
    pages_draw_what_somebody_does_without_javascript,
    a_topic_is_set_and_the_name_stays,
    a_topic_is_one_line_that_was_given,
}

async fn what_somebody_does_is_told_apart_from_what_they_say(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let waved = amina.sends(group, "/me **waves**").await;
    assert_eq!(waved.body, "/me **waves**", "it is stored as it was typed");
    let last = async || bruno.home().await.conversations[0].last.clone().expect("a last message");
    let before = last().await;
    assert_eq!((&*before.text, before.author.as_deref(), before.is_action), ("waves", Some("amina"), true));
    let said = amina.sends(group, "\\/me waves").await;
    let after = last().await;
    assert_eq!((&*after.text, after.is_action), ("/me waves", false));

    let asked = format!("quotes?conversation={group}&messages={},{}", waved.id, said.id);
    let mut quotes: Vec<Quote> = bruno.reads(&asked).await.well().json();
    quotes.sort_by_key(|quote| quote.message);
    let shown: Vec<_> = quotes.iter().map(|quote| (quote.text.as_deref(), quote.is_action)).collect();
    assert_eq!(shown, [(Some("waves"), true), (Some("/me waves"), false)]);
}

async fn pages_draw_what_somebody_does_without_javascript(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let waved = amina.sends(talk, "/me waves").await;
    for path in [format!("/c/{talk}"), format!("/c/{talk}/m/{}/reply", waved.id)] {
        let page = bruno.gets(&path).await.well().text().to_owned();
        let sentence = page.split_once("prose-action").expect("a sentence").1;
        let sentence = sentence.split("</p>").next().unwrap_or_default();
        assert!(sentence.contains("amina</bdi>") && sentence.contains("waves"), "{path}: {sentence}");
        assert!(!page.contains(">/me"), "{path}");
    }
}

async fn a_topic_is_set_and_the_name_stays(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let sets = async |topic: &str| amina.does("set_topic", group, &[("topic", topic)]).await;
    sets(" Apples, mostly ").await.well();
    sets("Apples, mostly").await.well();
    let topic = SystemNote::TopicChanged { topic: "Apples, mostly".to_owned() };
    assert_eq!(bruno.reads_notes(group).await[1..], [topic], "what changed nothing is not told");
    let about = bruno.reads_conversation(group).await.about;
    assert_eq!((&*about.name, &*about.topic), ("Garden", "Apples, mostly"));
}

async fn a_topic_is_one_line_that_was_given(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let refused = async |fields: &[(&str, &str)]| {
        let answer = amina.does("set_topic", group, fields).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
        answer.error()
    };
    assert_eq!(refused(&[]).await, Error::invalid(Field::Form, Why::Shape));
    assert_eq!(refused(&[("topic", "a\nb")]).await, Error::invalid(Field::Topic, Why::Characters));
    let long = "x".repeat(251);
    assert_eq!(
        refused(&[("topic", &long)]).await,
        Error::invalid(Field::Topic, Why::TooLong { at_most: 250 })
    );
    assert_eq!(amina.reads_conversation(group).await.about.topic, "");
}
