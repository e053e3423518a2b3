//! Rights that end while they are used, and two nodes that write at once.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use salon::{error::Error, ids::ConversationId};

use crate::{
    on_both_engines,
    support::{Engine, Person, cast, nodes::Nodes},
};

on_both_engines! {
    nothing_is_accepted_after_a_removal,
    two_nodes_number_without_holes_or_doubles,
    two_nodes_let_people_in_at_the_same_time,
    two_nodes_do_not_stand_in_each_others_way,
}

async fn nothing_is_accepted_after_a_removal(engine: Engine) {
    let nodes = Nodes::start(engine).await;
    let (amina, bruno) = nodes.first.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let elsewhere = nodes.at_second(&bruno).await;
    let mut store = nodes.first.store().await;
    let mut accepted = BTreeSet::new();
    for round in 0..12 {
        if round > 0 {
            amina.befriends(&bruno).await;
        }
        let sending = join_all((0..4).map(|_| sends_until_refused(&elsewhere, talk)));
        let removing = async {
            // Somewhere in the middle of it.
            for _ in 0..round {
                amina.sends(talk, "not yet").await;
            }
            amina.unfriends(&bruno).await;
            store.number("select head from conversation").await
        };
        let (lanes, at_removal) = tokio::join!(sending, removing);
        for position in lanes.into_iter().flatten() {
            assert!(position <= at_removal, "{position} was accepted after the removal at {at_removal}");
            assert!(accepted.insert(position), "{position} was given twice");
        }
        assert_eq!(elsewhere.tries_to_send(talk, "once more").await, Err(Error::Forbidden));
        assert_eq!(amina.tries_to_send(talk, "once more").await, Err(Error::Forbidden));
    }
    let positions = store.numbers("select position from message order by position").await;
    let head = store.number("select head from conversation").await;
    assert_eq!(positions, (1..=head).collect::<Vec<_>>(), "no number is missing, none is there twice");
}

/// The positions that were given before the first refusal.
async fn sends_until_refused(person: &Person, talk: ConversationId) -> Vec<i64> {
    let mut positions = Vec::new();
    loop {
        match person.tries_to_send(talk, "quick").await {
            Ok(message) => positions.push(message.position),
            Err(Error::Forbidden) => return positions,
            Err(error) => panic!("{error}"),
        }
    }
}

async fn two_nodes_number_without_holes_or_doubles(engine: Engine) {
    let nodes = Nodes::start(engine).await;
    let (amina, bruno) = nodes.first.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let elsewhere = nodes.at_second(&bruno).await;
    let sending = (0..100).map(|n| {
        let (who, body) = (if n % 2 == 0 { &amina } else { &elsewhere }, n.to_string());
        async move { who.sends(talk, &body).await }
    });
    let mut sent = join_all(sending).await;
    sent.sort_by_key(|message| message.position);
    let positions: Vec<i64> = sent.iter().map(|message| message.position).collect();
    assert_eq!(positions, (1..=100).collect::<Vec<_>>());
    let ids: BTreeSet<_> = sent.iter().map(|message| message.id).collect();
    assert_eq!(ids.len(), 100);

    // What the other node accepted is found here under its key.
    let mine = sent.iter().find(|message| message.sender == bruno.id).expect("one of his");
    let again = bruno.posts(talk, mine.key.as_str(), &mine.body).await;
    assert_eq!(cast::outcome(&again).as_ref(), Ok(mine));
}

async fn two_nodes_let_people_in_at_the_same_time(engine: Engine) {
    let nodes = Nodes::start(engine).await;
    // One at each: more would wait for each other's passwords to be hashed, and on a busy machine be asked to come back.
    for pair in 0..8 {
        let arriving = [&nodes.first, nodes.second()].into_iter().enumerate().map(|(node, app)| async move {
            let name = format!("person{pair}at{node}");
            let answer = cast::signs_up(&app.browser(), &name, &cast::address(&name), cast::PASSWORD).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
        });
        join_all(arriving).await;
    }
    let mut store = nodes.first.store().await;
    assert_eq!(store.number("select count(*) from audit").await, 16);
    let verified = salon::server::audit::verify(&nodes.first.running.app.db).await;
    assert_eq!(verified.expect("read"), None, "one chain, whichever node wrote");
}

/// Every kind of change at both nodes at once: whatever one holds, the other waits for, and nobody for ever.
async fn two_nodes_do_not_stand_in_each_others_way(engine: Engine) {
    let nodes = Nodes::start(engine).await;
    let (amina, bruno) = nodes.first.two_friends().await;
    let carla = nodes.first.person("carla").await;
    amina.befriends(&carla).await;
    bruno.befriends(&carla).await;
    let talks = [amina.opens(&bruno).await, amina.opens(&carla).await];

    let at = [amina.clone(), nodes.at_second(&amina).await];
    let others =
        [[bruno.clone(), nodes.at_second(&bruno).await], [carla.clone(), nodes.at_second(&carla).await]];
    let lanes = (0..16).map(|lane| {
        let (here, friends) = (&at[lane % 2], [&others[0][lane % 2], &others[1][lane % 2]]);
        async move {
            for turn in 0..12 {
                let (near, far) = ((lane + turn) % 2, (lane + turn + 1) % 2);
                let answers = match lane / 2 % 4 {
                    0 => vec![
                        here.answers("remove_friend", friends[near]).await,
                        here.asks(&friends[near].name).await,
                    ],
                    1 => vec![friends[far].asks(&here.name).await],
                    2 => vec![here.posts(talks[far], &crate::support::new_key(), "x").await],
                    _ => vec![cast::logs_in(&here.elsewhere(), &here.name, "a wild guess").await],
                };
                for answer in answers {
                    assert!(answer.status < 500, "lane {lane}: {} {}", answer.status, answer.text());
                }
            }
        }
    });
    join_all(lanes).await;
}
