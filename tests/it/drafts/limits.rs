//! How much is kept, and what is not taken.

use futures_util::future::join_all;
use salon::{
    drafts::{Changed, MOST_DRAFTS, PAGE},
    error::{Error, Field, Why},
};

use super::BROWSER;
use crate::{
    on_both_engines,
    support::{Answer, TestApp},
};

on_both_engines! {
    odd_input_is_refused_and_stores_nothing,
    what_could_be_sent_can_be_kept_to_the_letter,
    those_that_changed_longest_ago_go,
    many_come_page_by_page,
    who_saves_too_often_waits,
}

async fn odd_input_is_refused_and_stores_nothing(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for (text, why) in [
        ("x".repeat(8_001), Why::TooLong { at_most: 8_000 }),
        ("a\0b".to_owned(), Why::Characters),
        ("\u{1b}[31m".to_owned(), Why::Characters),
    ] {
        assert_eq!(amina.begins_over(0, talk, &text).await.error(), Error::invalid(Field::Body, why));
    }
    for body in [
        String::new(),
        format!("conversation={talk}&text=x"),
        format!("conversation={talk}&text=x&writer=short"),
        format!("conversation={talk}&text=x&writer={BROWSER}%00"),
        format!("conversation={talk}&text=x&writer={BROWSER}&revision=x"),
        format!("conversation={talk}&text=x&writer={BROWSER}&thread=0"),
        format!("conversation={talk}&text[]=x&writer={BROWSER}"),
        format!("conversation={talk}&text=x&text=y&writer={BROWSER}"),
        format!("conversation=0&text=x&writer={BROWSER}"),
    ] {
        let form = "application/x-www-form-urlencoded";
        let request = amina.call("save_draft").header("content-type", form).body(body.clone());
        let answer = Answer::of(request).await;
        assert_eq!(answer.status, 422, "{body}: {}", answer.text());
    }
    for query in ["after=x", "after=", "after=1&after=2", "reader=0", "after=99999999999999999999"] {
        let status = amina.reads(&format!("drafts?{query}")).await.status;
        assert!(status == 422 || query == "after=" && status == 200, "{query}: {status}");
    }
    for after in ["-1", "9223372036854775807", "-9223372036854775808"] {
        amina.reads(&format!("drafts?after={after}")).await.well();
    }
    assert_eq!(app.store().await.number("select count(*) from draft").await, 0);
}

async fn what_could_be_sent_can_be_kept_to_the_letter(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let mut over = 0;
    for text in [&*"é".repeat(8_000), "  two\n\tlines\n", "/mute 1h", "' \" % _ \\ 🎉"] {
        over = amina.begins(over, talk, text).await;
        assert_eq!(amina.has_in_mind().await, [text]);
    }
    over = amina.begins(over, talk, "a\r\nb\rc").await;
    assert_eq!(amina.has_in_mind().await, ["a\nb\nc"]);
    amina.begins(over, talk, " \u{a0}\n").await;
    assert!(amina.has_in_mind().await.is_empty());
}

/// So many drafts that are gone, the oldest first, beside what is there.
async fn fill(app: &TestApp, account: i64, conversation: i64, count: i64) {
    app.store()
        .await
        .run(format!(
            "with recursive many (n) as (select 1 union all select n + 1 from many where n < {count})
             insert into draft (account_id, conversation_id, thread_id, revision, writer)
             select {account}, {conversation}, n, n, '{BROWSER}' from many"
        ))
        .await;
}

async fn those_that_changed_longest_ago_go(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    fill(&app, amina.id.get(), talk.get(), MOST_DRAFTS).await;
    fill(&app, bruno.id.get(), talk.get(), MOST_DRAFTS).await;
    amina.begins(0, talk, "one more").await;
    let count = |of: &str| format!("select count(*) from draft where account_id = {} {of}", amina.id);
    let mut store = app.store().await;
    assert_eq!(store.number(count("")).await, MOST_DRAFTS);
    assert_eq!(store.number(count("and revision = 1")).await, 0);
    assert_eq!(store.number(count("and revision = 2")).await, 1);
    // Of others none goes.
    let others = format!("select count(*) from draft where account_id = {}", bruno.id);
    assert_eq!(store.number(others).await, MOST_DRAFTS);
}

async fn many_come_page_by_page(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let count = PAGE as i64 * 2 + 1;
    fill(&app, amina.id.get(), talk.get(), count).await;
    let (mut after, mut pages, mut seen) = (Some(0), 0, Vec::new());
    while let Some(behind) = after {
        let page: Changed = amina.reads(&format!("drafts?after={behind}")).await.well().json();
        assert!(page.drafts.len() <= PAGE);
        seen.extend(page.drafts.into_iter().map(|draft| draft.revision));
        (after, pages) = (page.next, pages + 1);
    }
    assert_eq!((pages, seen), (3, (1..=count).collect()));
}

async fn who_saves_too_often_waits(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let answers = join_all((0..250).map(|_| amina.begins_over(0, talk, "again"))).await;
    let (taken, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert!(taken.len() >= 100, "{} were taken", taken.len());
    assert!(matches!(refused.first().map(Answer::error), Some(Error::TooFast { .. })));
    // Messages have a pace of their own, and so has everybody else.
    amina.sends(talk, "in time").await;
    bruno.begins(0, talk, "mine").await;
}
