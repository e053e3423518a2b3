//! Sending at a time: as if its author sent it then, once, or not at all and with the reason.

use salon::{
    activity::{Activity, Deed},
    error::Error,
    ids::ConversationId,
    later::scheduled::Hindrance,
    realtime::event::{Event, Topic},
};

use super::{HOUR, MINUTE, passes};
use crate::{
    on_both_engines,
    support::{
        Person, TestApp,
        cast::PASSWORD,
        houses::{channel, inhabited, makes_channel},
        new_key, wait_for,
    },
};

on_both_engines! {
    it_is_sent_at_its_time_as_if_by_hand,
    its_author_alone_sees_it,
    it_can_be_edited_sent_at_once_and_let_go_of,
    the_same_form_again_stores_nothing,
    whoever_was_removed_sends_nothing,
    where_one_may_only_read_nothing_is_sent,
    one_waits_as_long_as_slow_mode_says,
    a_text_that_is_too_long_by_then_stays,
    what_fell_due_while_no_server_ran_is_sent_at_start,
    one_that_cannot_be_opened_holds_up_nothing_else,
    an_account_or_a_place_that_is_gone_leaves_nothing,
    it_works_as_a_form_in_french_too,
}

async fn activity(person: &Person) -> Activity {
    person.reads("activity").await.well().json()
}

/// What is said in a conversation, once `text` is.
async fn is_said(person: &Person, talk: ConversationId, text: &str) -> Vec<String> {
    wait_for("what is due", async || {
        Some(person.reads_texts(talk).await).filter(|said| said.iter().any(|it| it == text))
    })
    .await
}

/// Once it was refused, why.
async fn is_hindered(person: &Person) -> Hindrance {
    wait_for("the refusal", async || person.has_waiting().await.first()?.hindrance).await
}

async fn it_is_sent_at_its_time_as_if_by_hand(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    amina.schedules(group, "later", "3h").await.well();
    amina.schedules(group, "Good morning, @bruno", "1h").await.well();
    let waiting = amina.has_waiting().await;
    assert_eq!(waiting.iter().map(|line| &*line.text).collect::<Vec<_>>(), ["Good morning, @bruno", "later"]);
    assert_eq!(waiting[0].due_at, app.now().plus(HOUR));
    assert_eq!(waiting[0].place.as_ref().and_then(|place| place.goal.conversation()), Some(group));
    assert!(bruno.has_waiting().await.is_empty());
    let told = bruno.is_told().await.len();

    let (mut his, mut hers) = (bruno.connects().await, amina.connects().await);
    passes(&app, HOUR);
    let message = his.next_message().await;
    assert_eq!(
        (&*message.body, message.sender, &*message.mentions),
        ("Good morning, @bruno", amina.id, &[bruno.id][..])
    );
    assert_eq!(message.at, app.now());
    assert_eq!(hers.next_event().await, Event::Message(Box::new(message.clone())));
    assert_eq!(hers.next_event().await, Event::Changed { what: Topic::Activity });
    assert_eq!(bruno.is_told().await.len(), told + 1);
    assert_eq!(bruno.home().await.conversations[0].unread, 1);
    let left: Vec<_> = amina.has_waiting().await.into_iter().map(|line| line.text).collect();
    assert_eq!(left, ["later"]);
    assert!(!amina.reads_texts(group).await.contains(&"later".to_owned()));
}

async fn its_author_alone_sees_it(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let id = amina.schedules_one(talk, "a canary that waits", "1h").await;
    assert!(!app.place.holds("a canary that waits").await);
    assert!(amina.page("/scheduled").await.contains("a canary that waits"));
    assert!(amina.page(&format!("/scheduled/{id}")).await.contains("a canary that waits"));
    let id = id.to_string();
    for path in [format!("/scheduled/{id}"), format!("/scheduled/{id}/cancel")] {
        let answer = bruno.gets(&path).await;
        assert_eq!(answer.status, 404);
        assert!(!answer.text().contains("canary"));
        assert_eq!(app.browser().gets(&path).await.status, 303);
    }
    assert!(!bruno.page("/scheduled").await.contains("canary"));
    assert_eq!(bruno.reads(&format!("revisable?id={id}")).await.error(), Error::NotFound);
    let fields = [("id", &*id), ("body", "mine now"), ("when", "1h")];
    assert_eq!(bruno.calls("revise_scheduled", &fields).await.error(), Error::NotFound);
    for function in ["send_scheduled", "cancel_scheduled"] {
        assert_eq!(bruno.calls(function, &fields[..1]).await.error(), Error::NotFound);
    }
    assert_eq!(amina.has_waiting().await[0].text, "a canary that waits");
    assert!(amina.reads_texts(talk).await.is_empty());
}

async fn it_can_be_edited_sent_at_once_and_let_go_of(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let id = amina.schedules_one(talk, "first", "20m").await;
    amina.revises(id, "second", "1h").await.well();
    let waiting = amina.has_waiting().await;
    assert_eq!((&*waiting[0].text, waiting[0].due_at), ("second", app.now().plus(HOUR)));
    let other = amina.schedules_one(talk, "nobody reads this", "20m").await;
    amina.on_waiting("cancel_scheduled", other).await.well();
    assert_eq!(amina.on_waiting("cancel_scheduled", other).await.error(), Error::NotFound);
    assert_eq!(amina.on_waiting("send_scheduled", other).await.error(), Error::NotFound);
    assert_eq!(amina.revises(other, "after all", "1h").await.error(), Error::NotFound);

    let now = amina.schedules_one(talk, "at once", "3h").await;
    amina.on_waiting("send_scheduled", now).await.well();
    assert_eq!(bruno.reads_texts(talk).await, ["at once"]);
    assert_eq!(amina.on_waiting("send_scheduled", now).await.error(), Error::NotFound);
    passes(&app, 20 * MINUTE);
    passes(&app, 40 * MINUTE);
    assert_eq!(is_said(&bruno, talk, "second").await, ["at once", "second"]);
    passes(&app, 3 * HOUR);
    amina.sends(talk, "end").await;
    assert_eq!(bruno.reads_texts(talk).await, ["at once", "second", "end"]);
}

async fn the_same_form_again_stores_nothing(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let key = new_key();
    for _ in 0..3 {
        amina.schedules_under(&key, talk, "once", "20m").await.well();
    }
    assert_eq!(amina.has_waiting().await.len(), 1);
    assert_eq!(amina.schedules_under(&key, talk, "another", "20m").await.error(), Error::Conflict);
    // The same key of somebody else is another.
    bruno.schedules_under(&key, talk, "his", "3h").await.well();
    passes(&app, 20 * MINUTE);
    assert_eq!(is_said(&bruno, talk, "once").await, ["once"]);

    // Whoever goes back to the form and sends it once more says nothing twice.
    amina.schedules_under(&key, talk, "once", "20m").await.well();
    passes(&app, 20 * MINUTE);
    wait_for("the end of it", async || amina.has_waiting().await.is_empty().then_some(())).await;
    assert_eq!(bruno.reads_texts(talk).await, ["once"]);
    amina.schedules_under(&key, talk, "another", "20m").await.well();
    passes(&app, 20 * MINUTE);
    assert_eq!(is_hindered(&amina).await, Hindrance::Key);
    assert_eq!(bruno.reads_texts(talk).await, ["once"]);
}

async fn whoever_was_removed_sends_nothing(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let id = bruno.schedules_one(group, "from outside", "20m").await;
    let mut hears = bruno.connects().await;
    amina.lets_go(group, &bruno).await.well();
    amina.does("describe_group", group, &[("name", "Secret garden"), ("topic", "")]).await.well();
    assert_eq!(bruno.schedules(group, "more", "1h").await.error(), Error::NotFound);
    passes(&app, 20 * MINUTE);
    assert_eq!(is_hindered(&bruno).await, Hindrance::Gone);
    while hears.next_event().await != (Event::Changed { what: Topic::Activity }) {}
    let line = activity(&bruno).await.lines.remove(0);
    assert_eq!((&line.deed, line.path(), line.is_new), (&Deed::Unsent, "/scheduled".to_owned(), true));
    let page = bruno.page("/scheduled").await;
    assert!(
        page.contains("Not sent. You are no longer in this conversation.") && page.contains("from outside")
    );
    assert!(!page.contains("garden") && !page.contains("Garden"), "what it is called now is not his to know");
    assert!(bruno.page("/activity").await.contains("was not sent at its time"));
    assert!(!amina.reads_texts(group).await.contains(&"from outside".to_owned()));

    // It stays, and is tried when he says so.
    passes(&app, HOUR);
    assert_eq!(bruno.on_waiting("send_scheduled", id).await.error(), Error::NotFound);
    bruno.revises(id, "from outside still", "20m").await.well();
    assert_eq!(bruno.has_waiting().await[0].hindrance, None);
    assert!(bruno.is_told().await.is_empty(), "nothing is unsent for now");
    passes(&app, 20 * MINUTE);
    assert_eq!(is_hindered(&bruno).await, Hindrance::Gone);
    amina.adds(group, &bruno).await.well();
    bruno.on_waiting("send_scheduled", id).await.well();
    assert!(amina.reads_texts(group).await.contains(&"from outside still".to_owned()));
    assert!(bruno.has_waiting().await.is_empty());
    assert!(!bruno.page("/activity").await.contains("was not sent at its time"));
}

async fn where_one_may_only_read_nothing_is_sent(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let (talk, other) = (amina.opens(&bruno).await, amina.opens(&carla).await);
    let id = amina.schedules_one(talk, "to a friend", "20m").await;
    amina.schedules(other, "to whom has blocked her", "20m").await.well();
    amina.unfriends(&bruno).await;
    carla.answers("block", &amina).await.well();
    assert_eq!(amina.schedules(talk, "more", "1h").await.error(), Error::Forbidden);
    passes(&app, 20 * MINUTE);
    let both = wait_for("both refusals", async || {
        Some(amina.has_waiting().await).filter(|lines| lines.iter().all(|line| line.hindrance.is_some()))
    })
    .await;
    assert_eq!(both.iter().map(|line| line.hindrance).collect::<Vec<_>>(), [Some(Hindrance::ReadOnly); 2]);
    assert!(bruno.reads_texts(talk).await.is_empty() && carla.reads_texts(other).await.is_empty());
    assert_eq!(amina.on_waiting("send_scheduled", id).await.error(), Error::Forbidden);
    let lines = activity(&amina).await.lines;
    assert_eq!(
        lines.iter().filter(|line| line.deed == Deed::Unsent).count(),
        1,
        "one line leads to all of them"
    );

    amina.befriends(&bruno).await;
    amina.on_waiting("send_scheduled", id).await.well();
    assert_eq!(bruno.reads_texts(talk).await, ["to a friend"]);
    amina.on_waiting("cancel_scheduled", amina.has_waiting().await[0].id).await.well();
    assert!(!amina.page("/activity").await.contains("was not sent at its time"));
}

async fn one_waits_as_long_as_slow_mode_says(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    amina.does("set_slow_mode", group, &[("seconds", "60")]).await.well();
    for text in ["one", "two"] {
        bruno.schedules(group, text, "20m").await.well();
    }
    passes(&app, 20 * MINUTE);
    is_said(&amina, group, "one").await;
    let put_off =
        format!("select count(*) from scheduled where try_at = {}", app.now().plus(MINUTE).millis());
    wait_for("the pause", async || (app.store().await.number(&put_off).await == 1).then_some(())).await;
    assert_eq!(bruno.has_waiting().await[0].hindrance, None, "it only waits");
    let id = bruno.has_waiting().await[0].id;
    assert!(matches!(bruno.on_waiting("send_scheduled", id).await.error(), Error::TooFast { .. }));
    passes(&app, MINUTE);
    is_said(&amina, group, "two").await;
}

async fn a_text_that_is_too_long_by_then_stays(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    amina.schedules(talk, "longer than it may be", "20m").await.well();
    let mut config = app.place.config();
    config.limits.message_characters = 10;
    let place = app.stop().await;
    let app = TestApp::at(place, config).await;
    let amina = amina.at(app.browser()).await;
    passes(&app, 20 * MINUTE);
    assert_eq!(is_hindered(&amina).await, Hindrance::Text);
    let id = amina.has_waiting().await[0].id;
    amina.revises(id, "shorter", "20m").await.well();
    passes(&app, 20 * MINUTE);
    assert_eq!(is_said(&amina, talk, "shorter").await, ["shorter"]);
}

async fn what_fell_due_while_no_server_ran_is_sent_at_start(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    amina.schedules(talk, "meanwhile", "20m").await.well();
    let config = app.place.config();
    let place = app.stop().await;
    let mut store = place.store().await;
    store.run("update scheduled set due_at = 1, try_at = 1").await;
    drop(store);
    let app = TestApp::at(place, config).await;
    let bruno = bruno.at(app.browser()).await;
    assert_eq!(is_said(&bruno, talk, "meanwhile").await, ["meanwhile"]);
    let config = app.place.config();
    let app = TestApp::at(app.stop().await, config).await;
    let bruno = bruno.at(app.browser()).await;
    assert_eq!(bruno.reads_texts(talk).await, ["meanwhile"]);
}

async fn one_that_cannot_be_opened_holds_up_nothing_else(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let broken = amina.schedules_one(talk, "broken", "20m").await;
    app.store().await.run(format!("update scheduled set body_version = 7 where id = {broken}")).await;
    amina.schedules(talk, "whole", "20m").await.well();
    passes(&app, 20 * MINUTE);
    assert_eq!(is_said(&bruno, talk, "whole").await, ["whole"]);
    let later = app.now().plus(MINUTE).millis();
    let put_off = format!("select count(*) from scheduled where id = {broken} and try_at = {later}");
    assert_eq!(app.store().await.number(put_off).await, 1, "it is tried again, and not at once");
    let waiting = amina.has_waiting().await;
    assert_eq!((waiting.len(), &*waiting[0].text), (1, ""));
    amina.page("/scheduled").await;
    amina.on_waiting("cancel_scheduled", broken).await.well();
    assert!(amina.has_waiting().await.is_empty());
}

async fn an_account_or_a_place_that_is_gone_leaves_nothing(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    makes_channel(&amina, space, "attic", false).await;
    let attic = channel(&bruno, space, "attic").await;
    let talk = amina.opens(&bruno).await;
    bruno.schedules(attic, "up there", "1h").await.well();
    bruno.schedules(talk, "between us", "1h").await.well();
    amina.does("delete_channel", attic, &[("name", "attic")]).await.well();
    passes(&app, HOUR);
    is_said(&amina, talk, "between us").await;
    // What was said there goes bit by bit, and with the last of it what waits.
    let config = app.place.config();
    let app = TestApp::at(app.stop().await, config).await;
    let bruno = bruno.at(app.browser()).await;
    wait_for("the end of the channel", async || bruno.has_waiting().await.is_empty().then_some(())).await;

    let carla = carla.at(app.browser()).await;
    let general = carla.opens(&amina.at(app.browser()).await).await;
    carla.schedules(general, "posthumous", "1h").await.well();
    let fields = [("name", "carla"), ("current_password", PASSWORD)];
    carla.calls("delete_account", &fields).await.well();
    assert_eq!(app.store().await.number("select count(*) from scheduled").await, 0);
}

async fn it_works_as_a_form_in_french_too(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let path = format!("/c/{talk}/later");
    assert!(amina.looks_at(talk).await.contains(&format!("href=\"{path}\"")));
    let page = amina.page(&path).await;
    assert!(page.contains("name=\"key\"") && page.contains("Day and time (UTC)"), "{page}");
    let (id, key) = (talk.to_string(), new_key());
    let fields =
        |body, when| [("conversation", &*id), ("key", &*key), ("body", body), ("when", when), ("at", "")];
    let refused = amina.submits(&path, "schedule_message", &fields("un café, </textarea>", "")).await;
    assert_eq!((refused.status, refused.location()), (303, &*path));
    let page = amina.page(&path).await;
    assert!(page.contains("Choose when.") && page.contains("un café, &lt;/textarea&gt;"), "{page}");
    let done = amina.submits(&path, "schedule_message", &fields("un café ?", "20m")).await;
    assert_eq!((done.status, done.location()), (303, "/scheduled"));

    amina.calls("save_language", &[("locale", "fr")]).await.well();
    let page = amina.page("/scheduled").await;
    assert!(
        page.contains("Messages programmés")
            && page.contains("Envoyer maintenant")
            && page.contains("un café ?")
    );
    let waiting = amina.has_waiting().await.remove(0);
    let (id, edit) = (waiting.id.to_string(), format!("/scheduled/{}", waiting.id));
    let kept = format!("@{}", waiting.due_at.millis());
    assert!(
        amina.page(&edit).await.contains(&format!("value=\"{kept}\" checked")),
        "the time stays unless one chooses"
    );
    let fields = [("id", &*id), ("body", "deux cafés ?"), ("when", &*kept), ("at", "")];
    let done = amina.submits(&edit, "revise_scheduled", &fields).await;
    assert_eq!((done.status, done.location()), (303, "/scheduled"));
    let cancel = format!("{edit}/cancel");
    let page = amina.page(&cancel).await;
    assert!(page.contains("Retirer ce message\u{202f}?") && page.contains("deux cafés ?"), "{page}");
    let other = amina.schedules_one(talk, "tout de suite", "3h").await.to_string();
    let done = amina.submits("/scheduled", "send_scheduled", &[("id", &other)]).await;
    assert_eq!((done.status, done.location()), (303, "/scheduled"));
    let done = amina.submits(&cancel, "cancel_scheduled", &[("id", &id)]).await;
    assert_eq!((done.status, done.location()), (303, "/scheduled"));
    assert!(amina.page("/scheduled").await.contains("Rien n’attend d’être envoyé."));
    assert_eq!(bruno.reads_texts(talk).await, ["tout de suite"]);
    assert_eq!(amina.gets(&cancel).await.status, 404);
}
