//! What a thread promises: every message once, in order, as new as anyone has told, and no hole unnoticed.

use super::{
    End, MOST_HELD, Outcome, Thread,
    fixtures::{message, page, person},
};
use crate::{conversations::Conversation, messages::Message};

const ME: i64 = 1;
const THEM: i64 = 2;

fn positions(thread: &Thread) -> Vec<i64> {
    thread.messages().map(|message| message.position).collect()
}

fn opened(head: i64) -> Thread {
    Thread::new(&page(head, (1..=head).map(|position| message(position, THEM)).collect()), person(ME))
}

/// Has asked and got its answer: it misses nothing.
fn level(head: i64) -> Thread {
    let mut thread = opened(head);
    thread.asked();
    thread.resumed(head, false);
    thread
}

#[test]
fn a_page_asks_for_what_came_while_it_travelled() {
    let thread = opened(3);
    assert!(thread.wants_resume());
    assert_eq!((thread.cursor(), positions(&thread)), (3, vec![1, 2, 3]));
}

#[test]
fn a_message_that_comes_next_is_applied() {
    let mut thread = level(3);
    assert_eq!(thread.arrived(message(4, THEM)), Outcome::Applied);
    assert_eq!((thread.cursor(), thread.wants_resume()), (4, false));
}

#[test]
fn a_hole_is_noticed_shown_around_and_asked_for_once() {
    let mut thread = level(3);
    assert_eq!(thread.arrived(message(5, THEM)), Outcome::Hole);
    assert_eq!((thread.cursor(), positions(&thread)), (3, vec![1, 2, 3, 5]));
    assert!(thread.wants_resume());

    thread.asked();
    assert_eq!(thread.arrived(message(7, THEM)), Outcome::Hole);
    assert!(!thread.wants_resume(), "it has been asked already");
}

#[test]
fn a_hole_that_closes_by_itself_lets_the_cursor_pass() {
    let mut thread = level(3);
    for (position, cursor) in [(6, 3), (5, 3), (4, 6)] {
        thread.arrived(message(position, THEM));
        assert_eq!(thread.cursor(), cursor);
    }
    assert_eq!(positions(&thread), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn a_number_known_already_changes_nothing() {
    let mut thread = level(3);
    assert_eq!(thread.arrived(message(2, THEM)), Outcome::Known);
    assert_eq!(positions(&thread), [1, 2, 3]);
}

#[test]
fn an_older_version_never_replaces_a_newer_one() {
    let mut thread = level(1);
    let changed = |revision| Message { revision, body: format!("Version {revision}"), ..message(1, THEM) };
    thread.arrived(changed(3));
    thread.arrived(changed(2));
    assert_eq!(thread.messages().next().map(|message| message.body.as_str()), Some("Version 3"));
    assert_eq!(thread.cursor(), 3);
}

#[test]
fn the_answer_to_my_own_send_does_not_skip_what_others_wrote_before_it() {
    let mut thread = level(1);
    thread.said(message(3, ME));
    assert_eq!(thread.cursor(), 1);

    thread.arrived(message(2, THEM));
    assert_eq!(thread.arrived(message(3, ME)), Outcome::Applied);
    assert_eq!((thread.cursor(), positions(&thread)), (3, vec![1, 2, 3]));
}

#[test]
fn my_message_stands_once_whichever_comes_first_answer_or_frame() {
    for answer_first in [true, false] {
        let mut thread = level(0);
        if answer_first {
            thread.said(message(1, ME));
            thread.arrived(message(1, ME));
        } else {
            thread.arrived(message(1, ME));
            thread.said(message(1, ME));
        }
        assert_eq!(positions(&thread), [1]);
    }
}

#[test]
fn a_new_connection_asks_again() {
    let mut thread = opened(3);
    thread.asked();
    thread.reconnected();
    assert!(thread.wants_resume());
    thread.resumed(9, false);
    assert_eq!(thread.cursor(), 3, "the answer to an old question counts no longer");
}

#[test]
fn too_much_missed_begins_again_from_the_latest_page() {
    let mut thread = opened(3);
    thread.asked();
    thread.resumed(900, true);
    assert!(thread.wants_reread() && !thread.wants_resume());

    let latest = Conversation { older: Some(895), ..page(900, vec![message(895, THEM), message(900, THEM)]) };
    thread.reread(&latest);
    assert_eq!((positions(&thread), thread.cursor()), (vec![895, 900], 900));
    assert!(thread.wants_resume() && !thread.wants_reread());
}

#[test]
fn a_change_below_the_window_leaves_no_hole_in_it() {
    let mut thread =
        Thread::new(&Conversation { older: Some(5), ..page(6, vec![message(5, THEM)]) }, person(ME));
    thread.arrived(Message { revision: 7, ..message(2, THEM) });
    assert_eq!((positions(&thread), thread.cursor()), (vec![5], 7));
}

#[test]
fn an_older_page_goes_before_and_says_whether_there_is_more() {
    let mut thread =
        Thread::new(&Conversation { older: Some(3), ..page(3, vec![message(3, THEM)]) }, person(ME));
    let older = Conversation { older: Some(2), newer: Some(2), ..page(3, vec![message(2, THEM)]) };
    thread.older(3, &older);
    thread.older(3, &older);
    assert_eq!((positions(&thread), thread.older_than()), (vec![2, 3], Some(2)));
}

#[test]
fn a_change_that_went_by_below_the_window_is_asked_for_with_its_page() {
    let newest = Conversation { older: Some(3), ..page(3, vec![message(3, THEM)]) };
    let older = Conversation { newer: Some(2), ..page(3, vec![message(2, THEM)]) };
    let mut thread = Thread::new(&newest, person(ME));
    thread.asked();
    thread.arrived(Message { revision: 5, ..message(2, THEM) });
    thread.older(3, &older);
    thread.resumed(5, false);
    assert_eq!(thread.cursor(), 3, "the answer was to a question asked before");
    assert!(thread.wants_resume());
}

#[test]
fn a_page_of_older_messages_takes_no_newer_ones() {
    let older = Conversation { newer: Some(2), ..page(9, vec![message(1, THEM), message(2, THEM)]) };
    let mut thread = Thread::new(&older, person(ME));
    thread.arrived(message(10, THEM));
    thread.arrived(Message { revision: 11, ..message(1, THEM) });
    assert_eq!((positions(&thread), thread.cursor()), (vec![1, 2], 11));
    assert_eq!(thread.messages().next().map(|message| message.revision), Some(11));
}

#[test]
fn a_newer_page_goes_behind_and_from_the_last_one_on_the_window_takes_what_comes() {
    let around = Conversation { newer: Some(2), ..page(9, vec![message(1, THEM), message(2, THEM)]) };
    let mut thread = Thread::new(&around, person(ME));
    thread.newer(2, &Conversation { older: Some(3), newer: Some(3), ..page(9, vec![message(3, THEM)]) });
    thread.newer(2, &page(9, vec![message(5, THEM)]));
    assert_eq!((positions(&thread), thread.newer_than()), (vec![1, 2, 3], Some(3)));

    thread.newer(3, &page(9, vec![message(9, THEM)]));
    thread.arrived(message(10, THEM));
    assert_eq!((positions(&thread), thread.newer_than()), (vec![1, 2, 3, 9, 10], None));
}

#[test]
fn what_came_while_a_newer_page_travelled_is_asked_for() {
    let around = Conversation { newer: Some(1), ..page(3, vec![message(1, THEM)]) };
    let mut thread = Thread::new(&around, person(ME));
    thread.asked();
    thread.resumed(3, false);
    thread.arrived(message(4, THEM));
    thread.newer(1, &page(3, vec![message(2, THEM), message(3, THEM)]));
    assert_eq!((thread.cursor(), thread.wants_resume()), (3, true));
}

#[test]
fn a_window_lets_go_of_the_end_that_is_out_of_view() {
    let many = MOST_HELD as i64 + 10;
    let mut thread = opened(many);
    assert!(thread.trim(End::Oldest) && !thread.trim(End::Oldest));
    assert_eq!((thread.older_than(), thread.newer_than()), (Some(11), None));

    let mut thread = opened(many);
    assert!(thread.trim(End::Newest));
    assert_eq!((thread.older_than(), thread.newer_than()), (None, Some(MOST_HELD as i64)));
    thread.arrived(message(many + 1, THEM));
    assert_eq!(thread.messages().next_back().map(|last| last.position), Some(MOST_HELD as i64));
}

#[test]
fn reading_goes_to_the_end_that_is_in_view_and_only_forward() {
    let mut thread = Thread::new(
        &Conversation {
            read: 1,
            first_unread: Some(2),
            ..page(3, (1..=3).map(|at| message(at, THEM)).collect())
        },
        person(ME),
    );
    assert_eq!((thread.divider(), thread.looked_at_end(), thread.looked_at_end()), (Some(2), Some(3), None));
    assert_eq!(thread.divider(), Some(2), "it stays for the visit");

    thread.arrived(message(4, ME));
    thread.arrived(message(5, THEM));
    assert_eq!(thread.news(), 1);
    thread.missed();
    assert_eq!(thread.divider(), Some(5));
    assert_eq!((thread.looked_at_end(), thread.news()), (Some(5), 0));
}

#[test]
fn what_was_marked_unread_is_not_read_by_looking() {
    let mut thread = level(3);
    thread.read_up_to(1);
    assert_eq!((thread.divider(), thread.looked_at_end()), (Some(2), None));
}

#[test]
fn further_up_nothing_is_read_and_what_comes_is_counted() {
    let around = Conversation { newer: Some(2), read: 2, ..page(9, vec![message(2, THEM)]) };
    let mut thread = Thread::new(&around, person(ME));
    thread.arrived(message(10, THEM));
    assert_eq!((thread.looked_at_end(), thread.news()), (None, 1));

    thread.read_up_to(10);
    assert_eq!(thread.news(), 0);
}

fn deleted(position: i64, revision: i64) -> Message {
    Message { revision, body: String::new(), deleted: Some(person(3)), ..message(position, THEM) }
}

#[test]
fn what_is_deleted_is_no_news_and_is_not_said_aloud() {
    let mut thread = level(1);
    for position in 2..=4 {
        thread.arrived(message(position, THEM));
    }
    assert_eq!(thread.arrived(deleted(3, 5)), Outcome::Applied);
    assert_eq!((thread.news(), positions(&thread)), (2, vec![1, 2, 3, 4]));
    let heard: Vec<i64> = thread.take_heard().iter().map(|heard| heard.position).collect();
    assert_eq!(heard, [2, 4]);

    // Deleted while one was away: it never was news.
    thread.arrived(deleted(6, 7));
    assert_eq!((thread.news(), thread.take_heard().len()), (2, 0));
}

#[test]
fn the_divider_goes_on_to_what_was_not_deleted() {
    let mut thread = Thread::new(
        &Conversation {
            read: 1,
            first_unread: Some(2),
            ..page(4, (1..=3).map(|at| message(at, THEM)).collect())
        },
        person(ME),
    );
    assert_eq!(thread.first_new(), Some(2));
    thread.arrived(deleted(2, 5));
    assert_eq!(thread.first_new(), Some(3));
    thread.arrived(deleted(3, 6));
    assert_eq!(thread.first_new(), None);
    thread.arrived(message(7, ME));
    thread.arrived(message(8, THEM));
    assert_eq!(thread.first_new(), Some(8));
}

#[test]
fn deletion_is_offered_to_those_who_keep_order_about_what_was_said() {
    for may_moderate in [true, false] {
        let mut page = page(2, vec![message(1, THEM), deleted(2, 3)]);
        page.about.may_moderate = may_moderate;
        let thread = Thread::new(&page, person(ME));
        assert_eq!(thread.offers_deletion(message(1, THEM).id), may_moderate);
        assert!(!thread.offers_deletion(message(2, THEM).id) && !thread.offers_deletion(message(3, THEM).id));
    }
}

#[test]
fn what_an_older_answer_says_of_ones_own_is_kept_behind_a_newer_frame() {
    let mut thread = level(0);
    let told = Message { revision: 2, reacted: Some(vec!["👍".to_owned()]), ..message(1, THEM) };
    let edited = Message { revision: 3, body: "Edited".to_owned(), ..message(1, THEM) };
    // The edit, which everybody is told, overtakes the answer, which is for one alone.
    thread.arrived(edited);
    thread.arrived(told.clone());
    let held = thread.get(told.id).expect("it is held");
    assert_eq!((&*held.body, held.revision, held.reacted.clone()), ("Edited", 3, told.reacted.clone()));

    // Of two such answers the later one counts, whichever comes first.
    thread.arrived(Message { revision: 5, reacted: Some(Vec::new()), ..message(1, THEM) });
    thread.arrived(told.clone());
    assert_eq!(thread.get(told.id).expect("it is held").reacted, Some(Vec::new()));
}
