//! Sending what is due, as if its author sent it now: by the same path, with the same rights, names, paces and limits.
//!
//! One transaction posts it and takes its row away, so that nothing is ever sent twice, whoever else sends, edits or removes
//! it at the same time, and whenever the server stops.

use super::scheduling::place;
use crate::{
    error::Error,
    ids::{AccountId, ClientKey, ConversationId, MessageId, ScheduledId},
    later::scheduled::Hindrance,
    mentions,
    messages::MessageBody,
    server::{
        activity,
        answer::{Failure, Outcome},
        caller::Caller,
        crypto::{Keyring, Place},
        db::{Tx, on_engine, sql},
        messages::posting::{self, Post},
        state::AppState,
    },
};

/// Messages that are sent before it is looked what else is due.
const AT_ONCE: i64 = 50;

/// What could not be tried for a reason that is not its own is tried again so much later (milliseconds).
const LATER: i64 = 60_000;

/// Who wants it sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// Its time has come.
    Due,
    /// This person wants it now.
    Now(AccountId),
}

/// What has become of it.
#[derive(Debug)]
enum End {
    Sent,
    /// It waits no longer, or not for now.
    Elsewhere,
    /// One must wait so many seconds between two messages there.
    Wait(u32),
    /// It stays, with the reason.
    Refused(Error),
}

/// Sends what the caller has waiting, now.
///
/// # Errors
/// `NotFound` if it is not theirs, or waits no longer; what refuses a message, which is noted with it; `TooFast`.
pub async fn send_now(caller: &Caller, id: ScheduledId) -> Outcome<()> {
    caller.app.limits.sends.take(&caller.account)?;
    let row: Option<i64> = on_engine!(caller.app.db.pool(), pool =>
        sqlx::query_scalar("select conversation_id from scheduled where id = $1 and account_id = $2")
            .bind(id.get()).bind(caller.account.get()).fetch_optional(pool).await)?;
    let conversation = row.ok_or(Failure::Refused(Error::NotFound))?;
    match send(&caller.app, id, conversation, Wish::Now(caller.account)).await? {
        End::Sent => Ok(()),
        End::Elsewhere => Err(Error::NotFound.into()),
        End::Wait(retry_in) => Err(Error::TooFast { retry_in }.into()),
        End::Refused(error) => Err(error.into()),
    }
}

/// Sends what is due; when the next is.
///
/// # Errors
/// The database's own, if it cannot be asked. What cannot be sent alone keeps nothing else.
pub(super) async fn send_due(app: &AppState) -> Outcome<Option<i64>> {
    let due: Vec<(i64, i64, i64)> = on_engine!(app.db.pool(), pool => sqlx::query_as(
        "select id, account_id, conversation_id from scheduled
         where try_at is not null and try_at <= $1
         order by try_at, id
         limit $2",
    ).bind(app.clock.now().millis()).bind(AT_ONCE).fetch_all(pool).await)?;
    for (id, account, conversation) in due {
        let broken = |_| Failure::Internal("what is scheduled has an invalid id");
        let (id, account) = (id.try_into().map_err(broken)?, account.try_into().map_err(broken)?);
        if let Err(failure) = send_one(app, id, account, conversation).await {
            tracing::error!(error = %failure, scheduled = %id, "a message that is due could not be sent");
            put_off(app, id, LATER).await?;
        }
    }
    Ok(on_engine!(app.db.pool(), pool => sqlx::query_scalar(
        "select try_at from scheduled where try_at is not null and try_at > 0 order by try_at, id limit 1",
    ).fetch_optional(pool).await)?)
}

async fn send_one(app: &AppState, id: ScheduledId, account: AccountId, conversation: i64) -> Outcome<()> {
    let wait = match app.limits.sends.take(&account) {
        Ok(()) => match send(app, id, conversation, Wish::Due).await? {
            End::Wait(seconds) => seconds,
            End::Sent | End::Elsewhere | End::Refused(_) => return Ok(()),
        },
        Err(Error::TooFast { retry_in }) => retry_in,
        Err(error) => return Err(error.into()),
    };
    put_off(app, id, i64::from(wait) * 1_000).await
}

/// It is tried again so many milliseconds from now, if it still is to be.
async fn put_off(app: &AppState, id: ScheduledId, millis: i64) -> Outcome<()> {
    let change = app.writer.change(move |tx| {
        Box::pin(async move {
            let now = tx.now;
            on_engine!(tx.connection(), connection => sqlx::query(
                "update scheduled set try_at = $3 where id = $1 and try_at <= $2",
            )
            .bind(id.get()).bind(now.millis()).bind(now.plus(millis).millis())
            .execute(connection).await.map(drop))?;
            Ok(())
        })
    });
    change.await
}

async fn send(app: &AppState, id: ScheduledId, conversation: i64, wish: Wish) -> Outcome<End> {
    let (keyring, message) = (app.keyring.clone(), app.mint.next());
    let characters = app.config.limits.message_characters;
    let change = app.writer.change(move |tx| {
        Box::pin(async move {
            let Some(waiting) = take_up(tx, id, conversation, wish).await? else { return Ok(End::Elsewhere) };
            let text = keyring.open(place(id, waiting.body_version), &waiting.body)?;
            let Ok(body) = MessageBody::new(&text, characters) else {
                let error = Error::TooMuch;
                return refuse(tx, (id, waiting.account()?), Hindrance::Text, error, wish).await;
            };
            let post = post(&keyring, message, &waiting, body.as_str())?;
            let answer = posting::post_all(tx, std::slice::from_ref(&post)).await?.pop();
            match answer.unwrap_or(Err(Failure::Internal("a post has no answer"))) {
                Ok(_) => forget(tx, id, post.sender).await,
                Err(Failure::Refused(Error::TooFast { retry_in })) => Ok(End::Wait(retry_in)),
                Err(Failure::Refused(error)) => {
                    let hindrance = match error {
                        Error::NotFound => Hindrance::Gone,
                        Error::Conflict => Hindrance::Key,
                        _ => Hindrance::ReadOnly,
                    };
                    refuse(tx, (id, post.sender), hindrance, error, wish).await
                }
                Err(failure) => Err(failure),
            }
        })
    });
    change.await
}

/// What is to be sent, still sealed.
#[derive(sqlx::FromRow)]
struct Waiting {
    account_id: i64,
    conversation_id: i64,
    client_key: String,
    body: Vec<u8>,
    body_version: i64,
}

impl Waiting {
    fn account(&self) -> Outcome<AccountId> {
        self.account_id.try_into().map_err(|_| Failure::Internal("what is scheduled has an invalid id"))
    }
}

/// Holds its conversation, as whoever posts does first, then the account, as whoever deletes theirs does, and then the row:
/// none if it is gone, was moved, or was refused meanwhile.
async fn take_up(tx: &mut Tx, id: ScheduledId, conversation: i64, wish: Wish) -> Outcome<Option<Waiting>> {
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select id from conversation where id = $1",
        postgres: "select id from conversation where id = $1 for update",
    );
    on_engine!(connection, connection =>
        sqlx::query(text).bind(conversation).execute(connection).await.map(drop))?;
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select id from account where id = (select account_id from scheduled where id = $1)",
        postgres: "select id from account where id = (select account_id from scheduled where id = $1) for key share",
    );
    on_engine!(connection, connection =>
        sqlx::query(text).bind(id.get()).execute(connection).await.map(drop))?;

    let (whose, until) = match wish {
        Wish::Now(account) => (Some(account.get()), None),
        Wish::Due => (None, Some(tx.now.millis())),
    };
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select account_id, conversation_id, client_key, body, body_version from scheduled
                 where id = $1 and (account_id = $2 or try_at <= $3)",
        postgres: "select account_id, conversation_id, client_key, body, body_version from scheduled
                   where id = $1 and (account_id = $2 or try_at <= $3) for update",
    );
    Ok(on_engine!(connection, connection =>
        sqlx::query_as(text).bind(id.get()).bind(whose).bind(until).fetch_optional(connection).await)?)
}

/// As `messages::send` makes one.
fn post(keyring: &Keyring, id: MessageId, waiting: &Waiting, body: &str) -> Outcome<Post> {
    let broken = |_| Failure::Internal("what is scheduled has an invalid id");
    let conversation: ConversationId = waiting.conversation_id.try_into().map_err(broken)?;
    let key: ClientKey = waiting.client_key.clone().try_into().map_err(broken)?;
    Ok(Post {
        id,
        conversation,
        sender: waiting.account()?,
        key,
        digest: keyring.digest(&[&conversation.get().to_be_bytes(), body.as_bytes()]),
        body: body.to_owned(),
        reply_to: None,
        thread: None,
        forwarded: false,
        draft: None,
        sealed: keyring.seal(Place { table: "message", id: id.get(), version: 0 }, body)?,
        named: mentions::named(body),
        asked: None,
    })
}

/// It was sent: nothing waits any more.
async fn forget(tx: &mut Tx, id: ScheduledId, account: AccountId) -> Outcome<End> {
    on_engine!(tx.connection(), connection => sqlx::query("delete from scheduled where id = $1")
        .bind(id.get()).execute(connection).await.map(drop))?;
    tx.announce(activity::changed(account));
    Ok(End::Sent)
}

/// It stays with the reason, and its author is told, who may not be here to see the answer.
async fn refuse(
    tx: &mut Tx,
    (id, account): (ScheduledId, AccountId),
    hindrance: Hindrance,
    error: Error,
    wish: Wish,
) -> Outcome<End> {
    on_engine!(tx.connection(), connection => sqlx::query(
        "update scheduled set try_at = null, refused = $2 where id = $1",
    ).bind(id.get()).bind(hindrance.code()).execute(connection).await.map(drop))?;
    if wish == Wish::Due {
        activity::unsent(tx, account).await?;
    }
    tx.announce(activity::changed(account));
    Ok(End::Refused(error))
}
