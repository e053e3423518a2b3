//! The other end of a live connection.

use std::collections::{BTreeMap, VecDeque};

use futures_util::{SinkExt, StreamExt};
use salon::{
    ids::{AccountId, ConversationId},
    messages::Message,
    presence::{Present, State},
    realtime::event::{Command, Event, SUBPROTOCOL},
    receipts::Receipt,
};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message as Frame, client::IntoClientRequest, http::Request},
};

use super::in_time;

/// An open connection.
pub struct Socket {
    stream: WebSocketStream<TcpStream>,
    /// What was said of who is here and not looked at yet.
    presences: VecDeque<Vec<Present>>,
    /// Who was said to be writing, or no longer, and not looked at yet.
    typing: VecDeque<Typing>,
    /// What others were said to have received and read, and was not looked at yet.
    receipts: VecDeque<(ConversationId, Receipt)>,
}

/// Where somebody is writing, and whether that is over.
pub type Typing = (ConversationId, AccountId, bool);

/// How a connection is asked for.
#[derive(Debug, Clone)]
pub struct Handshake {
    /// Where the server is: `http://127.0.0.1:PORT`.
    pub server: String,
    pub cookies: String,
    /// The access token of a program.
    pub bearer: Option<String>,
    pub path: String,
    pub origin: Option<String>,
    pub protocol: Option<String>,
    /// Bytes that the kernel keeps for a reader that does not read.
    pub receive_buffer: Option<u32>,
}

impl Handshake {
    /// As our own pages do it.
    pub fn new(server: &str, cookies: &str) -> Self {
        Self {
            server: server.to_owned(),
            cookies: cookies.to_owned(),
            bearer: None,
            path: "/ws".to_owned(),
            origin: Some(server.to_owned()),
            protocol: Some(SUBPROTOCOL.to_owned()),
            receive_buffer: None,
        }
    }

    fn request(&self) -> Request<()> {
        let url = format!("{}{}", self.server.replacen("http", "ws", 1), self.path);
        let mut request = url.into_client_request().expect("our own address");
        let mut put = |name: &'static str, value: &str| {
            request.headers_mut().insert(name, value.parse().expect("a header"));
        };
        put("cookie", &self.cookies);
        if let Some(token) = &self.bearer {
            put("authorization", &format!("Bearer {token}"));
        }
        if let Some(origin) = &self.origin {
            put("origin", origin);
        }
        if let Some(protocol) = &self.protocol {
            put("sec-websocket-protocol", protocol);
        }
        request
    }

    /// Tries; the status if it was refused.
    pub async fn attempt(&self) -> Result<Socket, u16> {
        let socket = TcpSocket::new_v4().expect("a socket");
        if let Some(bytes) = self.receive_buffer {
            socket.set_recv_buffer_size(bytes).expect("a small buffer");
        }
        let address = self.server.trim_start_matches("http://").parse().expect("our own address");
        let tcp = in_time("a connection", socket.connect(address)).await.expect("the server listens");
        match in_time("a handshake", client_async(self.request(), tcp)).await {
            Ok((stream, _)) => Ok(Socket {
                stream,
                presences: VecDeque::new(),
                typing: VecDeque::new(),
                receipts: VecDeque::new(),
            }),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            // The server says which protocol it speaks by naming none of those asked for.
            Err(error) => panic!("the handshake failed: {error}"),
        }
    }
}

impl Socket {
    /// Opens one and takes its `hello`.
    pub async fn open(server: &str, cookies: &str) -> Self {
        let opened = Handshake::new(server, cookies).attempt().await;
        let mut socket = opened.unwrap_or_else(|status| panic!("no connection: {status}"));
        socket.greeted().await;
        socket
    }

    /// The first event, which is always the same.
    pub async fn greeted(&mut self) {
        let event = self.next_event().await;
        assert!(matches!(event, Event::Hello { .. }), "{event:?} before hello");
    }

    /// The next frame that says something; none once the connection is gone.
    pub async fn next_frame(&mut self) -> Option<Frame> {
        loop {
            match in_time("a frame", self.stream.next()).await {
                Some(Ok(Frame::Ping(_) | Frame::Pong(_))) => {}
                Some(Ok(frame)) => return Some(frame),
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// The next event, whoever comes, goes and writes before it.
    pub async fn next_event(&mut self) -> Event {
        loop {
            match self.next_frame().await {
                Some(Frame::Text(text)) => {
                    match serde_json::from_str(&text).expect("an event that we know") {
                        Event::Presence { people, .. } => self.presences.push_back(people),
                        Event::Typing { conversation, account, stopped } => {
                            self.typing.push_back((conversation, account, stopped));
                        }
                        Event::Receipts { conversation, receipts } => {
                            self.receipts.extend(receipts.into_iter().map(|receipt| (conversation, receipt)));
                        }
                        event => return event,
                    }
                }
                other => panic!("an event was awaited, not {other:?}"),
            }
        }
    }

    /// Waits until it is said of `account` that it is in this `state`.
    pub async fn hears_of(&mut self, account: AccountId, state: State) -> Present {
        let is_it = |present: &Present| present.account == account && present.state == state;
        loop {
            while let Some(people) = self.presences.pop_front() {
                if let Some(found) = people.into_iter().find(is_it) {
                    return found;
                }
            }
            match self.next_frame().await {
                Some(Frame::Text(text)) => {
                    if let Ok(Event::Presence { people, .. }) = serde_json::from_str(&text) {
                        self.presences.push_back(people);
                    }
                }
                other => panic!("news of {account} was awaited, not {other:?}"),
            }
        }
    }

    /// Everything that has been said so far of who is here and was not looked at yet.
    pub async fn presences_so_far(&mut self) -> Vec<Present> {
        self.events_so_far().await;
        self.presences.drain(..).flatten().collect()
    }

    /// All that has been said so far of who is writing and was not looked at yet.
    pub async fn typing_so_far(&mut self) -> Vec<Typing> {
        self.events_so_far().await;
        self.typing.drain(..).collect()
    }

    /// All that has been said so far of what others have received and read, and was not looked at yet.
    pub async fn receipts_so_far(&mut self) -> Vec<(ConversationId, Receipt)> {
        self.events_so_far().await;
        self.receipts.drain(..).collect()
    }

    /// Waits until something is said of what others have received and read, whatever comes before it.
    pub async fn hears_receipt(&mut self) -> (ConversationId, Receipt) {
        loop {
            if let Some(receipt) = self.receipts.pop_front() {
                return receipt;
            }
            match self.next_frame().await {
                Some(Frame::Text(text)) => {
                    if let Ok(Event::Receipts { conversation, receipts }) = serde_json::from_str(&text) {
                        self.receipts.extend(receipts.into_iter().map(|receipt| (conversation, receipt)));
                    }
                }
                other => panic!("a receipt was awaited, not {other:?}"),
            }
        }
    }

    /// Says that its person is writing, or no longer; the server has dealt with it.
    pub async fn types(&mut self, conversation: ConversationId, stopped: bool) -> Vec<Event> {
        self.tells(&Command::Typing { conversation, stopped }).await;
        self.events_so_far().await
    }

    /// The next message, whatever lists have changed before it.
    pub async fn next_message(&mut self) -> Message {
        loop {
            match self.next_event().await {
                Event::Message(message) => return *message,
                Event::Changed { .. } => {}
                other => panic!("a message was awaited, not {other:?}"),
            }
        }
    }

    /// Every event until the answer to a ping sent now: what arrives later was sent later. What has been answered over
    /// HTTP was announced before that, so nothing of it is missing.
    pub async fn events_so_far(&mut self) -> Vec<Event> {
        self.tells(&Command::Ping {}).await;
        let mut events = Vec::new();
        loop {
            match self.next_event().await {
                Event::Pong => return events,
                event => events.push(event),
            }
        }
    }

    /// Succeeds if nothing has arrived.
    pub async fn assert_silent(&mut self) {
        assert_eq!(self.events_so_far().await, [], "nothing was to be heard");
    }

    pub async fn tells(&mut self, command: &Command) {
        self.tells_text(serde_json::to_string(command).expect("a command")).await;
    }

    pub async fn tells_text(&mut self, text: impl Into<String>) {
        self.tells_frame(Frame::text(text.into())).await.expect("the connection is open");
    }

    pub async fn tells_frame(&mut self, frame: Frame) -> Result<(), Error> {
        in_time("a frame to be taken", self.stream.send(frame)).await
    }

    /// Asks for everything behind a number: the messages, up to which number that is all, and whether it was
    /// too much. Other events on the way are an error.
    pub async fn resumes(&mut self, conversation: ConversationId, number: i64) -> (Vec<Message>, i64, bool) {
        self.tells(&Command::Resume { conversations: BTreeMap::from([(conversation, number)]) }).await;
        let mut messages = Vec::new();
        loop {
            match self.next_event().await {
                Event::Message(message) => messages.push(*message),
                Event::Resumed { conversation: of, through, limited } if of == conversation => {
                    return (messages, through, limited);
                }
                other => panic!("a resume was awaited, not {other:?}"),
            }
        }
    }

    /// Waits for the end: the code of the close frame, or none if the connection was cut.
    pub async fn close_code(mut self) -> Option<u16> {
        loop {
            match self.next_frame().await {
                Some(Frame::Close(frame)) => return frame.map(|frame| frame.code.into()),
                Some(_) => {}
                None => return None,
            }
        }
    }
}
