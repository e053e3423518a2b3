//! The end of a poll: by its author, by those who keep order, or by the clock.

use futures_util::future::join_all;
use salon::{
    error::{Error, Field, Why},
    realtime::event::Event,
};

use super::HOUR;
use crate::{on_both_engines, support::TestApp};

on_both_engines! {
    its_author_and_those_who_keep_order_close_it,
    it_closes_by_the_clock_of_the_server,
    voting_while_it_closes_is_counted_or_refused,
}

const CLOSED: Error = Error::invalid(Field::Poll, Why::Past);

async fn its_author_and_those_who_keep_order_close_it(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let (one, other) =
        (bruno.polls_with(group, &[]).await, bruno.polls_with(group, &[("closes", "day")]).await);
    assert_eq!(carla.votes(group, one, 0).await, None);
    assert_eq!(carla.closes(group, one).await, Some(Error::Forbidden));
    let mut hears = carla.connects().await;
    let head = amina.reads_conversation(group).await.head;
    for _ in 0..2 {
        assert_eq!(bruno.closes(group, one).await, None);
        assert_eq!(amina.closes(group, other).await, None);
    }
    for (message, revision) in [(one, head + 1), (other, head + 2)] {
        let event = Event::PollClosed { conversation: group, message, revision, at: app.now() };
        assert_eq!(hears.next_event().await, event);
    }
    assert_eq!(amina.reads_conversation(group).await.head, head + 2);
    let poll = carla.reads_message(group, other).await.poll.expect("a poll");
    assert_eq!((poll.closed, poll.closes), (true, Some(app.now())));
    for answer in [carla.votes(group, one, 1).await, carla.unvotes(group, one, 0).await] {
        assert_eq!(answer, Some(CLOSED));
    }
    assert_eq!(carla.votes(group, one, 0).await, None, "that was counted, even if it was not heard");
    assert_eq!(carla.sees_votes(group, one).await, (vec![1, 0, 0], 1, vec![0]));
    let page = bruno.looks_at(group).await;
    assert!(page.contains("Closed") && !page.contains("/do/close_poll"));
}

async fn it_closes_by_the_clock_of_the_server(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for (code, length) in [("hour", HOUR), ("3days", 72 * HOUR)] {
        let poll = amina.polls_with(talk, &[("closes", code)]).await;
        let told = bruno.reads_message(talk, poll).await.poll.expect("a poll");
        assert_eq!((told.closes, told.closed), (Some(app.now().plus(length)), false));
        assert!(bruno.looks_at(talk).await.contains("Closes on"));
        app.pass(length - 1);
        assert_eq!(bruno.votes(talk, poll, 0).await, None);
        app.pass(1);
        assert_eq!(bruno.votes(talk, poll, 1).await, Some(CLOSED));
        assert_eq!(amina.closes(talk, poll).await, None, "it is closed already");
        let told = bruno.reads_message(talk, poll).await;
        assert_eq!((told.poll.map(|poll| poll.closed), told.voted), (Some(true), Some(vec![0])));
    }
}

async fn voting_while_it_closes_is_counted_or_refused(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    for _ in 0..6 {
        let poll = amina.polls_with(group, &[]).await;
        let voting = join_all([bruno.votes(group, poll, 0), carla.votes(group, poll, 0)]);
        let (votes, closed) = futures_util::join!(voting, amina.closes(group, poll));
        assert_eq!(closed, None);
        let counted = votes.iter().filter(|vote| vote.is_none()).count();
        assert!(votes.into_iter().flatten().all(|refused| refused == CLOSED));
        let (counts, voters, _) = amina.sees_votes(group, poll).await;
        assert_eq!((counts[0] as usize, voters as usize), (counted, counted));
    }
}
