//! Two servers on one database.

use super::{Browser, Engine, Person, TestApp, app::Place};

/// A second node beside the first; on SQLite, which has one server, the first once more.
pub struct Nodes {
    pub first: TestApp,
    pub second: Option<TestApp>,
}

impl Nodes {
    pub async fn start(engine: Engine) -> Self {
        let first = TestApp::start(engine).await;
        let second = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => {
                let place: Place = first.place.second_node();
                let mut config = place.config();
                config.salon.node = 1;
                Some(TestApp::at(place, config).await)
            }
        };
        Self { first, second }
    }

    pub fn second(&self) -> &TestApp {
        self.second.as_ref().unwrap_or(&self.first)
    }

    /// The same person, with the same session, at the second node.
    pub async fn at_second(&self, person: &Person) -> Person {
        let session = person.session().expect("a session");
        Person::known(self.second(), &person.name, Browser::with_session(&self.second().origin, &session))
            .await
    }
}
