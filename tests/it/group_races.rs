//! Groups when everybody does something at once, and when there is a crowd in them.

use std::collections::BTreeSet;

use futures_util::{FutureExt, future::join_all};
use salon::{conversations::about::Role, ids::ConversationId, messages::system::SystemNote};

use crate::{on_both_engines, support::TestApp};

on_both_engines! {
    admins_who_demote_each_other_leave_one,
    being_brought_in_twice_is_being_brought_in_once,
    nothing_is_accepted_after_a_removal,
    people_are_read_in_pages,
}

async fn admins_who_demote_each_other_leave_one(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    for round in 0..10 {
        let group = amina.gathers(&round.to_string(), &[&bruno, &carla]).await;
        amina.makes(group, &bruno, "admin").await.well();
        let (one, other) =
            tokio::join!(amina.makes(group, &bruno, "member"), bruno.makes(group, &amina, "member"));
        assert_eq!([one.status, other.status].iter().filter(|status| **status == 200).count(), 1);
        let admins =
            carla.members_by_name(group).await.into_iter().filter(|(_, role)| *role == Role::Admin).count();
        assert_eq!(admins, 1);

        // Both leave at once: one of them stays, and looks after it.
        let group = amina.gathers(&format!("{round} again"), &[&bruno, &carla]).await;
        amina.makes(group, &bruno, "admin").await.well();
        let (one, other) = tokio::join!(amina.leaves(group), bruno.leaves(group));
        assert_eq!([one.status, other.status].iter().filter(|status| **status == 200).count(), 1);
        let admins =
            carla.members_by_name(group).await.into_iter().filter(|(_, role)| *role == Role::Admin).count();
        assert_eq!(admins, 1);
    }
}

async fn being_brought_in_twice_is_being_brought_in_once(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    amina.makes(group, &bruno, "admin").await.well();
    bruno.befriends(&carla).await;
    let adding = (0..8).map(|turn| {
        if turn % 2 == 0 { amina.adds(group, &carla).boxed() } else { bruno.adds(group, &carla).boxed() }
    });
    for answer in join_all(adding).await {
        answer.well();
    }
    assert_eq!(amina.members_by_name(group).await.len(), 3);
    let added =
        amina.reads_notes(group).await.into_iter().filter(|note| matches!(note, SystemNote::Added { .. }));
    assert_eq!(added.count(), 1);

    let leaving = join_all((0..4).map(|_| carla.leaves(group))).await;
    assert_eq!(leaving.iter().filter(|answer| answer.status == 200).count(), 1);
}

async fn nothing_is_accepted_after_a_removal(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let mut accepted = BTreeSet::new();
    for round in 0..10 {
        if round > 0 {
            amina.adds(group, &bruno).await.well();
        }
        let sending = async {
            let mut positions = Vec::new();
            while let Ok(message) = bruno.tries_to_send(group, "still here").await {
                positions.push(message.position);
            }
            positions
        };
        let removing = async {
            for _ in 0..round {
                amina.sends(group, "not yet").await;
            }
            amina.lets_go(group, &bruno).await.well();
        };
        let (positions, ()) = tokio::join!(sending, removing);
        let removed = amina.reads_conversation(group).await.messages;
        let removed =
            removed.iter().rev().find(|message| matches!(message.note, Some(SystemNote::Removed { .. })));
        let removed = removed.expect("it is told").position;
        for position in positions {
            assert!(position < removed, "{position} was accepted after the removal at {removed}");
            assert!(accepted.insert(position), "{position} was given twice");
        }
    }
}

async fn people_are_read_in_pages(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Crowd", &[&bruno]).await;
    crowd(&app, group, 2_000).await;

    let mut seen = Vec::new();
    let mut page = amina.members(group).await;
    assert_eq!(page.about.members, 1_000, "as many or more");
    loop {
        seen.extend(page.people.iter().map(|line| line.person.username.clone()));
        let Some((role, after)) = page.next.clone() else { break };
        page = amina
            .reads(&format!("members?id={group}&role={}&after={after}", role.code()))
            .await
            .well()
            .json();
    }
    assert_eq!(seen.len(), 2_002);
    assert_eq!(seen[0], "amina");
    assert!(seen[1..].is_sorted(), "and then by name");
    // It opens, and takes a message, which everybody who listens hears.
    let mut hears = bruno.connects().await;
    assert!(amina.page(&format!("/c/{group}")).await.contains("1,000+ people"));
    let said = amina.sends(group, "hello, all").await;
    assert_eq!(hears.next_message().await, said);
}

/// Brings people in whom the rows alone know.
async fn crowd(app: &TestApp, group: ConversationId, many: i64) {
    let mut store = app.store().await;
    for first in (0..many).step_by(500) {
        let accounts: Vec<String> = (first..first + 500)
            .map(|n| format!("({n} + 1, 'u{n:05}', 'U {n}', 'u{n}@example.org', 'u{n}@example.org', 1, 1)"))
            .collect();
        store.run(&format!("insert into account (id, username, display_name, email, email_key, created_at, updated_at) values {}", accounts.join(", "))).await;
        let members: Vec<String> = (first..first + 500).map(|n| format!("({group}, {n} + 1, 1)")).collect();
        store
            .run(&format!(
                "insert into participant (conversation_id, account_id, joined_at) values {}",
                members.join(", ")
            ))
            .await;
    }
}
