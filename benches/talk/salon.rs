//! The real executable, started in a folder of its own.

use std::{
    fs::{self, DirBuilder},
    io::{BufRead, BufReader},
    num::NonZero,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use sqlx::{ConnectOptions, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::{Failure, machine};

/// Limits that nothing here reaches.
const SETTINGS: &str = "[salon]\ngeneral = false\n[salon.limits]\nsends_per_second = 1000000\nsends_at_once = 1000000\n\
    sign_ups_per_hour = 1000000\nfriend_requests_per_hour = 1000000\n\
    frames_per_second = 1000000\nframes_at_once = 1000000\n";

/// What a commit waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synchronous {
    Full,
    Normal,
}

/// A data folder, gone when this is.
pub struct Home {
    folder: tempfile::TempDir,
}

/// A Salon that runs.
pub struct Salon {
    child: Child,
    pub origin: String,
    /// When its process was begun.
    pub begun: Instant,
}

impl Synchronous {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Normal => "normal",
        }
    }
}

impl Home {
    pub fn new() -> Result<Self, Failure> {
        Ok(Self { folder: machine::folder()? })
    }

    /// Another folder with the same in it. Nobody may be at home here meanwhile.
    pub fn copied(&self) -> Result<Self, Failure> {
        let copy = Self::new()?;
        copy_folder(&self.data(), &copy.data())?;
        Ok(copy)
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn database(&self) -> PathBuf {
        self.data().join("salon.sqlite3")
    }

    /// A connection to the rows beside the server.
    pub async fn rows(&self) -> Result<SqliteConnection, Failure> {
        Ok(SqliteConnectOptions::new().filename(self.database()).connect().await?)
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Failure> {
    DirBuilder::new().mode(0o700).create(to)?;
    for entry in fs::read_dir(from)?.flatten() {
        let (old, new) = (entry.path(), to.join(entry.file_name()));
        if old.is_dir() { copy_folder(&old, &new)? } else { fs::copy(old, new).map(drop)? }
    }
    Ok(())
}

impl Salon {
    /// Starts it and waits until it listens.
    pub fn start(home: &Home, synchronous: Synchronous) -> Result<Self, Failure> {
        let settings = home.folder.path().join("Leptos.toml");
        fs::write(&settings, SETTINGS)?;
        let executable =
            std::env::var_os("SALON_BENCH").ok_or("SALON_BENCH names the executable: use bin/bench")?;
        let mut command = machine::measured(Path::new(&executable));
        command.args(["serve", "--listen", "127.0.0.1:0", "--config"]).arg(settings);
        command.arg("--data").arg(home.data());
        if synchronous == Synchronous::Normal {
            let database = home.database();
            command.arg("--database").arg(format!("sqlite:{}?synchronous=normal", database.display()));
        }
        let begun = Instant::now();
        let mut child = command.stderr(Stdio::piped()).env("NO_COLOR", "1").spawn()?;
        let origin = listening(&mut child)?;
        Ok(Self { child, origin, begun })
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Stops it in order, after which everything is in the one file.
    pub fn stop(mut self) -> Result<(), Failure> {
        kill_process(Pid::from_child(&self.child), Signal::TERM)?;
        let status = self.child.wait()?;
        crate::check(status.success(), || format!("the server ended with {status}"))
    }
}

impl Drop for Salon {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Reads where a process listens, and then goes on reading so that it is never kept waiting.
pub fn listening(child: &mut Child) -> Result<String, Failure> {
    let mut lines = BufReader::new(child.stderr.take().ok_or("no log")?).lines();
    let origin = loop {
        let line = lines.next().ok_or("the server did not start")??;
        if let Some((_, origin)) = line.split_once("listening on ") {
            break origin.trim().to_owned();
        }
    };
    std::thread::spawn(move || lines.for_each(drop));
    Ok(origin)
}

/// What a side used while something was measured.
pub struct Meter {
    process: u32,
    begun: Instant,
    before: (Duration, Duration),
}

/// Over so long, so much by what was measured and by what drove it.
#[derive(Debug, Clone, Copy)]
pub struct Used {
    pub whole: Duration,
    pub server: Duration,
    pub generator: Duration,
}

impl Meter {
    pub fn start(process: u32) -> Result<Self, Failure> {
        let before = (machine::computed(process)?, machine::computed_here()?);
        Ok(Self { process, begun: Instant::now(), before })
    }

    pub fn stop(self) -> Result<Used, Failure> {
        let whole = self.begun.elapsed();
        let (server, generator) = (machine::computed(self.process)?, machine::computed_here()?);
        Ok(Used {
            whole,
            server: server.saturating_sub(self.before.0),
            generator: generator.saturating_sub(self.before.1),
        })
    }
}

impl Used {
    /// How much of the time of its cores the one who drives has used.
    pub fn generator_busy(&self) -> f64 {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get) as f64;
        self.generator.as_secs_f64() / (self.whole.as_secs_f64() * cores)
    }
}
