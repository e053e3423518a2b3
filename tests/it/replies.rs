//! Answering what somebody said: what may be answered, and what is shown of it.

use futures_util::future::join_all;
use salon::{
    conversations::Conversation,
    error::Error,
    ids::{ConversationId, MessageId},
    messages::{
        Message,
        quotes::{Messages, Quote},
    },
    realtime::event::Event,
};

use crate::{
    on_both_engines,
    support::{Answer, Person, TestApp, cast::outcome, new_key},
};

on_both_engines! {
    an_answer_leads_to_what_it_answers,
    what_stands_elsewhere_is_shown_with_the_page,
    nothing_is_answered_across_conversations,
    what_was_done_and_not_said_is_not_answered,
    what_is_deleted_is_quoted_no_more,
    one_key_is_good_for_one_answer,
    answers_at_once_are_numbered_without_a_hole,
    quotes_are_bounded_and_of_this_conversation_alone,
    a_form_answers_without_javascript,
}

impl Person {
    async fn posts_answer(
        &self,
        talk: ConversationId,
        key: &str,
        body: &str,
        to: impl std::fmt::Display,
    ) -> Answer {
        self.does("send_message", talk, &[("key", key), ("body", body), ("reply_to", &to.to_string())]).await
    }

    async fn tries_to_answer(&self, to: &Message, body: &str) -> Result<Message, Error> {
        outcome(&self.posts_answer(to.conversation, &new_key(), body, to.id).await)
    }

    async fn answers_to(&self, to: &Message, body: &str) -> Message {
        self.tries_to_answer(to, body).await.expect("the answer is accepted")
    }

    async fn reads_quotes(&self, talk: ConversationId, messages: &[MessageId]) -> Vec<Quote> {
        let messages = Messages(messages.to_vec());
        self.reads(&format!("quotes?conversation={talk}&messages={messages}")).await.well().json()
    }
}

async fn an_answer_leads_to_what_it_answers(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let asked = amina.sends(talk, "Who comes *along*?").await;
    let mut hers = amina.connects().await;
    let answer = bruno.answers_to(&asked, "I do").await;

    assert_eq!(answer.reply_to, Some(asked.id));
    assert_eq!(hers.next_event().await, Event::Message(Box::new(answer.clone())));
    assert_eq!(amina.reads_message(talk, answer.id).await.reply_to, Some(asked.id));
    let (missed, ..) = hers.resumes(talk, asked.position).await;
    assert_eq!(missed.iter().map(|message| message.reply_to).collect::<Vec<_>>(), [Some(asked.id)]);

    // What stands on the page needs not be told again.
    let page = amina.reads_conversation(talk).await;
    assert_eq!(page.quotes, []);
    let html = amina.looks_at(talk).await;
    assert!(html.contains("message-answered") && html.contains("Who comes along?"), "{html}");
    assert!(html.contains(&format!("href=\"/c/{talk}/m/{}\"", asked.id)));
}

async fn what_stands_elsewhere_is_shown_with_the_page(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let asked = amina.sends(talk, &format!("Long ago {}", "x".repeat(300))).await;
    for n in 0..Conversation::PAGE {
        bruno.sends(talk, &format!("{n}")).await;
    }
    bruno.answers_to(&asked, "late").await;

    let page = amina.reads_conversation(talk).await;
    assert!(page.messages.iter().all(|message| message.id != asked.id));
    assert_eq!(page.quotes, [Quote::of(&asked)]);
    let text = page.quotes[0].text.clone().unwrap_or_default();
    assert_eq!(text.chars().count(), Quote::CHARACTERS);
    assert_eq!(amina.reads_quotes(talk, &[asked.id]).await, page.quotes);
    assert!(amina.looks_at(talk).await.contains("Long ago"));
}

async fn nothing_is_answered_across_conversations(app: TestApp) {
    let [amina, bruno, chloe] = app.three_friends().await;
    let (with_bruno, with_chloe) = (amina.opens(&bruno).await, amina.opens(&chloe).await);
    let secret = amina.sends(with_bruno, "canary").await;
    let there = bruno.sends(with_bruno, "there").await;
    let before = app.store().await.snapshot().await;
    for (person, talk, to) in [
        (&chloe, with_chloe, secret.id.to_string()),
        // Not even by somebody who may read both.
        (&amina, with_chloe, there.id.to_string()),
        (&chloe, with_chloe, "1".to_owned()),
    ] {
        let answer = person.posts_answer(talk, &new_key(), "and?", to).await;
        assert_eq!((answer.status, answer.error()), (404, Error::NotFound));
        assert!(!answer.text().contains("canary"));
    }
    assert_eq!(app.store().await.snapshot().await, before);
}

async fn what_was_done_and_not_said_is_not_answered(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Kitchen", &[&bruno]).await;
    amina.does("describe_group", group, &[("name", "Cellar"), ("topic", "")]).await.well();
    let page = amina.reads_conversation(group).await;
    let note = page.messages.iter().find(|message| message.note.is_some()).expect("the name is another");
    assert_eq!(bruno.tries_to_answer(note, "why?").await, Err(Error::NotFound));
    assert_eq!(bruno.reads_quotes(group, &[note.id]).await, []);
    let path = format!("answerable?conversation={group}&message={}", note.id);
    assert_eq!(bruno.reads(&path).await.error(), Error::Conflict);
}

async fn what_is_deleted_is_quoted_no_more(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let asked = amina.sends(talk, "canary").await;
    let answer = bruno.answers_to(&asked, "yes").await;
    let mut his = bruno.connects().await;
    amina.deletes(talk, asked.id).await.well();
    passes(&app).await;
    assert!(his.next_message().await.deleted.is_some());

    let quotes = bruno.reads_quotes(talk, &[asked.id]).await;
    assert_eq!(quotes.iter().map(|quote| quote.text.clone()).collect::<Vec<_>>(), [None]);
    let html = bruno.looks_at(talk).await;
    assert!(!html.contains("canary") && html.contains("The message was deleted."), "{html}");

    // What somebody wrote while it was deleted is not lost; and what is deleted answers nothing.
    let late = bruno.answers_to(&asked, "too late").await;
    assert_eq!(late.reply_to, Some(asked.id));
    let mut hers = amina.connects().await;
    bruno.deletes(talk, answer.id).await.well();
    passes(&app).await;
    let gone = hers.next_message().await;
    assert_eq!((gone.id, gone.reply_to), (answer.id, None));
    assert_eq!(amina.reads_message(talk, answer.id).await.reply_to, None);
}

/// The moment in which a deletion can be undone.
async fn passes(app: &TestApp) {
    app.pass(5_000);
    app.running.app.retractions.notify_one();
}

async fn one_key_is_good_for_one_answer(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (first, second) = (amina.sends(talk, "one?").await, amina.sends(talk, "two?").await);
    let key = new_key();
    let answer = outcome(&bruno.posts_answer(talk, &key, "yes", first.id).await);
    assert_eq!(outcome(&bruno.posts_answer(talk, &key, "yes", first.id).await), answer);
    for other in
        [bruno.posts_answer(talk, &key, "yes", second.id).await, bruno.posts(talk, &key, "yes").await]
    {
        assert_eq!(outcome(&other), Err(Error::Conflict));
    }
    assert_eq!(amina.reads_texts(talk).await, ["one?", "two?", "yes"]);
}

async fn answers_at_once_are_numbered_without_a_hole(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let asked = amina.sends(talk, "which?").await;
    let elsewhere = "999".to_owned();
    let answers = (0..12).map(|n| {
        let (person, key) = (if n % 2 == 0 { &amina } else { &bruno }, new_key());
        let to = if n % 3 == 0 { elsewhere.clone() } else { asked.id.to_string() };
        async move { outcome(&person.posts_answer(talk, &key, &format!("{n}"), to).await) }
    });
    let answers = join_all(answers).await;
    assert_eq!(answers.iter().filter(|answer| **answer == Err(Error::NotFound)).count(), 4);
    let mut positions: Vec<i64> = answers.iter().flatten().map(|message| message.position).collect();
    positions.sort_unstable();
    assert_eq!(positions, (asked.position + 1..=asked.position + 8).collect::<Vec<_>>());
}

async fn quotes_are_bounded_and_of_this_conversation_alone(app: TestApp) {
    let [amina, bruno, chloe] = app.three_friends().await;
    let (with_bruno, with_chloe) = (amina.opens(&bruno).await, amina.opens(&chloe).await);
    let secret = amina.sends(with_bruno, "canary").await;
    assert_eq!(chloe.reads_quotes(with_chloe, &[secret.id]).await, []);
    let many: Vec<String> = (1..=Messages::MOST + 1).map(|n| n.to_string()).collect();
    for messages in [many.join(","), "canary".to_owned(), "-1".to_owned()] {
        let answer = chloe.reads(&format!("quotes?conversation={with_chloe}&messages={messages}")).await;
        assert_eq!(answer.status, 422, "{messages}");
    }
}

async fn a_form_answers_without_javascript(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let asked = amina.sends(talk, "Who comes along?").await;
    let path = format!("/c/{talk}/m/{}/reply", asked.id);
    let page = bruno.page(&path).await;
    assert!(page.contains("Reply to message") && page.contains("Who comes along?"));

    let (id, talk_id) = (asked.id.to_string(), talk.to_string());
    let key = new_key();
    let fields = |body| [("conversation", &*talk_id), ("reply_to", &*id), ("key", &*key), ("body", body)];
    let blank = bruno.submits(&path, "send_message", &fields("  ")).await;
    assert_eq!((blank.status, blank.location()), (303, &*path));
    let said = bruno.submits(&path, "send_message", &fields("I do")).await;
    assert_eq!((said.status, said.location()), (303, &*format!("/c/{talk}")));
    let answer = amina.reads_conversation(talk).await.messages.pop().expect("it stands there");
    assert_eq!((&*answer.body, answer.reply_to), ("I do", Some(asked.id)));
}
