//! What people have begun to write: the verbs of `drafts/` and their SQL. Nobody but its author sees any of it.
//!
//! A draft is kept only over the revision that its browser knew, so that no two browsers write over each other unseen, and
//! no late request brings back what was sent. A draft that is gone leaves its row for the same reason.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use super::{
    access::{self, Member},
    answer::{Failure, Outcome},
    caller::Caller,
    crypto::{Keyring, Place},
    db::{Announcement, Tx, on_engine},
    messages::posting::Post,
    threads,
};
use crate::{
    conversations::Home,
    drafts::{Changed, Draft, Kept, MOST_DRAFTS, PAGE, Text, shelf::beginning},
    ids::{AccountId, ClientKey, MessageId},
    realtime::event::{Event, Topic},
};

const fn place(revision: i64) -> Place {
    Place { table: "draft", id: revision, version: 0 }
}

/// A day in revisions, which are made as identifiers are.
const DAY: i64 = 86_400_000 << 12;

/// The revision that follows `base`. Clocks of servers differ, and may be set back; what is far from any of them is none
/// that a server gave.
fn behind(base: i64, minted: MessageId) -> i64 {
    let minted = minted.get();
    if (0..minted + DAY).contains(&base) { minted.max(base + 1) } else { minted }
}

const fn told(account: AccountId) -> Announcement {
    Announcement::Account(account, Event::Changed { what: Topic::Drafts })
}

/// Keeps what the member has begun to write in the room, or in a thread, if what is kept there is of the revision `base`; a
/// browser that knows of none says 0. `writer` is the browser. Beyond [`MOST_DRAFTS`] those that changed longest ago go.
///
/// # Errors
/// `Invalid` for a text that cannot be sent; `NotFound` for who is gone meanwhile, and for a message that is no head of a
/// thread in the conversation; `TooFast`.
pub async fn save(
    caller: &Caller,
    member: &Member,
    thread: Option<MessageId>,
    typed: &str,
    (base, writer): (i64, ClientKey),
) -> Outcome<Kept> {
    let text = Text::new(typed, caller.app.config.limits.message_characters)?;
    caller.app.limits.drafts.take(&caller.account)?;
    let minted: MessageId = caller.app.mint.next();
    let revision = behind(base, minted);
    let keyring = caller.app.keyring.clone();
    let body = match text.as_str() {
        "" => None,
        text => Some(keyring.seal(place(revision), text)?),
    };
    let member = *member;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            access::still_in(tx, &member).await?;
            threads::heads(tx, thread.into_iter().collect()).await?.check(member.conversation(), thread)?;
            if !store(tx, &member, thread, (base, revision), &writer, body.as_deref()).await? {
                let now = current(tx, &keyring, &member, thread).await?;
                return Ok(Kept::Newer { now });
            }
            forget_oldest(tx, member.account()).await?;
            tx.announce(told(member.account()));
            Ok(Kept::Saved { revision })
        })
    });
    change.await
}

/// Whether it is stored: what was there was of the revision `base`, or there was nothing.
async fn store(
    tx: &mut Tx,
    member: &Member,
    thread: Option<MessageId>,
    (base, revision): (i64, i64),
    writer: &ClientKey,
    body: Option<&[u8]>,
) -> Outcome<bool> {
    let stored = on_engine!(tx.connection(), connection => sqlx::query(
        "insert into draft (account_id, conversation_id, thread_id, revision, writer, body)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (account_id, conversation_id, thread_id) do update
         set revision = excluded.revision, writer = excluded.writer, body = excluded.body
         where draft.revision = $7",
    )
    .bind(member.account().get()).bind(member.conversation().get()).bind(number(thread))
    .bind(revision).bind(writer.as_str()).bind(body).bind(base)
    .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(stored > 0)
}

/// As it stands in the column: 0 for the room.
fn number(thread: Option<MessageId>) -> i64 {
    thread.map_or(0, MessageId::get)
}

async fn current(
    tx: &mut Tx,
    keyring: &Keyring,
    member: &Member,
    thread: Option<MessageId>,
) -> Outcome<Draft> {
    let row: Row = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select conversation_id, thread_id, revision, writer, body from draft
         where account_id = $1 and conversation_id = $2 and thread_id = $3",
    )
    .bind(member.account().get()).bind(member.conversation().get()).bind(number(thread))
    .fetch_one(connection).await)?;
    row.draft(keyring)
}

async fn forget_oldest(tx: &mut Tx, account: AccountId) -> Outcome<()> {
    on_engine!(tx.connection(), connection => sqlx::query(
        "delete from draft
         where account_id = $1 and revision < (
           select min(newest.revision) from (
             select revision from draft where account_id = $1 order by revision desc limit $2
           ) as newest
         )",
    ).bind(account.get()).bind(MOST_DRAFTS).execute(connection).await.map(drop))?;
    Ok(())
}

/// These were posted: those of them that a page without a script sent are no drafts any more, unless they have become
/// something else meanwhile.
///
/// # Errors
/// The database's own.
pub async fn sent<'p>(tx: &mut Tx, posts: impl Iterator<Item = &'p Post>) -> Outcome<()> {
    for (post, base) in posts.filter_map(|post| Some((post, post.draft?))) {
        let minted: MessageId = tx.mint.next();
        let revision = behind(base, minted);
        let gone = on_engine!(tx.connection(), connection => sqlx::query(
            "update draft set body = null, revision = $5
             where account_id = $1 and conversation_id = $2 and thread_id = $3 and revision = $4",
        )
        .bind(post.sender.get()).bind(post.conversation.get()).bind(number(post.thread)).bind(base).bind(revision)
        .execute(connection).await.map(|done| done.rows_affected()))?;
        if gone > 0 {
            tx.announce(told(post.sender));
        }
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    conversation_id: i64,
    thread_id: i64,
    revision: i64,
    writer: String,
    body: Option<Vec<u8>>,
}

impl Row {
    fn text(&self, keyring: &Keyring) -> Outcome<String> {
        self.body
            .as_deref()
            .map_or_else(|| Ok(String::new()), |body| keyring.open(place(self.revision), body))
    }

    fn draft(self, keyring: &Keyring) -> Outcome<Draft> {
        let broken = |_| Failure::Internal("a draft names something invalid");
        let text = self.text(keyring)?;
        let thread = (self.thread_id != 0).then_some(self.thread_id).map(TryInto::try_into);
        Ok(Draft {
            conversation: self.conversation_id.try_into().map_err(broken)?,
            thread: thread.transpose().map_err(broken)?,
            revision: self.revision,
            writer: self.writer.try_into().map_err(broken)?,
            text,
        })
    }
}

/// What has changed of the caller's drafts after a revision, in that order, a page of it. What was begun where they are no
/// longer is not shown, and is there again if they come back.
///
/// # Errors
/// The database's own.
pub async fn changed(caller: &Caller, after: i64) -> Outcome<Changed> {
    let mut rows: Vec<Row> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select draft.conversation_id, draft.thread_id, draft.revision, draft.writer, draft.body
         from draft
         join participant as me
           on me.conversation_id = draft.conversation_id and me.account_id = draft.account_id
         where draft.account_id = $1 and draft.revision > $2
         order by draft.revision
         limit $3",
    ).bind(caller.account.get()).bind(after).bind(PAGE as i64 + 1).fetch_all(pool).await)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|last| last.revision);
    let drafts = rows.into_iter().filter_map(|row| {
        // One that cannot be opened must not take all others with it.
        let draft = row.draft(&caller.app.keyring);
        draft.inspect_err(|failure| tracing::error!(error = %failure, "a draft is left out")).ok()
    });
    Ok(Changed { drafts: drafts.collect(), next })
}

/// What the member has begun to write in the room or in a thread, also if that is gone by now.
///
/// # Errors
/// The database's own; `Seal` if it cannot be opened.
pub async fn of(caller: &Caller, member: &Member, thread: Option<MessageId>) -> Outcome<Option<Draft>> {
    let row: Option<Row> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation_id, thread_id, revision, writer, body from draft
         where account_id = $1 and conversation_id = $2 and thread_id = $3",
    )
    .bind(member.account().get()).bind(member.conversation().get()).bind(number(thread))
    .fetch_optional(pool).await)?;
    row.map(|row| row.draft(&caller.app.keyring)).transpose()
}

/// Says in the lines of a home page what the caller has begun to write there, outside of threads.
///
/// # Errors
/// The database's own.
pub async fn tell(caller: &Caller, home: &mut Home) -> Outcome<()> {
    let lines = || home.conversations.iter().chain(&home.asked);
    if lines().next().is_none() {
        return Ok(());
    }
    let rows: Vec<Row> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new(
            "select conversation_id, thread_id, revision, writer, body from draft
             where thread_id = 0 and body is not null and account_id = ",
        );
        query.push_bind(caller.account.get()).push(" and conversation_id in (");
        let mut ids = query.separated(", ");
        for line in lines() {
            ids.push_bind(line.id.get());
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await
    })?;
    let begun = rows.into_iter().filter_map(|row| {
        let text = row.text(&caller.app.keyring);
        let text = text.inspect_err(|failure| tracing::error!(error = %failure, "a draft is left out")).ok();
        Some((row.conversation_id, beginning(&text?)?))
    });
    let mut begun: HashMap<i64, String> = begun.collect();
    for line in home.conversations.iter_mut().chain(&mut home.asked) {
        line.draft = begun.remove(&line.id.get());
    }
    Ok(())
}
