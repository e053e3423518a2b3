//! Who is here, and what they say of themselves: the verbs of `presence/` and their SQL.

pub mod roster;

#[cfg(test)]
mod interleavings;

use std::{collections::HashMap, time::Duration};

use sqlx::QueryBuilder;

use super::{
    access,
    accounts::one_line,
    answer::{Failure, Outcome},
    caller::Caller,
    db::{Announcement, Tx, on_engine},
    friends::people,
    state::AppState,
};
use crate::{
    error::{Error, Field, Why},
    ids::AccountId,
    presence::{HereNow, LONGEST_LINE, Present, SeenBy, State, Status},
    realtime::event::{Event, Topic},
};

/// People who are connected among whom those are looked for of whom somebody may know.
const MOST_LOOKED_THROUGH: usize = 2_000;

/// Before asking again where the database did not answer.
const PAUSE: Duration = Duration::from_secs(1);

/// Asks who may know of somebody who is connected, and of whom they, and tells those whom it concerns. With `greeting`
/// their own screens are told of everyone.
///
/// # Errors
/// The database's own.
pub async fn ask(app: &AppState, account: AccountId, greeting: bool) -> Outcome<()> {
    // First of all: what changes from here on is asked again.
    let since = app.hub.turn();
    let status = status(app, account).await?;
    let others = access::acquaintances(&app.db, account).await?;
    app.hub.acquaint(account, since, status, &others, greeting);
    Ok(())
}

/// Asks again whenever who may know of whom may have changed, as long as the server runs.
pub async fn keep_up(app: AppState) {
    loop {
        let account = app.hub.doubted().await;
        if let Err(failure) = ask(&app, account, false).await {
            tracing::error!(error = %failure, %account, "who may know of somebody cannot be read");
            // Until then nobody learns more of them.
            app.hub.doubt(account);
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// What somebody says of themselves.
async fn status(app: &AppState, account: AccountId) -> Outcome<Status> {
    let row: Option<(i64, String)> = on_engine!(app.db.pool(), pool => sqlx::query_as(
        "select busy, status_line from account where id = $1",
    ).bind(account.get()).fetch_optional(pool).await)?;
    let (busy, line) = row.unwrap_or_default();
    Ok(Status { busy: busy == 1, line })
}

/// Whether `accounts` are here, as far as the caller may know; without those who are not. Without what they say of
/// themselves.
///
/// # Errors
/// The database's own.
pub async fn here(caller: &Caller, accounts: &[AccountId]) -> Outcome<Vec<Present>> {
    let states: HashMap<AccountId, State> = accounts
        .iter()
        .map(|account| (*account, caller.app.hub.state_of(*account)))
        .filter(|(_, state)| *state != State::Offline)
        .collect();
    let here: Vec<AccountId> = states.keys().copied().collect();
    let visible = access::visible(caller, &here).await?;
    let present = |account| Present { account, state: states[&account], line: String::new() };
    Ok(visible.into_iter().map(present).collect())
}

/// Those of whom the caller may know that they are connected now, and themselves if they are, by id: of
/// [`MOST_LOOKED_THROUGH`] who are.
///
/// # Errors
/// The database's own.
pub async fn online(caller: &Caller) -> Outcome<Vec<AccountId>> {
    let here = caller.app.hub.here(MOST_LOOKED_THROUGH);
    let mut ids = access::visible(caller, &here).await?;
    if caller.app.hub.state_of(caller.account) != State::Offline {
        ids.push(caller.account);
    }
    ids.sort_unstable();
    Ok(ids)
}

/// What the caller may know of `accounts`; without those of whom there is nothing to say.
///
/// # Errors
/// The database's own.
pub async fn of(caller: &Caller, accounts: &[AccountId]) -> Outcome<Vec<Present>> {
    let visible = access::visible(caller, accounts).await?;
    if visible.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, String)> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new("select id, status_line from account where id in (");
        let mut ids = query.separated(", ");
        for account in &visible {
            ids.push_bind(account.get());
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await
    })?;
    let present = |(id, line): (i64, String)| {
        let account = AccountId::try_from(id).ok()?;
        let state = caller.app.hub.state_of(account);
        (state != State::Offline || !line.is_empty()).then_some(Present { account, state, line })
    };
    Ok(rows.into_iter().filter_map(present).collect())
}

/// Those of whom the caller may follow that they are connected now, from behind the username `after` on.
///
/// # Errors
/// The database's own.
pub async fn here_now(caller: &Caller, after: Option<&str>) -> Outcome<HereNow> {
    let mut ids = access::acquaintances(&caller.app.db, caller.account).await?;
    ids.retain(|account| caller.app.hub.state_of(*account) != State::Offline);
    if ids.is_empty() {
        return Ok(HereNow::default());
    }
    // PostgreSQL takes no NUL in a text; no username holds one.
    let after = after.unwrap_or_default().replace('\0', "");
    let rows: Vec<(i64, String, String)> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new("select id, username, display_name from account where username > ");
        query.push_bind(&after).push(" and id in (");
        let mut all = query.separated(", ");
        for account in &ids {
            all.push_bind(account.get());
        }
        query.push(") order by username limit ").push_bind(HereNow::PAGE as i64 + 1);
        query.build_query_as().fetch_all(pool).await
    })?;
    let mut people = people(rows);
    let more = people.len() > HereNow::PAGE;
    people.truncate(HereNow::PAGE);
    let next = people.last().filter(|_| more).map(|last| last.username.clone());
    let shown: Vec<AccountId> = people.iter().map(|person| person.id).collect();
    Ok(HereNow { present: of(caller, &shown).await?, people, next })
}

/// Saves what the caller says of themselves; an empty line says nothing.
///
/// # Errors
/// `Invalid` for a line that is too long or cannot be shown.
pub async fn save_status(caller: &Caller, line: &str, busy: bool) -> Outcome<()> {
    caller.app.limits.sends.take(&caller.account)?;
    let line = match one_line(Field::Status, line, LONGEST_LINE) {
        Ok(line) => line,
        Err(Error::Invalid { why: Why::Missing, .. }) => String::new(),
        Err(error) => return Err(Failure::Refused(error)),
    };
    let account = caller.account;
    let status = Status { busy, line };
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let now = tx.now.millis();
            on_engine!(tx.connection(), connection => sqlx::query(
                "update account set busy = $2, status_line = $3, updated_at = $4 where id = $1",
            ).bind(account.get()).bind(i64::from(busy)).bind(&status.line).bind(now)
            .execute(connection).await.map(drop))?;
            tx.announce(Announcement::Described(account, status));
            tx.announce(Announcement::Account(account, Event::Changed { what: Topic::Settings }));
            Ok(())
        })
    });
    change.await
}

/// Stores who may know that somebody is here, within a change of what they have chosen.
///
/// # Errors
/// The database's own.
pub async fn choose_seen_by(tx: &mut Tx, account: AccountId, seen_by: SeenBy) -> Outcome<()> {
    on_engine!(tx.connection(), connection => sqlx::query("update account set seen_by = $2 where id = $1")
        .bind(account.get()).bind(seen_by.code()).execute(connection).await.map(drop))?;
    tx.announce(Announcement::Acquainted(account));
    Ok(())
}
