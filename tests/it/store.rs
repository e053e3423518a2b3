//! What is kept: refusing what cannot be trusted, sealing, and the log of what happened.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use salon::server::audit;

use crate::{
    on_both_engines,
    support::{
        Engine, TestApp,
        app::Place,
        cast::{PASSWORD, logs_in},
    },
};

on_both_engines! {
    a_restart_finds_everything,
    a_schema_from_the_future_is_refused_and_left_alone,
    a_schema_that_was_tampered_with_is_refused,
    data_without_its_key_is_refused_and_no_key_is_made,
    the_wrong_key_is_refused,
    a_key_that_others_may_read_is_refused,
    a_folder_that_others_may_enter_is_refused,
    a_second_server_on_the_same_folder_is_refused,
    the_audit_log_tells_who_came_and_went,
    a_row_of_the_audit_log_cannot_be_changed_unnoticed,
}

/// Why a server does not start here.
async fn refusal(place: &Place) -> String {
    match TestApp::try_at(place.clone(), place.config()).await {
        Ok(_) => panic!("it starts"),
        Err(error) => format!("{error:#}"),
    }
}

async fn a_restart_finds_everything(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let first = amina.sends(talk, "before").await;
    let session = amina.session().expect("a session");
    let place = app.stop().await;

    let app = TestApp::at(place.clone(), place.config()).await;
    let browser = crate::support::Browser::with_session(&app.origin, &session);
    let amina = crate::support::Person::known(&app, "amina", browser).await;
    let second = amina.sends(talk, "after").await;
    assert_eq!(amina.reads_conversation(talk).await.messages, [first.clone(), second.clone()]);
    assert!(second.id > first.id && second.position == 2);
}

async fn a_schema_from_the_future_is_refused_and_left_alone(app: TestApp) {
    app.person("amina").await;
    let place = app.stop().await;
    let mut store = place.store().await;
    let checksum = if place.engine == Engine::Sqlite { "x'00'" } else { "'\\x00'::bytea" };
    store
        .run(format!(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             values (9000, 'what is to come', true, {checksum}, 0)"
        ))
        .await;
    let before = store.snapshot().await;
    let refusal = refusal(&place).await;
    assert!(refusal.contains("newer Salon") && refusal.contains("9000"), "{refusal}");
    assert_eq!(store.snapshot().await, before);

    store.run("delete from _sqlx_migrations where version = 9000").await;
    let app = TestApp::at(place.clone(), place.config()).await;
    logs_in(&app.browser(), "amina", PASSWORD).await.well();
}

async fn a_schema_that_was_tampered_with_is_refused(app: TestApp) {
    let place = app.stop().await;
    let checksum = if place.engine == Engine::Sqlite { "x'00'" } else { "'\\x00'::bytea" };
    let sql = format!("update _sqlx_migrations set checksum = {checksum} where version = 2");
    place.store().await.run(sql).await;
    let refusal = refusal(&place).await;
    assert!(refusal.contains("migration 2"), "{refusal}");
}

fn key(place: &Place) -> std::path::PathBuf {
    place.data().join("keys/master.key")
}

async fn data_without_its_key_is_refused_and_no_key_is_made(app: TestApp) {
    let place = app.stop().await;
    let kept = fs::read(key(&place)).expect("a key");
    fs::remove_file(key(&place)).expect("removed");
    let refusal = refusal(&place).await;
    assert!(refusal.contains("master.key") && refusal.contains("missing"), "{refusal}");
    assert!(!key(&place).exists());

    fs::write(key(&place), kept).expect("put back");
    fs::set_permissions(key(&place), fs::Permissions::from_mode(0o600)).expect("chmod");
    TestApp::at(place.clone(), place.config()).await;
}

async fn the_wrong_key_is_refused(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    amina.sends(talk, "sealed").await;
    let place = app.stop().await;
    for wrong in [&"ab".repeat(32), "", "not a key", &"zz".repeat(32), &"ab".repeat(31)] {
        fs::write(key(&place), wrong).expect("written");
        let refusal = refusal(&place).await;
        assert!(refusal.contains("master"), "{wrong:?}: {refusal}");
    }
}

async fn a_key_that_others_may_read_is_refused(app: TestApp) {
    let place = app.stop().await;
    assert_eq!(mode(&key(&place)), 0o600);
    fs::set_permissions(key(&place), fs::Permissions::from_mode(0o644)).expect("chmod");
    let refusal = refusal(&place).await;
    assert!(refusal.contains("master.key") && refusal.contains("644"), "{refusal}");
}

async fn a_folder_that_others_may_enter_is_refused(app: TestApp) {
    let place = app.stop().await;
    assert_eq!((mode(&place.data()), mode(&place.data().join("keys"))), (0o700, 0o700));
    for folder in [place.data(), place.data().join("keys")] {
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o750)).expect("chmod");
        let refusal = refusal(&place).await;
        assert!(refusal.contains("750"), "{refusal}");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("chmod");
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

async fn a_second_server_on_the_same_folder_is_refused(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let refusal = refusal(&app.place).await;
    assert!(refusal.contains("another Salon is running"), "{refusal}");
    amina.sends(talk, "unharmed").await;
    let place = app.stop().await;
    TestApp::at(place.clone(), place.config()).await;
}

#[tokio::test]
async fn an_empty_database_does_not_take_the_place_of_a_lost_one() {
    let place = TestApp::start(Engine::Sqlite).await.stop().await;
    for file in ["salon.sqlite3", "salon.sqlite3-wal", "salon.sqlite3-shm"] {
        drop(fs::remove_file(place.data().join(file)));
    }
    let refusal = refusal(&place).await;
    assert!(refusal.contains("salon.sqlite3 is gone"), "{refusal}");
    assert!(!place.data().join("salon.sqlite3").exists());
}

async fn the_audit_log_tells_who_came_and_went(app: TestApp) {
    let amina = app.person("amina").await;
    logs_in(&app.browser(), "amina", "not this one").await;
    logs_in(&app.browser(), "nobody", "not this one").await;
    logs_in(&amina, "amina", PASSWORD).await.well();
    amina.calls("log_out", &[]).await.well();
    let mut store = app.store().await;
    let sql =
        "select action || ' ' || coalesce(actor_id, 0) || ' ' || coalesce(subject_id, 0) || ' ' || address
               from audit order by id";
    let id = amina.id;
    assert_eq!(
        store.texts(sql).await,
        [
            format!("signed_up {id} {id} 127.0.0.1"),
            format!("log_in_failed 0 {id} 127.0.0.1"),
            "log_in_failed 0 0 127.0.0.1".to_owned(),
            format!("logged_in {id} {id} 127.0.0.1"),
            format!("logged_out {id} {id} 127.0.0.1"),
        ]
    );
    assert_eq!(audit::verify(&app.running.app.db).await.expect("read"), None);
}

async fn a_row_of_the_audit_log_cannot_be_changed_unnoticed(app: TestApp) {
    let amina = app.person("amina").await;
    for _ in 0..3 {
        logs_in(&amina, "amina", PASSWORD).await.well();
    }
    let mut store = app.store().await;
    for sql in ["update audit set at = at + 1 where id = 2", "delete from audit where id = 2"] {
        assert!(store.try_run(sql).await.is_err(), "{sql}");
    }
    store.without_audit_triggers().await;
    store.run("update audit set at = at + 1 where id = 2").await;
    assert_eq!(audit::verify(&app.running.app.db).await.expect("read"), Some(2));
    store.run("update audit set at = at - 1 where id = 2").await;
    assert_eq!(audit::verify(&app.running.app.db).await.expect("read"), None);
    store.run("delete from audit where id = 2").await;
    assert_eq!(audit::verify(&app.running.app.db).await.expect("read"), Some(3));
}
