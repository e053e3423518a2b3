//! What a few letters may become, and whom a text names in vain.

use salon::{
    error::Error,
    ids::ConversationId,
    mentions::completing::{Completion, MOST_SHOWN},
};

use super::crowds;
use crate::{
    on_both_engines,
    support::{Engine, Person, TestApp},
};

on_both_engines! {
    people_who_are_there_come_first_then_friends,
    a_few_letters_are_enough_and_signs_are_letters,
    there_are_never_more_than_a_few,
    in_the_room_for_everyone_only_who_spoke_up_is_offered,
    emoji_are_offered_by_their_codes,
    who_is_not_there_is_told,
    keys_that_are_held_down_are_slowed,
}

async fn completions(person: &Person, talk: ConversationId, text: &str) -> Vec<Completion> {
    let text = text.replace('%', "%25").replace('+', "%2B").replace(' ', "%20").replace('\0', "%00");
    person.reads(&format!("completions?conversation={talk}&text={text}")).await.well().json()
}

/// The people who are offered; a friend who is not there with a `+`.
async fn offered(person: &Person, talk: ConversationId, text: &str) -> Vec<String> {
    let name = |found| match found {
        Completion::Person { person, is_member: true } => person.username,
        Completion::Person { person, is_member: false } => format!("+{}", person.username),
        other => panic!("{other:?}"),
    };
    completions(person, talk, text).await.into_iter().map(name).collect()
}

async fn absent(person: &Person, talk: ConversationId, names: &str) -> Vec<String> {
    person.reads(&format!("absent?conversation={talk}&names={names}")).await.well().json()
}

async fn people_who_are_there_come_first_then_friends(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let dana = app.person("dana").await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    assert_eq!(offered(&amina, group, "@").await, ["bruno", "+carla"]);
    assert_eq!(offered(&amina, group, "@CAR").await, ["+carla"]);
    assert_eq!(offered(&amina, group, "@d").await, Vec::<String>::new(), "a stranger");
    // Bruno's friends are his own affair.
    dana.befriends(&bruno).await;
    assert_eq!(offered(&amina, group, "@d").await, Vec::<String>::new());
    assert!(offered(&bruno, group, "@").await.contains(&"+dana".to_owned()));

    amina.adds(group, &carla).await.well();
    assert_eq!(offered(&amina, group, "@").await, ["bruno", "carla"]);
    assert_eq!(offered(&carla, group, "@").await[..2], ["amina", "bruno"]);
    amina.lets_go(group, &carla).await.well();
    let asked = format!("completions?conversation={group}&text=@");
    assert_eq!(carla.reads(&asked).await.error(), Error::NotFound);
}

async fn a_few_letters_are_enough_and_signs_are_letters(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    bruno.calls("save_name", &[("display_name", "Bruno da Silva")]).await.well();
    for text in ["@", "@b", "@bruno", "@sil", "@DA"] {
        assert_eq!(offered(&amina, talk, text).await, ["bruno"], "{text}");
    }
    for text in ["@runo", "@b%", "@_runo", "@b!", "@ruN", "bruno", "", "@b\0x"] {
        assert_eq!(offered(&amina, talk, text).await, Vec::<String>::new(), "{text:?}");
    }
    assert_eq!(offered(&amina, talk, &format!("@{}", "b".repeat(2_000))).await, Vec::<String>::new());
}

async fn there_are_never_more_than_a_few(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    crowds(&app, group).await;
    assert_eq!(offered(&amina, group, "@").await.len(), MOST_SHOWN);
    assert_eq!(offered(&amina, group, "@crowd104").await.len(), MOST_SHOWN);
    assert_eq!(offered(&amina, group, "@crowd1049").await, ["crowd1049"]);
}

async fn in_the_room_for_everyone_only_who_spoke_up_is_offered(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.general = true).await;
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    let everyone: ConversationId = 1.try_into().expect("an id");
    assert_eq!(offered(&amina, everyone, "@").await, Vec::<String>::new());
    bruno.sends(everyone, "Hello").await;
    assert_eq!(offered(&amina, everyone, "@").await, ["bruno"]);
}

async fn emoji_are_offered_by_their_codes(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let found = completions(&amina, talk, ":smil").await;
    assert!((2..=MOST_SHOWN).contains(&found.len()), "{found:?}");
    let smile = Completion::Emoji { emoji: "😄".to_owned(), code: "smile".to_owned() };
    assert!(found.contains(&smile), "{found:?}");
    assert_eq!(completions(&amina, talk, ":SMILE:").await, [smile]);
    assert_eq!(completions(&amina, talk, ":+1:").await.len(), 1);
    assert_eq!(completions(&amina, talk, ":no_such_code:").await, []);
}

async fn who_is_not_there_is_told(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    assert_eq!(absent(&amina, group, "bruno,carla,amina,nobody,Bruno.").await, ["carla", "nobody"]);
    assert_eq!(absent(&amina, group, "").await, Vec::<String>::new());
    assert_eq!(absent(&amina, group, "%00,%25,a%20b,@,,").await, Vec::<String>::new());
    amina.adds(group, &carla).await.well();
    assert_eq!(absent(&amina, group, "carla").await, Vec::<String>::new());
    let many: Vec<String> = (0..500).map(|n| format!("p{n}")).collect();
    assert_eq!(absent(&amina, group, &many.join(",")).await.len(), 50);
}

async fn keys_that_are_held_down_are_slowed(engine: Engine) {
    let app = TestApp::with(engine, |config| {
        config.limits.frames_per_second = 1;
        config.limits.frames_at_once = 3;
    })
    .await;
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let asked = format!("completions?conversation={talk}&text=@");
    for _ in 0..3 {
        amina.reads(&asked).await.well();
    }
    assert!(matches!(amina.reads(&asked).await.error(), Error::TooFast { .. }));
    let other = format!("absent?conversation={talk}&names=zed");
    assert!(matches!(amina.reads(&other).await.error(), Error::TooFast { .. }));
}
