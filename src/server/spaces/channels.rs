//! The channels of a space: made, put in order, deleted, opened to some.

use sqlx::QueryBuilder;

use super::tell;
use crate::{
    error::{Error, Field, Why},
    ids::{AccountId, ChannelId, ConversationId, SpaceId},
    realtime::event::{Event, Topic},
    server::{
        access::{self, Held},
        accounts::one_line,
        answer::{Failure, Outcome},
        caller::Caller,
        conversations::{abandon, groups::join},
        db::{Announcement, Tx, on_engine},
    },
    spaces::MOST_CHANNELS,
};

/// Characters that the name of a channel may have.
const LONGEST_NAME: u32 = 80;

/// Makes a channel: open to everyone in the space, or private to those who run it and whom they let in later.
///
/// # Errors
/// `Invalid` for a name that cannot be taken; `NotFound` for everyone who is not in the space, `Forbidden` for those who
/// do not run it; `TooMuch`, `TooFast`.
pub async fn create(caller: &Caller, space: SpaceId, name: &str, is_open: bool) -> Outcome<ConversationId> {
    let name = one_line(Field::Name, name, LONGEST_NAME)?;
    caller.app.limits.groups.take(&caller.account)?;
    let me = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            access::space_admin(tx, me, space).await?;
            let channels: i64 = on_engine!(tx.connection(), connection =>
                sqlx::query_scalar("select count(*) from channel where space_id = $1")
                    .bind(space.get()).fetch_one(connection).await)?;
            if channels >= i64::from(MOST_CHANNELS) {
                return Err(Error::TooMuch.into());
            }
            let people = if is_open { everyone(tx, space).await? } else { those_who_run(tx, space).await? };
            insert(tx, space, &name, is_open, &people).await
        })
    });
    change.await
}

/// Stores a channel with its conversation and its people.
pub(super) async fn insert(
    tx: &mut Tx,
    space: SpaceId,
    name: &str,
    is_open: bool,
    people: &[AccountId],
) -> Outcome<ConversationId> {
    let (channel, id) = (tx.mint.next::<ChannelId>(), tx.mint.next::<ConversationId>());
    let now = tx.now.millis();
    on_engine!(tx.connection(), connection => sqlx::query(
        "insert into channel (id, space_id, place, is_open)
         values ($1, $2, (select coalesce(max(place), 0) + 1 from channel where space_id = $2), $3)",
    ).bind(channel.get()).bind(space.get()).bind(i64::from(is_open)).execute(connection).await.map(drop))?;
    on_engine!(tx.connection(), connection => sqlx::query(
        "insert into conversation (id, kind, title, channel_id, active_at, created_at)
         values ($1, 'channel', $2, $3, $4, $4)",
    ).bind(id.get()).bind(name).bind(channel.get()).bind(now).execute(connection).await.map(drop))?;
    for some in people.chunks(500) {
        join(tx, id, some, "member").await?;
    }
    Ok(id)
}

async fn everyone(tx: &mut Tx, space: SpaceId) -> Outcome<Vec<AccountId>> {
    let ids: Vec<i64> = on_engine!(tx.connection(), connection =>
        sqlx::query_scalar("select account_id from space_member where space_id = $1")
            .bind(space.get()).fetch_all(connection).await)?;
    Ok(ids.into_iter().filter_map(|id| id.try_into().ok()).collect())
}

async fn those_who_run(tx: &mut Tx, space: SpaceId) -> Outcome<Vec<AccountId>> {
    let ids: Vec<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select account_id from space_member where space_id = $1 and role in ('owner', 'admin')",
    ).bind(space.get()).fetch_all(connection).await)?;
    Ok(ids.into_iter().filter_map(|id| id.try_into().ok()).collect())
}

/// Deletes a channel with all that was said there; the space that it was in. `name` is what it is called, typed once
/// more.
///
/// # Errors
/// `Invalid` for another name, and for the last channel; `NotFound` for everyone who is not in it, `Forbidden` for those
/// who do not run its space.
pub async fn delete(caller: &Caller, conversation: ConversationId, name: &str) -> Outcome<SpaceId> {
    let (me, name) = (caller.account, name.trim().to_owned());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let space = runs(tx, me, conversation).await?;
            let (called, others): (String, i64) = on_engine!(tx.connection(), connection => sqlx::query_as(
                "select coalesce(conversation.title, ''),
                        (select count(*) from channel as other
                         where other.space_id = $2 and other.id <> conversation.channel_id)
                 from conversation where conversation.id = $1",
            ).bind(conversation.get()).bind(space.get()).fetch_one(connection).await)?;
            if called != name {
                return Err(Failure::invalid(Field::Name, Why::Wrong));
            }
            if others == 0 {
                return Err(Failure::invalid(Field::Name, Why::Last));
            }
            on_engine!(tx.connection(), connection => sqlx::query(
                "delete from channel where id = (select channel_id from conversation where id = $1)",
            ).bind(conversation.get()).execute(connection).await.map(drop))?;
            abandon(tx, conversation).await?;
            tell(tx, space).await?;
            Ok(space)
        })
    });
    change.await
}

/// Puts a channel one place up or down among the channels of its space.
///
/// # Errors
/// `NotFound` for everyone who is not in it, `Forbidden` for those who do not run its space.
pub async fn shift(caller: &Caller, conversation: ConversationId, up: bool) -> Outcome<()> {
    let me = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let space = runs(tx, me, conversation).await?;
            let rows: Vec<(i64, i64)> = on_engine!(tx.connection(), connection => sqlx::query_as(
                "select channel.id, conversation.id from channel
                 join conversation on conversation.channel_id = channel.id
                 where channel.space_id = $1
                 order by channel.place, channel.id",
            ).bind(space.get()).fetch_all(connection).await)?;
            let mut order: Vec<i64> = rows.iter().map(|(channel, _)| *channel).collect();
            let Some(at) = rows.iter().position(|(_, id)| *id == conversation.get()) else { return Ok(()) };
            let to = if up { at.saturating_sub(1) } else { (at + 1).min(order.len() - 1) };
            if to == at {
                return Ok(());
            }
            order.swap(at, to);
            on_engine!(tx.connection(), connection => {
                let mut query = QueryBuilder::new("update channel set place = moved.column2 from (");
                query.push_values(order.iter().zip(1_i64..), |mut row, (channel, place)| {
                    row.push_bind(*channel).push_bind(place);
                });
                query.push(") as moved where channel.id = moved.column1");
                query.build().execute(connection).await.map(drop)
            })?;
            tell(tx, space).await
        })
    });
    change.await
}

/// The space of a channel, if `account` is in the channel and runs the space, which the transaction holds from here on.
async fn runs(tx: &mut Tx, account: AccountId, conversation: ConversationId) -> Outcome<SpaceId> {
    let admin = access::admin(tx, account, conversation).await?;
    match admin.held() {
        Held::Channel { space, .. } => Ok(space),
        Held::Group => Err(Error::NotFound.into()),
    }
}

/// Lets somebody who comes into a space into its open channels.
pub(super) async fn let_into_open(tx: &mut Tx, space: SpaceId, account: AccountId) -> Outcome<()> {
    let_into(tx, space, account, false).await
}

/// Lets somebody who runs a space into all its channels.
pub(super) async fn let_into_all(tx: &mut Tx, space: SpaceId, account: AccountId) -> Outcome<()> {
    let_into(tx, space, account, true).await
}

/// From where the channel stands now: what was said before is there to be read, and not unread.
async fn let_into(tx: &mut Tx, space: SpaceId, account: AccountId, private_too: bool) -> Outcome<()> {
    let now = tx.now.millis();
    let ids: Vec<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "insert into participant (conversation_id, account_id, joined_at, read_position)
         select conversation.id, $2, $3, conversation.head
         from channel
         join conversation on conversation.channel_id = channel.id
         where channel.space_id = $1 and (channel.is_open = 1 or $4 = 1)
         on conflict (conversation_id, account_id) do nothing
         returning conversation_id",
    ).bind(space.get()).bind(account.get()).bind(now).bind(i64::from(private_too)).fetch_all(connection).await)?;
    for id in ids.into_iter().filter_map(|id| id.try_into().ok()) {
        tx.announce(Announcement::Joined(id, account));
    }
    tx.announce(Announcement::Account(account, Event::Changed { what: Topic::Inbox }));
    Ok(())
}
