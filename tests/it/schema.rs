//! The tables: the same on both engines, and found by their indexes.

use std::{fs, path::Path};

use crate::{
    on_both_engines,
    support::{Browser, Engine, TestApp, app::Place, store::Store, wait_for},
};

on_both_engines! {
    no_query_of_a_page_scans_a_table,
}

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_and_indexes() {
    let (sqlite, postgres) = (TestApp::start(Engine::Sqlite).await, TestApp::start(Engine::Postgres).await);
    let columns = sqlite
        .store()
        .await
        .texts(
            "select t.name || '.' || c.name || case when c.\"notnull\" or c.pk > 0 then ' not null' else '' end
             from sqlite_master as t join pragma_table_info(t.name) as c
             where t.type = 'table' and t.name not like '\\_sqlx%' escape '\\' and t.name not like 'sqlite%' order by 1",
        )
        .await;
    let same = postgres
        .store()
        .await
        .texts(
            "select (table_name || '.' || column_name || case is_nullable when 'NO' then ' not null' else '' end)
                    collate \"C\" as line
             from information_schema.columns
             where table_schema = 'public' and table_name not like '\\_sqlx%' order by line",
        )
        .await;
    assert_eq!(columns, same);
    assert!(columns.len() > 40, "{columns:?}");

    let indexes =
        "select name from sqlite_master where type = 'index' and name not like 'sqlite%' order by name";
    let indexes = sqlite.store().await.texts(indexes).await;
    let same =
        "select indexname::text from pg_indexes where schemaname = 'public' and tablename not like '\\_sqlx%'
                and indexname not like '%\\_pkey' and indexname not like '%\\_key' order by 1";
    assert_eq!(indexes, postgres.store().await.texts(same).await);
}

async fn no_query_of_a_page_scans_a_table(app: TestApp) {
    let mut store = app.store().await;
    if app.place.engine == Engine::Postgres {
        // It would scan tables as small as these. Forbidden to, it does so only where no index helps.
        store.run("set enable_seqscan = off").await;
        store.run("set plan_cache_mode = force_generic_plan").await;
    }
    let mut asked = 0;
    for file in [
        "conversations/listing",
        "conversations/showing",
        "conversations/describing",
        "conversations/members",
        "conversations/mod",
        "conversations/choices",
        "messages/mod",
        "messages/changing",
        "messages/talks",
        "messages/searching",
        "phones/mod",
        "phones/codes",
        "accounts/profiles",
        "access/people",
        "messages/editing",
        "messages/reacting",
        "messages/retracting",
        "polls/mod",
        "polls/asking",
        "polls/closing",
        "polls/voting",
        "polls/withdrawing",
        "access/authors",
        "access/moderating",
        "reading",
        "receipts/mod",
        "access/confidants",
        "finding",
        "spaces/showing",
        "mentions/counting",
        "mentions/completing",
        "access/noticing",
        "activity/reading",
        "threads",
        "drafts",
        "tokens/mod",
        "tokens/families",
        "later/reminding",
        "later/scheduling",
        "later/sending",
        "bots/mod",
        "access/bots",
        "webhooks/outgoing",
        "webhooks/incoming",
        "webhooks/telling",
    ] {
        // Only one of the engines locks rows.
        let locks = |sql: &String| {
            ["for update", "for key share", "for no key update"].iter().any(|lock| sql.ends_with(lock))
        };
        for sql in queries(file).into_iter().filter(|sql| !locks(sql)) {
            let plan = store.plan(&sql).await;
            assert!(!plan.iter().any(|step| scans(&plan, step)), "{sql}\n{plan:#?}");
            // What is unread is found by who wrote it: walking over one's own messages could take any time. PostgreSQL
            // decides by what it knows of the rows, and here there are none.
            let by_writer =
                plan.iter().any(|step| step.contains("message_unread (conversation_id=? AND sender_id=?"));
            // In a group there are too many of them: there it is found by its order.
            let by_order = ["message_1", "message_in_room"]
                .map(|index| format!("{index} (conversation_id=? AND position>?"))
                .iter()
                .any(|order| plan.iter().any(|step| step.contains(order)));
            let counts = |whose| {
                sql.contains(whose) && sql.contains("<> 'system'") && app.place.engine == Engine::Sqlite
            };
            assert!(!counts("sender_id = ") || by_writer, "{sql}\n{plan:#?}");
            assert!(!counts("sender_id <> ") || by_order, "{sql}\n{plan:#?}");
            // What turns to everyone is found by its mark.
            let by_mark =
                plan.iter().any(|step| step.contains("message_to_all (conversation_id=? AND position>?"));
            let marked = sql.contains("mentions_all = 1") && app.place.engine == Engine::Sqlite;
            assert!(!marked || by_mark, "{sql}\n{plan:#?}");
            asked += 1;
        }
    }
    assert!(asked >= 12, "{asked} queries were found");
}

/// The queries that stand in a file of the server, whole.
fn queries(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/server").join(file).with_extension("rs");
    let text = fs::read_to_string(&path).expect("a file of ours");
    let columns =
        "id, sender_id, position, revision, kind, body, created_at, edited_at, delete_at, deleted_at";
    let text = text.replace("\", columns!(), \"", columns);
    // What is put together from pieces is no query yet.
    let whole = |text: &&str| text.starts_with("select ") && !text.ends_with([' ', '(']);
    let texts = text.split('"').filter(whole);
    texts.map(str::to_owned).collect()
}

/// Whether a step of a plan goes through a whole table, or a whole index. What a step before has gathered is neither.
fn scans(plan: &[String], step: &str) -> bool {
    let gathered = |name: &str| {
        plan.iter().any(|step| {
            matches!(step.split_once(' '), Some(("CO-ROUTINE" | "MATERIALIZE", gathered)) if gathered == name)
        })
    };
    match step.strip_prefix("SCAN ") {
        Some(rest) => rest != "CONSTANT ROW" && !gathered(rest.split(' ').next().unwrap_or_default()),
        None => step.contains("Seq Scan"),
    }
}

/// PostgreSQL counts what it reads. Forbidden to read whole tables, it does so only where no index helps.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_reads_more_than_it_shows() {
    let app = TestApp::start(Engine::Postgres).await;
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for n in 0..60 {
        amina.sends(talk, &n.to_string()).await;
    }
    let session = amina.session().expect("a session");
    let place = app.stop().await;
    crowd(&mut place.store().await).await;

    let parts = ["", "?before=30", "?after=30"].map(|part| format!("/c/{talk}{part}"));
    for page in ["/", "/friends", "/settings"].into_iter().chain(parts.iter().map(String::as_str)) {
        TestApp::at(place.clone(), place.config()).await.stop().await;
        let before = rows_read(&place).await;
        let app = TestApp::at(place.clone(), place.config()).await;
        Browser::with_session(&app.origin, &session).page(page).await;
        app.stop().await;
        let read = rows_read(&place).await - before;
        assert!(read < 400, "{page} reads {read} rows");
    }
}

/// Rows that have been read so far, through an index or not. A connection leaves its counts when it closes.
async fn rows_read(place: &Place) -> i64 {
    let mut store = place.store().await;
    let others = "select count(*) from pg_stat_activity where datname = current_database()
                  and backend_type = 'client backend' and pid <> pg_backend_pid()";
    wait_for("the other connections to close", async || (store.number(others).await == 0).then_some(()))
        .await;
    let read = "select coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::bigint from pg_stat_user_tables
                where relname in ('account', 'session', 'friendship', 'conversation', 'participant', 'message')";
    place.store().await.number(read).await
}

/// Two thousand others, who have friends and talk.
async fn crowd(store: &mut Store) {
    store
        .run_all(
            "insert into account (id, username, display_name, email, email_key, created_at, updated_at)
               select n, 'p' || n, 'P', 'p' || n, 'p' || n, 0, 0 from generate_series(1, 2000) as n;
             insert into friendship select n, n + 1, 'accepted', n, 0, 0 from generate_series(1, 1999) as n;
             insert into conversation (id, kind, active_at, created_at)
               select n, 'direct', 0, 0 from generate_series(1, 1999) as n;
             insert into participant (conversation_id, account_id, joined_at)
               select n, n + more, 0 from generate_series(1, 1999) as n, generate_series(0, 1) as more;
             insert into message (id, conversation_id, sender_id, client_key, client_digest, position, revision, body, created_at)
               select n, n, n, 'k' || n, '', 1, 1, '', 0 from generate_series(1, 1999) as n;
             insert into session (id_hash, account_id, data, created_at, seen_at, expires_at)
               select decode(md5(n::text), 'hex'), n, '{}', 0, 0, 9000000000000 from generate_series(1, 2000) as n;
             analyze;",
        )
        .await;
    let database = store.texts("select current_database()::text").await.remove(0);
    store.run(format!("alter database {database} set enable_seqscan = off")).await;
}
