//! Several devices at once, and several servers: one text wins each time, and nothing that was sent comes back.

use futures_util::{future::join_all, join};
use salon::messages::Message;

use super::{newer, saved};
use crate::{
    on_both_engines,
    support::{Engine, Person, TestApp, app::Place, new_key},
};

on_both_engines! {
    of_many_at_once_one_is_kept,
    a_draft_that_is_sent_while_it_changes_is_gone_or_is_the_change,
    who_is_let_go_while_saving_sees_nothing_of_it,
}

/// Somebody at two servers on one database; on SQLite, which has one server, twice at that.
async fn at_two(engine: Engine) -> (TestApp, Option<TestApp>, [Person; 3]) {
    let first = TestApp::start(engine).await;
    let (amina, bruno) = first.two_friends().await;
    if engine == Engine::Sqlite {
        let other = amina.at_another_browser(&first).await;
        return (first, None, [amina, other, bruno]);
    }
    let place: Place = first.place.second_node();
    let mut config = place.config();
    config.salon.node = 1;
    let second = TestApp::at(place, config).await;
    let other = amina.at_another_browser(&second).await;
    (first, Some(second), [amina, other, bruno])
}

async fn of_many_at_once_one_is_kept(engine: Engine) {
    let (_first, _second, [amina, other, bruno]) = at_two(engine).await;
    let talk = amina.opens(&bruno).await;
    let mut over = 0;
    for round in 0..8 {
        let texts = [format!("here {round}"), format!("there {round}"), format!("too {round}")];
        let saving = [(&amina, &texts[0]), (&other, &texts[1]), (&amina, &texts[2])];
        let answers = join_all(saving.map(|(person, text)| person.begins_over(over, talk, text))).await;
        let kept: Vec<_> =
            answers.iter().zip(&texts).filter_map(|(one, text)| Some((saved(one)?, text))).collect();
        let [(revision, text)] = kept[..] else { panic!("{} were kept", kept.len()) };
        for refused in answers.iter().filter(|answer| saved(answer).is_none()) {
            assert_eq!((newer(refused).revision, &newer(refused).text), (revision, text));
        }
        assert_eq!(other.has_in_mind().await, std::slice::from_ref(text));
        over = revision;
    }
}

async fn a_draft_that_is_sent_while_it_changes_is_gone_or_is_the_change(engine: Engine) {
    let (_first, _second, [amina, other, bruno]) = at_two(engine).await;
    let talk = amina.opens(&bruno).await;
    let mut over = 0;
    for round in 0..10 {
        let (text, more) = (format!("round {round}"), format!("round {round} and more"));
        over = amina.begins(over, talk, &text).await;
        let (key, revision) = (new_key(), over.to_string());
        let fields = [("key", &*key), ("body", &*text), ("draft", &*revision)];
        let (sent, changed) =
            join!(amina.does("send_message", talk, &fields), other.begins_over(over, talk, &more));
        assert_eq!(sent.well().json::<Message>().body, text);
        match saved(&changed.well()) {
            Some(revision) => {
                assert_eq!(amina.has_in_mind().await, [more]);
                over = revision;
            }
            None => {
                assert!(amina.has_in_mind().await.is_empty());
                over = amina.has_begun().await[0].revision;
            }
        }
    }
}

async fn who_is_let_go_while_saving_sees_nothing_of_it(engine: Engine) {
    let (_first, _second, [amina, other, bruno]) = at_two(engine).await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    for round in 0..6 {
        let over = bruno.has_begun().await.first().map_or(0, |draft| draft.revision);
        let text = format!("round {round}");
        let (gone, answer) = join!(other.lets_go(group, &bruno), bruno.begins_over(over, group, &text));
        gone.well();
        assert!([200, 404].contains(&answer.status), "{}", answer.text());
        assert!(bruno.has_begun().await.is_empty());
        amina.adds(group, &bruno).await.well();
        if answer.status == 200 {
            assert_eq!(bruno.has_in_mind().await, [text]);
        }
    }
}
