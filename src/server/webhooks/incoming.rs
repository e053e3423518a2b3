//! Addresses by which a bot says something in a conversation, for programs that can do nothing but call one.

use sha2::{Digest, Sha256};

use super::{SHOWN, name_of};
use crate::{
    bots::Place,
    error::Error,
    ids::{AccountId, ClientKey, ConversationId, WebhookId},
    messages::Message,
    server::{
        access::{self, OwnBot},
        answer::{Failure, Outcome},
        bots, crypto,
        db::on_engine,
        messages,
        state::AppState,
    },
    time::Timestamp,
    webhooks::{Incoming, MOST_WEBHOOKS, incoming_path},
};

/// That an address was used is written at most so often (milliseconds).
const USED_PAUSE: i64 = 5 * 60_000;

/// Where the token is sealed for.
const fn place(id: WebhookId) -> crypto::Place {
    crypto::Place { table: "incoming_webhook", id: id.get(), version: 0 }
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Makes an address by which the bot speaks in a conversation.
///
/// # Errors
/// `NotFound` for a conversation that the bot is not in, `TooMuch` for a bot that has [`MOST_WEBHOOKS`] already, `TooFast`.
pub async fn create(own: &OwnBot, conversation: ConversationId) -> Outcome<WebhookId> {
    access::member(own.bot(), conversation).await?;
    let owner = own.owner();
    owner.app.limits.groups.take(&owner.account)?;
    let halves: [ClientKey; 2] = [(); 2].map(|()| ClientKey::from_random(rand::random()));
    let token = format!("{}{}", halves[0], halves[1]);
    let (own, keyring, made_in) = (own.clone(), owner.app.keyring.clone(), owner.session);
    let change = owner.app.writer.change(move |tx| {
        Box::pin(async move {
            access::still_own(tx, &own).await?;
            let now = tx.now.millis();
            // What was to be seen was seen by now.
            on_engine!(tx.connection(), connection => sqlx::query(
                "update incoming_webhook set token = null
                 where bot_id = $1 and created_at <= $2 and token is not null",
            ).bind(own.id().get()).bind(now - SHOWN).execute(connection).await.map(drop))?;
            let there: i64 = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "select count(*) from incoming_webhook where bot_id = $1",
            ).bind(own.id().get()).fetch_one(connection).await)?;
            if there >= i64::from(MOST_WEBHOOKS) {
                return Err(Error::TooMuch.into());
            }
            let id: WebhookId = tx.mint.next();
            on_engine!(tx.connection(), connection => sqlx::query(
                "insert into incoming_webhook (id, bot_id, conversation_id, token_hash, token, made_in, created_at)
                 values ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(id.get()).bind(own.id().get()).bind(conversation.get()).bind(hash(&token))
            .bind(keyring.seal(place(id), &token)?).bind(made_in.bytes()).bind(now)
            .execute(connection).await.map(drop))?;
            Ok(id)
        })
    });
    change.await
}

/// Takes an address away: nothing leads in by it any more.
///
/// # Errors
/// `NotFound` if the bot has no such address.
pub async fn remove(own: &OwnBot, id: WebhookId) -> Outcome<()> {
    let bot = own.id();
    let change = own.owner().app.writer.change(move |tx| {
        Box::pin(async move {
            let gone: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "delete from incoming_webhook where id = $1 and bot_id = $2 returning id",
            ).bind(id.get()).bind(bot.get()).fetch_optional(connection).await)?;
            gone.map(drop).ok_or(Error::NotFound.into())
        })
    });
    change.await
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    conversation_id: i64,
    token: Option<Vec<u8>>,
    created_at: i64,
    used_at: Option<i64>,
}

/// The addresses by which a bot speaks; `places`: where it is.
///
/// # Errors
/// The database's own; `Seal` if an address cannot be opened.
pub async fn list(own: &OwnBot, places: &[Place]) -> Outcome<Vec<Incoming>> {
    let owner = own.owner();
    let rows: Vec<Row> = on_engine!(owner.app.db.pool(), pool => sqlx::query_as(
        "select id, conversation_id, case when created_at > $2 and made_in = $3 then token end as token,
                created_at, used_at
         from incoming_webhook where bot_id = $1
         order by id desc
         limit $4",
    )
    .bind(own.id().get()).bind(owner.app.clock.now().millis() - SHOWN).bind(owner.session.bytes())
    .bind(i64::from(MOST_WEBHOOKS))
    .fetch_all(pool).await)?;
    let told = |row: Row| {
        let broken = |_| Failure::Internal("a webhook has an invalid id");
        let id = row.id.try_into().map_err(broken)?;
        let conversation = row.conversation_id.try_into().map_err(broken)?;
        let token = row.token.map(|sealed| owner.app.keyring.open(place(id), &sealed)).transpose()?;
        Ok(Incoming {
            id,
            conversation,
            place: name_of(places, Some(conversation)),
            address: token.map(|token| incoming_path(&token)),
            created_at: Timestamp::from_millis(row.created_at),
            used_at: row.used_at.map(Timestamp::from_millis),
        })
    };
    rows.into_iter().map(told).collect()
}

/// Says something by an address, in the name of its bot.
///
/// # Errors
/// `NotFound` for an address that leads nowhere, or no longer, and for a bot that was let go; as for people who say something.
pub async fn say(app: &AppState, token: &str, key: ClientKey, text: &str) -> Outcome<Message> {
    let found: Option<(i64, i64, i64, Option<i64>)> = on_engine!(app.db.pool(), pool => sqlx::query_as(
        "select id, bot_id, conversation_id, used_at from incoming_webhook where token_hash = $1",
    ).bind(hash(token)).fetch_optional(pool).await)?;
    let (id, bot, conversation, used) = found.ok_or(Failure::Refused(Error::NotFound))?;
    let broken = |_| Failure::Internal("a webhook has an invalid id");
    let bot: AccountId = bot.try_into().map_err(broken)?;
    let conversation: ConversationId = conversation.try_into().map_err(broken)?;
    let bot = bots::acting(app, bot).await?.ok_or(Failure::Refused(Error::NotFound))?;
    let said = messages::send(&bot, conversation, key, text, (None, None), None).await?;
    let now = app.clock.now();
    if used.is_none_or(|used| now.millis() - used > USED_PAUSE) {
        note_use(app, id, now).await?;
    }
    Ok(said)
}

/// It is in use: whoever made it has it, and it need not be shown any more.
async fn note_use(app: &AppState, id: i64, now: Timestamp) -> Outcome<()> {
    let change = app.writer.change(move |tx| {
        Box::pin(async move {
            on_engine!(tx.connection(), connection => sqlx::query(
                "update incoming_webhook set used_at = $2, token = null where id = $1",
            ).bind(id).bind(now.millis()).execute(connection).await.map(drop))?;
            Ok(())
        })
    });
    change.await
}
