//! What the outbox promises, one at a time.

use super::queue::{Deed, MOST_WAITING, Outgoing, Queue, Sending, Then};
use crate::{
    error::Error,
    ids::{ClientKey, ConversationId},
    time::Timestamp,
};

fn key(number: u8) -> ClientKey {
    ClientKey::from_random([number; 16])
}

fn here() -> ConversationId {
    ConversationId::try_from(7).expect("7 is an id")
}

/// A queue that holds these, all of them kept.
fn holding(numbers: &[u8]) -> Queue {
    let mut queue = Queue::default();
    queue.take_over(Vec::new());
    for number in numbers {
        add(&mut queue, *number);
        queue.kept(&key(*number), true);
    }
    queue
}

fn add(queue: &mut Queue, number: u8) -> Option<Outgoing> {
    let at = Timestamp::from_millis(i64::from(number) * 1_000);
    queue.add(key(number), here(), Deed::Say, format!("Text {number}"), at)
}

fn next(queue: &mut Queue) -> Option<ClientKey> {
    let known = queue.known();
    queue.next(here(), &known).map(|outgoing| outgoing.key)
}

fn keys(queue: &Queue) -> Vec<ClientKey> {
    queue.of(here()).map(|outgoing| outgoing.key.clone()).collect()
}

#[test]
fn one_is_under_way_and_the_next_follows_when_it_is_settled() {
    let mut queue = holding(&[1, 2]);
    assert_eq!(next(&mut queue), Some(key(1)));
    assert_eq!(next(&mut queue), None);
    assert!(queue.settled(&key(1)));
    assert!(!queue.settled(&key(1)));
    assert_eq!(next(&mut queue), Some(key(2)));
}

#[test]
fn what_is_not_kept_yet_is_not_sent() {
    let mut queue = holding(&[]);
    add(&mut queue, 1);
    assert_eq!(next(&mut queue), None);
    // Where nothing can be kept it is sent all the same.
    queue.kept(&key(1), false);
    assert_eq!(next(&mut queue), Some(key(1)));
}

#[test]
fn without_an_answer_it_waits_and_is_tried_again() {
    for error in [Error::Unreachable, Error::TooFast { retry_in: 3 }] {
        let mut queue = holding(&[1, 2]);
        next(&mut queue);
        assert_eq!(queue.refused(here(), &key(1), error.clone()), Then::Wait(1));
        assert_eq!(next(&mut queue), None);

        queue.wake(here(), 1);
        assert_eq!(next(&mut queue), Some(key(1)));
        assert_eq!(queue.refused(here(), &key(1), error), Then::Wait(2));
        // The end of an earlier wait is not the end of this one.
        queue.wake(here(), 1);
        assert_eq!(next(&mut queue), None);
        queue.wake_all();
        assert_eq!(next(&mut queue), Some(key(1)));
    }
}

#[test]
fn logged_out_it_waits_for_the_next_log_in() {
    let mut queue = holding(&[1]);
    next(&mut queue);
    assert_eq!(queue.refused(here(), &key(1), Error::SignedOut), Then::LogIn);
    assert_eq!(keys(&queue), [key(1)]);
    assert_eq!(next(&mut queue), None);
}

#[test]
fn what_failed_does_not_hold_up_what_follows() {
    let mut queue = holding(&[1, 2]);
    next(&mut queue);
    let then = queue.refused(here(), &key(1), Error::Forbidden);
    assert!(matches!(then, Then::Failed(Outgoing { state: Sending::Failed(Error::Forbidden), .. })));
    assert_eq!(next(&mut queue), Some(key(2)));
    queue.settled(&key(2));
    assert_eq!(next(&mut queue), None);

    queue.retry(&key(1));
    assert_eq!(next(&mut queue), Some(key(1)));
}

#[test]
fn a_frame_that_comes_before_a_refusal_settles() {
    let mut queue = holding(&[1, 2]);
    next(&mut queue);
    queue.settled(&key(1));
    assert_eq!(next(&mut queue), Some(key(2)));
    assert_eq!(queue.refused(here(), &key(1), Error::Unreachable), Then::GoOn);
    assert_eq!(next(&mut queue), None, "the second is still under way");
}

#[test]
fn what_an_earlier_page_left_goes_first() {
    let left: Vec<Outgoing> = holding(&[8, 9]).of(here()).cloned().collect();
    let mut queue = Queue::default();
    // By a clock that has been set back meanwhile.
    add(&mut queue, 1);
    assert_eq!(next(&mut queue), None);

    let written = queue.take_over(left);
    assert_eq!(written.iter().map(|outgoing| &outgoing.key).collect::<Vec<_>>(), [&key(1)]);
    assert_eq!(keys(&queue), [key(8), key(9), key(1)]);
    assert!(queue.of(here()).is_sorted_by_key(|outgoing| outgoing.order));
    assert_eq!(next(&mut queue), Some(key(8)));
}

#[test]
fn what_another_tab_deleted_is_forgotten_and_what_the_store_never_had_is_not() {
    let mut queue = holding(&[1, 2]);
    let known = queue.known();
    let found: Vec<Outgoing> = queue.of(here()).skip(1).cloned().collect();
    add(&mut queue, 3);
    queue.kept(&key(3), true);
    add(&mut queue, 4);
    queue.kept(&key(4), false);

    assert!(queue.forget_absent(&known, &found));
    assert_eq!(keys(&queue), [key(2), key(3), key(4)]);
    let all = queue.known();
    queue.forget_absent(&all, &[]);
    assert_eq!(keys(&queue), [key(4)], "it is held here only");
}

#[test]
fn what_is_deleted_does_not_come_back() {
    let mut queue = holding(&[1]);
    let found: Vec<Outgoing> = queue.of(here()).cloned().collect();
    queue.delete(&key(1));
    assert!(!queue.adopt(found));
    assert!(keys(&queue).is_empty());
}

#[test]
fn too_much_is_not_taken() {
    let mut queue = holding(&[]);
    let at = Timestamp::from_millis(0);
    let random = |number: usize| ClientKey::from_random((number as u128).to_be_bytes());
    for number in 0..MOST_WAITING {
        assert!(queue.add(random(number), here(), Deed::Say, "Text".to_owned(), at).is_some());
    }
    assert!(queue.add(random(MOST_WAITING), here(), Deed::Say, "Text".to_owned(), at).is_none());
}

#[test]
fn what_is_kept_is_read_again() -> serde_json::Result<()> {
    let mut queue = holding(&[1]);
    next(&mut queue);
    queue.refused(here(), &key(1), Error::Forbidden);
    for outgoing in queue.of(here()) {
        let text = serde_json::to_string(outgoing)?;
        assert_eq!(&serde_json::from_str::<Outgoing>(&text)?, outgoing);
    }
    Ok(())
}
