//! What stands beside an answer: whether it is known already, and how much more may be done.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;

use super::{Program, is_problem};
use crate::{
    on_both_engines,
    support::{Answer, Engine, TestApp, houses},
};

on_both_engines! {
    what_a_program_has_is_not_sent_again,
    a_change_says_what_is_left,
}

async fn asks(program: &Program, path: &str, known: &str) -> Answer {
    Answer::of(program.request(Method::GET, path).header("if-none-match", known)).await
}

async fn what_a_program_has_is_not_sent_again(engine: Engine) {
    let app = TestApp::start(engine).await;
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Tea?").await;
    let space = houses::makes_space(&amina, "House").await;
    let program = amina.starts("write").await;
    let message = format!("/conversations/{talk}/messages/{}", said.id);
    let mut tags = Vec::new();
    for path in
        ["/me".to_owned(), format!("/spaces/{space}"), format!("/conversations/{talk}"), message.clone()]
    {
        let first = program.gets(&path).await.well();
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.ends_with('"') && tag.len() > 20, "{path}: {tag}");
        for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
            let again = asks(&program, &path, &known).await;
            assert_eq!((again.status, again.header("etag")), (304, &*tag), "{path} {known}");
            assert_eq!((again.text(), again.header("content-type")), (String::new(), ""));
        }
        let other = asks(&program, &path, "\"other\"").await;
        assert_eq!((other.status, other.text()), (200, first.text()));
        tags.push(tag);
    }
    tags.dedup();
    assert_eq!(tags.len(), 4);

    // What has changed is sent.
    program.sends(Method::PATCH, &message, &json!({ "body": "Coffee?" })).await.well();
    assert_eq!(asks(&program, &message, &tags[3]).await.well().status, 200);
    // A refusal is no answer that one could have.
    let refused = asks(&program, "/spaces/77", "*").await;
    is_problem(&refused, 404, "not_found");
    assert_eq!(refused.header("etag"), "");
    let nobody = Program::new(&app.origin, "salon_nothing");
    is_problem(&asks(&nobody, "/me", "*").await, 401, "signed_out");
}

async fn a_change_says_what_is_left(engine: Engine) {
    let set = |config: &mut salon::server::config::Config| {
        let limits = &mut config.limits;
        (limits.sends_per_second, limits.sends_at_once) = (1, 3);
    };
    let app = TestApp::with(engine, set).await;
    let (amina, bruno) = app.two_friends().await;
    let path = &*format!("/conversations/{}/messages", amina.opens(&bruno).await);
    let program = amina.starts("write").await;
    let mut left = Vec::new();
    for _ in 0..2 {
        let answer = program.posts(path, json!({ "body": "Tea!" })).await;
        assert_eq!((answer.status, answer.header("ratelimit-policy")), (201, "\"sends\";q=3;w=3"));
        left.push(answer.header("ratelimit").to_owned());
        assert_eq!(answer.retry_after(), None);
    }
    assert!(left[0].starts_with("\"sends\";r=2;t="), "{left:?}");
    // More than a second lets through, on the slowest machine.
    let answers = join_all((0..30).map(|_| program.posts(path, json!({ "body": "Tea!" })))).await;
    let refused = answers.into_iter().find(|answer| answer.status != 201).expect("one too many");
    is_problem(&refused, 429, "too_fast");
    assert!(refused.header("ratelimit").starts_with("\"sends\";r=0;t="), "{:?}", refused.headers);
    assert_eq!(refused.header("ratelimit-policy"), "\"sends\";q=3;w=3");
    assert!(refused.retry_after().is_some_and(|seconds| (1..=3).contains(&seconds)));

    // What counts nothing says nothing, and reading counts nothing.
    let read = program.gets(path).await.well();
    assert_eq!((read.header("ratelimit"), read.header("ratelimit-policy")), ("", ""));
    let settings = program.sends(Method::PATCH, "/me", &json!({ "theme": "dark" })).await.well();
    assert_eq!(settings.header("ratelimit"), "");
}
