//! Starting and stopping, as whoever runs a Salon sees it.

use std::process::Output;

use crate::support::{Engine, TestApp, app::Place, binary};

fn salon(arguments: &[&str]) -> Output {
    binary::command().args(arguments).output().expect("it can be started")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

#[test]
fn help_names_every_flag_and_its_variable() {
    for arguments in [&["--help"][..], &["serve", "--help"]] {
        let output = salon(arguments);
        assert_eq!(output.status.code(), Some(0));
        let said = said(&output);
        for name in ["LISTEN", "DATA", "DATABASE", "ORIGIN", "CONFIG", "SITE", "INSECURE_HTTP"] {
            let flag = format!("--{}", name.to_lowercase().replace('_', "-"));
            assert!(said.contains(&flag) && said.contains(&format!("SALON_{name}")), "{flag}: {said}");
        }
        for name in
            ["SMS_GATEWAY", "SMS_BASE_URL", "SMS_API_KEY", "SMS_SENDER", "SMS_CHANNEL", "WEBHOOKS_REACH"]
        {
            let flag = format!("--{}", name.to_lowercase().replace('_', "-"));
            assert!(said.contains(&flag) && said.contains(&format!("SALON_{name}")), "{flag}: {said}");
        }
        assert!(said.contains("TERMII_API_KEY"), "{said}");
    }
    assert!(said(&salon(&["--version"])).contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_wrong_setting_is_refused_with_file_line_and_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("Leptos.toml");
    let path = file.to_str().expect("a plain path");
    for (text, line, reason) in [
        ("[salon]\n\ncolour = \"red\"", 3, "unknown field `colour`"),
        ("[salon]\nlisten = \"nowhere\"", 2, "invalid"),
        ("[salon.limits]\nsends_per_second = -1", 2, "-1"),
    ] {
        std::fs::write(&file, text).expect("a file");
        let output = salon(&["serve", "--config", path]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains(path) && said.contains(&format!("line {line}")) && said.contains(reason),
            "{said}"
        );
    }
    for arguments in
        [&["serve", "--database", "mysql://x"][..], &["serve", "--listen", "x"], &["dance"], &["--port", "1"]]
    {
        let output = salon(arguments);
        assert!(output.status.code().is_some_and(|code| code != 0), "{arguments:?}");
    }
    let output = salon(&["serve", "--config", "/nowhere/Leptos.toml"]);
    assert!(said(&output).contains("/nowhere/Leptos.toml"), "{}", said(&output));
}

#[test]
fn other_machines_are_not_served_over_plain_http_by_accident() {
    let output = salon(&["serve", "--listen", "0.0.0.0:0", "--data", "/nowhere/at/all"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("--insecure-http"), "{}", said(&output));
}

#[tokio::test]
async fn a_second_process_on_the_same_folder_is_refused() {
    let place = Place::new(Engine::Sqlite).await;
    let first = binary::Binary::start(&place).await;
    let output =
        salon(&["serve", "--listen", "127.0.0.1:0", "--data", place.data().to_str().expect("a plain path")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("another Salon is running"), "{}", said(&output));
    let health = crate::support::Browser::new(&first.origin).gets("/health").await;
    assert_eq!(health.status, 200, "the first is unharmed");
    // The lock goes with the process, however it ends.
    first.kill();
    binary::Binary::start(&place).await.ask_to_stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_says_nothing_or_half_of_it_is_cut_off() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let app = TestApp::start(Engine::Sqlite).await;
    let begun = std::time::Instant::now();
    let cut_off = async |beginning: &[u8]| {
        let mut stream =
            tokio::net::TcpStream::connect(app.running.address).await.expect("the server listens");
        stream.write_all(beginning).await.expect("written");
        // Whether with an answer or without one: the connection ends, at the server's own wish.
        drop(stream.read_to_end(&mut Vec::new()).await);
    };
    tokio::join!(
        cut_off(b""),
        cut_off(b"GET / HTTP/1.1\r\nHost: salon\r\nX-Half"),
        cut_off(b"PRI * HTTP/2.0\r\n")
    );
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clean_stop_leaves_everything_in_one_file() {
    let app = TestApp::start(Engine::Sqlite).await;
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    amina.sends(talk, "the last word").await;
    let place = app.stop().await;
    let log = std::fs::metadata(place.data().join("salon.sqlite3-wal")).map_or(0, |about| about.len());
    assert_eq!(log, 0, "bytes stayed behind in the write-ahead log");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn live_connections_are_told_of_a_restart() {
    let app = TestApp::start(Engine::Sqlite).await;
    let (amina, bruno) = app.two_friends().await;
    let (hers, his) = (amina.connects().await, bruno.connects().await);
    let stopping = async {
        app.stop().await;
    };
    let ((), hers, his) = tokio::join!(stopping, hers.close_code(), his.close_code());
    assert_eq!((hers, his), (Some(1012), Some(1012)));
}
