//! What is due, while something else happens to it: it ends in one state, and nothing is said twice.

use futures_util::future::join_all;
use salon::error::Error;

use super::{MINUTE, pass_at_both};
use crate::{
    on_both_engines,
    support::{Engine, nodes::Nodes, wait_for},
};

on_both_engines! {
    sending_at_once_what_is_due_says_it_once,
    what_is_let_go_of_while_it_is_due_is_said_or_not,
    what_is_edited_while_it_is_due_is_said_once_as_it_was_or_as_it_is,
    many_that_are_due_are_each_sent_once,
    a_removal_while_it_is_due_ends_in_one_state,
}

async fn sending_at_once_what_is_due_says_it_once(engine: Engine) {
    let nodes = Nodes::start(engine).await;
    let (amina, bruno) = nodes.first.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let elsewhere = nodes.at_second(&amina).await;
    for round in 0..6 {
        let text = format!("round {round}");
        let id = amina.schedules_one(talk, &text, "20m").await;
        let sending = async {
            let both = [amina.on_waiting("send_scheduled", id), elsewhere.on_waiting("send_scheduled", id)];
            join_all(both).await
        };
        let (answers, ()) = futures_util::join!(sending, async { pass_at_both(&nodes, 20 * MINUTE) });
        for answer in answers.into_iter().filter(|answer| answer.status != 200) {
            assert_eq!(answer.error(), Error::NotFound);
        }
        wait_for("the end of it", async || amina.has_waiting().await.is_empty().then_some(())).await;
    }
    let said = bruno.reads_texts(talk).await;
    assert_eq!(said, (0..6).map(|round| format!("round {round}")).collect::<Vec<_>>());
}

async fn what_is_let_go_of_while_it_is_due_is_said_or_not(engine: Engine) {
    let nodes = Nodes::start(engine).await;
    let (amina, bruno) = nodes.first.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let elsewhere = nodes.at_second(&amina).await;
    let mut expected = Vec::new();
    for round in 0..8 {
        let text = format!("round {round}");
        let id = amina.schedules_one(talk, &text, "20m").await;
        let cancelling = elsewhere.on_waiting("cancel_scheduled", id);
        let (cancelled, ()) = futures_util::join!(cancelling, async { pass_at_both(&nodes, 20 * MINUTE) });
        wait_for("the end of it", async || amina.has_waiting().await.is_empty().then_some(())).await;
        if cancelled.status != 200 {
            // Whoever is told that it waits no longer finds it said.
            assert_eq!(cancelled.error(), Error::NotFound);
            expected.push(text);
        }
        assert_eq!(bruno.reads_texts(talk).await, expected);
    }
}

async fn what_is_edited_while_it_is_due_is_said_once_as_it_was_or_as_it_is(engine: Engine) {
    let nodes = Nodes::start(engine).await;
    let (amina, bruno) = nodes.first.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let elsewhere = nodes.at_second(&amina).await;
    let mut expected = Vec::new();
    for round in 0..8 {
        let (before, after) = (format!("round {round}"), format!("round {round}, edited"));
        let id = amina.schedules_one(talk, &before, "20m").await;
        let revising = elsewhere.revises(id, &after, "20m");
        let (revised, ()) = futures_util::join!(revising, async { pass_at_both(&nodes, 20 * MINUTE) });
        expected.push(if revised.status == 200 { after } else { before });
        pass_at_both(&nodes, 20 * MINUTE);
        wait_for("the end of it", async || amina.has_waiting().await.is_empty().then_some(())).await;
        assert_eq!(bruno.reads_texts(talk).await, expected);
    }
}

async fn many_that_are_due_are_each_sent_once(engine: Engine) {
    let nodes = Nodes::start(engine).await;
    let (amina, bruno) = nodes.first.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for n in 0..60 {
        amina.schedules(talk, &format!("{n:02}"), "20m").await.well();
        bruno.schedules(talk, &format!("{n:02}, too"), "20m").await.well();
    }
    pass_at_both(&nodes, 20 * MINUTE);
    let left = "select count(*) from scheduled";
    wait_for("all of them", async || (nodes.first.store().await.number(left).await == 0).then_some(())).await;
    let mut store = nodes.first.store().await;
    assert_eq!(store.number("select count(*) from message").await, 120);
    let positions = store.numbers("select position from message order by position").await;
    assert_eq!(positions, (1..=120).collect::<Vec<_>>());
}

async fn a_removal_while_it_is_due_ends_in_one_state(engine: Engine) {
    let nodes = Nodes::start(engine).await;
    let (amina, bruno) = nodes.first.two_friends().await;
    let elsewhere = nodes.at_second(&amina).await;
    for round in 0..6 {
        let group = amina.gathers(&format!("Garden {round}"), &[&bruno]).await;
        let id = bruno.schedules_one(group, "still here?", "20m").await;
        let removing = elsewhere.lets_go(group, &bruno);
        let (removed, ()) = futures_util::join!(removing, async { pass_at_both(&nodes, 20 * MINUTE) });
        removed.well();
        let hindered = wait_for("the end of it", async || {
            let line = bruno.has_waiting().await.into_iter().find(|line| line.id == id);
            line.map_or(Some(false), |line| line.hindrance.map(|_| true))
        })
        .await;
        let said = amina.reads_texts(group).await.contains(&"still here?".to_owned());
        assert_ne!(said, hindered, "round {round}");
    }
}
