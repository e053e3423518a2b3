//! The live connection of a program.

use salon::realtime::event::{Command, Event, Refusal, SUBPROTOCOL};

use super::Program;
use crate::{
    on_both_engines,
    support::{Socket, TestApp, socket::Handshake},
};

on_both_engines! {
    a_program_hears_what_its_person_hears,
    a_token_for_reading_tells_nobody_anything,
    a_connection_ends_with_its_token,
    without_a_token_there_is_none,
}

impl Program {
    pub(super) fn handshake(&self) -> Handshake {
        Handshake {
            path: "/api/v1/live".to_owned(),
            origin: None,
            bearer: Some(self.token.clone()),
            ..Handshake::new(&self.origin, "")
        }
    }

    pub(super) async fn listens(&self) -> Socket {
        let mut socket =
            self.handshake().attempt().await.unwrap_or_else(|status| panic!("no connection: {status}"));
        socket.greeted().await;
        socket
    }
}

async fn a_program_hears_what_its_person_hears(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let mut program = bruno.starts("read").await.listens().await;
    let said = amina.sends(talk, "Salut").await;
    assert_eq!(program.next_event().await, Event::Message(Box::new(said.clone())));
    let (missed, through, limited) = program.resumes(talk, 0).await;
    assert_eq!((missed.len(), through, limited), (1, said.position, false));
}

async fn a_token_for_reading_tells_nobody_anything(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Salut").await;
    let mut hers = amina.connects().await;
    let mut program = bruno.starts("read").await.listens().await;
    for command in [
        Command::Read { conversation: talk, position: said.position },
        Command::Received { conversation: talk, position: said.position },
        Command::Typing { conversation: talk, stopped: false },
        Command::Activity {},
    ] {
        program.tells(&command).await;
        assert_eq!(program.next_event().await, Event::Error { code: Refusal::Forbidden });
    }
    // She hears the next message, and of nothing that came before it.
    let next = amina.sends(talk, "Still there?").await;
    assert_eq!(hers.next_event().await, Event::Message(Box::new(next)));
    assert_eq!(bruno.home().await.conversations[0].unread, 2);

    let mut program = bruno.starts("write").await.listens().await;
    program.tells(&Command::Read { conversation: talk, position: said.position }).await;
    assert!(matches!(program.next_event().await, Event::Read { position, .. } if position == said.position));
}

async fn a_connection_ends_with_its_token(app: TestApp) {
    let (_, bruno) = app.two_friends().await;
    let program = bruno.starts("write").await.listens().await;
    let token = bruno.has_tokens().await.remove(0).id;
    bruno.revokes(token).await.well();
    assert_eq!(program.close_code().await, Some(4401));
}

async fn without_a_token_there_is_none(app: TestApp) {
    let (_, bruno) = app.two_friends().await;
    let program = bruno.starts("read").await;
    assert_eq!(Handshake { bearer: None, ..program.handshake() }.attempt().await.err(), Some(401));
    let cookie = Handshake { bearer: None, cookies: bruno.cookies(), ..program.handshake() };
    assert_eq!(cookie.attempt().await.err(), Some(401), "no cookie opens it");
    assert_eq!(Handshake { protocol: None, ..program.handshake() }.attempt().await.err(), Some(415));
    assert_eq!(
        Handshake { protocol: Some("other".to_owned()), ..program.handshake() }.attempt().await.err(),
        Some(415)
    );
    // And no token opens ours.
    let ours = Handshake { path: "/ws".to_owned(), ..program.handshake() };
    assert_eq!(ours.attempt().await.err(), Some(403));
    assert_eq!(SUBPROTOCOL, "salon.v1");
}
