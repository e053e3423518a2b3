//! Measures the main job on the real executable: posts acknowledged on disk, and their way to a listener.
//!
//! `bin/bench` builds for release and runs this. Every acknowledged post must stand in the database once and
//! reach the listener once; otherwise no number is printed. One JSON line for each figure.

#![expect(clippy::print_stdout, reason = "the figures are what it prints")]

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use futures_util::StreamExt;
use reqwest::{Client, header};
use serde_json::{Value, json};
use sqlx::ConnectOptions;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

/// Posts in each measurement.
const POSTS: usize = 2_000;

/// A body of 60 characters.
const BODY: &str = "Sixty characters are about what one says in one breath: yes.";

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A server of our own, with limits out of the way.
struct Server {
    child: Child,
    origin: String,
    folder: tempfile::TempDir,
}

/// Somebody who is logged in.
#[derive(Clone)]
struct Person {
    client: Client,
    origin: String,
    cookie: String,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let server = Server::start()?;
    let (amina, bruno) = (server.signs_up("amina").await?, server.signs_up("bruno").await?);
    let conversation = meet(&amina, &bruno).await?;

    for parallel in [1, 16, 64] {
        measure(&server, &amina, &bruno, conversation, parallel).await?;
    }
    Ok(())
}

/// So many posters at once, each waiting for its answer; Bruno listens.
async fn measure(
    server: &Server,
    amina: &Person,
    bruno: &Person,
    conversation: i64,
    parallel: usize,
) -> Result<(), Failure> {
    let before = server.stored(conversation).await?;
    let mut listener = bruno.listens().await?;
    let begun = Instant::now();
    let heard = tokio::spawn(async move {
        let mut arrivals = Vec::with_capacity(POSTS);
        while arrivals.len() < POSTS {
            let Some(Ok(frame)) = listener.next().await else { break };
            let event: Value = serde_json::from_str(frame.to_text().unwrap_or_default()).unwrap_or_default();
            if event["type"] == "message" {
                arrivals.push((event["key"].as_str().unwrap_or_default().to_owned(), begun.elapsed()));
            }
        }
        arrivals
    });

    let posters = (0..parallel).map(|poster| {
        let amina = amina.clone();
        tokio::spawn(async move {
            let mut posts = Vec::new();
            for number in (poster..POSTS).step_by(parallel) {
                let key = format!("bench-{parallel:04}-{number:08}");
                let sent = begun.elapsed();
                amina.posts(conversation, &key).await?;
                posts.push((key, sent, begun.elapsed()));
            }
            Ok::<_, Failure>(posts)
        })
    });
    let mut posts = Vec::new();
    for poster in posters.collect::<Vec<_>>() {
        posts.extend(poster.await??);
    }
    let whole = begun.elapsed();

    let arrivals = tokio::time::timeout(Duration::from_secs(30), heard).await??;
    if server.stored(conversation).await? - before != POSTS as i64 || arrivals.len() != POSTS {
        return Err("a post was lost or doubled: no figures".into());
    }
    report(parallel, whole, &posts, arrivals);
    Ok(())
}

fn report(
    parallel: usize,
    whole: Duration,
    posts: &[(String, Duration, Duration)],
    arrivals: Vec<(String, Duration)>,
) {
    let mut answers: Vec<Duration> = posts.iter().map(|(_, sent, answered)| *answered - *sent).collect();
    let sent: std::collections::HashMap<&str, Duration> =
        posts.iter().map(|(key, sent, _)| (key.as_str(), *sent)).collect();
    let mut ways: Vec<Duration> =
        arrivals.iter().filter_map(|(key, at)| Some(at.saturating_sub(*sent.get(key.as_str())?))).collect();
    let line = json!({
        "what": "posts", "parallel": parallel, "posts": POSTS,
        "per_second": (POSTS as f64 / whole.as_secs_f64()).round(),
        "answer_ms": percentiles(&mut answers), "delivery_ms": percentiles(&mut ways),
    });
    println!("{line}");
}

fn percentiles(times: &mut [Duration]) -> Value {
    times.sort_unstable();
    let at = |part: f64| {
        let index = ((times.len() - 1) as f64 * part) as usize;
        (times[index].as_secs_f64() * 100_000.0).round() / 100.0
    };
    json!({ "p50": at(0.5), "p99": at(0.99) })
}

/// From strangers to friends with a conversation; its id.
async fn meet(amina: &Person, bruno: &Person) -> Result<i64, Failure> {
    amina.does("add_friend", &[("person", "bruno")]).await?;
    bruno.does("add_friend", &[("person", "amina")]).await?;
    let friends: Value = serde_json::from_str(&amina.reads("/read/friends").await?)?;
    let id = friends["friends"][0]["id"].to_string();
    amina.does("open_conversation", &[("account", id.as_str())]).await?;
    let home: Value = serde_json::from_str(&amina.reads("/read/home").await?)?;
    home["conversations"][0]["id"].as_i64().ok_or_else(|| "there is no conversation".into())
}

impl Server {
    fn start() -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let settings = folder.path().join("Leptos.toml");
        std::fs::write(&settings, "[salon.limits]\nsends_per_second = 1000000\nsends_at_once = 1000000\n")?;
        let salon =
            std::env::var("SALON_BENCH").map_err(|_| "SALON_BENCH names the executable: use bin/bench")?;
        let mut child = Command::new(salon)
            .args(["serve", "--listen", "127.0.0.1:0", "--config"])
            .arg(settings)
            .arg("--data")
            .arg(folder.path().join("data"))
            .stderr(Stdio::piped())
            .spawn()?;
        let log = BufReader::new(child.stderr.take().ok_or("no log")?);
        let mut lines = log.lines();
        let origin = loop {
            let line = lines.next().ok_or("the server did not start")??;
            if let Some((_, origin)) = line.split_once("listening on ") {
                break origin.trim().to_owned();
            }
        };
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { child, origin, folder })
    }

    async fn signs_up(&self, name: &str) -> Result<Person, Failure> {
        let mut person = Person { client: Client::new(), origin: self.origin.clone(), cookie: String::new() };
        let email = format!("{name}@example.org");
        let fields = [("username", name), ("email", email.as_str()), ("password", "tea at five, as ever")];
        let answer = person.post("sign_up", &fields).await?;
        let cookie = answer.headers().get(header::SET_COOKIE).ok_or("no session")?.to_str()?;
        person.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        Ok(person)
    }

    async fn stored(&self, conversation: i64) -> Result<i64, Failure> {
        let path = self.folder.path().join("data/salon.sqlite3");
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).read_only(true);
        let mut connection = options.connect().await?;
        let count = sqlx::query_scalar("select count(*) from message where conversation_id = $1");
        Ok(count.bind(conversation).fetch_one(&mut connection).await?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Person {
    async fn post(&self, verb: &str, fields: &[(&str, &str)]) -> Result<reqwest::Response, Failure> {
        let request =
            self.client.post(format!("{}/do/{verb}", self.origin)).header(header::ORIGIN, &self.origin);
        let answer = request.header(header::COOKIE, &self.cookie).form(fields).send().await?;
        if answer.status().is_success() {
            Ok(answer)
        } else {
            Err(format!("{verb}: {}", answer.text().await?).into())
        }
    }

    async fn does(&self, verb: &str, fields: &[(&str, &str)]) -> Result<(), Failure> {
        self.post(verb, fields).await?.bytes().await?;
        Ok(())
    }

    async fn posts(&self, conversation: i64, key: &str) -> Result<(), Failure> {
        let conversation = conversation.to_string();
        self.does("send_message", &[("conversation", &conversation), ("key", key), ("body", BODY)]).await
    }

    async fn reads(&self, path: &str) -> Result<String, Failure> {
        let request = self.client.get(format!("{}{path}", self.origin)).header(header::COOKIE, &self.cookie);
        Ok(request.send().await?.text().await?)
    }

    async fn listens(
        &self,
    ) -> Result<
        tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>,
        Failure,
    > {
        let mut request = self.origin.replace("http://", "ws://").into_client_request()?;
        *request.uri_mut() = format!("{}/ws", self.origin.replace("http://", "ws://")).parse()?;
        let headers = request.headers_mut();
        headers.insert("origin", self.origin.parse()?);
        headers.insert("cookie", self.cookie.parse()?);
        headers.insert("sec-websocket-protocol", "salon.v1".parse()?);
        let (mut socket, _) = tokio_tungstenite::connect_async(request).await?;
        // Hello: from here on nothing is missed.
        socket.next().await.ok_or("no hello")??;
        Ok(socket)
    }
}
