//! Those who look after a Salon: how one becomes one of them, whom they see, and what they tell everybody.

use salon::{
    error::{Error, Field, Why},
    ids::AccountId,
    realtime::event::Event,
    server::audit,
    staff::Accounts,
};

use crate::{
    on_both_engines,
    support::{
        Answer, Browser, Person, TestApp,
        app::Place,
        binary::{Binary, command, settings},
        cast, wait_for,
    },
};

on_both_engines! {
    whoever_has_the_printed_token_is_staff_once,
    of_many_with_the_token_one_is_staff,
    nobody_is_staff_by_signing_up,
    a_start_prints_a_token_while_nobody_is_staff,
    only_staff_sees_the_accounts,
    staff_makes_staff_and_takes_it_back,
    premium_is_given_and_taken_without_a_new_log_in,
    everybody_who_is_here_is_told,
    what_cannot_be_told_is_refused,
    the_command_line_says_who_is_staff,
}

impl Person {
    /// With the token that this start has printed.
    pub async fn looks_after(&self, app: &TestApp) {
        let token = app.running.staff_token.clone().expect("nobody is staff yet");
        self.calls("become_staff", &[("token", &token)]).await.well();
    }

    async fn sets(&self, function: &str, account: AccountId, is: bool) -> Answer {
        let field = function.strip_prefix("set_").expect("a name of a mark");
        let (account, is) = (account.to_string(), is.to_string());
        self.calls(function, &[("account", &account), (&format!("is_{field}"), &is)]).await
    }

    async fn announces(&self, text: &str) -> Answer {
        self.calls("announce", &[("text", text)]).await
    }

    async fn sees_accounts(&self, query: &str) -> Accounts {
        self.reads(&format!("staff{query}")).await.well().json()
    }
}

fn usernames(accounts: &Accounts) -> Vec<&str> {
    accounts.accounts.iter().map(|account| account.person.username.as_str()).collect()
}

const WRONG: Error = Error::invalid(Field::Token, Why::Wrong);

async fn whoever_has_the_printed_token_is_staff_once(app: TestApp) {
    let [amina, bruno] = [app.person("amina").await, app.person("bruno").await];
    for wrong in ["", "x", "salon", "\u{0}", &"a".repeat(10_000)] {
        assert_eq!(amina.calls("become_staff", &[("token", wrong)]).await.error(), WRONG, "{wrong:?}");
    }
    assert_eq!(amina.reads("staff").await.error(), Error::Forbidden);
    let token = app.running.staff_token.clone().expect("nobody is staff yet");
    // As it is copied from a terminal.
    amina.calls("become_staff", &[("token", &format!(" {token}\n"))]).await.well();
    assert_eq!(usernames(&amina.sees_accounts("").await), ["amina", "bruno"]);
    assert_eq!(bruno.calls("become_staff", &[("token", &token)]).await.error(), WRONG);
    assert_eq!(bruno.reads("staff").await.error(), Error::Forbidden);

    let mut store = app.store().await;
    let noted = store.number(format!(
        "select count(*) from audit where action = 'staff_made' and subject_id = {}",
        amina.id
    ));
    assert_eq!(noted.await, 1);
    assert_eq!(audit::verify(&app.running.app.db).await.expect("the log can be read"), None);
}

async fn of_many_with_the_token_one_is_staff(app: TestApp) {
    let token = app.running.staff_token.clone().expect("nobody is staff yet");
    let mut people = Vec::new();
    for n in 0..8 {
        people.push(app.person(&format!("person{n}")).await);
    }
    let claims = people.iter().map(|person| {
        let token = token.clone();
        async move { person.calls("become_staff", &[("token", &token)]).await.status }
    });
    let answers = futures_util::future::join_all(claims).await;
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
    assert_eq!(app.store().await.number("select count(*) from account where is_staff").await, 1);
}

async fn nobody_is_staff_by_signing_up(app: TestApp) {
    let amina = app.person("amina").await;
    let fields = [("display_name", "Amina"), ("is_staff", "true"), ("is_premium", "true")];
    amina.calls("save_name", &fields).await;
    amina.calls("sign_up", &[("username", "zed"), ("is_staff", "true")]).await;
    assert_eq!(
        app.store().await.number("select count(*) from account where is_staff or is_premium").await,
        0
    );
}

async fn a_start_prints_a_token_while_nobody_is_staff(app: TestApp) {
    let first = app.running.staff_token.clone().expect("nobody is staff yet");
    let place = app.stop().await;
    let config = place.config();
    let app = TestApp::at(place, config).await;
    let second = app.running.staff_token.clone().expect("nobody is staff yet");
    let amina = app.person("amina").await;
    assert_eq!(amina.calls("become_staff", &[("token", &first)]).await.error(), WRONG);
    amina.calls("become_staff", &[("token", &second)]).await.well();

    let place = app.stop().await;
    let config = place.config();
    let app = TestApp::at(place, config).await;
    assert_eq!(app.running.staff_token, None);
    assert!(!app.place.holds(&second).await, "what was printed is stored nowhere");
}

async fn only_staff_sees_the_accounts(app: TestApp) {
    let amina = app.person("amina").await;
    amina.looks_after(&app).await;
    let mut store = app.store().await;
    for n in 0..60 {
        store
            .run(format!(
                "insert into account (id, username, display_name, email, email_key, created_at, updated_at)
                 values ({}, 'many{n:02}', 'Many', 'many{n}', 'many{n}', 1, 1)",
                9_000_000_000_000_000_i64 + n
            ))
            .await;
    }
    let first = amina.sees_accounts("").await;
    assert_eq!(first.accounts.len(), Accounts::PAGE as usize);
    let after = first.next.clone().expect("there are more");
    let second = amina.sees_accounts(&format!("?after={after}")).await;
    assert_eq!(first.accounts.len() + second.accounts.len(), 61);
    assert_eq!(second.next, None);
    assert!(usernames(&first).iter().chain(&usernames(&second)).is_sorted());
    assert_eq!(amina.page("/staff").await.matches("class=\"person\"").count(), 50);

    let bruno = app.person("bruno").await;
    assert_eq!(bruno.gets("/staff").await.status, 403);
    assert!(!bruno.page("/settings").await.contains("href=\"/staff\""));
    assert!(amina.page("/settings").await.contains("href=\"/staff\""));
    assert_eq!(bruno.sets("set_staff", bruno.id, true).await.error(), Error::Forbidden);
    assert_eq!(bruno.sets("set_premium", bruno.id, true).await.error(), Error::Forbidden);
    assert_eq!(bruno.announces("Hello").await.error(), Error::Forbidden);
    let nobody = bruno.elsewhere();
    assert_eq!(nobody.reads("staff").await.error(), Error::SignedOut);
    assert_eq!(nobody.calls("announce", &[("text", "Hello")]).await.error(), Error::SignedOut);
}

async fn staff_makes_staff_and_takes_it_back(app: TestApp) {
    let [amina, bruno] = [app.person("amina").await, app.person("bruno").await];
    amina.looks_after(&app).await;
    let unknown = AccountId::try_from(7).expect("an id");
    assert_eq!(amina.sets("set_staff", unknown, true).await.error(), Error::NotFound);
    for _ in 0..2 {
        amina.sets("set_staff", bruno.id, true).await.well();
    }
    bruno.sets("set_staff", amina.id, false).await.well();
    assert_eq!(amina.sets("set_staff", bruno.id, false).await.error(), Error::Forbidden);
    assert_eq!(amina.reads("staff").await.error(), Error::Forbidden);
    let noted =
        app.store().await.texts("select action from audit where action like 'staff%' order by id").await;
    assert_eq!(noted, ["staff_made", "staff_made", "staff_taken"], "what was so before is no change");
}

async fn premium_is_given_and_taken_without_a_new_log_in(app: TestApp) {
    let [amina, bruno] = [app.person("amina").await, app.person("bruno").await];
    amina.looks_after(&app).await;
    let has = async || bruno.page("/settings").await.contains("You have the premium pass.");
    assert!(!has().await);
    amina.sets("set_premium", bruno.id, true).await.well();
    assert!(has().await);
    assert!(!amina.page("/settings").await.contains("You have the premium pass."));
    amina.sets("set_premium", bruno.id, false).await.well();
    assert!(!has().await);
}

async fn everybody_who_is_here_is_told(app: TestApp) {
    let [amina, bruno] = [app.person("amina").await, app.person("bruno").await];
    amina.looks_after(&app).await;
    let mut screens = vec![amina.connects().await, bruno.connects().await, bruno.connects().await];
    amina.announces("  We restart at noon.  ").await.well();
    for screen in &mut screens {
        let told = loop {
            if let Event::Announcement(told) = screen.next_event().await {
                break told;
            }
        };
        assert_eq!((told.text.as_str(), told.from.id), ("We restart at noon.", amina.id));
        let more = screen.events_so_far().await;
        assert!(!more.iter().any(|event| matches!(event, Event::Announcement(_))), "{more:?}");
    }
    let noted = app.store().await.number("select count(*) from audit where action = 'announced'").await;
    assert_eq!(noted, 1);
    assert!(!app.place.holds("We restart at noon.").await, "it is kept nowhere");
}

async fn what_cannot_be_told_is_refused(app: TestApp) {
    let amina = app.person("amina").await;
    amina.looks_after(&app).await;
    for (text, why) in [
        ("".to_owned(), Why::Missing),
        (" \u{200b} ".to_owned(), Why::Missing),
        ("a".repeat(1_001), Why::TooLong { at_most: 1_000 }),
        ("bell\u{7}".to_owned(), Why::Characters),
    ] {
        assert_eq!(amina.announces(&text).await.error(), Error::invalid(Field::Body, why), "{text:?}");
    }
    for _ in 0..5 {
        amina.announces("Hello").await.well();
    }
    assert_eq!(amina.announces("Hello").await.status, 429);
}

/// Runs `salon staff …` at a place; what it prints, or complains about.
fn staff(place: &Place, what: &[&str]) -> Result<String, String> {
    let run = command().arg("staff").args(what).arg("--config").arg(settings(place)).output();
    let run = run.expect("it can be started");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text").trim().to_owned();
    if run.status.success() { Ok(text(run.stdout)) } else { Err(text(run.stderr)) }
}

async fn the_command_line_says_who_is_staff(app: TestApp) {
    let place = app.stop().await;
    let server = Binary::start(&place).await;
    let amina = Browser::new(&server.origin);
    cast::signs_up(&amina, "amina", &cast::address("amina"), cast::PASSWORD).await.well();
    // Beside the server that runs.
    assert_eq!(staff(&place, &["list"]), Ok(String::new()));
    assert_eq!(staff(&place, &["add", "amina"]), Ok("amina is staff now".to_owned()));
    let seen: Accounts = amina.reads("staff").await.well().json();
    assert_eq!(usernames(&seen), ["amina"]);
    let unknown = staff(&place, &["add", "nobody"]).expect_err("there is no such account");
    assert!(unknown.contains("nobody here is called nobody"), "{unknown}");
    assert_eq!(staff(&place, &["remove", "amina"]), Ok("amina is not staff any more".to_owned()));
    wait_for("it to hold", async || (amina.reads("staff").await.status == 403).then_some(())).await;
    // And without one.
    server.ask_to_stop();
    server.ended().await;
    staff(&place, &["add", "amina@example.org"]).expect("the address does as well");
    assert_eq!(staff(&place, &["list"]), Ok("amina".to_owned()));

    let missing = tempfile::tempdir().expect("a folder");
    let run = command()
        .args(["staff", "list", "--data"])
        .arg(missing.path().join("none"))
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(!run.status.success() && said.contains("start one first"), "{said}");
}
