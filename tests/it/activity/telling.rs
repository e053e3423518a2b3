//! Who is told of what: once, by others, and as long as it stands.

use salon::friends::privacy::Writers;

use crate::{
    mentions::crowds,
    on_both_engines,
    support::{
        Engine, Person, TestApp,
        houses::{gives, inhabited, makes_channel},
    },
};

on_both_engines! {
    whoever_is_named_or_answered_is_told_once,
    everyone_is_told_where_few_are,
    in_a_crowd_a_call_to_everyone_is_told_to_nobody,
    a_reaction_is_told_once_and_taken_back,
    requests_and_their_answers_are_told,
    requests_that_cross_are_accepted,
    whoever_is_added_is_told,
    whoever_comes_by_themselves_is_told_nothing,
    strangers_who_write_are_told_of_once_they_have,
    an_edit_names_others,
    what_concerns_nobody_leaves_no_row,
    in_the_room_for_everyone_names_count_and_calls_do_not,
}

async fn rows(app: &TestApp) -> i64 {
    app.store().await.number("select count(*) from activity").await
}

/// Amina's group with Bruno and Carla; nobody has been told anything else.
async fn garden(app: &TestApp) -> ([Person; 3], salon::ids::ConversationId) {
    let people = app.three_friends().await;
    let group = people[0].gathers("Garden", &[&people[1], &people[2]]).await;
    app.store().await.run("delete from activity").await;
    (people, group)
}

async fn whoever_is_named_or_answered_is_told_once(app: TestApp) {
    let ([amina, bruno, carla], group) = garden(&app).await;
    let asked = amina.sends(group, "Who comes *along*?").await;
    bruno.says_in_answer(&asked, "@amina, I do").await;
    carla.sends(group, "@Amina: so do **I**, `@bruno`").await;
    amina.says_in_answer(&asked, "@amina, says Amina").await;
    assert_eq!(
        amina.is_told().await,
        ["carla mentioned you: @Amina: so do I, @bruno", "bruno answered you: @amina, I do"]
    );
    assert!(bruno.is_told().await.is_empty() && carla.is_told().await.is_empty());

    let line = &amina.activity().await.lines[1];
    let answer =
        amina.reads_conversation(group).await.messages.into_iter().find(|it| it.body.ends_with("I do"));
    assert_eq!(line.path(), format!("/c/{group}/m/{}", answer.expect("it was said").id));
    assert_eq!(line.at, app.now());
}

async fn everyone_is_told_where_few_are(app: TestApp) {
    let ([amina, bruno, carla], group) = garden(&app).await;
    bruno.sends(group, "@all and @carla: tea").await;
    assert_eq!(amina.is_told().await, ["bruno turned to everyone: @all and @carla: tea"]);
    assert_eq!(carla.is_told().await, ["bruno mentioned you: @all and @carla: tea"]);
    assert!(bruno.is_told().await.is_empty());
}

async fn in_a_crowd_a_call_to_everyone_is_told_to_nobody(app: TestApp) {
    let ([amina, bruno, carla], group) = garden(&app).await;
    crowds(&app, group).await;
    let called = amina.sends(group, "@all and @carla: tea").await;
    assert!(called.all, "an admin may");
    assert!(bruno.is_told().await.is_empty());
    assert_eq!(carla.is_told().await.len(), 1);
    assert_eq!(rows(&app).await, 1);
}

async fn a_reaction_is_told_once_and_taken_back(app: TestApp) {
    let ([amina, bruno, carla], group) = garden(&app).await;
    let said = amina.sends(group, "Tea at five").await;
    for _ in 0..2 {
        bruno.reacts_to(&said, "🎉").await;
    }
    amina.reacts_to(&said, "🎉").await;
    carla.reacts_to(&said, "👍").await;
    let both =
        ["carla reacted 👍 to what you said: Tea at five", "bruno reacted 🎉 to what you said: Tea at five"];
    assert_eq!(amina.is_told().await, both);
    let before = amina.activity().await;

    bruno.takes_back(&said, "🎉").await;
    assert_eq!(amina.is_told().await, both[..1]);
    // On and off and on again is one, and comes up no more.
    app.pass(60_000);
    bruno.reacts_to(&said, "🎉").await;
    assert_eq!(amina.activity().await, before);
    bruno.reacts_to(&said, "👍").await;
    assert_eq!(amina.activity().await.lines.len(), 3);
    assert!(bruno.is_told().await.is_empty());
}

async fn requests_and_their_answers_are_told(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    amina.asks("bruno").await.well();
    let first = bruno.activity().await;
    assert_eq!(bruno.is_told().await, ["amina asks to be friends"]);
    assert_eq!(first.lines[0].path(), "/friends");
    assert!(amina.is_told().await.is_empty());

    amina.answers("cancel_request", &bruno).await.well();
    assert!(bruno.is_told().await.is_empty());
    amina.asks("bruno").await.well();
    let again = bruno.activity().await;
    assert_eq!(again.lines.len(), 1);
    assert!(again.lines[0].id > first.lines[0].id, "asked anew is new");

    bruno.answers("accept_friend", &amina).await.well();
    assert!(bruno.is_told().await.is_empty(), "it was answered");
    assert_eq!(amina.is_told().await, ["bruno accepted your request"]);
    bruno.unfriends(&amina).await;
    assert!(amina.is_told().await.is_empty());
}

async fn requests_that_cross_are_accepted(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    amina.asks("bruno").await.well();
    bruno.asks("amina").await.well();
    assert_eq!(amina.is_told().await, ["bruno accepted your request"]);
    assert!(bruno.is_told().await.is_empty());
}

async fn whoever_is_added_is_told(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    app.store().await.run("delete from activity").await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    amina.adds(group, &carla).await.well();
    assert_eq!(carla.is_told().await, ["amina added you to Garden"]);
    assert_eq!(bruno.is_told().await, ["amina added you to Garden"]);
    assert!(amina.is_told().await.is_empty());
    let first = carla.activity().await.lines.remove(0);
    assert_eq!(first.path(), format!("/c/{group}"));

    amina.lets_go(group, &carla).await.well();
    assert!(carla.is_told().await.is_empty());
    amina.adds(group, &carla).await.well();
    let again = carla.activity().await.lines;
    assert_eq!(again.len(), 1);
    assert!(again[0].id > first.id);
}

async fn whoever_comes_by_themselves_is_told_nothing(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    app.store().await.run("delete from activity").await;
    makes_channel(&amina, space, "Open", false).await;
    gives(&amina, space, &bruno, "admin").await.well();
    let private = makes_channel(&amina, space, "Attic", true).await;
    assert_eq!(rows(&app).await, 0);
    amina.adds(private, &carla).await.well();
    assert_eq!(carla.is_told().await, ["amina added you to Attic"]);
}

async fn strangers_who_write_are_told_of_once_they_have(app: TestApp) {
    let (amina, dana) = (app.person("amina").await, app.person("dana").await);
    let fields = [("writers", Writers::Requests.code()), ("takes_requests", "true")];
    amina.calls("save_privacy", &fields).await.well();
    let answer = dana.submits("/write", "write_to", &[("person", "amina")]).await;
    let talk = answer.location().strip_prefix("/c/").expect("a conversation").parse().expect("an id");
    assert!(amina.is_told().await.is_empty(), "nothing has been said yet");
    let said = dana.sends(talk, "@amina, canary").await;
    // What a stranger says is not quoted, and names nobody who has not agreed to hear it.
    assert_eq!(amina.is_told().await, ["dana wants to write to you"]);
    assert!(!amina.reads("activity").await.text().contains("canary"));

    amina.does("accept_talk", talk, &[]).await.well();
    assert_eq!(amina.is_told().await, ["dana mentioned you: @amina, canary"]);
    amina.says_in_answer(&said, "good evening").await;
    assert_eq!(dana.is_told().await, ["amina answered you: good evening"]);
}

async fn an_edit_names_others(app: TestApp) {
    let ([amina, bruno, carla], group) = garden(&app).await;
    let said = amina.sends(group, "@bruno: tea").await;
    bruno.marks_read(group, said.position).await.well();
    carla.marks_read(group, said.position).await.well();
    amina.rewrites(group, said.id, "@carla: tea").await;
    assert!(bruno.is_told().await.is_empty());
    assert_eq!(carla.is_told().await, ["amina mentioned you: @carla: tea"]);
    assert_eq!(carla.news().await, 0, "they have read that far");

    amina.rewrites(group, said.id, "@bruno and @carla: tea").await;
    assert_eq!(bruno.is_told().await.len(), 1);
    assert_eq!(carla.is_told().await.len(), 1);
    assert_eq!(rows(&app).await, 2);
}

async fn what_concerns_nobody_leaves_no_row(app: TestApp) {
    let ([amina, bruno, _], group) = garden(&app).await;
    let said = amina.sends(group, "plain").await;
    amina.says_in_answer(&said, "to myself").await;
    amina.sends(group, "`@bruno` and @nobody").await;
    bruno.reacts_to(&bruno.sends(group, "mine").await, "🎉").await;
    amina.rewrites(group, said.id, "plainer").await;
    assert_eq!(rows(&app).await, 0);
}

async fn in_the_room_for_everyone_names_count_and_calls_do_not(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.general = true).await;
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    let everyone = 1.try_into().expect("an id");
    bruno.sends(everyone, "@all").await;
    assert!(amina.is_told().await.is_empty());
    bruno.sends(everyone, "@amina").await;
    assert_eq!(amina.is_told().await, ["bruno mentioned you: @amina"]);
}
