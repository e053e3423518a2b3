//! What every scenario stands on: a real server in this process, people with browsers, sockets, and the rows.

pub mod app;
pub mod binary;
pub mod browser;
pub mod cast;
pub mod houses;
pub mod load;
pub mod nodes;
pub mod socket;
pub mod socket_io;
pub mod store;

use std::{future::Future, time::Duration};

pub use app::TestApp;
pub use browser::{Answer, Browser};
pub use cast::Person;
pub use socket::Socket;

/// No scenario waits longer for one thing. Reached only when something is broken.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// One of the two databases that Salon stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// What a scenario is given: a server with the usual settings, or the engine, to start servers of its own on.
pub trait Stage: Sized {
    fn set(engine: Engine) -> impl Future<Output = Self>;
}

impl Stage for Engine {
    async fn set(engine: Engine) -> Self {
        engine
    }
}

impl Stage for TestApp {
    async fn set(engine: Engine) -> Self {
        Self::start(engine).await
    }
}

/// Plays one scenario.
pub async fn play<S: Stage>(engine: Engine, scenario: impl AsyncFnOnce(S)) {
    // Boxed: a scenario holds everything that happens in it.
    Box::pin(async move { scenario(S::set(engine).await).await }).await;
}

/// Makes of each scenario a test on SQLite and one on PostgreSQL.
#[macro_export]
macro_rules! on_both_engines {
    ($($scenario:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $scenario() {
                $crate::support::play($crate::support::Engine::Sqlite, super::$scenario).await;
            })+
        }

        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $scenario() {
                $crate::support::play($crate::support::Engine::Postgres, super::$scenario).await;
            })+
        }
    };
}

/// Looks again and again until there is something to see; what is missing after [`DEADLINE`] is `what`.
pub async fn wait_for<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = std::time::Instant::now();
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(begun.elapsed() < DEADLINE, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// `future`, which is expected to be done long before [`DEADLINE`].
pub async fn in_time<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, future).await.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}

/// A client key that nobody has used.
pub fn new_key() -> String {
    salon::ids::ClientKey::from_random(rand::random()).to_string()
}
