//! Which messages a page shows, and what it says about the rest.

use salon::{
    conversations::{Conversation, window::Window},
    error::Error,
    ids::{ConversationId, MessageId},
    messages::Message,
};

use crate::{
    on_both_engines,
    support::{Person, TestApp},
};

on_both_engines! {
    a_talk_without_messages_has_nothing_on_any_side,
    a_page_before_or_behind_a_position_says_exactly_what_is_left,
    a_page_around_a_message_has_as_many_on_both_sides,
    a_page_opens_where_the_viewer_goes_on_reading,
    what_was_deleted_keeps_its_place_and_counts_as_nothing,
    no_page_is_around_a_message_of_another_talk,
    a_part_that_does_not_exist_is_refused,
}

/// A talk in which Amina has said `count` things.
async fn talk(app: &TestApp, count: i64) -> (Person, Person, ConversationId, Vec<Message>) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let mut said = Vec::new();
    for n in 1..=count {
        said.push(amina.sends(talk, &n.to_string()).await);
    }
    (amina, bruno, talk, said)
}

/// The positions that a page shows, and where it says that there are more.
fn shown(page: &Conversation) -> (Vec<i64>, Option<i64>, Option<i64>) {
    (page.messages.iter().map(|message| message.position).collect(), page.older, page.newer)
}

fn all(positions: std::ops::RangeInclusive<i64>) -> Vec<i64> {
    positions.collect()
}

async fn a_talk_without_messages_has_nothing_on_any_side(app: TestApp) {
    let (amina, _, talk, _) = talk(&app, 0).await;
    for window in [
        Window::Unread,
        Window::Latest,
        Window::Before(1),
        Window::Before(i64::MIN),
        Window::After(0),
        Window::After(i64::MAX),
    ] {
        let page = amina.reads_window(talk, window).await;
        assert_eq!(shown(&page), (vec![], None, None), "{window}");
        assert_eq!((page.head, page.read, page.unread, page.first_unread), (0, 0, 0, None));
    }
}

async fn a_page_before_or_behind_a_position_says_exactly_what_is_left(app: TestApp) {
    let (amina, _, talk, _) = talk(&app, 90).await;
    for (window, positions, older, newer) in [
        (Window::Latest, all(51..=90), Some(51), None),
        (Window::Before(51), all(11..=50), Some(11), Some(50)),
        (Window::Before(41), all(1..=40), None, Some(40)),
        (Window::Before(42), all(2..=41), Some(2), Some(41)),
        (Window::Before(2), all(1..=1), None, Some(1)),
        (Window::Before(1), vec![], None, Some(0)),
        (Window::Before(0), vec![], None, Some(-1)),
        (Window::Before(i64::MAX), all(51..=90), Some(51), None),
        (Window::After(0), all(1..=40), None, Some(40)),
        (Window::After(-7), all(1..=40), None, Some(40)),
        (Window::After(49), all(50..=89), Some(50), Some(89)),
        (Window::After(50), all(51..=90), Some(51), None),
        (Window::After(51), all(52..=90), Some(52), None),
        (Window::After(89), all(90..=90), Some(90), None),
        (Window::After(90), vec![], Some(91), None),
    ] {
        let page = amina.reads_window(talk, window).await;
        assert_eq!(shown(&page), (positions, older, newer), "{window}");
        assert_eq!(page.head, 90);
    }
}

async fn a_page_around_a_message_has_as_many_on_both_sides(app: TestApp) {
    let (amina, _, talk, said) = talk(&app, 90).await;
    for (position, positions, older, newer) in [
        (45, all(25..=64), Some(25), Some(64)),
        (21, all(1..=40), None, Some(40)),
        (22, all(2..=41), Some(2), Some(41)),
        (1, all(1..=20), None, Some(20)),
        (71, all(51..=90), Some(51), None),
        (70, all(50..=89), Some(50), Some(89)),
        (90, all(70..=90), Some(70), None),
    ] {
        let message = said[position - 1].id;
        let page = amina.reads_window(talk, Window::Around(message)).await;
        assert_eq!(shown(&page), (positions, older, newer), "around {position}");
    }
}

async fn a_page_opens_where_the_viewer_goes_on_reading(app: TestApp) {
    let (_, bruno, talk, _) = talk(&app, 90).await;
    for (read, positions, older, newer, first) in [
        (0, all(1..=30), None, Some(30), Some(1)),
        (5, all(1..=35), None, Some(35), Some(6)),
        (11, all(2..=41), Some(2), Some(41), Some(12)),
        (49, all(40..=79), Some(40), Some(79), Some(50)),
        // From here on the first unread message is on the newest page.
        (50, all(51..=90), Some(51), None, Some(51)),
        (89, all(51..=90), Some(51), None, Some(90)),
        (90, all(51..=90), Some(51), None, None),
    ] {
        bruno.marks_read(talk, read).await.well();
        let page = bruno.reads_window(talk, Window::Unread).await;
        assert_eq!(shown(&page), (positions, older, newer), "read up to {read}");
        let unread = u32::try_from(90 - read).expect("a small number");
        assert_eq!((page.read, page.unread, page.first_unread), (read, unread, first));
    }

    // What he says himself is no reason to begin elsewhere.
    for n in 0..50 {
        bruno.sends(talk, &n.to_string()).await;
    }
    let page = bruno.reads_window(talk, Window::Unread).await;
    assert_eq!((shown(&page), page.unread), ((all(101..=140), Some(101), None), 0));
}

async fn what_was_deleted_keeps_its_place_and_counts_as_nothing(app: TestApp) {
    let (amina, bruno, talk, said) = talk(&app, 50).await;
    let delete = "update message set deleted_at = 1 where position <= 10 or position > 45 or position = 30";
    assert_eq!(app.store().await.run(delete).await, 16);

    let page = amina.reads_window(talk, Window::Latest).await;
    assert_eq!(shown(&page), (all(11..=50), Some(11), None));
    for (window, older, newer) in [
        (Window::Before(11), None, Some(10)),
        (Window::Before(46), Some(6), Some(45)),
        (Window::After(45), Some(46), None),
        (Window::After(5), Some(6), Some(45)),
    ] {
        let page = amina.reads_window(talk, window).await;
        assert_eq!((page.older, page.newer), (older, newer), "{window}");
    }
    let page = amina.reads_window(talk, Window::Around(said[29].id)).await;
    let deleted = page.messages.iter().filter(|message| message.deleted == Some(amina.id));
    assert_eq!(deleted.map(|message| message.position).collect::<Vec<_>>(), [10, 30, 46, 47, 48, 49]);
    assert!(page.messages.iter().all(|message| message.deleted.is_none() || message.body.is_empty()));
    assert_eq!(amina.gets(&format!("/c/{talk}/m/{}", said[29].id)).await.status, 200);

    let page = bruno.reads_window(talk, Window::Unread).await;
    assert_eq!((page.unread, page.first_unread), (34, Some(11)));
}

async fn no_page_is_around_a_message_of_another_talk(app: TestApp) {
    let (amina, bruno, talk, said) = talk(&app, 1).await;
    let carla = app.person("carla").await;
    carla.befriends(&bruno).await;
    let elsewhere = carla.opens(&bruno).await;
    let theirs = carla.sends(elsewhere, "not for you").await.id;
    let nothing: MessageId = (theirs.get() + 1).try_into().expect("an id");
    for (person, talk, message) in [
        (&amina, talk, theirs),
        (&amina, elsewhere, theirs),
        (&bruno, talk, theirs),
        (&carla, talk, said[0].id),
        (&amina, talk, nothing),
    ] {
        let answer = person.tries_to_read(talk, Window::Around(message)).await;
        assert_eq!(answer.error(), Error::NotFound);
    }
}

async fn a_part_that_does_not_exist_is_refused(app: TestApp) {
    let (amina, _, talk, _) = talk(&app, 1).await;
    for window in ["", "all", "before:", "before:9223372036854775808", "around:0", "around:-1", "after:1.5"] {
        let answer = amina.reads(&format!("conversation?id={talk}&window={window}")).await;
        assert_eq!(answer.status, 422, "{window:?}: {}", answer.text());
    }
}
