//! Which addresses are told what a bot hears.

use super::{SHOWN, address_place, name_of, secret_place, signing::Secret};
use crate::{
    bots::Place,
    error::{Error, Field, Why},
    ids::{ConversationId, WebhookId},
    server::{
        access::{self, OwnBot},
        answer::{Failure, Outcome},
        db::{Tx, on_engine},
        outbound::Target,
    },
    time::Timestamp,
    webhooks::{Health, MOST_WEBHOOKS, Outgoing},
};

/// From here on tells `address` what is said: in one conversation, or what is addressed to the bot anywhere.
///
/// # Errors
/// `Forbidden` where this Salon calls no addresses, `Invalid` for what is none, `NotFound` for a conversation that the bot is
/// not in, `TooMuch` for a bot that has [`MOST_WEBHOOKS`] already, `TooFast`.
pub async fn create(own: &OwnBot, conversation: Option<ConversationId>, address: &str) -> Outcome<WebhookId> {
    let owner = own.owner();
    if !owner.app.outbound.reaches_out() {
        return Err(Error::Forbidden.into());
    }
    let address = address.trim();
    if address.is_empty() {
        return Err(Failure::invalid(Field::Address, Why::Missing));
    }
    let target = Target::parse(address).map_err(|_| Error::invalid(Field::Address, Why::Shape))?;
    owner.app.outbound.check(&target).map_err(|_| Error::invalid(Field::Address, Why::Unknown))?;
    if let Some(conversation) = conversation {
        access::member(own.bot(), conversation).await?;
    }
    owner.app.limits.groups.take(&owner.account)?;
    let (own, keyring, made_in) = (own.clone(), owner.app.keyring.clone(), owner.session);
    let (address, secret) = (target.as_str().to_owned(), Secret::random());
    let change = owner.app.writer.change(move |tx| {
        Box::pin(async move {
            access::still_own(tx, &own).await?;
            let there: i64 = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "select count(*) from webhook where bot_id = $1",
            ).bind(own.id().get()).fetch_one(connection).await)?;
            if there >= i64::from(MOST_WEBHOOKS) {
                return Err(Error::TooMuch.into());
            }
            let (id, now): (WebhookId, i64) = (tx.mint.next(), tx.now.millis());
            on_engine!(tx.connection(), connection => sqlx::query(
                "insert into webhook (id, bot_id, conversation_id, address, secret, made_in, created_at)
                 values ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(id.get()).bind(own.id().get()).bind(conversation.map(ConversationId::get))
            .bind(keyring.seal(address_place(id), &address)?)
            .bind(keyring.seal(secret_place(id), &secret.reveal())?)
            .bind(made_in.bytes()).bind(now)
            .execute(connection).await.map(drop))?;
            begin_here(tx, id).await?;
            Ok(id)
        })
    });
    let id = change.await?;
    owner.app.webhooks.notify_one();
    Ok(id)
}

/// What was said before is not told.
async fn begin_here(tx: &mut Tx, id: WebhookId) -> Outcome<()> {
    on_engine!(tx.connection(), connection => sqlx::query(
        "insert into webhook_cursor (webhook_id, conversation_id, position)
         select webhook.id, conversation.id, conversation.head
         from webhook
         join participant on participant.account_id = webhook.bot_id
         join conversation on conversation.id = participant.conversation_id
         where webhook.id = $1 and (webhook.conversation_id is null or webhook.conversation_id = conversation.id)",
    ).bind(id.get()).execute(connection).await.map(drop))?;
    Ok(())
}

/// Tells an address no more.
///
/// # Errors
/// `NotFound` if the bot has no such webhook.
pub async fn remove(own: &OwnBot, id: WebhookId) -> Outcome<()> {
    let bot = own.id();
    let change = own.owner().app.writer.change(move |tx| {
        Box::pin(async move {
            let gone: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "delete from webhook where id = $1 and bot_id = $2 returning id",
            ).bind(id.get()).bind(bot.get()).fetch_optional(connection).await)?;
            gone.map(drop).ok_or(Error::NotFound.into())
        })
    });
    change.await
}

/// Tries a webhook that was given up, or that waits, again and at once. It goes on where it stood.
///
/// # Errors
/// `NotFound` if the bot has no such webhook.
pub async fn resume(own: &OwnBot, id: WebhookId) -> Outcome<()> {
    let bot = own.id();
    let change = own.owner().app.writer.change(move |tx| {
        Box::pin(async move {
            let found: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "update webhook set failures = 0, try_at = null, stopped_at = null
                 where id = $1 and bot_id = $2 returning id",
            ).bind(id.get()).bind(bot.get()).fetch_optional(connection).await)?;
            found.map(drop).ok_or(Failure::Refused(Error::NotFound))
        })
    });
    change.await?;
    own.owner().app.webhooks.notify_one();
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    conversation_id: Option<i64>,
    address: Vec<u8>,
    secret: Option<Vec<u8>>,
    created_at: i64,
    failures: i64,
    status: Option<i64>,
    stopped_at: Option<i64>,
}

impl Row {
    fn health(&self) -> Health {
        let status = self.status.and_then(|status| status.try_into().ok());
        match (self.stopped_at, u32::try_from(self.failures).unwrap_or(u32::MAX)) {
            (Some(_), tries) => Health::Stopped { tries, status },
            (None, 0) => Health::Well,
            (None, tries) => Health::Failing { tries, status },
        }
    }
}

/// The webhooks of a bot that are told what it hears; `places`: where it is.
///
/// # Errors
/// The database's own; `Seal` if an address cannot be opened.
pub async fn list(own: &OwnBot, places: &[Place]) -> Outcome<Vec<Outgoing>> {
    let owner = own.owner();
    let rows: Vec<Row> = on_engine!(owner.app.db.pool(), pool => sqlx::query_as(
        "select id, conversation_id, address, case when created_at > $2 and made_in = $3 then secret end as secret,
                created_at, failures, status, stopped_at
         from webhook where bot_id = $1
         order by id desc
         limit $4",
    )
    .bind(own.id().get()).bind(owner.app.clock.now().millis() - SHOWN).bind(owner.session.bytes())
    .bind(i64::from(MOST_WEBHOOKS))
    .fetch_all(pool).await)?;
    let told = |row: Row| {
        let broken = |_| Failure::Internal("a webhook has an invalid id");
        let id = row.id.try_into().map_err(broken)?;
        let conversation = row.conversation_id.map(TryInto::try_into).transpose().map_err(broken)?;
        let health = row.health();
        let keyring = &owner.app.keyring;
        Ok(Outgoing {
            id,
            conversation,
            place: name_of(places, conversation),
            address: keyring.open(address_place(id), &row.address)?,
            secret: row.secret.map(|sealed| keyring.open(secret_place(id), &sealed)).transpose()?,
            created_at: Timestamp::from_millis(row.created_at),
            health,
        })
    };
    rows.into_iter().map(told).collect()
}
