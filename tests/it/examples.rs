//! The examples in `docs/examples` do what they say: each is run as it stands, against a server that goes away and comes back.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
};

use salon::{
    ids::ConversationId,
    server::{boot, clock::Clock},
};

use crate::support::{Browser, Engine, Person, TestApp, app::Place, cast::PASSWORD, wait_for};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples");

/// After so many minutes no access token of before is good.
const LATER: i64 = 11 * 60_000;

/// An example that runs, as Bruno's, and what it has shown so far.
struct Example {
    child: Child,
    shown: Arc<Mutex<Vec<String>>>,
}

impl Example {
    /// Says `line` to Amina.
    fn start(mut program: Command, file: &str, origin: &str, line: &str) -> Self {
        let program = program.arg(format!("{FOLDER}/{file}")).arg(line);
        let program =
            program.envs([("SALON", origin), ("LOGIN", "bruno"), ("PASSWORD", PASSWORD), ("WITH", "amina")]);
        let started = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child =
            started.unwrap_or_else(|error| panic!("{program:?}: {error}; bin/setup --test installs it"));
        let shown = Arc::default();
        read(child.stdout.take().expect("a pipe"), &shown);
        // What it complains of stands between what it shows, and fails the scenario.
        read(child.stderr.take().expect("a pipe"), &shown);
        Self { child, shown }
    }

    fn shown(&self) -> Vec<String> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until it has shown these, and nothing else.
    async fn shows(&self, lines: &[String]) {
        wait_for(&format!("{lines:?}"), async || {
            let shown = self.shown();
            assert!(lines.starts_with(&shown), "{shown:#?}");
            (shown == lines).then_some(())
        })
        .await;
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Reads along on a thread of its own.
fn read(from: impl std::io::Read + Send + 'static, into: &Arc<Mutex<Vec<String>>>) {
    let into = into.clone();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            into.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
    });
}

/// Node, of which version 20 has its WebSocket behind a flag.
fn node() -> Command {
    let mut node = Command::new("node");
    node.args(["--experimental-websocket", "--no-warnings"]);
    node
}

/// Python with what `tests/requirements.txt` names.
fn python() -> Command {
    let cache = || match std::env::var_os("XDG_CACHE_HOME") {
        Some(cache) => PathBuf::from(cache),
        None => PathBuf::from(std::env::var_os("HOME").expect("a home")).join(".cache"),
    };
    let salon = std::env::var_os("SALON_CACHE").map_or_else(|| cache().join("salon"), PathBuf::from);
    let folder = std::env::var_os("SALON_PYTHON").map_or_else(|| salon.join("tools/python"), PathBuf::from);
    Command::new(folder.join("bin/python"))
}

fn said(person: &Person, text: &str) -> String {
    format!("{}: {text}", person.id)
}

/// The same person, where the server listens now.
fn found_again(person: &Person, app: &TestApp) -> Person {
    let session = person.session().expect("she is logged in");
    person.with(Browser::with_session(&app.origin, &session))
}

/// Amina and Bruno, and what they say to each other.
async fn begun() -> (TestApp, Person, Person, ConversationId) {
    let app = TestApp::start(Engine::Sqlite).await;
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    (app, amina, bruno, talk)
}

/// Starts a server there, on this port or on any, at a time.
async fn at(place: &Place, port: u16, clock: Clock) -> TestApp {
    let mut config = place.config();
    config.salon.listen.set_port(port);
    let running = boot::start(config, clock.clone()).await.expect("the server starts");
    let origin = format!("http://{}", running.address);
    TestApp { running, origin, clock, place: place.clone() }
}

/// It says its line, hears what is said, and after the server was away for longer than its token is good, hears what was
/// said meanwhile, and goes on.
async fn it_listens_and_goes_on(program: Command, file: &str) {
    let (app, amina, bruno, talk) = begun().await;
    let port = app.running.address.port();
    amina.sends(talk, "Before").await;
    let example = Example::start(program, file, &app.origin, "The kettle is on.");
    let mut lines = vec![said(&bruno, "The kettle is on.")];
    example.shows(&lines).await;
    amina.sends(talk, "At last").await;
    lines.push(said(&amina, "At last"));
    example.shows(&lines).await;

    // Away, as far as it knows; what she says reaches it by no connection.
    let later = Clock::at(app.now().plus(LATER));
    let place = app.stop().await;
    let elsewhere = at(&place, 0, later.clone()).await;
    for number in 1..=3 {
        let line = format!("Cup {number}");
        found_again(&amina, &elsewhere).sends(talk, &line).await;
        lines.push(said(&amina, &line));
    }
    example.shows(&lines[..2]).await;
    elsewhere.stop().await;

    let app = at(&place, port, later).await;
    example.shows(&lines).await;
    let amina = found_again(&amina, &app);
    amina.sends(talk, "Still there?").await;
    lines.push(said(&amina, "Still there?"));
    example.shows(&lines).await;
    let texts = amina.reads_texts(talk).await;
    assert_eq!(texts, ["Before", "The kettle is on.", "At last", "Cup 1", "Cup 2", "Cup 3", "Still there?"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_example_for_node_listens_and_goes_on() {
    it_listens_and_goes_on(node(), "node.mjs").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_example_for_python_listens_and_goes_on() {
    it_listens_and_goes_on(python(), "python.py").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_example_for_curl_says_something_and_reads_on() {
    let (app, amina, bruno, talk) = begun().await;
    amina.sends(talk, "Before").await;
    let mut example = Example::start(Command::new("sh"), "curl.sh", &app.origin, "The \"kettle\" is on.");
    let status = wait_for("its end", async || example.child.try_wait().expect("its state")).await;
    example.shows(&[said(&bruno, "The \"kettle\" is on.")]).await;
    assert!(status.success(), "{status}");
    assert_eq!(amina.reads_texts(talk).await, ["Before", "The \"kettle\" is on."]);
}
