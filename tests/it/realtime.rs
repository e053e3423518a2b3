//! Hearing what happens: each thing once, in order, and nothing of other people's.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use salon::{
    conversations::Conversation,
    ids::ConversationId,
    messages::Message,
    realtime::event::{Command, Event, MOST_MISSED},
};

use crate::{
    on_both_engines,
    support::{Person, Socket, TestApp, socket::Handshake, wait_for},
};

on_both_engines! {
    hello_comes_first,
    all_tabs_of_both_hear_each_message_once_and_in_order,
    a_third_person_hears_nothing,
    a_new_talk_is_heard_by_connections_that_are_open,
    what_is_read_and_what_is_heard_has_no_gap_between,
    one_can_resume_from_every_number,
    who_missed_too_much_is_told_so,
    a_slow_reader_is_cut_off_and_resumes_without_a_gap,
}

async fn hello_comes_first(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let sending = async {
        for n in 0..30 {
            amina.sends(talk, &n.to_string()).await;
        }
    };
    let connecting = async {
        for _ in 0..5 {
            let mut socket =
                Handshake::new(&app.origin, &bruno.cookies()).attempt().await.expect("a connection");
            let Event::Hello { account, version, .. } = socket.next_event().await else { panic!("no hello") };
            assert_eq!((account, version.as_str()), (bruno.id, env!("CARGO_PKG_VERSION")));
        }
    };
    tokio::join!(sending, connecting);
}

async fn all_tabs_of_both_hear_each_message_once_and_in_order(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let other_browser = bruno.at_another_browser(&app).await;
    let mut sockets = vec![
        amina.connects().await,
        amina.connects().await,
        bruno.connects().await,
        other_browser.connects().await,
    ];
    let sending = (0..60).map(|n| {
        let (who, body) = (if n % 2 == 0 { &amina } else { &bruno }, n.to_string());
        async move { who.sends(talk, &body).await }
    });
    let mut sent = join_all(sending).await;
    sent.sort_by_key(|message| message.position);
    for socket in &mut sockets {
        let heard = messages(socket.events_so_far().await);
        assert_eq!(heard, sent, "the same, once, in order");
    }
}

fn messages(events: Vec<Event>) -> Vec<Message> {
    let message = |event| match event {
        Event::Message(message) => Some(*message),
        _ => None,
    };
    events.into_iter().filter_map(message).collect()
}

async fn a_third_person_hears_nothing(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let carla = app.person("carla").await;
    carla.befriends(&bruno).await;
    carla.opens(&bruno).await;
    let talk = amina.opens(&bruno).await;
    let mut third = carla.connects().await;
    for n in 0..50 {
        amina.sends(talk, &n.to_string()).await;
        bruno.sends(talk, &n.to_string()).await;
    }
    third.assert_silent().await;
}

async fn a_new_talk_is_heard_by_connections_that_are_open(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let mut his = bruno.connects().await;
    let talk = amina.opens(&bruno).await;
    let sent = amina.sends(talk, "first").await;
    assert_eq!(his.next_message().await, sent);
}

/// Everything that somebody knows of a talk who read its page and then listened.
struct Reader {
    socket: Socket,
    known: BTreeMap<i64, Message>,
    /// Everything up to here is known.
    through: i64,
}

impl Reader {
    async fn begin(person: &Person, talk: ConversationId) -> Self {
        let mut socket = person.connects().await;
        let Conversation { head, messages, .. } = person.reads_conversation(talk).await;
        let known = messages.into_iter().map(|message| (message.position, message)).collect();
        socket.tells(&Command::Resume { conversations: BTreeMap::from([(talk, head)]) }).await;
        let mut reader = Self { socket, known, through: 0 };
        while !reader.hears().await {}
        reader
    }

    /// Takes in one event; whether it was the end of a resume.
    async fn hears(&mut self) -> bool {
        let resumed = match self.socket.next_event().await {
            Event::Message(message) => {
                self.known.insert(message.position, *message);
                None
            }
            Event::Resumed { through, limited: false, .. } => Some(through),
            Event::Changed { .. } => None,
            other => panic!("{other:?}"),
        };
        self.through = self.through.max(resumed.unwrap_or_default());
        while self.known.contains_key(&(self.through + 1)) {
            self.through += 1;
        }
        resumed.is_some()
    }

    async fn hears_up_to(mut self, head: i64) -> Vec<Message> {
        while self.through < head {
            self.hears().await;
        }
        self.known.into_values().collect()
    }
}

async fn what_is_read_and_what_is_heard_has_no_gap_between(app: TestApp) {
    const MESSAGES: i64 = 240;
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let sending = async {
        let lanes = (0..4).map(|lane| {
            let who = if lane % 2 == 0 { &amina } else { &bruno };
            async move {
                for n in 0..MESSAGES / 4 {
                    who.sends(talk, &format!("{lane}:{n}")).await;
                }
            }
        });
        join_all(lanes).await;
    };
    let reading = async {
        let mut readers = Vec::new();
        for round in 0..18 {
            readers.push(Reader::begin(if round % 2 == 0 { &amina } else { &bruno }, talk).await);
        }
        readers
    };
    let ((), readers) = tokio::join!(sending, reading);

    for reader in readers {
        let known = reader.hears_up_to(MESSAGES).await;
        let first = known.first().expect("messages").position;
        let positions: Vec<i64> = known.iter().map(|message| message.position).collect();
        assert_eq!(positions, (first..=MESSAGES).collect::<Vec<_>>(), "without a hole");
        let last = amina.reads_conversation(talk).await.messages;
        assert!(known.ends_with(&last[last.len() - known.len().min(last.len())..]), "and as they are stored");
    }
}

async fn one_can_resume_from_every_number(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let mut sent = Vec::new();
    for n in 0..30 {
        sent.push(amina.sends(talk, &n.to_string()).await);
    }
    let mut socket = bruno.connects().await;
    for number in 0..=30 {
        let (missed, through, limited) = socket.resumes(talk, number).await;
        assert_eq!((missed.as_slice(), through, limited), (&sent[number as usize..], 30, false));
    }
    for (number, missed) in [(-5, 30), (i64::MIN, 30), (31, 0), (i64::MAX, 0)] {
        let (messages, through, limited) = socket.resumes(talk, number).await;
        assert_eq!((messages.len(), through, limited), (missed, 30, false), "{number}");
    }
}

async fn who_missed_too_much_is_told_so(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let most = i64::try_from(MOST_MISSED).expect("a small number");
    for _ in 0..=most / 50 {
        join_all((0..50).map(|_| amina.sends(talk, "again"))).await;
    }
    let head = amina.reads_conversation(talk).await.head;
    let mut socket = bruno.connects().await;
    assert_eq!(socket.resumes(talk, head - most - 1).await, (Vec::new(), head, true));
    let (missed, through, limited) = socket.resumes(talk, head - most).await;
    assert_eq!((missed.len(), through, limited), (MOST_MISSED, head, false));
    assert!(missed.windows(2).all(|two| two[0].revision < two[1].revision));
}

async fn a_slow_reader_is_cut_off_and_resumes_without_a_gap(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let hub = &app.running.app.hub;
    let handshake =
        Handshake { receive_buffer: Some(4_096), ..Handshake::new(&app.origin, &bruno.cookies()) };
    let slow = handshake.attempt().await.expect("a connection");
    wait_for("the connection to be counted", async || (hub.count() == 1).then_some(())).await;

    // It reads nothing. What the kernel takes for it is a few megabytes.
    let body = "x".repeat(8_000);
    let mut sent = 0;
    while hub.count() == 1 {
        assert!(sent < 4_000, "{sent} messages of 8,000 bytes wait for somebody who does not read");
        join_all((0..40).map(|_| amina.sends(talk, &body))).await;
        sent += 40;
    }
    let (heard, code) = drain(slow).await;
    assert!(matches!(code, None | Some(1013)), "{code:?}");
    assert!(heard.windows(2).all(|two| two[0] + 1 == two[1]), "what it got has no hole");

    let mut number = heard.last().copied().unwrap_or_default();
    let mut socket = bruno.connects().await;
    let (missed, through, limited) = socket.resumes(talk, number).await;
    assert_eq!(through, sent);
    if limited {
        let read = bruno.reads_conversation(talk).await;
        assert_eq!((read.head, read.messages.len()), (sent, 40));
    } else {
        for message in missed {
            assert_eq!(message.position, number + 1);
            number += 1;
        }
        assert_eq!(number, sent);
    }
}

/// The positions of all messages that still arrive, and how it ends.
async fn drain(mut socket: Socket) -> (Vec<i64>, Option<u16>) {
    use tokio_tungstenite::tungstenite::Message as Frame;
    let mut heard = Vec::new();
    loop {
        match socket.next_frame().await {
            Some(Frame::Text(text)) => {
                if let Ok(Event::Message(message)) = serde_json::from_str(&text) {
                    heard.push(message.position);
                }
            }
            Some(Frame::Close(frame)) => return (heard, frame.map(|frame| frame.code.into())),
            Some(_) => {}
            None => return (heard, None),
        }
    }
}
