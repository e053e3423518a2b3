//! What may not wait: times that are over or too far, notes that are no line, and more than anybody keeps up with.

use futures_util::future::join_all;
use salon::{
    error::{Error, Field, Why},
    later::{FURTHEST, moment::code, reminders::MOST_REMINDERS, scheduled::MOST_SCHEDULED},
};

use super::{HOUR, MINUTE};
use crate::{
    on_both_engines,
    support::{Answer, TestApp},
};

on_both_engines! {
    a_time_must_be_one_to_come,
    odd_input_is_refused_and_stores_nothing,
    only_what_was_said_can_be_thought_of_again,
    only_so_many_reminders_wait,
    what_cannot_be_told_any_more_makes_room,
    only_what_can_be_sent_is_scheduled,
    only_so_much_waits_to_be_sent,
}

async fn a_time_must_be_one_to_come(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = bruno.sends(talk, "Tea").await;
    let now = app.now();
    for (when, why) in [
        (code(now), Why::Past),
        (code(now.plus(-HOUR)), Why::Past),
        (code(now.plus(FURTHEST + MINUTE)), Why::TooFar),
        ("@99999999999999999999".to_owned(), Why::Shape),
        ("@9223372036854775807".to_owned(), Why::TooFar),
        ("soon".to_owned(), Why::Shape),
        (String::new(), Why::Missing),
    ] {
        let refused = amina.wants_reminder(&said, &when, "").await;
        assert_eq!(refused.error(), Error::invalid(Field::Moment, why), "{when}");
    }
    assert!(amina.waits_for().await.is_empty());
    for when in [code(now.plus(1_000)), code(now.plus(FURTHEST))] {
        amina.wants_reminder(&said, &when, "").await.well();
    }
    assert_eq!(amina.waits_for().await.len(), 1);
}

async fn odd_input_is_refused_and_stores_nothing(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = bruno.sends(talk, "Tea").await;
    let (long, id) = ("x".repeat(201), said.id.to_string());
    for note in ["a\0b", "two\nlines", "turned \u{202e} around", &long] {
        let refused = amina.wants_reminder(&said, "1h", note).await;
        assert!(matches!(refused.error(), Error::Invalid { field: Field::Note, .. }), "{note:?}");
    }
    for body in [
        String::new(),
        format!("conversation={talk}"),
        format!("conversation={talk}&message={id}&when=%00"),
        format!("conversation={talk}&message={id}&when=own&at=%00"),
        format!("conversation={talk}&message={id}&when=%FF"),
        format!("conversation={talk}&message={id}&when=1h&when=3h"),
        format!("conversation={talk}&message={id}&when[]=1h"),
        format!("conversation=0&message={id}&when=1h"),
        format!("conversation={talk}&message=-1&when=1h"),
        format!("conversation={talk}&message={id}%00&when=1h"),
    ] {
        let form = "application/x-www-form-urlencoded";
        let request = amina.call("set_reminder").header("content-type", form).body(body.clone());
        let answer = Answer::of(request).await;
        assert_eq!(answer.status, 422, "{body}: {}", answer.text());
    }
    for message in ["", "0", "x", "%00"] {
        assert_eq!(amina.calls("remove_reminder", &[("message", message)]).await.status, 422);
        let read = amina.reads(&format!("remindable?conversation={talk}&message={message}")).await;
        assert_eq!(read.status, 422, "{message}");
    }
    assert_eq!(app.store().await.number("select count(*) from reminder").await, 0);
    let full = "é".repeat(200);
    amina.wants_reminder(&said, "1h", &full).await.well();
    assert_eq!(amina.waits_for().await[0].1, full);
}

async fn only_what_was_said_can_be_thought_of_again(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let page = amina.reads_conversation(group).await;
    let note = page.messages.iter().find(|message| message.note.is_some()).expect("the group was made");
    assert_eq!(amina.wants_reminder(note, "1h", "").await.error(), Error::Conflict);
    let elsewhere = amina.opens(&bruno).await;
    let said = amina.sends(elsewhere, "elsewhere").await;
    let asked = [("message", &*said.id.to_string()), ("when", "1h")];
    assert_eq!(amina.does("set_reminder", group, &asked).await.error(), Error::NotFound);
}

/// As many messages as one may be reminded of, each with a reminder that waits.
async fn fill(app: &TestApp, account: i64, one: i64, count: u32) {
    let mut store = app.store().await;
    let numbers = format!(
        "with recursive many (n) as (select 1 union all select n + 1 from many where n < {count}) select"
    );
    store
        .run(format!(
            "insert into message
             (id, conversation_id, sender_id, client_key, client_digest, position, revision, body, created_at)
             {numbers} 1000 + n, conversation_id, sender_id, 'k' || n, client_digest, -n, revision, body, created_at
             from many, message where id = {one}"
        ))
        .await;
    let far = app.now().plus(FURTHEST).millis();
    store
        .run(format!(
            "insert into reminder (id, account_id, message_id, due_at) {numbers} n, {account}, 1000 + n, {far} from many"
        ))
        .await;
}

async fn only_so_many_reminders_wait(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (one, other) = (bruno.sends(talk, "one").await, bruno.sends(talk, "other").await);
    fill(&app, amina.id.get(), one.id.get(), MOST_REMINDERS - 1).await;
    // Two at once for the last place.
    let both = join_all([&one, &other].map(|said| amina.wants_reminder(said, "1h", ""))).await;
    let (granted, refused): (Vec<_>, Vec<_>) = both.into_iter().partition(|answer| answer.status == 200);
    assert_eq!((granted.len(), refused.len()), (1, 1));
    let full = Error::invalid(Field::Reminders, Why::TooLong { at_most: MOST_REMINDERS });
    assert_eq!(refused[0].error(), full);
    let waits = format!("select count(*) from reminder where account_id = {}", amina.id);
    assert_eq!(app.store().await.number(waits).await, i64::from(MOST_REMINDERS));
    // What waits can still be moved, and others have places of their own.
    let moved = join_all([&one, &other].map(|said| amina.wants_reminder(said, "3h", ""))).await;
    assert_eq!(moved.iter().filter(|answer| answer.status == 200).count(), 1);
    bruno.wants_reminder(&one, "1h", "").await.well();
}

async fn what_cannot_be_told_any_more_makes_room(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let said = amina.sends(group, "in the group").await;
    fill(&app, bruno.id.get(), said.id.get(), MOST_REMINDERS).await;
    let talk = amina.opens(&bruno).await;
    let other = amina.sends(talk, "in private").await;
    assert_eq!(bruno.wants_reminder(&other, "1h", "").await.status, 422);
    amina.lets_go(group, &bruno).await.well();
    bruno.wants_reminder(&other, "1h", "").await.well();
    assert_eq!(app.store().await.number("select count(*) from reminder").await, 1);
}

async fn only_what_can_be_sent_is_scheduled(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let id = amina.schedules_one(talk, "fine", "1h").await;
    for (body, why) in
        [("", Why::Missing), (" \n ", Why::Missing), (&*"x".repeat(8_001), Why::TooLong { at_most: 8_000 })]
    {
        let refused = Error::invalid(Field::Body, why);
        assert_eq!(amina.schedules(talk, body, "1h").await.error(), refused);
        assert_eq!(amina.revises(id, body, "1h").await.error(), refused);
    }
    for when in ["", "soon", "@1", "@99999999999999999999", "own", "\0"] {
        let refused = [amina.schedules(talk, "tea", when).await, amina.revises(id, "tea", when).await];
        for answer in refused {
            assert!(matches!(answer.error(), Error::Invalid { field: Field::Moment, .. }), "{when:?}");
        }
    }
    for body in [
        String::new(),
        format!("conversation={talk}&body=x&when=1h"),
        format!("conversation={talk}&key=short&body=x&when=1h"),
        format!("conversation={talk}&key=aaaaaaaaaaaaaaaa%00&body=x&when=1h"),
        format!("conversation={talk}&key=aaaaaaaaaaaaaaaa&when=1h"),
        "conversation=0&key=aaaaaaaaaaaaaaaa&body=x&when=1h".to_owned(),
        format!("conversation={talk}&key=aaaaaaaaaaaaaaaa&body[]=x&when=1h"),
    ] {
        let form = "application/x-www-form-urlencoded";
        let request = amina.call("schedule_message").header("content-type", form).body(body.clone());
        let answer = Answer::of(request).await;
        assert_eq!(answer.status, 422, "{body}: {}", answer.text());
    }
    for odd in ["", "0", "x", "-1", "\0", "9007199254740992"] {
        for function in ["send_scheduled", "cancel_scheduled"] {
            assert_eq!(amina.calls(function, &[("id", odd)]).await.status, 422, "{function} {odd:?}");
        }
        assert_eq!(
            amina.calls("revise_scheduled", &[("id", odd), ("body", "x"), ("when", "1h")]).await.status,
            422
        );
    }
    for odd in ["0", "x", "%00", "9007199254740992"] {
        assert_eq!(amina.reads(&format!("revisable?id={odd}")).await.status, 422, "{odd}");
        assert_eq!(amina.gets(&format!("/scheduled/{odd}")).await.status, 404, "{odd}");
    }
    let waiting = amina.has_waiting().await;
    assert_eq!((waiting.len(), waiting[0].id, &*waiting[0].text), (1, id, "fine"));
}

async fn only_so_much_waits_to_be_sent(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    amina.schedules(talk, "one", "1h").await.well();
    let last = MOST_SCHEDULED - 1;
    app.store()
        .await
        .run(format!(
            "with recursive many (n) as (select 1 union all select n + 1 from many where n < {last} - 1)
             insert into scheduled (id, account_id, conversation_id, client_key, body, due_at, refused)
             select many.n, account_id, conversation_id, 'k' || many.n, body, due_at, 'gone' from many, scheduled"
        ))
        .await;
    // Two at once for the last place.
    let both = join_all(["two", "three"].map(|text| amina.schedules(talk, text, "1h"))).await;
    let (granted, refused): (Vec<_>, Vec<_>) = both.into_iter().partition(|answer| answer.status == 200);
    assert_eq!((granted.len(), refused.len()), (1, 1));
    let full = Error::invalid(Field::Scheduled, Why::TooLong { at_most: MOST_SCHEDULED });
    assert_eq!(refused[0].error(), full);
    // One that cannot be opened takes nothing else with it.
    assert_eq!(amina.has_waiting().await.len(), MOST_SCHEDULED as usize);
    assert!(
        amina.page("/scheduled").await.contains("two") || amina.page("/scheduled").await.contains("three")
    );
    bruno.schedules(talk, "his", "1h").await.well();
}
