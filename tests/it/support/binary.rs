//! The real executable as a process of its own, to be killed.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};

use super::{Engine, app::Place, wait_for};

/// A server that runs.
pub struct Binary {
    child: Child,
    pub origin: String,
    log: Log,
}

/// What it has said so far.
type Log = Arc<Mutex<Vec<String>>>;

/// The executable with a clean environment.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_salon"));
    command.env_clear().env("LEPTOS_OUTPUT_NAME", "salon").env("NO_COLOR", "1");
    command
}

impl Binary {
    /// Starts it at a place, on any free port, and waits until it listens.
    pub async fn start(place: &Place) -> Self {
        Self::start_with(place, &[]).await
    }

    /// As [`Binary::start`], with variables in its environment.
    pub async fn start_with(place: &Place, variables: &[(&str, &str)]) -> Self {
        let mut command = command();
        command.arg("serve").arg("--config").arg(settings(place)).envs(variables.iter().copied());
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it can be started");
        let log = listen(&mut child);
        let origin = wait_for("the server to listen", async || {
            let lines = log.lock().unwrap_or_else(PoisonError::into_inner);
            if let Ok(Some(status)) = child.try_wait() {
                panic!("it ended with {status}: {lines:#?}");
            }
            lines.iter().find_map(|line| Some(line.split_once("listening on ")?.1.trim().to_owned()))
        })
        .await;
        Self { child, origin, log }
    }

    /// SIGKILL: nothing more is done, not even cleaning up.
    pub fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    /// SIGTERM: please.
    pub fn ask_to_stop(&self) {
        let pid = Pid::from_child(&self.child);
        kill_process(pid, Signal::TERM).expect("it runs");
    }

    /// Waits for its end; how it ended, and what it said.
    pub async fn ended(mut self) -> (ExitStatus, String) {
        let status = wait_for("the process to end", async || self.child.try_wait().expect("its state")).await;
        let said = self.log.lock().unwrap_or_else(PoisonError::into_inner).join("\n");
        (status, said)
    }
}

impl Drop for Binary {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A settings file for a server at `place`.
pub fn settings(place: &Place) -> std::path::PathBuf {
    let data = place.data();
    let database = match place.engine {
        Engine::Sqlite => String::new(),
        Engine::Postgres => {
            format!("[salon.database]\nurl = \"{}\"\n", place.database_url().expect("a database"))
        }
    };
    let text = format!(
        "[salon]\nlisten = \"127.0.0.1:0\"\ngeneral = false\ndata = \"{}\"\n{database}[salon.limits]\nsends_per_second = 100000\n\
         sends_at_once = 100000\nsign_ups_per_hour = 1000\nfriend_requests_per_hour = 1000\n",
        data.display()
    );
    let path = data.parent().expect("a folder").join("Leptos.toml");
    std::fs::write(&path, text).expect("a settings file");
    path
}

/// Reads along on a thread of its own, so that the process is never kept waiting for a reader.
fn listen(child: &mut Child) -> Log {
    let (log, stderr) = (Log::default(), child.stderr.take().expect("a pipe"));
    let kept = log.clone();
    std::thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            kept.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
    });
    log
}

/// For how long a load goes on before something happens to the server.
pub fn a_moment() -> Duration {
    Duration::from_millis(50 + u64::from(rand::random::<u8>()))
}
