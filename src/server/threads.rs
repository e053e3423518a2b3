//! Threads: what is at their head, who follows them, and how far they have read: the verbs and their SQL.
//!
//! Posting keeps the count at the head (`messages/posting.rs` calls [`heads`] and [`grew`]), deleting takes from it
//! ([`shrank`]). Both give the head a number of its own, so that whoever missed it is told by a resume.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::QueryBuilder;

use super::{
    access::Member,
    answer::{Failure, Outcome},
    caller::Caller,
    db::{Announcement, Tx, on_engine},
    messages::{self, SYSTEM},
    reading,
};
use crate::{
    conversations::Home,
    error::Error,
    ids::{AccountId, ConversationId, MessageId},
    messages::{Message, unread::Unread},
    realtime::event::Event,
    threads::{Follow, InThread, Replies},
    time::Timestamp,
};

/// Threads that somebody follows and that are looked at for news, the latest begun: a list must not take longer for those
/// who have followed very many.
const MOST_LOOKED_AT: i64 = 500;

/// The messages at whose threads posts are aimed: where they were said, and by whom.
pub struct Heads(BTreeMap<MessageId, Head>);

struct Head {
    conversation: ConversationId,
    author: AccountId,
    position: i64,
}

impl Heads {
    /// Whether `root`, if there is one, can be at the head of a thread in `conversation`.
    ///
    /// # Errors
    /// `NotFound` if not, as if it did not exist.
    pub fn check(&self, conversation: ConversationId, root: Option<MessageId>) -> Result<(), Error> {
        let is_here = |root| self.0.get(&root).is_some_and(|head| head.conversation == conversation);
        if root.is_none_or(is_here) { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Who said what is at the head of a thread.
    pub fn author(&self, root: Option<MessageId>) -> Option<AccountId> {
        self.0.get(&root?).map(|head| head.author)
    }
}

/// Where and by whom what is to be at the head of threads was said. What was said in a thread itself, or not said but done,
/// is none. Asks nothing where there is none.
///
/// # Errors
/// The database's own.
pub async fn heads(tx: &mut Tx, roots: BTreeSet<MessageId>) -> Outcome<Heads> {
    if roots.is_empty() {
        return Ok(Heads(BTreeMap::new()));
    }
    let rows: Vec<(i64, i64, i64, i64)> = on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new(
            "select id, conversation_id, sender_id, position from message where thread_id is null and kind <> ",
        );
        query.push_bind(SYSTEM).push(" and id in (");
        let mut ids = query.separated(", ");
        for root in &roots {
            ids.push_bind(root.get());
        }
        query.push(")");
        query.build_query_as().fetch_all(connection).await
    })?;
    let broken = |_| Failure::Internal("a stored message has an invalid id");
    let head = |(root, conversation, author, position): (i64, i64, i64, i64)| {
        let (conversation, author) =
            (conversation.try_into().map_err(broken)?, author.try_into().map_err(broken)?);
        Ok((root.try_into().map_err(broken)?, Head { conversation, author, position }))
    };
    rows.into_iter().map(head).collect::<Outcome<_>>().map(Heads)
}

/// `said` now stands in threads: the heads learn of it, each under a number that `next` gives, and those who said it, and
/// the author of the head, follow from here on. The conversations are held.
///
/// # Errors
/// The database's own.
pub async fn grew<'m>(
    tx: &mut Tx,
    heads: &Heads,
    said: impl Iterator<Item = &'m Message>,
    mut next: impl FnMut(ConversationId) -> Option<i64>,
) -> Outcome<()> {
    let mut threads = BTreeMap::<MessageId, Vec<&Message>>::new();
    for message in said {
        if let Some(root) = message.thread {
            threads.entry(root).or_default().push(message);
        }
    }
    for (root, said) in threads {
        let (Some(head), Some(last)) = (heads.0.get(&root), said.last()) else { continue };
        let revision = next(head.conversation).ok_or(Failure::Internal("a conversation is not held"))?;
        let more = i64::try_from(said.len()).unwrap_or(i64::MAX);
        let count: i64 = on_engine!(tx.connection(), connection => sqlx::query_scalar(
            "update message set revision = $2, replies = replies + $3, replied_position = $4, replied_at = $5
             where id = $1
             returning replies",
        )
        .bind(root.get()).bind(revision).bind(more).bind(last.position).bind(last.at.millis())
        .fetch_one(connection).await)?;
        let replies = Replies { count: reading::counted(count), last: last.position, at: last.at };
        tell(tx, head.conversation, root, revision, Some(replies));

        // Whoever says something has read what was said before; the author of the head hears of all of it.
        let mut follows: BTreeMap<AccountId, i64> =
            said.iter().map(|message| (message.sender, message.position)).collect();
        let speak: Vec<(AccountId, i64)> = follows.clone().into_iter().collect();
        follows.entry(head.author).or_insert(head.position);
        let listen: Vec<(AccountId, i64)> = follows
            .into_iter()
            .filter(|(account, _)| speak.iter().all(|(other, _)| other != account))
            .collect();
        follow_by(tx, head.conversation, root, &speak, true).await?;
        follow_by(tx, head.conversation, root, &listen, false).await?;
    }
    Ok(())
}

/// Rows for those who follow `root` from a position on; `anew`: also where they have a row already.
async fn follow_by(
    tx: &mut Tx,
    conversation: ConversationId,
    root: MessageId,
    people: &[(AccountId, i64)],
    anew: bool,
) -> Outcome<()> {
    if people.is_empty() {
        return Ok(());
    }
    on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new(
            "insert into thread_follow (account_id, root_id, conversation_id, follows, read_position) ",
        );
        query.push_values(people, |mut row, (account, position)| {
            row.push_bind(account.get())
                .push_bind(root.get())
                .push_bind(conversation.get())
                .push_bind(1_i64)
                .push_bind(*position);
        });
        query.push(match anew {
            true => {
                " on conflict (account_id, root_id)
                  do update set follows = 1, read_position = excluded.read_position
                  where thread_follow.read_position < excluded.read_position"
            }
            false => " on conflict (account_id, root_id) do nothing",
        });
        query.build().execute(connection).await.map(drop)
    })?;
    Ok(())
}

/// A message that stood in the thread of `root` is deleted.
///
/// # Errors
/// The database's own.
pub async fn shrank(tx: &mut Tx, conversation: ConversationId, root: MessageId) -> Outcome<()> {
    let revision = messages::next_number(tx, conversation).await?;
    let last: Option<(i64, i64)> = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select position, created_at from message
         where thread_id = $1 and deleted_at is null
         order by position desc
         limit 1",
    ).bind(root.get()).fetch_optional(connection).await)?;
    let count: i64 = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "update message set revision = $2, replies = replies - 1, replied_position = $3, replied_at = $4
         where id = $1
         returning replies",
    )
    .bind(root.get()).bind(revision).bind(last.map(|last| last.0)).bind(last.map(|last| last.1))
    .fetch_one(connection).await)?;
    let replies = last.map(|(last, at)| Replies {
        count: reading::counted(count),
        last,
        at: Timestamp::from_millis(at),
    });
    tell(tx, conversation, root, revision, replies);
    Ok(())
}

fn tell(
    tx: &mut Tx,
    conversation: ConversationId,
    message: MessageId,
    revision: i64,
    replies: Option<Replies>,
) {
    let event = Event::Replies { conversation, message, revision, replies };
    tx.announce(Announcement::Conversation(conversation, event));
}

/// What is at the head of a thread, as its page shows it, and how far the member has read it: where they do not follow it,
/// nothing is unread.
///
/// # Errors
/// `NotFound` for what is not in the conversation, or is no head of a thread.
pub async fn open(caller: &Caller, member: &Member, root: MessageId) -> Outcome<(InThread, i64)> {
    let root = messages::one_told(caller, member, root).await?;
    if root.thread.is_some() || root.note.is_some() {
        return Err(Error::NotFound.into());
    }
    let follow = of(caller, member, &[root.id]).await?.pop().filter(|follow| follow.follows);
    let last = root.replies.map_or(root.position, |replies| replies.last);
    Ok((InThread { root, follows: follow.is_some() }, follow.map_or(last, |follow| follow.read)))
}

/// What others said in the thread of `root` behind the position up to which the member has read.
///
/// # Errors
/// The database's own.
pub async fn unread(caller: &Caller, member: &Member, root: MessageId, read: i64) -> Outcome<Unread> {
    let (count, first): (i64, Option<i64>) = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select count(*), min(position) from (
           select position from message
           where thread_id = $1 and sender_id <> $2 and position > $3 and deleted_at is null
           order by position
           limit 100
         ) as counted",
    ).bind(root.get()).bind(member.account().get()).bind(read).fetch_one(pool).await)?;
    Ok(Unread { count: reading::counted(count), first })
}

/// Which of these threads the member follows, or has let go.
///
/// # Errors
/// The database's own.
pub async fn of(caller: &Caller, member: &Member, roots: &[MessageId]) -> Outcome<Vec<Follow>> {
    if roots.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, i64, i64)> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new("select root_id, follows, read_position from thread_follow where account_id = ");
        query.push_bind(member.account().get());
        query.push(" and root_id in (");
        let mut ids = query.separated(", ");
        for root in roots {
            ids.push_bind(root.get());
        }
        query.push(") order by root_id");
        query.build_query_as().fetch_all(pool).await
    })?;
    let follow = |(root, follows, read): (i64, i64, i64)| {
        Some(Follow { root: root.try_into().ok()?, follows: follows == 1, read })
    };
    Ok(rows.into_iter().filter_map(follow).collect())
}

/// Has the member hear of a thread from here on, or no longer.
///
/// # Errors
/// `NotFound` for what is no head of a thread in the conversation; `TooFast`, as for frames: each may be a write.
pub async fn follow(caller: &Caller, member: &Member, root: MessageId, follows: bool) -> Outcome<()> {
    caller.app.limits.frames.take(&caller.account)?;
    let member = *member;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let (conversation, account) = (member.conversation(), member.account());
            heads(tx, BTreeSet::from([root])).await?.check(conversation, Some(root))?;
            let read: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "insert into thread_follow (account_id, root_id, conversation_id, follows, read_position)
                 select $1, id, conversation_id, $3, coalesce(replied_position, position) from message where id = $2
                 on conflict (account_id, root_id) do update set follows = excluded.follows,
                   read_position = case when thread_follow.follows = 1 then thread_follow.read_position
                                        else excluded.read_position end
                 where thread_follow.follows <> excluded.follows
                 returning read_position",
            )
            .bind(account.get()).bind(root.get()).bind(i64::from(follows))
            .fetch_optional(connection).await)?;
            if let Some(read) = read {
                tell_own(tx, member, Follow { root, follows, read });
            }
            Ok(())
        })
    });
    change.await
}

/// Notes that the member has read a thread up to `position`. Never goes back, nor beyond what has been said in it.
///
/// # Errors
/// As [`follow`].
pub async fn mark_read(caller: &Caller, member: &Member, root: MessageId, position: i64) -> Outcome<()> {
    caller.app.limits.frames.take(&caller.account)?;
    move_to(
        caller,
        member,
        root,
        position,
        "update thread_follow
         set read_position = (
           select case when coalesce(replied_position, 0) < $3 then coalesce(replied_position, 0) else $3 end
           from message where id = thread_follow.root_id
         )
         where account_id = $1 and root_id = $2 and follows = 1 and conversation_id = $4 and read_position < (
           select case when coalesce(replied_position, 0) < $3 then coalesce(replied_position, 0) else $3 end
           from message where id = thread_follow.root_id
         )
         returning read_position",
    )
    .await
}

/// Lets what stands in a thread behind `position` be unread again for the member, who follows it from here on.
///
/// # Errors
/// The database's own.
pub async fn mark_unread(caller: &Caller, member: &Member, root: MessageId, position: i64) -> Outcome<()> {
    move_to(
        caller,
        member,
        root,
        position,
        "insert into thread_follow (account_id, root_id, conversation_id, follows, read_position)
         values ($1, $2, $4, 1, $3)
         on conflict (account_id, root_id) do update set follows = 1, read_position = excluded.read_position
         where thread_follow.read_position > excluded.read_position or thread_follow.follows = 0
         returning read_position",
    )
    .await
}

/// Moves how far the member has read by `statement`, and tells their own screens if it has moved.
async fn move_to(
    caller: &Caller,
    member: &Member,
    root: MessageId,
    position: i64,
    statement: &'static str,
) -> Outcome<()> {
    let member = *member;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let moved: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(statement)
                .bind(member.account().get()).bind(root.get()).bind(position).bind(member.conversation().get())
                .fetch_optional(connection).await)?;
            if let Some(read) = moved {
                tell_own(tx, member, Follow { root, follows: true, read });
            }
            Ok(())
        })
    });
    change.await
}

fn tell_own(tx: &mut Tx, member: Member, follow: Follow) {
    let (conversation, account) = (member.conversation(), member.account());
    tx.announce(Announcement::Account(account, Event::Followed { conversation, follow }));
}

/// Marks in `home` where threads that the caller follows have news.
///
/// # Errors
/// The database's own.
pub async fn tell_of_news(caller: &Caller, home: &mut Home) -> Outcome<()> {
    let rows: Vec<i64> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select distinct followed.conversation_id
         from (
           select account_id, root_id, conversation_id, read_position from thread_follow
           where account_id = $1 and follows = 1
           order by root_id desc
           limit $2
         ) as followed
         join message as root on root.id = followed.root_id
         join participant as me
           on me.conversation_id = followed.conversation_id and me.account_id = followed.account_id
         where root.replied_position > followed.read_position",
    ).bind(caller.account.get()).bind(MOST_LOOKED_AT).fetch_all(pool).await)?;
    let with_news: BTreeSet<i64> = rows.into_iter().collect();
    for line in &mut home.conversations {
        line.threads = with_news.contains(&line.id.get());
    }
    for channel in home.space.iter_mut().flat_map(|space| &mut space.channels) {
        channel.threads = with_news.contains(&channel.conversation.get());
    }
    Ok(())
}
