//! Deleting one's own: for a moment nobody else knows, and it can be undone.

use futures_util::future::join_all;
use salon::{
    error::Error,
    ids::{ConversationId, MessageId},
    messages::{Message, Retracted},
    realtime::event::Event,
};

use crate::{
    on_both_engines,
    support::{Person, TestApp, wait_for},
};

on_both_engines! {
    for_a_moment_only_the_author_knows,
    then_it_is_deleted_for_everybody,
    whoever_brings_it_back_is_never_seen_to_have_deleted_it,
    what_is_about_to_go_cannot_be_edited_and_stays_gone,
    only_the_author_and_only_their_own,
    one_deletes_where_one_may_only_read,
    a_restart_forgets_no_deletion,
    undoing_and_deleting_at_once_end_in_one_state,
    deleting_ones_own_works_as_a_form,
}

const MOMENT: i64 = 5_000;

impl Person {
    async fn restores(&self, talk: ConversationId, message: MessageId) -> Option<Error> {
        let done = self.does("restore_message", talk, &[("message", &*message.to_string())]).await;
        (done.status != 200).then(|| done.error())
    }
}

/// The moment is over.
async fn passes(app: &TestApp) {
    app.pass(MOMENT);
    app.running.app.retractions.notify_one();
}

async fn is_gone(person: &Person, talk: ConversationId, message: MessageId) -> Message {
    wait_for("the deletion", async || {
        Some(person.reads_message(talk, message).await).filter(|message| message.deleted.is_some())
    })
    .await
}

async fn for_a_moment_only_the_author_knows(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "hasty").await;
    let (mut hers, mut her_other, mut his) =
        (amina.connects().await, amina.connects().await, bruno.connects().await);
    for _ in 0..2 {
        amina.deletes(talk, said.id).await.well();
        app.pass(1_000);
    }

    let until = app.now().plus(MOMENT - 2_000);
    let told = Event::Retracted { conversation: talk, message: said.id, until: Some(until) };
    for socket in [&mut hers, &mut her_other] {
        assert_eq!([socket.next_event().await, socket.next_event().await], [told.clone(), told.clone()]);
    }
    his.assert_silent().await;
    assert_eq!(bruno.reads_message(talk, said.id).await, said);
    assert_eq!(bruno.reads_conversation(talk).await.retracted, []);
    let hers = amina.reads_conversation(talk).await;
    assert_eq!((hers.head, &hers.messages[0]), (said.position, &said));
    assert_eq!(hers.retracted, [Retracted { message: said.id, until }]);
    let page = amina.page(&format!("/c/{talk}")).await;
    assert!(page.contains("You deleted this message.") && !page.contains(">hasty<"));
    assert!(bruno.page(&format!("/c/{talk}")).await.contains(">hasty<"));
}

async fn then_it_is_deleted_for_everybody(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    // Also by who keeps order there: it is her own.
    let said = [amina.sends(group, "one").await, bruno.sends(group, "two").await];
    let mut his = bruno.connects().await;
    amina.deletes(group, said[0].id).await.well();
    bruno.deletes(group, said[1].id).await.well();
    his.next_event().await;
    passes(&app).await;

    let mut heard = [his.next_message().await, his.next_message().await];
    heard.sort_by_key(|message| message.position);
    for (heard, said) in heard.iter().zip(&said) {
        assert_eq!((heard.id, heard.deleted, &*heard.body), (said.id, Some(said.sender), ""));
        assert_eq!(&bruno.reads_message(group, said.id).await, heard);
    }
    let mut numbers = heard.map(|message| message.revision);
    numbers.sort_unstable();
    assert_eq!(numbers, [said[1].position + 1, said[1].position + 2]);
    assert_eq!(amina.reads_conversation(group).await.retracted, []);
    assert_eq!(amina.restores(group, said[0].id).await, Some(Error::Conflict));
    amina.deletes(group, said[0].id).await.well();
    assert_eq!(amina.reads_conversation(group).await.head, said[1].position + 2);
}

async fn whoever_brings_it_back_is_never_seen_to_have_deleted_it(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "after all").await;
    let mut his = bruno.connects().await;
    let mut hers = amina.connects().await;
    for _ in 0..3 {
        amina.deletes(talk, said.id).await.well();
        assert_eq!(amina.restores(talk, said.id).await, None);
    }
    assert_eq!(amina.restores(talk, said.id).await, None, "to bring back what is there changes nothing");
    for _ in 0..3 {
        hers.next_event().await;
        let back = Event::Retracted { conversation: talk, message: said.id, until: None };
        assert_eq!(hers.next_event().await, back);
    }
    passes(&app).await;
    let next = amina.sends(talk, "next").await;
    assert_eq!(his.next_event().await, Event::Message(Box::new(next.clone())));
    assert_eq!(bruno.reads_message(talk, said.id).await, said);
    assert_eq!(next.position, said.position + 1, "no number was spent");
}

async fn what_is_about_to_go_cannot_be_edited_and_stays_gone(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "a canary, once").await;
    amina.deletes(talk, said.id).await.well();
    let fields = [("message", &*said.id.to_string()), ("body", "second")];
    assert_eq!(amina.does("edit_message", talk, &fields).await.error(), Error::Conflict);
    passes(&app).await;
    is_gone(&bruno, talk, said.id).await;
    assert_eq!(amina.does("edit_message", talk, &fields).await.error(), Error::Conflict);
    assert!(!app.place.holds("a canary, once").await);
}

async fn only_the_author_and_only_their_own(app: TestApp) {
    let [amina, bruno, dana] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let said = bruno.sends(group, "his").await;
    bruno.deletes(group, said.id).await.well();
    assert_eq!(amina.restores(group, said.id).await, Some(Error::Forbidden));
    assert_eq!(dana.restores(group, said.id).await, Some(Error::NotFound));
    // Who keeps order does not wait.
    amina.deletes(group, said.id).await.well();
    assert_eq!(bruno.reads_message(group, said.id).await.deleted, Some(amina.id));
    assert_eq!(bruno.restores(group, said.id).await, Some(Error::Conflict));
    let head = amina.reads_conversation(group).await.head;
    passes(&app).await;
    amina.sends(group, "next").await;
    assert_eq!(amina.reads_conversation(group).await.head, head + 1);
}

async fn one_deletes_where_one_may_only_read(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "before we parted").await;
    amina.unfriends(&bruno).await;
    amina.deletes(talk, said.id).await.well();
    passes(&app).await;
    is_gone(&bruno, talk, said.id).await;
}

async fn a_restart_forgets_no_deletion(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "to be gone").await;
    amina.deletes(talk, said.id).await.well();
    let config = app.place.config();
    let place = app.stop().await;
    let mut store = place.store().await;
    store.run("update message set delete_at = 1 where delete_at is not null").await;
    drop(store);
    let app = TestApp::at(place, config).await;
    let bruno = bruno.at(app.browser()).await;
    is_gone(&bruno, talk, said.id).await;
}

async fn undoing_and_deleting_at_once_end_in_one_state(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for round in 0..6 {
        let said = amina.sends(talk, &format!("round {round}")).await;
        amina.deletes(talk, said.id).await.well();
        let restoring = async { amina.restores(talk, said.id).await };
        let (restored, ()) = futures_util::join!(restoring, passes(&app));
        match restored {
            None => assert_eq!(bruno.reads_message(talk, said.id).await, said),
            Some(error) => {
                assert_eq!(error, Error::Conflict);
                is_gone(&bruno, talk, said.id).await;
            }
        }
    }
    let many = join_all((0..5).map(|_| amina.sends(talk, "many"))).await;
    join_all(many.iter().map(|said| amina.deletes(talk, said.id))).await;
    passes(&app).await;
    let gone = join_all(many.iter().map(|said| is_gone(&bruno, talk, said.id))).await;
    let mut numbers: Vec<i64> = gone.iter().map(|message| message.revision).collect();
    numbers.sort_unstable();
    let head = bruno.reads_conversation(talk).await.head;
    assert_eq!(numbers, (head - 4..=head).collect::<Vec<_>>());
}

async fn deleting_ones_own_works_as_a_form(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "by form").await;
    let here = format!("/c/{talk}/m/{}", said.id);
    let page = amina.page(&here).await;
    assert!(page.contains(&format!("{here}/delete")) && page.contains(&format!("{here}/edit")));
    assert!(amina.page(&format!("{here}/delete")).await.contains("You can undo it for five seconds."));
    let (id, talk_id) = (said.id.to_string(), talk.to_string());
    let fields = [("conversation", &*talk_id), ("message", &*id)];
    let done = amina.submits(&format!("{here}/delete"), "delete_message", &fields).await;
    assert_eq!(done.location(), here);
    let page = amina.page(&here).await;
    assert!(page.contains("/do/restore_message") && !page.contains(&format!("{here}/edit")));
    assert_eq!(amina.submits(&here, "restore_message", &fields).await.location(), here);
    assert!(amina.page(&here).await.contains("by form"));
    let theirs = bruno.page(&here).await;
    assert!(!theirs.contains(&format!("{here}/delete")) && !theirs.contains(&format!("{here}/edit")));
}
