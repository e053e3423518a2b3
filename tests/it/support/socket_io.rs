//! The other end of a Socket.IO connection, packet by packet: Engine.IO 4 over a WebSocket or over long polls.

use std::collections::VecDeque;

use reqwest::Method;
use serde_json::Value;
use tokio_tungstenite::tungstenite::Message as Frame;

use super::{Answer, Socket, browser::bare, socket::Handshake};

/// A program that speaks Socket.IO over a WebSocket.
pub struct Program {
    pub socket: Socket,
    /// What was heard and not looked at yet.
    heard: VecDeque<(String, Value)>,
    acknowledgements: u32,
}

impl Program {
    /// Opens a connection that has shown no token yet.
    pub async fn opens(server: &str, path: &str) -> Self {
        Self::opens_with(server, path, |_| {}).await
    }

    /// As [`Program::opens`], with something of its own.
    pub async fn opens_with(server: &str, path: &str, set: impl FnOnce(&mut Handshake)) -> Self {
        let mut handshake = Handshake {
            path: format!("{path}/?EIO=4&transport=websocket"),
            protocol: None,
            origin: None,
            ..Handshake::new(server, "")
        };
        set(&mut handshake);
        let socket = handshake.attempt().await.unwrap_or_else(|status| panic!("no connection: {status}"));
        let mut program = Self { socket, heard: VecDeque::new(), acknowledgements: 0 };
        let opened = program.packet().await.expect("a packet");
        assert!(opened.starts_with("0{\"sid\""), "{opened}");
        program
    }

    /// Opens one and shows a token, which is good.
    pub async fn connects(server: &str, path: &str, token: &str) -> Self {
        let mut program = Self::opens(server, path).await;
        program.shows(token).await;
        let told = program.packet().await.expect("a packet");
        assert!(told.starts_with("40{\"sid\""), "{told}");
        program
    }

    /// Shows a token.
    pub async fn shows(&mut self, token: &str) {
        self.socket.tells_text(format!("40{}", serde_json::json!({ "token": token }))).await;
    }

    /// The next packet; none once the connection is gone. Pings are answered.
    pub async fn packet(&mut self) -> Option<String> {
        loop {
            match self.socket.next_frame().await? {
                Frame::Text(text) if text.as_str() == "2" => self.socket.tells_text("3").await,
                Frame::Text(text) => return Some(text.to_string()),
                Frame::Close(_) => return None,
                other => panic!("a packet was awaited, not {other:?}"),
            }
        }
    }

    /// The next event, whatever it is called.
    pub async fn next(&mut self) -> (String, Value) {
        if let Some(heard) = self.heard.pop_front() {
            return heard;
        }
        let packet = self.packet().await.expect("the connection is open");
        event_in(&packet).unwrap_or_else(|| panic!("an event was awaited, not {packet}"))
    }

    /// The next event that is called so; others are passed over.
    pub async fn hears(&mut self, name: &str) -> Value {
        loop {
            let (event, data) = self.next().await;
            if event == name {
                return data;
            }
        }
    }

    /// Sends a packet, whether the connection is still open or not.
    pub async fn throws(&mut self, packet: &str) {
        drop(self.socket.tells_frame(Frame::text(packet.to_owned())).await);
    }

    pub async fn tells(&mut self, event: &str, data: Value) {
        self.socket.tells_text(format!("42{}", serde_json::json!([event, data]))).await;
    }

    /// Tells something and asks for the acknowledgement. What is heard before it is kept.
    pub async fn asks(&mut self, event: &str, data: Value) -> Value {
        self.acknowledgements += 1;
        let number = self.acknowledgements;
        self.socket.tells_text(format!("42{number}{}", serde_json::json!([event, data]))).await;
        let begins = format!("43{number}");
        loop {
            let packet = self.packet().await.expect("the connection is open");
            if let Some(answer) = packet.strip_prefix(&begins) {
                let answer: Vec<Value> = serde_json::from_str(answer).expect("an acknowledgement");
                return answer.into_iter().next().unwrap_or_default();
            }
            self.heard.extend(event_in(&packet));
        }
    }

    /// Everything that was heard before the acknowledgement of something that does nothing.
    pub async fn so_far(&mut self, nothing: &str) -> Vec<(String, Value)> {
        self.asks(nothing, Value::Null).await;
        self.heard.drain(..).collect()
    }

    /// Waits for the end; what was said last, before the connection was closed.
    pub async fn last_words(mut self) -> Option<String> {
        loop {
            match self.packet().await {
                // Told to leave. A program closes the connection then.
                Some(packet) if packet == "41" => return Some(packet),
                Some(_) => {}
                None => return None,
            }
        }
    }
}

fn event_in(packet: &str) -> Option<(String, Value)> {
    let [name, data]: [Value; 2] =
        serde_json::from_str::<Vec<Value>>(packet.strip_prefix("42")?).ok()?.try_into().ok()?;
    Some((name.as_str()?.to_owned(), data))
}

/// A program that speaks Socket.IO over long polls.
pub struct Polling {
    server: String,
    path: String,
    sid: String,
}

impl Polling {
    /// Asks for a connection.
    pub async fn attempt(server: &str, path: &str) -> Answer {
        Answer::of(bare(server, Method::GET, &format!("{path}/?EIO=4&transport=polling"), &[])).await
    }

    /// Opens one that has shown no token yet.
    pub async fn opens(server: &str, path: &str) -> Self {
        let opened = Self::attempt(server, path).await.well().text();
        let opened: Value = serde_json::from_str(opened.strip_prefix('0').expect("a packet")).expect("JSON");
        let sid = opened["sid"].as_str().expect("an id").to_owned();
        Self { server: server.to_owned(), path: path.to_owned(), sid }
    }

    fn address(&self) -> String {
        format!("{}/?EIO=4&transport=polling&sid={}", self.path, self.sid)
    }

    /// Says packets.
    pub async fn says(&self, packets: &str) -> Answer {
        Answer::of(bare(&self.server, Method::POST, &self.address(), &[]).body(packets.to_owned())).await
    }

    /// Waits for packets.
    pub async fn polls(&self) -> Answer {
        self.tries_to_poll().await.expect("the server answers")
    }

    /// As [`Polling::polls`], where the server may be gone.
    pub async fn tries_to_poll(&self) -> reqwest::Result<Answer> {
        Answer::try_of(bare(&self.server, Method::GET, &self.address(), &[])).await
    }
}
