//! Who keeps order in a conversation: deletes what others said there, and says how often one may write.
//!
//! In a group these are its admins, in a channel those who run or moderate its space. Nobody does in a private talk, nor
//! in the room for everyone.

use std::collections::HashSet;

use sqlx::QueryBuilder;

use super::{Held, Member, hold, rank, role};
use crate::{
    conversations::about::Role,
    error::Error,
    ids::{AccountId, ConversationId, SpaceId},
    server::{
        answer::{Failure, Outcome},
        caller::Caller,
        db::{Tx, on_engine},
    },
    spaces::Rank,
};

/// Whose messages somebody may delete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Everybodys,
    /// One's own, and those of plain members, whether they are still there or not.
    Members,
}

impl Reach {
    fn in_group(role: Role) -> Option<Self> {
        (role == Role::Admin).then_some(Self::Everybodys)
    }

    fn in_space(rank: Rank) -> Option<Self> {
        match rank {
            Rank::Owner | Rank::Admin => Some(Self::Everybodys),
            Rank::Moderator => Some(Self::Members),
            Rank::Member => None,
        }
    }

    /// As the rows have it: the kind of a conversation, somebody's role there, and their rank in its space.
    fn of(kind: &str, role: &str, rank: Option<&str>) -> Option<Self> {
        match kind {
            "group" => Role::from_code(role).and_then(Self::in_group),
            "channel" => rank.and_then(Rank::from_code).and_then(Self::in_space),
            _ => None,
        }
    }

    /// Whether it extends to an author who has this rank now; none has left the space.
    fn covers(self, is_own: bool, author: Option<Rank>) -> bool {
        match self {
            Self::Everybodys => true,
            Self::Members => is_own || author.is_none_or(|rank| Rank::Moderator.outranks(rank)),
        }
    }
}

/// Proof that somebody keeps order in a conversation, which the transaction holds.
#[derive(Debug, Clone, Copy)]
pub struct Moderator {
    account: AccountId,
    conversation: ConversationId,
    reach: Reach,
    /// The space of a channel.
    space: Option<SpaceId>,
}

impl Moderator {
    pub const fn account(&self) -> AccountId {
        self.account
    }

    pub const fn conversation(&self) -> ConversationId {
        self.conversation
    }

    /// Whether they may delete what `author` said.
    ///
    /// # Errors
    /// `Forbidden` if not.
    pub async fn may_delete(&self, tx: &mut Tx, author: AccountId) -> Outcome<()> {
        let author_rank = match self.space {
            Some(space) => match rank(tx, author, space).await {
                Ok(rank) => Some(rank),
                Err(Failure::Refused(Error::NotFound)) => None,
                Err(failure) => return Err(failure),
            },
            None => None,
        };
        allowed(self.reach.covers(author == self.account, author_rank))
    }
}

fn allowed(may: bool) -> Outcome<()> {
    if may { Ok(()) } else { Err(Failure::Refused(Error::Forbidden)) }
}

/// Holds a conversation, if the member keeps order there.
///
/// # Errors
/// `NotFound` for who is gone from it meanwhile, `Forbidden` for everyone else who does not.
pub async fn moderator(tx: &mut Tx, member: &Member) -> Outcome<Moderator> {
    let (account, conversation) = (member.account(), member.conversation());
    let held = match hold(tx, conversation).await {
        Ok(held) => Some(held),
        // Where nobody keeps order there is nothing to hold.
        Err(Failure::Refused(Error::NotFound)) => None,
        Err(failure) => return Err(failure),
    };
    let role = role(tx, account, conversation).await?;
    let (reach, space) = match held {
        Some(Held::Group) => (Reach::in_group(role), None),
        Some(Held::Channel { space, .. }) => (Reach::in_space(rank(tx, account, space).await?), Some(space)),
        None => (None, None),
    };
    let reach = reach.ok_or(Failure::Refused(Error::Forbidden))?;
    Ok(Moderator { account, conversation, reach, space })
}

/// Whether the member may delete what `author` said, for showing it; deleting asks again inside its transaction.
///
/// # Errors
/// `Forbidden` if not; `NotFound` for who is gone meanwhile.
pub async fn may_delete(caller: &Caller, member: &Member, author: AccountId) -> Outcome<()> {
    type Row = (String, String, Option<String>, Option<String>);
    let row: Option<Row> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.kind, me.role, mine.role as rank, theirs.role as author_rank
         from participant as me
         join conversation on conversation.id = me.conversation_id
         left join channel on channel.id = conversation.channel_id
         left join space_member as mine on mine.space_id = channel.space_id and mine.account_id = me.account_id
         left join space_member as theirs on theirs.space_id = channel.space_id and theirs.account_id = $3
         where me.conversation_id = $1 and me.account_id = $2",
    )
    .bind(member.conversation().get()).bind(member.account().get()).bind(author.get())
    .fetch_optional(pool).await)?;
    let (kind, role, rank, author_rank) = row.ok_or(Failure::Refused(Error::NotFound))?;
    let reach = Reach::of(&kind, &role, rank.as_deref());
    let author_rank = author_rank.as_deref().and_then(Rank::from_code);
    allowed(reach.is_some_and(|reach| reach.covers(author == member.account(), author_rank)))
}

/// Those of many who keep order where they are asked about. As [`super::rights`], to be asked after the conversations
/// were locked.
///
/// # Errors
/// The database's own.
pub async fn moderators(
    tx: &mut Tx,
    asked: &[(ConversationId, AccountId)],
) -> Outcome<HashSet<(ConversationId, AccountId)>> {
    type Row = (i64, i64, String, String, Option<String>);
    let rows: Vec<Row> = on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new(
            "select me.conversation_id, me.account_id, conversation.kind, me.role, mine.role as rank
             from participant as me
             join conversation on conversation.id = me.conversation_id
             left join channel on channel.id = conversation.channel_id
             left join space_member as mine on mine.space_id = channel.space_id and mine.account_id = me.account_id
             where (me.conversation_id, me.account_id) in (",
        );
        query.push_values(asked, |mut row, (conversation, account)| {
            row.push_bind(conversation.get()).push_bind(account.get());
        });
        query.push(")");
        query.build_query_as().fetch_all(connection).await
    })?;

    let keeps_order = |(conversation, account, kind, role, rank): Row| {
        Reach::of(&kind, &role, rank.as_deref())?;
        Some((conversation.try_into().ok()?, account.try_into().ok()?))
    };
    Ok(rows.into_iter().filter_map(keeps_order).collect())
}
