//! Reactions: any emoji, counted, by everybody who may write, and told to everybody who may read.

use futures_util::future::join_all;
use salon::{
    error::{Error, Field, Why},
    ids::{ConversationId, MessageId},
    messages::reactions::{MOST_DIFFERENT, Reaction, Reactions},
    realtime::event::Event,
};

use crate::{
    on_both_engines,
    support::{Person, TestApp},
};

on_both_engines! {
    a_reaction_is_told_to_everybody_and_taken_back,
    the_same_by_the_same_is_one_also_at_once,
    what_is_not_one_emoji_is_refused,
    only_where_one_may_write_and_only_to_what_is_said,
    there_are_only_so_many_different_ones,
    an_edit_keeps_them_and_a_deletion_takes_them,
    who_reacted_is_named_in_pages,
    reacting_works_as_a_form,
}

impl Person {
    async fn reacts(&self, talk: ConversationId, message: MessageId, emoji: &str) -> Option<Error> {
        let fields = [("message", &*message.to_string()), ("emoji", emoji)];
        let done = self.does("add_reaction", talk, &fields).await;
        (done.status != 200).then(|| done.error())
    }

    async fn unreacts(&self, talk: ConversationId, message: MessageId, emoji: &str) -> Option<Error> {
        let fields = [("message", &*message.to_string()), ("emoji", emoji)];
        let done = self.does("remove_reaction", talk, &fields).await;
        (done.status != 200).then(|| done.error())
    }

    async fn sees_reactions(
        &self,
        talk: ConversationId,
        message: MessageId,
    ) -> (Vec<(String, u32)>, Vec<String>) {
        let message = self.reads_message(talk, message).await;
        let signs = message.reactions.into_iter().map(|Reaction { emoji, count }| (emoji, count)).collect();
        (signs, message.reacted.unwrap_or_default())
    }
}

fn signs(of: &[(&str, u32)]) -> Vec<(String, u32)> {
    of.iter().map(|(emoji, count)| ((*emoji).to_owned(), *count)).collect()
}

async fn a_reaction_is_told_to_everybody_and_taken_back(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let said = amina.sends(group, "Look").await;
    let (mut hears, mut own) = (carla.connects().await, bruno.connects().await);
    let told = |revision, emoji: &str, count, actor: &Person, added| Event::Reaction {
        conversation: group,
        message: said.id,
        revision,
        emoji: emoji.to_owned(),
        count,
        actor: actor.id,
        added,
    };
    assert_eq!(bruno.reacts(group, said.id, "🎉").await, None);
    assert_eq!(amina.reacts(group, said.id, "👍").await, None);
    assert_eq!(amina.reacts(group, said.id, " 🎉 ").await, None);
    let head = said.position;
    for socket in [&mut hears, &mut own] {
        assert_eq!(socket.next_event().await, told(head + 1, "🎉", 1, &bruno, true));
        assert_eq!(socket.next_event().await, told(head + 2, "👍", 1, &amina, true));
        assert_eq!(socket.next_event().await, told(head + 3, "🎉", 2, &amina, true));
    }
    assert_eq!(
        bruno.sees_reactions(group, said.id).await,
        (signs(&[("🎉", 2), ("👍", 1)]), vec!["🎉".to_owned()])
    );
    assert_eq!(carla.sees_reactions(group, said.id).await.1, Vec::<String>::new());

    assert_eq!(bruno.unreacts(group, said.id, "🎉").await, None);
    assert_eq!(hears.next_event().await, told(head + 4, "🎉", 1, &bruno, false));
    assert_eq!(amina.unreacts(group, said.id, "👍").await, None);
    assert_eq!(hears.next_event().await, told(head + 5, "👍", 0, &amina, false));
    assert_eq!(amina.sees_reactions(group, said.id).await, (signs(&[("🎉", 1)]), vec!["🎉".to_owned()]));
    let (missed, through, _) = hears.resumes(group, head).await;
    assert_eq!((missed.len(), missed[0].revision, through), (1, head + 5, head + 5));
    assert_eq!(missed[0].reacted, Some(Vec::new()));
    // It is no news: nothing is unread, and nothing moves up in a list.
    assert_eq!(carla.home().await.conversations[0].unread, 1);
}

async fn the_same_by_the_same_is_one_also_at_once(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Look").await;
    let all = join_all((0..6).map(|_| bruno.reacts(talk, said.id, "👍"))).await;
    assert!(all.iter().all(Option::is_none), "{all:?}");
    // One picture, however it is spelled.
    assert_eq!(bruno.reacts(talk, said.id, "❤").await, None);
    assert_eq!(bruno.reacts(talk, said.id, "❤️").await, None);
    assert_eq!(amina.sees_reactions(talk, said.id).await.0, signs(&[("👍", 1), ("❤️", 1)]));
    assert_eq!(amina.reads_conversation(talk).await.head, said.position + 2);
    for _ in 0..2 {
        assert_eq!(bruno.unreacts(talk, said.id, "👍").await, None);
    }
    assert_eq!(amina.unreacts(talk, said.id, "❤️").await, None, "hers was never there");
    assert_eq!(amina.sees_reactions(talk, said.id).await.0, signs(&[("❤️", 1)]));
    assert_eq!(amina.reads_conversation(talk).await.head, said.position + 3);
}

async fn what_is_not_one_emoji_is_refused(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Look").await;
    let long = "👍".repeat(40);
    for wrong in ["a", "👍👍", ":smile:", "1", "👍 ", "<b>", "\u{200d}", &long] {
        let refused = bruno.reacts(talk, said.id, wrong).await;
        let expected = (wrong.trim() != "👍").then(|| Error::invalid(Field::Emoji, Why::Unknown));
        assert_eq!(refused, expected, "{wrong:?}");
    }
    assert_eq!(bruno.reacts(talk, said.id, " ").await, Some(Error::invalid(Field::Emoji, Why::Missing)));
    for right in ["👨‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇫🇷", "#️⃣"] {
        assert_eq!(bruno.reacts(talk, said.id, right).await, None, "{right}");
    }
    assert_eq!(amina.sees_reactions(talk, said.id).await.0.len(), 6);
}

async fn only_where_one_may_write_and_only_to_what_is_said(app: TestApp) {
    let [amina, bruno, dana] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let said = bruno.sends(group, "Look").await;
    assert_eq!(dana.reacts(group, said.id, "👍").await, Some(Error::NotFound));
    let talk = amina.opens(&bruno).await;
    assert_eq!(amina.reacts(talk, said.id, "👍").await, Some(Error::NotFound), "it is not there");
    let told = amina.reads_conversation(group).await.messages.remove(0);
    assert_eq!(amina.reacts(group, told.id, "👍").await, Some(Error::Conflict));
    let private = amina.sends(talk, "Look").await;
    amina.unfriends(&bruno).await;
    assert_eq!(bruno.reacts(talk, private.id, "👍").await, Some(Error::Forbidden));
    amina.lets_go(group, &bruno).await.well();
    assert_eq!(bruno.reacts(group, said.id, "👍").await, Some(Error::NotFound));
}

async fn there_are_only_so_many_different_ones(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Look").await;
    let faces: Vec<String> = ('\u{1f600}'..='\u{1f640}').map(String::from).take(MOST_DIFFERENT + 1).collect();
    for face in &faces[..MOST_DIFFERENT] {
        assert_eq!(bruno.reacts(talk, said.id, face).await, None);
    }
    assert_eq!(amina.reacts(talk, said.id, &faces[MOST_DIFFERENT]).await, Some(Error::TooMuch));
    assert_eq!(amina.reacts(talk, said.id, &faces[0]).await, None);
    assert_eq!(bruno.unreacts(talk, said.id, &faces[1]).await, None);
    assert_eq!(amina.reacts(talk, said.id, &faces[MOST_DIFFERENT]).await, None);
    assert_eq!(amina.sees_reactions(talk, said.id).await.0.len(), MOST_DIFFERENT);
}

async fn an_edit_keeps_them_and_a_deletion_takes_them(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let said = bruno.sends(group, "Look").await;
    assert_eq!(amina.reacts(group, said.id, "👍").await, None);
    let mut hears = amina.connects().await;
    let fields = [("message", &*said.id.to_string()), ("body", "Look here")];
    bruno.does("edit_message", group, &fields).await.well();
    let edited = hears.next_message().await;
    assert_eq!(edited.reactions, [Reaction { emoji: "👍".to_owned(), count: 1 }]);
    assert_eq!(edited.reacted, None, "what is one's own is told to nobody else");
    amina.deletes(group, said.id).await.well();
    assert_eq!(hears.next_message().await.reactions, []);
    assert_eq!(amina.reacts(group, said.id, "👍").await, Some(Error::Conflict));
    assert_eq!(amina.unreacts(group, said.id, "👍").await, Some(Error::Conflict));
    let mut store = app.store().await;
    assert_eq!(store.number("select count(*) from reaction").await, 0);
    assert_eq!(store.number("select count(*) from reaction_count").await, 0);
}

async fn who_reacted_is_named_in_pages(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Look").await;
    let path = format!("reactions?conversation={talk}&message={}", said.id);
    let none: Reactions = amina.reads(&path).await.well().json();
    assert_eq!((none.chosen, none.people.len(), none.may_react), (None, 0, true));
    let said_by: Reactions = bruno.reads(&path).await.well().json();
    assert_eq!(said_by.author.map(|author| author.id), Some(amina.id));
    assert_eq!(bruno.reacts(talk, said.id, "👍").await, None);
    assert_eq!(amina.reacts(talk, said.id, "🎉").await, None);
    // As many as fill more than a page.
    let mut store = app.store().await;
    let many = i64::try_from(Reactions::PAGE).expect("it is small") + 5;
    for n in 1..=many {
        store
            .run(format!(
                "insert into account (id, username, display_name, email, email_key, created_at, updated_at)
                 values ({n}, 'extra{n}', 'Extra {n}', 'e{n}@example.org', 'e{n}@example.org', 1, 1)"
            ))
            .await;
        store
            .run(format!(
                "insert into reaction (message_id, emoji, account_id, created_at) values ({}, '👍', {n}, 1)",
                said.id
            ))
            .await;
    }
    drop(store);
    let first: Reactions = amina.reads(&path).await.well().json();
    assert_eq!((first.chosen.as_deref(), first.people.len()), (Some("👍"), Reactions::PAGE));
    let next = first.next.expect("there are more");
    let second: Reactions = amina.reads(&format!("{path}&emoji=👍&after={next}")).await.well().json();
    assert_eq!((second.people.len(), second.next), (6, None));
    assert_eq!(second.people.last().map(|person| person.id), Some(bruno.id));
    for wrong in ["%00", "no", "%F0%9F%91%8D%00"] {
        let named: Reactions = amina.reads(&format!("{path}&emoji={wrong}")).await.well().json();
        assert_eq!(named.chosen.as_deref(), Some("👍"), "{wrong}");
    }
    let other: Reactions = amina.reads(&format!("{path}&emoji=🎉")).await.well().json();
    assert_eq!(other.people.iter().map(|person| person.id).collect::<Vec<_>>(), [amina.id]);
}

async fn reacting_works_as_a_form(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Look").await;
    let here = format!("/c/{talk}/m/{}", said.id);
    let page = format!("{here}/reactions");
    assert!(bruno.page(&here).await.contains(&page));
    let (id, talk_id) = (said.id.to_string(), talk.to_string());
    let fields = |emoji| [("conversation", &*talk_id), ("message", &*id), ("emoji", emoji)];
    let refused = bruno.submits(&page, "add_reaction", &fields("no")).await;
    assert_eq!(refused.location(), page);
    assert!(bruno.page(&page).await.contains("This is not an emoji."));
    assert_eq!(bruno.submits(&page, "add_reaction", &fields("🦊")).await.location(), here);
    let shown = bruno.page(&format!("/c/{talk}")).await;
    assert!(shown.contains("/do/remove_reaction") && shown.contains("aria-pressed=\"true\""));
    assert_eq!(bruno.submits(&here, "remove_reaction", &fields("🦊")).await.location(), here);
    assert!(!bruno.page(&format!("/c/{talk}")).await.contains("/do/remove_reaction"));
}
