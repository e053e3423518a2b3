//! Passing on what was said: where to, what is told of it there, and what stays behind.

use salon::{
    error::Error,
    finding::Goal,
    ids::ConversationId,
    messages::{
        Message,
        forward::{Forwardable, MOST_GOALS},
    },
    realtime::event::Event,
};

use crate::{
    on_both_engines,
    support::{Answer, Person, TestApp, new_key},
};

on_both_engines! {
    what_is_passed_on_tells_not_from_where,
    twice_under_one_key_is_once,
    it_goes_only_where_one_may_write,
    what_is_deleted_or_was_done_is_not_passed_on,
    it_names_nobody_and_is_not_reworded,
    some_conversation_is_named_and_not_too_many,
    a_form_passes_it_on_without_javascript,
}

impl Person {
    async fn forwards(&self, message: &Message, key: &str, to: &[ConversationId]) -> Answer {
        let (id, to) = (message.id.to_string(), to.iter().map(ConversationId::to_string).collect::<Vec<_>>());
        let mut fields = vec![("message", &*id), ("key", key)];
        fields.extend(to.iter().map(|goal| ("to[]", &**goal)));
        self.does("forward_message", message.conversation, &fields).await
    }

    async fn reads_goals(&self, message: &Message) -> Vec<Goal> {
        let path = format!("forwardable?conversation={}&message={}", message.conversation, message.id);
        let forwardable: Forwardable = self.reads(&path).await.well().json();
        forwardable.goals.into_iter().map(|entry| entry.goal).collect()
    }

    async fn reads_last(&self, talk: ConversationId) -> Message {
        self.reads_conversation(talk).await.messages.pop().expect("something was said")
    }
}

async fn what_is_passed_on_tells_not_from_where(app: TestApp) {
    let [amina, bruno, chloe] = app.three_friends().await;
    let (with_bruno, with_chloe) = (amina.opens(&bruno).await, amina.opens(&chloe).await);
    let group = amina.gathers("Kitchen", &[&bruno, &chloe]).await;
    let said = bruno.sends(with_bruno, "The *door* is open").await;
    let mut hers = chloe.connects().await;

    amina.forwards(&said, &new_key(), &[with_chloe, group]).await.well();
    for _ in 0..2 {
        let Event::Message(told) = hers.next_event().await else { panic!("a message comes") };
        assert_eq!((&*told.body, told.forwarded, told.sender), ("The *door* is open", true, amina.id));
        assert!([with_chloe, group].contains(&told.conversation));
        let text = serde_json::to_string(&told).expect("it is JSON");
        for trace in [bruno.id.to_string(), with_bruno.to_string(), said.id.to_string()] {
            assert!(!text.contains(&trace), "{text} tells {trace}");
        }
        assert_eq!(chloe.reads_message(told.conversation, told.id).await, *told);
    }
    assert!(chloe.looks_at(with_chloe).await.contains("Forwarded"));
    assert_eq!(amina.reads_conversation(with_bruno).await.messages.len(), 1);
}

async fn twice_under_one_key_is_once(app: TestApp) {
    let [amina, bruno, chloe] = app.three_friends().await;
    let (here, there) = (amina.opens(&bruno).await, amina.opens(&chloe).await);
    let (said, other) = (amina.sends(here, "once").await, amina.sends(here, "another").await);
    let key = new_key();
    for _ in 0..2 {
        amina.forwards(&said, &key, &[there, there]).await.well();
    }
    let texts: Vec<String> =
        (chloe.reads_conversation(there).await.messages.into_iter()).map(|message| message.body).collect();
    assert_eq!(texts, ["once"]);
    assert_eq!(amina.forwards(&other, &key, &[there]).await.error(), Error::Conflict);
}

async fn it_goes_only_where_one_may_write(app: TestApp) {
    let [amina, bruno, chloe] = app.three_friends().await;
    let (here, ended) = (amina.opens(&bruno).await, amina.opens(&chloe).await);
    bruno.befriends(&chloe).await;
    let theirs = bruno.gathers("Without her", &[&chloe]).await;
    let said = amina.sends(here, "canary").await;
    assert!(amina.reads_goals(&said).await.contains(&Goal::Talk(ended)));
    chloe.answers("block", &amina).await.well();

    let goals = amina.reads_goals(&said).await;
    assert!(goals.contains(&Goal::Talk(here)) && !goals.contains(&Goal::Talk(ended)), "{goals:?}");
    assert!(!goals.contains(&Goal::Group(theirs)));
    let before = app.store().await.snapshot().await;
    assert_eq!(amina.forwards(&said, &new_key(), &[ended]).await.error(), Error::Forbidden);
    assert_eq!(amina.forwards(&said, &new_key(), &[theirs]).await.error(), Error::NotFound);
    assert_eq!(app.store().await.snapshot().await, before);

    // Where it may go it goes, and what refused it is told.
    let key = new_key();
    assert_eq!(amina.forwards(&said, &key, &[theirs, here]).await.error(), Error::NotFound);
    assert_eq!(amina.forwards(&said, &key, &[here]).await.status, 200);
    let last: Vec<bool> =
        (bruno.reads_conversation(here).await.messages.iter()).map(|message| message.forwarded).collect();
    assert_eq!(last, [false, true]);

    // From where one is not, nothing is passed on.
    let secret = bruno.sends(theirs, "canary").await;
    assert_eq!(amina.forwards(&secret, &new_key(), &[here]).await.error(), Error::NotFound);
}

async fn what_is_deleted_or_was_done_is_not_passed_on(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Kitchen", &[&bruno]).await;
    amina.does("describe_group", group, &[("name", "Cellar"), ("topic", "")]).await.well();
    let page = amina.reads_conversation(group).await;
    let note = page.messages.iter().find(|message| message.note.is_some()).expect("the name is another");
    assert_eq!(amina.forwards(note, &new_key(), &[group]).await.error(), Error::Conflict);

    let said = bruno.sends(group, "canary").await;
    amina.does("delete_message", group, &[("message", &said.id.to_string())]).await.well();
    let answer = amina.forwards(&said, &new_key(), &[group]).await;
    assert_eq!(answer.error(), Error::Conflict);
    let path = format!("forwardable?conversation={group}&message={}", said.id);
    assert_eq!(amina.reads(&path).await.error(), Error::Conflict);

    // What was passed on before stays, and its own deletion takes the sign with the text.
    let kept = bruno.sends(group, "kept").await;
    amina.forwards(&kept, &new_key(), &[group]).await.well();
    let copy = amina.reads_last(group).await;
    amina.does("delete_message", group, &[("message", &kept.id.to_string())]).await.well();
    assert_eq!(bruno.reads_message(group, copy.id).await.body, "kept");
}

async fn it_names_nobody_and_is_not_reworded(app: TestApp) {
    let [amina, bruno, chloe] = app.three_friends().await;
    let (here, group) = (amina.opens(&bruno).await, amina.gathers("Kitchen", &[&bruno, &chloe]).await);
    let said = bruno.sends(here, &format!("@{} and @all: come", chloe.name)).await;
    amina.forwards(&said, &new_key(), &[group]).await.well();
    let copy = chloe.reads_last(group).await;
    assert_eq!((copy.forwarded, copy.mentions.len(), copy.all), (true, 0, false));

    let edit = [("message", &*copy.id.to_string()), ("body", "other words")];
    assert_eq!(amina.does("edit_message", group, &edit).await.error(), Error::Conflict);
    let path = format!("editable?conversation={group}&message={}", copy.id);
    assert_eq!(amina.reads(&path).await.error(), Error::Conflict);
}

async fn some_conversation_is_named_and_not_too_many(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let here = amina.opens(&bruno).await;
    let said = amina.sends(here, "where to?").await;
    let many: Vec<ConversationId> =
        (1..=MOST_GOALS as i64 + 1).filter_map(|id| ConversationId::try_from(id).ok()).collect();
    for to in [&[][..], &many] {
        assert_eq!(amina.forwards(&said, &new_key(), to).await.status, 422);
    }
    assert_eq!(amina.reads_conversation(here).await.messages.len(), 1);
}

async fn a_form_passes_it_on_without_javascript(app: TestApp) {
    let [amina, bruno, chloe] = app.three_friends().await;
    let (here, there) = (amina.opens(&bruno).await, amina.opens(&chloe).await);
    let said = bruno.sends(here, "The door is open").await;
    let path = format!("/c/{here}/m/{}/forward", said.id);
    let page = amina.page(&path).await;
    assert!(page.contains("Forward message") && page.contains("The door is open"), "{page}");
    assert!(page.contains(&format!("value=\"{there}\"")), "{page}");

    let (id, here_id, goal, key) = (said.id.to_string(), here.to_string(), there.to_string(), new_key());
    let fields = [("conversation", &*here_id), ("message", &*id), ("key", &*key)];
    let nowhere = amina.submits(&path, "forward_message", &fields).await;
    assert_eq!((nowhere.status, nowhere.location()), (303, &*path));
    assert!(amina.page(&path).await.contains("Choose at least one conversation."));
    let fields = [fields[0], fields[1], fields[2], ("to[]", &*goal)];
    let sent = amina.submits(&path, "forward_message", &fields).await;
    assert_eq!((sent.status, sent.location()), (303, &*format!("/c/{there}")));
    assert!(chloe.reads_last(there).await.forwarded);
}
