//! Nobody inside is called, whatever an address says of itself; and what an answer may cost.

use std::{
    collections::VecDeque,
    io::ErrorKind,
    net,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use http::HeaderValue;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};

use super::*;

/// For what should not come to an end by itself.
const SHORT: Duration = Duration::from_millis(400);

/// All spellings of a host that is this machine, its network, or no place at all.
const INSIDE: [&str; 26] = [
    "127.0.0.1",
    "127.1",
    "0",
    "0.0.0.0",
    "0x7f000001",
    "0x7f.0x0.0x0.0x1",
    "0177.1",
    "2130706433",
    "127.0.0.1.",
    "127.255.255.254",
    "①②⑦.0.0.1",
    "127.0.0.%31",
    "[::]",
    "[::1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[2001::7f00:1]",
    "[fd00::1]",
    "[fe80::1]",
    "169.254.169.254",
    "10.0.0.1",
    "localhost",
    "LOCALHOST.",
];

/// Takes whoever comes, and says nothing.
struct Silent(net::TcpListener);

impl Silent {
    /// On every address of this machine, so that no way in is left out.
    fn listen() -> Self {
        let listener = net::TcpListener::bind("[::]:0").or_else(|_| net::TcpListener::bind("0.0.0.0:0"));
        let listener = listener.expect("a port");
        listener.set_nonblocking(true).expect("a listener that does not wait");
        Self(listener)
    }

    fn port(&self) -> u16 {
        self.0.local_addr().expect("an address").port()
    }

    /// How many have come since this was last asked: the system has let them in before they are looked at.
    fn callers(&self) -> usize {
        let mut callers = 0;
        loop {
            match self.0.accept() {
                Ok(_) => callers += 1,
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::WouldBlock);
                    return callers;
                }
            }
        }
    }
}

/// Names with an answer for each time that somebody asks.
#[derive(Clone)]
struct Scripted {
    answers: Arc<Mutex<VecDeque<Vec<IpAddr>>>>,
    asked: Arc<AtomicUsize>,
}

impl Scripted {
    fn answering(answers: &[&[&str]]) -> Self {
        let parsed = |texts: &&[&str]| texts.iter().map(|text| text.parse().expect("an address")).collect();
        Self { answers: Arc::new(Mutex::new(answers.iter().map(parsed).collect())), asked: Arc::default() }
    }
}

#[async_trait]
impl Names for Scripted {
    async fn addresses(&self, _: &str) -> io::Result<Vec<IpAddr>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.answers.lock().expect("a lock").pop_front().ok_or_else(|| ErrorKind::NotFound.into())
    }
}

fn opened(reach: Reach) -> Outbound {
    Outbound::open(reach).expect("a client")
}

/// As it calls the internet, but on this port: nothing but the addresses is in the way.
fn internet(port: u16) -> Outbound {
    Outbound { ports: vec![port], patience: SHORT, ..opened(Reach::Internet) }
}

fn anywhere() -> Outbound {
    opened(Reach::Anywhere)
}

fn target(text: &str) -> Target {
    Target::parse(text).unwrap_or_else(|_| panic!("{text} has the form of an address"))
}

async fn post(outbound: &Outbound, text: &str) -> Result<Answer, Refused> {
    outbound.post(&target(text), HeaderMap::new(), Bytes::from_static(b"body")).await
}

/// A whole request.
async fn hear(stream: &mut TcpStream) -> Vec<u8> {
    let mut said = Vec::new();
    while !said.ends_with(b"body") {
        let read = stream.read_buf(&mut said).await.expect("a request");
        assert!(read > 0, "a whole request");
    }
    said
}

/// Answers one caller, and gives back what was said.
async fn receiver(answer: impl Into<Vec<u8>>) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/hook?x=1", listener.local_addr().expect("an address"));
    let answer = answer.into();
    let receiving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a caller");
        let said = hear(&mut stream).await;
        // Whoever has heard enough hangs up.
        drop(stream.write_all(&answer).await);
        String::from_utf8(said).expect("a text")
    });
    (url, receiving)
}

async fn answered(answer: impl Into<Vec<u8>>) -> Result<Answer, Refused> {
    let (url, _receiving) = receiver(answer).await;
    post(&anywhere(), &url).await
}

#[tokio::test]
async fn nobody_inside_is_called() {
    let silent = Silent::listen();
    let outbound = internet(silent.port());
    for host in INSIDE {
        for scheme in ["http", "https"] {
            let refused = post(&outbound, &format!("{scheme}://{host}:{}/", silent.port())).await;
            assert!(matches!(refused, Err(Refused::Forbidden | Refused::Unreachable)), "{host}: {refused:?}");
            assert_eq!(silent.callers(), 0, "{scheme}://{host}");
        }
    }
}

#[tokio::test]
async fn they_would_have_been_reached() {
    let silent = Silent::listen();
    let outbound = Outbound { patience: SHORT, ..anywhere() };
    for host in ["127.0.0.1", "127.1", "0", "0x7f000001", "2130706433", "localhost"] {
        let slow = post(&outbound, &format!("http://{host}:{}/", silent.port())).await;
        assert_eq!(slow.expect_err("no answer"), Refused::TooSlow, "{host}");
        assert_eq!(silent.callers(), 1, "{host}");
    }
}

#[tokio::test]
async fn a_name_with_any_address_inside_is_not_called() {
    let silent = Silent::listen();
    let inside: [&[&str]; 5] = [
        &["127.0.0.1"],
        &["1.1.1.1", "127.0.0.1"],
        &["127.0.0.1", "1.1.1.1"],
        &["2606:4700::1111", "::ffff:127.0.0.1"],
        &[],
    ];
    let names = Scripted::answering(&inside);
    let outbound = Outbound { names: Box::new(names.clone()), ..internet(silent.port()) };
    for addresses in inside {
        let refused = post(&outbound, &format!("http://a.example:{}/", silent.port())).await;
        assert_eq!(refused.expect_err("refused"), Refused::Unreachable, "{addresses:?}");
    }
    // And a name that there is not is told from none of them.
    let refused = post(&outbound, &format!("http://a.example:{}/", silent.port())).await;
    assert_eq!(refused.expect_err("refused"), Refused::Unreachable);
    assert_eq!((silent.callers(), names.asked.load(Ordering::SeqCst)), (0, inside.len() + 1));
}

#[tokio::test]
async fn what_was_looked_at_is_what_is_called() {
    let (url, receiving) = receiver("HTTP/1.1 204 No Content\r\n\r\n").await;
    let names = Scripted::answering(&[&["127.0.0.1"], &["127.0.0.2"]]);
    let outbound = Outbound { names: Box::new(names.clone()), ..anywhere() };
    let answer = post(&outbound, &url.replace("127.0.0.1", "a.example")).await.expect("an answer");
    assert_eq!((answer.status, names.asked.load(Ordering::SeqCst)), (StatusCode::NO_CONTENT, 1));
    assert!(receiving.await.expect("a request").contains("host: a.example:"), "by its name");

    // Outside when it is looked at, inside when it is asked again. Nobody has been given 3000::/4.
    let silent = Silent::listen();
    let names = Scripted::answering(&[&["3000::1"], &["127.0.0.1"], &["::1"]]);
    let outbound = Outbound { names: Box::new(names.clone()), ..internet(silent.port()) };
    let refused = post(&outbound, &format!("http://a.example:{}/", silent.port())).await;
    assert!(matches!(refused, Err(Refused::Unreachable | Refused::TooSlow)), "{refused:?}");
    assert_eq!((silent.callers(), names.asked.load(Ordering::SeqCst)), (0, 1));
}

#[test]
fn the_internet_is_called_on_its_usual_ports() {
    let outbound = opened(Reach::Internet);
    let check = |text: &str| outbound.check(&target(text));
    for text in
        ["http://example.org/", "https://example.org/", "https://example.org:80/", "http://1.1.1.1:443/"]
    {
        assert_eq!(check(text), Ok(()), "{text}");
    }
    assert_eq!(check("https://[2606:4700::1111]/"), Ok(()));
    for text in
        ["http://example.org:8080/", "https://example.org:22/", "http://example.org:0/", "http://127.1/"]
    {
        assert_eq!(check(text), Err(Refused::Forbidden), "{text}");
    }
}

#[tokio::test]
async fn nobody_is_called_unless_the_operator_wants_it() {
    assert_eq!(Reach::default(), Reach::Nowhere);
    let (silent, outbound) = (Silent::listen(), opened(Reach::Nowhere));
    for host in ["127.0.0.1", "localhost", "example.org"] {
        let refused = post(&outbound, &format!("http://{host}:{}/", silent.port())).await;
        assert_eq!((refused.expect_err("refused"), silent.callers()), (Refused::Off, 0));
    }
}

#[tokio::test]
async fn what_is_posted_is_what_was_given() {
    // Who sets a cookie does not see it again.
    let outbound = Arc::new(anywhere());
    for _ in 0..2 {
        let answer =
            "HTTP/1.1 200 OK\r\nset-cookie: a=b\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok";
        let (url, receiving) = receiver(answer).await;
        let url = target(&url);
        let authority = url.authority().to_str().expect("a text").to_owned();
        let headers = HeaderMap::from_iter([
            (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (header::HeaderName::from_static("webhook-id"), HeaderValue::from_static("7")),
        ]);
        // In a task of its own, as jobs do it.
        let calls = outbound.clone();
        let posting =
            tokio::spawn(async move { calls.post(&url, headers, Bytes::from_static(b"body")).await });

        let answer = posting.await.expect("a task").expect("an answer");
        assert_eq!((answer.status, answer.content_type.as_deref()), (StatusCode::OK, Some("text/plain")));
        assert_eq!(answer.body, "ok");
        let said = receiving.await.expect("a request");
        let (head, body) = said.split_once("\r\n\r\n").expect("a head");
        let mut lines: Vec<&str> = head.split("\r\n").collect();
        lines.sort_unstable();
        let host = format!("host: {authority}");
        let expected = [
            "POST /hook?x=1 HTTP/1.1",
            "content-length: 4",
            "content-type: application/json",
            &host,
            "webhook-id: 7",
        ];
        assert_eq!((lines.as_slice(), body), (expected.as_slice(), "body"));
    }
}

#[tokio::test]
async fn a_no_is_an_answer_too() {
    let answer =
        answered("HTTP/1.1 503 Service Unavailable\r\n\r\nuntil it hangs up").await.expect("an answer");
    assert_eq!((answer.status, answer.content_type), (StatusCode::SERVICE_UNAVAILABLE, None));
    assert_eq!(answer.body, "until it hangs up");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let silent = Silent::listen();
    for status in [301, 302, 303, 307, 308] {
        let port = silent.port();
        let answer = format!(
            "HTTP/1.1 {status} Go\r\nlocation: http://127.0.0.1:{port}/\r\ncontent-length: 0\r\n\r\n"
        );
        assert_eq!(answered(answer).await.expect_err("refused"), Refused::Redirect);
    }
    assert_eq!(silent.callers(), 0);
}

#[tokio::test]
async fn an_answer_is_not_longer_than_it_may_be() {
    let with = |length: usize| {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
        [head.into_bytes(), vec![b'a'; length]].concat()
    };
    assert_eq!(answered(with(LONGEST_ANSWER)).await.expect("an answer").body.len(), LONGEST_ANSWER);
    assert_eq!(answered(with(LONGEST_ANSWER + 1)).await.expect_err("refused"), Refused::TooLong);
    let endless = [b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![b'a'; 2 * LONGEST_ANSWER]].concat();
    assert_eq!(answered(endless).await.expect_err("refused"), Refused::TooLong);
    let head = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "a".repeat(2 * LONGEST_HEAD));
    assert_eq!(answered(head).await.expect_err("refused"), Refused::Unreadable);
}

#[tokio::test]
async fn half_an_answer_is_none() {
    for answer in ["", "SSH-2.0-OpenSSH\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf"] {
        assert_eq!(answered(answer).await.expect_err("refused"), Refused::Unreadable, "{answer}");
    }
}

#[tokio::test]
async fn who_answers_in_drops_is_left_standing() {
    for start in ["", "HTTP/1.1 200 OK\r\nx: ", "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n"] {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        let dripping = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a caller");
            hear(&mut stream).await;
            stream.write_all(start.as_bytes()).await.expect("a beginning");
            let mut drops = tokio::time::interval(Duration::from_millis(5));
            while stream.write_all(b"H").await.is_ok() && !start.is_empty() {
                drops.tick().await;
            }
            // Without a beginning: says nothing more, and waits for the other to go.
            drop(stream.read_to_end(&mut Vec::new()).await);
        });
        let outbound = Outbound { patience: SHORT, ..anywhere() };
        assert_eq!(post(&outbound, &url).await.expect_err("refused"), Refused::TooSlow, "{start}");
        let gone = tokio::time::timeout(Duration::from_secs(10), dripping).await;
        gone.expect("nothing outlives the call").expect("a task");
    }
}

#[tokio::test]
async fn who_does_not_listen_is_left_standing() {
    let silent = Silent::listen();
    let outbound = Outbound { patience: SHORT, ..anywhere() };
    let large = Bytes::from(vec![b'a'; 16 * 1024 * 1024]);
    for scheme in ["http", "https"] {
        let target = target(&format!("{scheme}://127.0.0.1:{}/", silent.port()));
        let slow = outbound.post(&target, HeaderMap::new(), large.clone()).await;
        assert_eq!(slow.expect_err("refused"), Refused::TooSlow, "{scheme}");
    }
}

#[tokio::test]
async fn nothing_is_said_in_clear_where_it_should_be_secret() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("https://{}/", listener.local_addr().expect("an address"));
    let receiving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a caller");
        let mut said = Vec::new();
        stream.read_buf(&mut said).await.expect("a greeting");
        said
    });
    assert_eq!(post(&anywhere(), &url).await.expect_err("refused"), Refused::Unreachable);
    let said = receiving.await.expect("a caller");
    // A handshake of TLS.
    assert!(said.starts_with(&[22, 3]) && !said.windows(4).any(|part| part == b"body"));
}
