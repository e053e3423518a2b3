//! Strangers who write: what they say waits until it is accepted, and a refusal tells them nothing.

use salon::{
    conversations::{about::Request, window::Window},
    error::{Error, Field, Why},
    friends::privacy::Writers,
};

use crate::{
    on_both_engines,
    support::{
        Answer, Engine, Person, TestApp,
        houses::{joins, makes_space},
    },
};

on_both_engines! {
    what_a_stranger_writes_waits_until_it_is_accepted,
    whoever_begins_can_be_answered,
    a_declined_request_is_over_and_tells_nothing,
    friends_and_neighbours_need_not_ask,
    friendship_ends_the_waiting_and_its_end_begins_anew,
    a_block_ends_a_request,
    a_decline_that_races_a_send_is_before_it_or_after_it,
    names_are_not_harvested,
    it_works_as_forms,
}

async fn takes(person: &Person, writers: Writers) {
    let fields = [("writers", writers.code()), ("takes_requests", "true")];
    person.calls("save_privacy", &fields).await.well();
}

async fn writes_to(person: &Person, name: &str) -> Answer {
    person.submits("/write", "write_to", &[("person", name)]).await
}

async fn begins(person: &Person, name: &str) -> salon::ids::ConversationId {
    let answer = writes_to(person, name).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.location().strip_prefix("/c/").expect("the page of a conversation").parse().expect("an id")
}

/// Amina, to whom strangers may write on request, and Dana, who has.
async fn asked(app: &TestApp) -> (Person, Person, salon::ids::ConversationId) {
    let (amina, dana) = (app.person("amina").await, app.person("dana").await);
    takes(&amina, Writers::Requests).await;
    let talk = begins(&dana, "amina").await;
    assert!(amina.home().await.asked.is_empty(), "nothing has been said yet");
    dana.sends(talk, "good evening").await;
    (amina, dana, talk)
}

async fn what_a_stranger_writes_waits_until_it_is_accepted(app: TestApp) {
    let (amina, dana, talk) = asked(&app).await;
    let home = amina.home().await;
    assert_eq!((home.conversations.len(), home.unread, home.asked.len()), (0, 0, 1));
    assert_eq!(home.asked[0].last.as_ref().map(|last| &*last.text), Some("good evening"));
    let shown = amina.reads_conversation(talk).await;
    assert_eq!((shown.about.request, shown.about.may_write), (Some(Request::Pending), false));
    assert_eq!(shown.messages[0].body, "good evening");
    assert_eq!(amina.tries_to_send(talk, "hello").await, Err(Error::Forbidden), "first it is accepted");
    assert_eq!(dana.home().await.conversations.len(), 1, "who asks has it in their list");
    assert_eq!(dana.reads_conversation(talk).await.about.request, None);

    amina.does("accept_talk", talk, &[]).await.well();
    let home = amina.home().await;
    assert_eq!((home.conversations.len(), home.unread, home.asked.len()), (1, 1, 0));
    amina.sends(talk, "good evening to you").await;
    dana.sends(talk, "thank you").await;
    // Once more is nothing.
    assert_eq!(amina.does("accept_talk", talk, &[]).await.error(), Error::NotFound);
    // It was accepted for good, whatever Amina chooses for others.
    takes(&amina, Writers::Acquaintances).await;
    dana.sends(talk, "and good night").await;
}

async fn whoever_begins_can_be_answered(app: TestApp) {
    let (amina, dana) = (app.person("amina").await, app.person("dana").await);
    takes(&amina, Writers::Everyone).await;
    let talk = begins(&dana, "amina").await;
    dana.sends(talk, "good evening").await;
    assert_eq!(amina.home().await.unread, 1);
    amina.sends(talk, "good evening to you").await;
}

async fn a_declined_request_is_over_and_tells_nothing(app: TestApp) {
    let (amina, dana, talk) = asked(&app).await;
    amina.does("decline_talk", talk, &[]).await.well();
    let home = amina.home().await;
    assert!(home.asked.is_empty() && home.conversations.is_empty());
    assert_eq!(dana.tries_to_send(talk, "are you there?").await, Err(Error::Forbidden));
    let shown = dana.reads_conversation(talk).await;
    assert_eq!((shown.about.request, shown.about.may_write), (None, false));
    assert_eq!(begins(&dana, "amina").await, talk);
    assert_eq!(dana.tries_to_send(talk, "hello?").await, Err(Error::Forbidden));
    takes(&amina, Writers::Everyone).await;
    assert_eq!(dana.tries_to_send(talk, "hello?").await, Err(Error::Forbidden), "declined is declined");

    // Whoever declined may think better of it.
    assert_eq!(amina.reads_conversation(talk).await.about.request, Some(Request::Declined));
    amina.does("accept_talk", talk, &[]).await.well();
    dana.sends(talk, "good evening").await;
}

async fn friends_and_neighbours_need_not_ask(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let carla = app.person("carla").await;
    takes(&amina, Writers::Requests).await;
    let talk = bruno.opens(&amina).await;
    bruno.sends(talk, "hello").await;
    let space = makes_space(&amina, "House").await;
    assert!(joins(&app, &carla, space).await);
    let other = begins(&carla, "amina").await;
    carla.sends(other, "hello, neighbour").await;
    let home = amina.home().await;
    assert_eq!((home.conversations.len(), home.asked.len(), home.unread), (2, 0, 2));
}

async fn friendship_ends_the_waiting_and_its_end_begins_anew(app: TestApp) {
    let (amina, dana, talk) = asked(&app).await;
    dana.asks("amina").await.well();
    assert_eq!(amina.home().await.asked.len(), 1, "to ask is not to be friends");
    amina.answers("accept_friend", &dana).await.well();
    let home = amina.home().await;
    assert_eq!((home.conversations.len(), home.asked.len()), (1, 0));
    amina.sends(talk, "good evening to you").await;

    amina.unfriends(&dana).await;
    // Whatever strangers may: this talk is over.
    for writers in [Writers::Acquaintances, Writers::Requests] {
        takes(&amina, writers).await;
        for person in [&amina, &dana] {
            assert_eq!(person.tries_to_send(talk, "hello?").await, Err(Error::Forbidden));
        }
    }
}

async fn a_block_ends_a_request(app: TestApp) {
    let (amina, dana, talk) = asked(&app).await;
    amina.answers("block", &dana).await.well();
    let home = amina.home().await;
    assert!(home.asked.is_empty());
    assert_eq!(dana.tries_to_send(talk, "are you there?").await, Err(Error::Forbidden));
    assert_eq!(amina.does("accept_talk", talk, &[]).await.error(), Error::NotFound);
    let stranger = app.person("stranger").await;
    amina.answers("block", &stranger).await.well();
    assert_eq!(stranger.calls("write_to", &[("person", "amina")]).await.error(), Error::Forbidden);
}

async fn a_decline_that_races_a_send_is_before_it_or_after_it(app: TestApp) {
    let (amina, dana, talk) = asked(&app).await;
    let (declined, sent) =
        tokio::join!(amina.does("decline_talk", talk, &[]), dana.tries_to_send(talk, "one more thing"));
    declined.well();
    let texts = amina.reads_texts(talk).await;
    assert_eq!(texts.len(), if sent.is_ok() { 2 } else { 1 }, "{sent:?}");
    assert_eq!(dana.tries_to_send(talk, "hello?").await, Err(Error::Forbidden));
}

async fn names_are_not_harvested(engine: Engine) {
    let app = TestApp::with(engine, |config| config.limits.friend_requests_per_hour = 3).await;
    let (amina, dana) = (app.person("amina").await, app.person("dana").await);
    let refused = async |person: &str| dana.calls("write_to", &[("person", person)]).await;
    let wrong = |why| Error::Invalid { field: Field::Person, why };
    assert_eq!(refused("").await.error(), wrong(Why::Missing));
    assert_eq!(refused("dana").await.error(), wrong(Why::Yourself));
    assert_eq!(refused("nobody").await.error(), wrong(Why::Unknown));
    assert_eq!(refused("amina").await.error(), Error::Forbidden);
    assert!(matches!(refused("amina").await.error(), Error::TooFast { .. }));
    drop(amina);
}

async fn it_works_as_forms(app: TestApp) {
    let (amina, dana, talk) = asked(&app).await;
    let page = amina.page("/").await;
    assert!(page.contains("Message requests") && page.contains("good evening"), "{page}");
    let page = amina.looks_at(talk).await;
    assert!(page.contains("dana wants to write to you") && !page.contains("name=\"body\""), "{page}");
    let id = talk.to_string();
    let answer = amina.submits(&format!("/c/{talk}"), "accept_talk", &[("conversation", &id)]).await;
    assert_eq!((answer.status, answer.location()), (303, &*format!("/c/{talk}")));
    let answer = dana.submits("/write", "write_to", &[("person", "nobody")]).await;
    assert_eq!(answer.location(), "/write");
    assert!(dana.page("/write").await.contains("value=\"nobody\""));
    assert_eq!(dana.tries_to_read(talk, Window::Latest).await.status, 200);
}
