//! A Salon of its own for each scenario: the real server in this process, on a free port, in a new folder.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use salon::{
    server::{
        boot::{self, Running},
        clock::Clock,
        config::{Config, LimitSettings},
    },
    time::Timestamp,
};
use tempfile::TempDir;

use super::{
    Browser, Engine, Person,
    store::{Database, Store},
};

/// A running Salon.
pub struct TestApp {
    pub running: Running,
    /// What browsers call it.
    pub origin: String,
    /// Stands still until [`TestApp::pass`] moves it.
    pub clock: Clock,
    pub place: Place,
}

/// Where a Salon keeps its things; outlives the server, so that another can be started there.
#[derive(Clone)]
pub struct Place {
    pub engine: Engine,
    folder: Arc<TempDir>,
    database: Option<Arc<Database>>,
}

impl Place {
    /// A new folder and, on PostgreSQL, a new database.
    pub async fn new(engine: Engine) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a temporary folder can be made"));
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Arc::new(Database::create().await)),
        };
        Self { engine, folder, database }
    }

    /// The same database with another folder, as a second node has it. It has the same master key.
    pub fn second_node(&self) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let other = Self { folder: Arc::new(folder), ..self.clone() };
        for name in ["", "keys"] {
            make_private(&other.data().join(name));
        }
        std::fs::copy(self.data().join("keys/master.key"), other.data().join("keys/master.key"))
            .expect("the key can be copied");
        other
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Its database as a setting; none where it is the file in the folder.
    pub fn database_url(&self) -> Option<String> {
        self.database.as_ref().map(|database| database.url())
    }

    /// Settings for a server here: any free port, and limits that nobody reaches by accident.
    pub fn config(&self) -> Config {
        let mut config = Config::default();
        config.salon.listen = ([127, 0, 0, 1], 0).into();
        config.salon.data = self.data();
        config.database.url = self.database_url().map(|url| url.parse().expect("our own URL"));
        config.limits = generous();
        // Only where a scenario is about it.
        config.salon.general = false;
        config
    }

    /// A connection to the rows, beside the server.
    pub async fn store(&self) -> Store {
        match &self.database {
            Some(database) => database.connect().await,
            None => Store::sqlite(&self.data().join("salon.sqlite3")).await,
        }
    }
}

fn make_private(folder: &Path) {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).expect("a folder can be made");
}

/// Limits far above what a scenario does.
pub fn generous() -> LimitSettings {
    LimitSettings {
        sends_per_second: 100_000,
        sends_at_once: 100_000,
        sign_ups_per_hour: 100_000,
        failed_log_ins_per_quarter: 100_000,
        failures_from_one_address_per_quarter: 100_000,
        friend_requests_per_hour: 100_000,
        groups_per_hour: 100_000,
        frames_per_second: 100_000,
        frames_at_once: 100_000,
        codes_to_one_number_per_hour: 100_000,
        codes_from_one_address_per_hour: 100_000,
        codes_per_hour: 100_000,
        searches_per_minute: 100_000,
        ..LimitSettings::default()
    }
}

impl TestApp {
    /// A new Salon.
    pub async fn start(engine: Engine) -> Self {
        Self::with(engine, |_| {}).await
    }

    /// A new Salon with some settings of its own.
    pub async fn with(engine: Engine, set: impl FnOnce(&mut Config)) -> Self {
        let place = Place::new(engine).await;
        let mut config = place.config();
        set(&mut config);
        Self::at(place, config).await
    }

    /// A Salon in a place where there may have been one before.
    pub async fn at(place: Place, config: Config) -> Self {
        Self::try_at(place, config).await.expect("the server starts")
    }

    /// As [`TestApp::at`], where it may refuse to start.
    pub async fn try_at(place: Place, config: Config) -> anyhow::Result<Self> {
        let clock = Clock::at(Clock::system().now());
        let running = boot::start(config, clock.clone()).await?;
        let origin = format!("http://{}", running.address);
        Ok(Self { running, origin, clock, place })
    }

    /// Stops it in order; its place remains.
    pub async fn stop(self) -> Place {
        self.running.stop().await;
        self.place
    }

    /// Lets time pass.
    pub fn pass(&self, millis: i64) {
        self.clock.set(self.now().plus(millis));
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A browser that nobody has used yet.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.origin)
    }

    /// Somebody who has just signed up.
    pub async fn person(&self, name: &str) -> Person {
        Person::signs_up(self, name).await
    }

    /// Amina and Bruno, who are friends.
    pub async fn two_friends(&self) -> (Person, Person) {
        let (amina, bruno) = (self.person("amina").await, self.person("bruno").await);
        amina.befriends(&bruno).await;
        (amina, bruno)
    }

    /// Amina, Bruno and Carla. Amina is a friend of both.
    pub async fn three_friends(&self) -> [Person; 3] {
        let (amina, bruno) = self.two_friends().await;
        let carla = self.person("carla").await;
        amina.befriends(&carla).await;
        [amina, bruno, carla]
    }

    pub async fn store(&self) -> Store {
        self.place.store().await
    }
}

impl Place {
    /// Whether some text stands anywhere in what is stored: in any file of the folder, in any row.
    pub async fn holds(&self, text: &str) -> bool {
        let in_file = |path: &Path| {
            let bytes = std::fs::read(path).expect("a file of ours can be read");
            bytes.windows(text.len()).any(|part| part == text.as_bytes())
        };
        let mut folders = vec![self.data()];
        while let Some(folder) = folders.pop() {
            for entry in folder.read_dir().expect("a folder of ours").flatten() {
                let path = entry.path();
                match path.is_dir() {
                    true => folders.push(path),
                    false if in_file(&path) => return true,
                    false => {}
                }
            }
        }
        self.database.is_some() && self.store().await.holds(text).await
    }
}
