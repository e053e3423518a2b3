//! Who asks, and at which doors: a table is read, walked and held against what is answered.

use std::collections::BTreeMap;

use salon::ids::{ConversationId, SpaceId};

use crate::support::{Answer, Browser, Person, TestApp, houses::joins, new_key};

/// What is asked.
#[derive(Debug, Clone)]
pub enum Door {
    Page(String),
    Read(String),
    Do(String, Vec<(String, String)>),
}

/// One line of a table.
#[derive(Debug)]
pub struct Row {
    pub door: String,
    /// By column.
    pub answers: Vec<String>,
}

pub fn parse(table: &str) -> (Vec<&str>, Vec<Row>) {
    let mut lines = table.lines().filter(|line| !line.trim().is_empty());
    let (_, columns) = lines.next().and_then(|line| line.split_once('|')).expect("a line of columns");
    let columns: Vec<&str> = columns.split_whitespace().collect();
    let width = columns.len();
    let rows = lines.map(|line| {
        let (door, answers) = line.split_once('|').expect("a door and answers");
        let answers: Vec<String> = answers.split_whitespace().map(str::to_owned).collect();
        assert_eq!(answers.len(), width, "{line}");
        Row { door: door.trim().to_owned(), answers }
    });
    (columns, rows.collect())
}

/// The people and places of one table.
pub struct World {
    pub app: TestApp,
    pub people: BTreeMap<&'static str, Person>,
    pub nobody: Browser,
    pub names: BTreeMap<String, String>,
    /// Brings somebody in who is there for one cell.
    pub extra: Option<Extra>,
    /// What whoever is refused must not see.
    pub canary: &'static str,
    extras: usize,
}

#[derive(Debug, Clone, Copy)]
pub enum Extra {
    Group(ConversationId),
    Space(SpaceId),
    Channel(SpaceId, ConversationId),
}

impl World {
    pub fn of(app: TestApp, people: Vec<(&'static str, Person)>) -> Self {
        let nobody = app.browser();
        let names = people.iter().map(|(name, person)| ((*name).to_owned(), person.id.to_string())).collect();
        Self {
            app,
            people: people.into_iter().collect(),
            nobody,
            names,
            extra: None,
            canary: "canary",
            extras: 0,
        }
    }

    pub fn call(&mut self, name: &str, value: impl ToString) {
        self.names.insert(name.to_owned(), value.to_string());
    }

    pub fn door(&self, written: &str) -> Door {
        let mut text = written.to_owned();
        for (name, value) in &self.names {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        let text = text.replace("{key}", &new_key());
        let (kind, rest) = text.split_once(' ').expect("a kind of door");
        let rest = rest.trim();
        match kind {
            "GET" => Door::Page(rest.to_owned()),
            "READ" => Door::Read(rest.to_owned()),
            "DO" => {
                // A name in braces may hold spaces.
                let mut spaced = String::new();
                let mut inside = false;
                for c in rest.chars() {
                    match c {
                        '{' => inside = true,
                        '}' => inside = false,
                        ' ' if inside => spaced.push('\u{1}'),
                        c => spaced.push(c),
                    }
                }
                let mut parts = spaced.split_whitespace();
                let function = parts.next().expect("a function").to_owned();
                let fields = parts.map(|part| {
                    let (name, value) = part.split_once('=').expect("name=value");
                    (name.to_owned(), value.replace('\u{1}', " "))
                });
                Door::Do(function, fields.collect())
            }
            kind => panic!("no door is of the kind {kind}"),
        }
    }

    pub async fn asks(&self, browser: &Browser, door: &Door) -> Answer {
        match door {
            Door::Page(path) => browser.gets(path).await,
            Door::Read(query) => browser.reads(query).await,
            Door::Do(function, fields) => {
                let fields: Vec<(&str, &str)> =
                    fields.iter().map(|(name, value)| (&**name, &**value)).collect();
                browser.calls(function, &fields).await
            }
        }
    }

    /// Somebody new in the place that the table is about, for one cell.
    async fn bring_zed(&mut self) {
        let Some(extra) = self.extra else { return };
        self.extras += 1;
        let zed = self.app.person(&format!("zed{}", self.extras)).await;
        self.call("zed", zed.id);
        match extra {
            Extra::Group(group) => {
                let admin = &self.people["admin"];
                zed.befriends(admin).await;
                admin.adds(group, &zed).await.well();
            }
            Extra::Space(space) => assert!(joins(&self.app, &zed, space).await),
            Extra::Channel(space, private) => {
                assert!(joins(&self.app, &zed, space).await);
                self.people["owner"].adds(private, &zed).await.well();
            }
        }
    }

    /// Asks at every door as everyone.
    pub async fn walk(&mut self, table: &str) {
        let (columns, rows) = parse(table);
        for row in rows {
            self.bring_zed().await;
            let mut store = self.app.store().await;
            let before = store.snapshot().await;
            let mut unchanged = true;
            for (column, right) in columns.iter().zip(&row.answers) {
                let granted = matches!(&**right, "ok" | "some");
                if granted && unchanged {
                    // From here on something may change.
                    assert_eq!(store.snapshot().await, before, "{} has changed something", row.door);
                    unchanged = false;
                }
                if right == "some" {
                    self.bring_zed().await;
                }
                let door = self.door(&row.door);
                let browser = if *column == "anon" { &self.nobody } else { &*self.people[column] };
                let answer = self.asks(browser, &door).await;
                check(&row.door, column, right, self.canary, &door, &answer);
            }
            if unchanged {
                assert_eq!(store.snapshot().await, before, "{} has changed something", row.door);
            }
        }
    }
}

pub fn check(written: &str, column: &str, right: &str, canary: &str, door: &Door, answer: &Answer) {
    let text = answer.text();
    let told = format!("{written} as {column}: {} {text}", answer.status);
    match right {
        "ok" | "some" => assert!(answer.status < 400, "{told}"),
        "in" => {
            assert_eq!(answer.status, 303, "{told}");
            assert!(answer.location().starts_with("/login"), "{told}");
        }
        status => assert_eq!(answer.status.to_string(), status, "{told}"),
    }
    let refused = matches!(right, "in" | "401" | "403" | "404");
    // A page says again which address was asked for; what is refused by 403 is known of.
    let shown = if matches!(door, Door::Page(_)) { text.replace("canary=", "") } else { text };
    assert!(!refused || right == "403" || !shown.contains(canary), "{told}");
}
