//! The end of the process at any moment: what was acknowledged is there, once, at its place.

use salon::ids::ConversationId;

use crate::{
    on_both_engines,
    support::{
        Engine, Person, TestApp,
        app::Place,
        binary::{Binary, a_moment},
        load::{Sender, all_send, nothing_is_lost},
    },
};

on_both_engines! {
    acknowledged_sends_survive_kill_9_in_the_middle_of_load,
    a_server_that_is_asked_to_stop_finishes_what_it_accepted,
}

/// Four senders in one talk between two people, at a place where no server runs any more.
async fn senders(engine: Engine) -> (Place, ConversationId, Vec<Sender>) {
    let app = TestApp::start(engine).await;
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let people: [&Person; 4] = [&amina, &bruno, &amina, &bruno];
    (app.stop().await, talk, people.map(Sender::new).into())
}

async fn acknowledged_sends_survive_kill_9_in_the_middle_of_load(engine: Engine) {
    let rounds = if engine == Engine::Sqlite { 20 } else { 8 };
    let (place, talk, mut senders) = senders(engine).await;
    for _ in 0..rounds {
        let server = Binary::start(&place).await;
        for sender in &mut senders {
            sender.moves_to(&server.origin);
        }
        let killing = async {
            tokio::time::sleep(a_moment()).await;
            server.kill();
        };
        tokio::join!(all_send(&mut senders, talk), killing);
        nothing_is_lost(&senders, &mut place.store().await).await;
    }

    let server = Binary::start(&place).await;
    for sender in &mut senders {
        sender.moves_to(&server.origin);
        sender.settles(talk).await;
    }
    let sent: usize = senders.iter().map(|sender| sender.sent.len()).sum();
    let stored = place.store().await.number("select count(*) from message").await;
    assert_eq!(
        stored,
        i64::try_from(sent).expect("a count"),
        "each message once, whatever became of its answer"
    );
    assert!(sent > rounds * 4, "there was a load: {sent}");
    nothing_is_lost(&senders, &mut place.store().await).await;
}

async fn a_server_that_is_asked_to_stop_finishes_what_it_accepted(engine: Engine) {
    let (place, talk, mut senders) = senders(engine).await;
    for _ in 0..3 {
        let server = Binary::start(&place).await;
        for sender in &mut senders {
            sender.moves_to(&server.origin);
        }
        let listening = [senders[0].person.connects().await, senders[1].person.connects().await];
        let stopping = async {
            tokio::time::sleep(a_moment()).await;
            let begun = std::time::Instant::now();
            server.ask_to_stop();
            for socket in listening {
                assert_eq!(socket.close_code().await, Some(1012));
            }
            let (status, said) = server.ended().await;
            assert_eq!(status.code(), Some(0), "{said}");
            assert!(begun.elapsed().as_secs() < 10, "after {:?}", begun.elapsed());
            assert!(!said.contains("ERROR") && !said.contains("about "), "{said}");
        };
        tokio::join!(all_send(&mut senders, talk), stopping);
        nothing_is_lost(&senders, &mut place.store().await).await;
    }
}
