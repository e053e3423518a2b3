//! What is to be sent at a time: putting it down, looking at it, changing it, and letting go of it. Its author alone sees
//! it. Sending it is `sending.rs`' work.

use super::hold;
use crate::{
    error::{Error, Field, Why},
    finding::Entry,
    ids::{AccountId, ClientKey, ConversationId, ScheduledId},
    later::scheduled::{Hindrance, MOST_SCHEDULED, Revisable, Schedulable, Scheduled, ScheduledLine},
    messages::MessageBody,
    server::{
        access::{self, Member, Right},
        activity,
        answer::{Failure, Outcome},
        caller::Caller,
        conversations,
        crypto::Place,
        db::{Tx, on_engine, sql},
        finding,
    },
    text::action,
    time::Timestamp,
};

/// Where a text is sealed.
pub(super) const fn place(id: ScheduledId, version: i64) -> Place {
    Place { table: "scheduled", id: id.get(), version }
}

impl Hindrance {
    /// As it is stored.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::ReadOnly => "read_only",
            Self::Text => "text",
            Self::Key => "key",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Gone, Self::ReadOnly, Self::Text, Self::Key].into_iter().find(|it| it.code() == code)
    }
}

/// What the member needs for having something sent later.
///
/// # Errors
/// `Forbidden` where they may only read now.
pub async fn schedulable(caller: &Caller, member: &Member) -> Outcome<Schedulable> {
    must_write(caller, member).await?;
    let about = conversations::about(caller, member).await?;
    let place = about.called(crate::server::pages::locale().words());
    let key = ClientKey::from_random(rand::random());
    Ok(Schedulable { place, key, now: caller.app.clock.now() })
}

async fn must_write(caller: &Caller, member: &Member) -> Outcome<()> {
    if access::right(caller, member).await? == Right::Write { Ok(()) } else { Err(Error::Forbidden.into()) }
}

/// Has a text sent to the member's conversation when it is `due`, under `key`. The same again under the same key stores
/// nothing. Whether they may write there is asked again when it is sent.
///
/// # Errors
/// `Invalid` for a text that cannot be sent, and if [`MOST_SCHEDULED`] wait already; `Forbidden` where they may only read
/// now; `NotFound` for who is gone meanwhile; `Conflict` if something else waits under the key; `TooFast`.
pub async fn schedule(
    caller: &Caller,
    member: &Member,
    key: ClientKey,
    typed: &str,
    due: Timestamp,
) -> Outcome<()> {
    let body = MessageBody::new(typed, caller.app.config.limits.message_characters)?;
    caller.app.limits.sends.take(&caller.account)?;
    must_write(caller, member).await?;
    let id: ScheduledId = caller.app.mint.next();
    let keyring = caller.app.keyring.clone();
    let (me, conversation, body) = (member.account(), member.conversation(), body.as_str().to_owned());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            hold(tx, me).await?;
            if let Some((known, version, there, sealed)) = known(tx, me, &key).await? {
                let is_same =
                    there == conversation.get() && keyring.open(place(known, version), &sealed)? == body;
                return if is_same { Ok(()) } else { Err(Error::Conflict.into()) };
            }
            make_sure_of_room(tx, me).await?;
            let sealed = keyring.seal(place(id, 0), &body)?;
            store(tx, (id, me), conversation, &key, &sealed, due).await?;
            tx.announce(activity::changed(me));
            Ok(())
        })
    });
    change.await?;
    caller.app.later.notify_one();
    Ok(())
}

/// What waits under a key already: its id, version, conversation and text.
async fn known(
    tx: &mut Tx,
    me: AccountId,
    key: &ClientKey,
) -> Outcome<Option<(ScheduledId, i64, i64, Vec<u8>)>> {
    let row: Option<(i64, i64, i64, Vec<u8>)> = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select id, body_version, conversation_id, body from scheduled where account_id = $1 and client_key = $2",
    ).bind(me.get()).bind(key.as_str()).fetch_optional(connection).await)?;
    let known = |(id, version, there, sealed): (i64, i64, i64, Vec<u8>)| {
        let id = id.try_into().map_err(|_| Failure::Internal("what is scheduled has an invalid id"))?;
        Ok((id, version, there, sealed))
    };
    row.map(known).transpose()
}

async fn make_sure_of_room(tx: &mut Tx, me: AccountId) -> Outcome<()> {
    let waiting: i64 = on_engine!(tx.connection(), connection =>
        sqlx::query_scalar("select count(*) from scheduled where account_id = $1")
            .bind(me.get()).fetch_one(connection).await)?;
    if waiting >= i64::from(MOST_SCHEDULED) {
        return Err(Failure::invalid(Field::Scheduled, Why::TooLong { at_most: MOST_SCHEDULED }));
    }
    Ok(())
}

async fn store(
    tx: &mut Tx,
    (id, me): (ScheduledId, AccountId),
    conversation: ConversationId,
    key: &ClientKey,
    sealed: &[u8],
    due: Timestamp,
) -> Outcome<()> {
    let stored = on_engine!(tx.connection(), connection => sqlx::query(
        "insert into scheduled (id, account_id, conversation_id, client_key, body, due_at, try_at)
         select $1, me.account_id, me.conversation_id, $4, $5, $6, $6
         from participant as me
         where me.account_id = $2 and me.conversation_id = $3",
    )
    .bind(id.get()).bind(me.get()).bind(conversation.get()).bind(key.as_str()).bind(sealed).bind(due.millis())
    .execute(connection).await.map(|done| done.rows_affected()))?;
    if stored == 0 { Err(Error::NotFound.into()) } else { Ok(()) }
}

/// Gives what waits another text and another time, and tries it then, whatever hindered it before.
///
/// # Errors
/// `NotFound` if it is not the caller's, or waits no longer; `Invalid` for a text that cannot be sent; `TooFast`.
pub async fn revise(caller: &Caller, id: ScheduledId, typed: &str, due: Timestamp) -> Outcome<()> {
    let body = MessageBody::new(typed, caller.app.config.limits.message_characters)?;
    caller.app.limits.sends.take(&caller.account)?;
    let (me, keyring, body) = (caller.account, caller.app.keyring.clone(), body.as_str().to_owned());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            hold(tx, me).await?;
            let version = version_held(tx, id, me).await?.ok_or(Failure::Refused(Error::NotFound))? + 1;
            let sealed = keyring.seal(place(id, version), &body)?;
            // One statement: a row that the same transaction had changed before would have its references checked
            // once more, which waits for whoever holds the conversation to send this very message.
            on_engine!(tx.connection(), connection => sqlx::query(
                "update scheduled
                 set body = $2, body_version = $3, due_at = $4, try_at = $4, refused = null
                 where id = $1",
            )
            .bind(id.get()).bind(sealed).bind(version).bind(due.millis())
            .execute(connection).await.map(drop))?;
            tx.announce(activity::changed(me));
            Ok(())
        })
    });
    change.await?;
    caller.app.later.notify_one();
    Ok(())
}

/// Holds what the account has waiting, as it is now; how often it was changed.
async fn version_held(tx: &mut Tx, id: ScheduledId, me: AccountId) -> Outcome<Option<i64>> {
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select body_version from scheduled where id = $1 and account_id = $2",
        postgres: "select body_version from scheduled where id = $1 and account_id = $2 for update",
    );
    Ok(on_engine!(connection, connection =>
        sqlx::query_scalar(text).bind(id.get()).bind(me.get()).fetch_optional(connection).await)?)
}

/// Lets go of what waits: it will not be sent.
///
/// # Errors
/// `NotFound` if it is not the caller's, or waits no longer, perhaps because it was sent; `TooFast`.
pub async fn cancel(caller: &Caller, id: ScheduledId) -> Outcome<()> {
    caller.app.limits.frames.take(&caller.account)?;
    let me = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let gone = on_engine!(tx.connection(), connection => sqlx::query(
                "delete from scheduled where id = $1 and account_id = $2",
            ).bind(id.get()).bind(me.get()).execute(connection).await.map(|done| done.rows_affected()))?;
            if gone == 0 {
                return Err(Error::NotFound.into());
            }
            tx.announce(activity::changed(me));
            Ok(())
        })
    });
    change.await
}

#[derive(sqlx::FromRow)]
struct Row {
    scheduled_id: i64,
    scheduled_body: Vec<u8>,
    body_version: i64,
    due_at: i64,
    refused: Option<String>,
    /// None where the author no longer is.
    id: Option<i64>,
    kind: Option<String>,
    title: Option<String>,
    with_id: Option<i64>,
    username: Option<String>,
    display_name: Option<String>,
    space: Option<String>,
}

/// What waits, with the names of places only where its author still is.
macro_rules! asking_what_waits {
    ($end:literal) => {
        concat!(
            "select scheduled.id as scheduled_id, scheduled.body as scheduled_body, scheduled.body_version,
                    scheduled.due_at, scheduled.refused,
                    conversation.id, conversation.kind, conversation.title,
                    account.id as with_id, account.username, account.display_name, space.name as space
             from scheduled
             left join participant as me
               on me.conversation_id = scheduled.conversation_id and me.account_id = scheduled.account_id
             left join conversation on conversation.id = me.conversation_id
             left join channel on channel.id = conversation.channel_id
             left join space on space.id = channel.space_id
             left join account on conversation.kind = 'direct' and account.id = (
               select peer.account_id from participant as peer
               where peer.conversation_id = me.conversation_id and peer.account_id <> me.account_id
               limit 1
             )
             ",
            $end
        )
    };
}

/// Everything that the caller has waiting.
///
/// # Errors
/// The database's own.
pub async fn scheduled(caller: &Caller) -> Outcome<Scheduled> {
    let rows: Vec<Row> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(asking_what_waits!(
        "where scheduled.account_id = $1
         order by case when scheduled.refused is null then 1 else 0 end, scheduled.due_at, scheduled.id
         limit $2"
    )).bind(caller.account.get()).bind(i64::from(MOST_SCHEDULED)).fetch_all(pool).await)?;
    let lines = rows.into_iter().map(|row| {
        // One that cannot be opened must not take the whole page with it.
        let text = row.text(caller);
        let text = text.inspect_err(|failure| tracing::error!(error = %failure, "an excerpt is left empty"));
        Ok(ScheduledLine {
            id: row.id()?,
            text: action::beginning(&text.unwrap_or_default(), ScheduledLine::CHARACTERS).text,
            due_at: Timestamp::from_millis(row.due_at),
            hindrance: row.hindrance(),
            place: row.place(),
        })
    });
    Ok(Scheduled { lines: lines.collect::<Outcome<_>>()? })
}

/// One message that the caller has waiting.
///
/// # Errors
/// `NotFound` if it is not theirs, or waits no longer.
pub async fn revisable(caller: &Caller, id: ScheduledId) -> Outcome<Revisable> {
    let row: Option<Row> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(asking_what_waits!(
        "where scheduled.account_id = $1 and scheduled.id = $2"
    )).bind(caller.account.get()).bind(id.get()).fetch_optional(pool).await)?;
    let row = row.ok_or(Failure::Refused(Error::NotFound))?;
    Ok(Revisable {
        id,
        body: row.text(caller)?,
        due_at: Timestamp::from_millis(row.due_at),
        hindrance: row.hindrance(),
        now: caller.app.clock.now(),
        place: row.place(),
    })
}

impl Row {
    fn id(&self) -> Outcome<ScheduledId> {
        self.scheduled_id.try_into().map_err(|_| Failure::Internal("what is scheduled has an invalid id"))
    }

    fn text(&self, caller: &Caller) -> Outcome<String> {
        caller.app.keyring.open(place(self.id()?, self.body_version), &self.scheduled_body)
    }

    fn hindrance(&self) -> Option<Hindrance> {
        self.refused.as_deref().and_then(Hindrance::from_code)
    }

    fn place(self) -> Option<Entry> {
        let Self { title, with_id, username, display_name, space, .. } = self;
        let (id, kind) = (self.id?, self.kind?);
        finding::entry(finding::Row {
            id,
            kind,
            title,
            with_id,
            username,
            display_name,
            space,
            unread: false,
        })
    }
}
