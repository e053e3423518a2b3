//! Choosing: counted once for each person, told to everybody, and taken away with what it belongs to.

use futures_util::future::join_all;
use salon::{
    error::{Error, Field, Why},
    polls::Votes,
    realtime::event::Event,
};

use crate::{
    on_both_engines,
    support::{Person, TestApp, cast::PASSWORD},
};

on_both_engines! {
    a_vote_is_told_to_everybody_changed_and_taken_back,
    several_may_be_chosen_where_it_says_so,
    two_tabs_at_once_end_with_one_vote,
    only_where_one_may_write_and_only_what_is_there,
    a_deletion_takes_the_poll_and_its_votes,
    whoever_goes_for_good_is_counted_no_more,
    who_voted_is_named_in_pages,
    voting_works_as_a_form,
}

async fn a_vote_is_told_to_everybody_changed_and_taken_back(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let poll = amina.polls(group, "Tea?", &["Yes", "No", "Later"]).await;
    let mut hears = carla.connects().await;
    let told = |revision, counts: &[u32], voters, actor: &Person, chosen: &[u32]| Event::Vote {
        conversation: group,
        message: poll.id,
        revision,
        counts: counts.to_vec(),
        voters,
        actor: actor.id,
        chosen: chosen.to_vec(),
    };
    let head = poll.position;
    for _ in 0..2 {
        assert_eq!(bruno.votes(group, poll.id, 0).await, None, "again changes nothing");
    }
    assert_eq!(amina.votes(group, poll.id, 0).await, None);
    assert_eq!(bruno.votes(group, poll.id, 2).await, None);
    assert_eq!(hears.next_event().await, told(head + 1, &[1, 0, 0], 1, &bruno, &[0]));
    assert_eq!(hears.next_event().await, told(head + 2, &[2, 0, 0], 2, &amina, &[0]));
    assert_eq!(hears.next_event().await, told(head + 3, &[1, 0, 1], 2, &bruno, &[2]));
    assert_eq!(bruno.sees_votes(group, poll.id).await, (vec![1, 0, 1], 2, vec![2]));
    assert_eq!(carla.sees_votes(group, poll.id).await, (vec![1, 0, 1], 2, vec![]));

    assert_eq!(bruno.unvotes(group, poll.id, 0).await, None, "it is not what he chooses now");
    assert_eq!(bruno.unvotes(group, poll.id, 2).await, None);
    assert_eq!(hears.next_event().await, told(head + 4, &[1, 0, 0], 1, &bruno, &[]));
    let (missed, through, _) = hears.resumes(group, head).await;
    assert_eq!((missed.len(), missed[0].revision, through), (1, head + 4, head + 4));
    assert_eq!(missed[0].voted, Some(Vec::new()));
    // It is no news: nothing more is unread.
    assert_eq!(carla.home().await.conversations[0].unread, 1);
}

async fn several_may_be_chosen_where_it_says_so(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let poll = amina.polls_with(talk, &[("several", "true")]).await;
    for answer in [2, 0] {
        assert_eq!(bruno.votes(talk, poll, answer).await, None);
    }
    assert_eq!(amina.votes(talk, poll, 2).await, None);
    assert_eq!(bruno.sees_votes(talk, poll).await, (vec![1, 0, 2], 2, vec![0, 2]));
    assert_eq!(bruno.unvotes(talk, poll, 2).await, None);
    assert_eq!(bruno.sees_votes(talk, poll).await, (vec![1, 0, 1], 2, vec![0]));
}

async fn two_tabs_at_once_end_with_one_vote(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let poll = amina.polls_with(talk, &[]).await;
    for _ in 0..5 {
        let all = join_all((0..6).map(|n| bruno.votes(talk, poll, n % 3))).await;
        assert!(all.iter().all(Option::is_none), "{all:?}");
        let (counts, voters, chosen) = amina.sees_votes(talk, poll).await;
        assert_eq!((counts.iter().sum::<u32>(), voters, chosen.len()), (1, 1, 0));
        assert_eq!(app.store().await.number("select count(*) from poll_vote").await, 1);
    }
}

async fn only_where_one_may_write_and_only_what_is_there(app: TestApp) {
    let [amina, bruno, dana] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let poll = bruno.polls(group, "Tea?", &["Yes", "No"]).await.id;
    let said = bruno.sends(group, "Look").await;
    for answer in [2, u32::MAX] {
        assert_eq!(amina.votes(group, poll, answer).await, Some(Error::invalid(Field::Answer, Why::Unknown)));
    }
    let shapeless = [("message", &*poll.to_string()), ("answer", "-1")];
    assert_eq!(amina.does("add_vote", group, &shapeless).await.status, 422);
    assert_eq!(amina.votes(group, said.id, 0).await, Some(Error::Conflict));
    assert_eq!(dana.votes(group, poll, 0).await, Some(Error::NotFound));
    let talk = amina.opens(&bruno).await;
    assert_eq!(amina.votes(talk, poll, 0).await, Some(Error::NotFound), "it is not there");
    let private = amina.polls(talk, "Tea?", &["Yes", "No"]).await.id;
    amina.unfriends(&bruno).await;
    assert_eq!(bruno.votes(talk, private, 0).await, Some(Error::Forbidden));
    assert_eq!(bruno.votes(group, poll, 0).await, None);
    amina.lets_go(group, &bruno).await.well();
    assert_eq!(bruno.votes(group, poll, 1).await, Some(Error::NotFound));
    assert_eq!(amina.sees_votes(group, poll).await, (vec![1, 0], 1, vec![]), "what was said stays said");
}

async fn a_deletion_takes_the_poll_and_its_votes(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let poll = bruno.polls(group, "Tea?", &["Yes", "No"]).await.id;
    assert_eq!(amina.votes(group, poll, 0).await, None);
    let mut hears = bruno.connects().await;
    amina.deletes(group, poll).await.well();
    let deleted = hears.next_message().await;
    assert_eq!((&*deleted.body, deleted.poll), ("", None));
    assert_eq!(amina.votes(group, poll, 0).await, Some(Error::Conflict));
    assert_eq!(bruno.closes(group, poll).await, Some(Error::Conflict));
    let asked = format!("votes?conversation={group}&message={poll}");
    assert_eq!(amina.reads(&asked).await.error(), Error::NotFound);
    let mut store = app.store().await;
    for table in
        ["select count(*) from poll", "select count(*) from poll_answer", "select count(*) from poll_vote"]
    {
        assert_eq!(store.number(table).await, 0, "{table}");
    }
}

async fn whoever_goes_for_good_is_counted_no_more(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let open = amina.polls(group, "Tea?", &["Yes", "No"]).await.id;
    let several = amina.polls_with(group, &[("several", "true")]).await;
    for (person, poll, answer) in
        [(&bruno, open, 0), (&carla, open, 0), (&bruno, several, 0), (&bruno, several, 1)]
    {
        assert_eq!(person.votes(group, poll, answer).await, None);
    }
    assert_eq!(amina.closes(group, open).await, None);
    let fields = [("name", "bruno"), ("current_password", PASSWORD)];
    let mut hears = carla.connects().await;
    bruno.calls("delete_account", &fields).await.well();
    let mut taken = 0;
    while taken < 2 {
        if let Event::Vote { actor, chosen, .. } = hears.next_event().await {
            assert_eq!((actor, chosen), (bruno.id, vec![]));
            taken += 1;
        }
    }
    assert_eq!(carla.sees_votes(group, open).await, (vec![1, 0], 1, vec![0]));
    assert_eq!(carla.sees_votes(group, several).await, (vec![0, 0, 0], 0, vec![]));
}

async fn who_voted_is_named_in_pages(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let poll = amina.polls(talk, "Tea?", &["Yes", "No"]).await.id;
    let path = format!("votes?conversation={talk}&message={poll}");
    let none: Votes = amina.reads(&path).await.well().json();
    assert_eq!((none.chosen, none.people.len(), none.next), (0, 0, None));
    let asked: Votes = bruno.reads(&path).await.well().json();
    assert_eq!(
        asked.author.map(|author| author.id),
        Some(amina.id),
        "who asks is named, also where they chose nothing"
    );
    assert_eq!(bruno.votes(talk, poll, 1).await, None);
    // As many as fill more than a page.
    let mut store = app.store().await;
    let many = i64::try_from(Votes::PAGE).expect("it is small") + 5;
    for n in 1..=many {
        store
            .run(format!(
                "insert into account (id, username, display_name, email, email_key, created_at, updated_at)
                 values ({n}, 'extra{n}', 'Extra {n}', 'e{n}@example.org', 'e{n}@example.org', 1, 1)"
            ))
            .await;
        store
            .run(format!(
                "insert into poll_vote (message_id, place, account_id, created_at) values ({poll}, 1, {n}, 1)"
            ))
            .await;
    }
    drop(store);
    let first: Votes = amina.reads(&format!("{path}&answer=1")).await.well().json();
    assert_eq!((first.chosen, first.people.len()), (1, Votes::PAGE));
    let next = first.next.expect("there are more");
    let second: Votes = amina.reads(&format!("{path}&answer=1&after={next}")).await.well().json();
    assert_eq!((second.people.len(), second.next), (6, None));
    assert_eq!(second.people.last().map(|person| person.id), Some(bruno.id));
    let wrong: Votes = amina.reads(&format!("{path}&answer=9")).await.well().json();
    assert_eq!((wrong.chosen, wrong.people.len()), (0, 0));
    let page = amina.page(&format!("/c/{talk}/m/{poll}/votes?answer=1")).await;
    assert!(page.contains("Extra 1") && page.contains("Tea?"));
}

async fn voting_works_as_a_form(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let poll = amina.polls(talk, "Tea?", &["Yes", "No"]).await.id;
    let here = format!("/c/{talk}/m/{poll}");
    let (id, talk_id) = (poll.to_string(), talk.to_string());
    let fields = [("conversation", &*talk_id), ("message", &*id), ("answer", "1")];
    assert_eq!(bruno.submits(&format!("/c/{talk}"), "add_vote", &fields).await.location(), here);
    let shown = bruno.looks_at(talk).await;
    assert!(shown.contains("/do/remove_vote") && shown.contains("aria-pressed=\"true\""));
    assert!(shown.contains("1 person voted") && shown.contains("100%"));
    assert!(!shown.contains("/do/close_poll") && amina.looks_at(talk).await.contains("/do/close_poll"));
    assert_eq!(bruno.submits(&here, "remove_vote", &fields).await.location(), here);
    assert!(!bruno.looks_at(talk).await.contains("/do/remove_vote"));
}
