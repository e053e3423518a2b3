//! Telling one receiver what its bot has heard since the last time.

use http::{HeaderMap, HeaderValue, StatusCode, header};
use hyper::body::Bytes;
use serde::Deserialize;

use super::{
    address_place,
    payload::{self, Somebody, What},
    secret_place,
    signing::Secret,
};
use crate::{
    error::Error,
    ids::{AccountId, ClientKey, ConversationId, WebhookId},
    messages::Message,
    server::{
        access::{self, Member},
        answer::{Failure, Outcome},
        bots,
        caller::Caller,
        db::on_engine,
        messages,
        outbound::{Answer, Target},
        state::AppState,
    },
};

/// Messages that are read at a time.
const BATCH: usize = 20;

/// Deliveries before others have their turn.
const TURN: usize = 100;

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// All that there was for now.
    All,
    /// The receiver has not taken it; what it answered, if it did.
    Refused { status: Option<u16> },
}

/// A webhook, opened.
struct Webhook {
    id: WebhookId,
    /// Everything that is said where it listens, and not only what is addressed to the bot.
    hears_all: bool,
    target: Target,
    secret: Secret,
    bot: Caller,
}

#[derive(sqlx::FromRow)]
struct Row {
    bot_id: i64,
    conversation_id: Option<i64>,
    address: Vec<u8>,
    secret: Vec<u8>,
}

/// A conversation in which something was said behind the cursor.
#[derive(sqlx::FromRow)]
struct News {
    id: i64,
    kind: String,
    cursor: i64,
}

/// Something that has happened to a message.
struct Event {
    /// The conversation's counter at that time.
    number: i64,
    what: What,
    /// As it is now.
    message: Message,
}

impl Event {
    const fn said(message: Message) -> Self {
        Self { number: message.position, what: What::Created, message }
    }

    const fn changed(message: Message) -> Self {
        let what = if message.deleted.is_some() { What::Deleted } else { What::Changed };
        Self { number: message.revision, what, message }
    }
}

/// What has happened up to a number.
struct Part {
    events: Vec<Event>,
    through: i64,
    /// Whether there was nothing behind it.
    is_last: bool,
}

/// How long a server has a webhook to itself after its last delivery (milliseconds): longer than one takes.
const HELD: i64 = 30_000;

/// Takes a webhook for this server alone; whether no other has it. Who goes without a word gives it back by and by.
///
/// # Errors
/// The database's own.
pub async fn take(app: &AppState, id: WebhookId) -> Outcome<bool> {
    let change = app.writer.change(move |tx| {
        Box::pin(async move {
            let now = tx.now.millis();
            let taken: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "update webhook set held_until = $2
                 where id = $1 and stopped_at is null and (held_until is null or held_until <= $3) returning id",
            ).bind(id.get()).bind(now + HELD).bind(now).fetch_optional(connection).await)?;
            Ok(taken.is_some())
        })
    });
    change.await
}

/// Tells a webhook what there is to tell, and gives it back.
///
/// # Errors
/// The database's own; `Seal` if its address cannot be opened. What the receiver does is no error.
pub async fn tell(app: &AppState, id: WebhookId) -> Outcome<Told> {
    let Some(webhook) = open(app, id).await? else { return Ok(Told::All) };
    let news: Vec<News> = on_engine!(app.db.pool(), pool => sqlx::query_as(
        "select conversation.id, conversation.kind, coalesce(told.position, me.read_position) as cursor
         from webhook
         join participant as me on me.account_id = webhook.bot_id
         join conversation on conversation.id = me.conversation_id
         left join webhook_cursor as told
           on told.webhook_id = webhook.id and told.conversation_id = me.conversation_id
         where webhook.id = $1
           and (webhook.conversation_id is null or webhook.conversation_id = me.conversation_id)
           and conversation.head > coalesce(told.position, me.read_position)
         order by conversation.active_at, conversation.id
         limit 100",
    ).bind(id.get()).fetch_all(pool).await)?;
    for news in news {
        let told = webhook.tell_of(news).await?;
        if told != Told::All {
            return Ok(told);
        }
    }
    give_back(app, id).await?;
    Ok(Told::All)
}

async fn give_back(app: &AppState, id: WebhookId) -> Outcome<()> {
    let change = app.writer.change(move |tx| {
        Box::pin(async move {
            on_engine!(tx.connection(), connection => sqlx::query("update webhook set held_until = null where id = $1")
                .bind(id.get()).execute(connection).await.map(drop))?;
            Ok(())
        })
    });
    change.await
}

/// None if it, or its bot, is gone meanwhile.
async fn open(app: &AppState, id: WebhookId) -> Outcome<Option<Webhook>> {
    let row: Option<Row> = on_engine!(app.db.pool(), pool => sqlx::query_as(
        "select bot_id, conversation_id, address, secret from webhook where id = $1 and stopped_at is null",
    ).bind(id.get()).fetch_optional(pool).await)?;
    let Some(row) = row else { return Ok(None) };
    let bot: AccountId =
        row.bot_id.try_into().map_err(|_| Failure::Internal("a webhook has an invalid id"))?;
    let Some(bot) = bots::acting(app, bot).await? else { return Ok(None) };
    let address = app.keyring.open(address_place(id), &row.address)?;
    let secret = app.keyring.open(secret_place(id), &row.secret)?;
    Ok(Some(Webhook {
        id,
        hears_all: row.conversation_id.is_some(),
        target: Target::parse(&address).map_err(|_| Failure::Internal("a webhook has no address"))?,
        secret: Secret::stored(&secret).ok_or(Failure::Internal("a webhook has no secret"))?,
        bot,
    }))
}

impl Webhook {
    async fn tell_of(&self, News { id, kind, cursor }: News) -> Outcome<Told> {
        let conversation: ConversationId =
            id.try_into().map_err(|_| Failure::Internal("a webhook listens at an invalid id"))?;
        let member = match access::member(&self.bot, conversation).await {
            Ok(member) => member,
            Err(Failure::Refused(Error::NotFound)) => return Ok(Told::All),
            Err(failure) => return Err(failure),
        };
        let (mut cursor, mut told) = (cursor, 0);
        while told < TURN {
            let Part { events, through, is_last } = self.part(&member, cursor).await?;
            let authors =
                payload::authors(&self.bot, events.iter().map(|event| event.message.sender)).await?;
            for event in events {
                let (number, author) = (event.number, authors.get(&event.message.sender));
                if self.is_told(&kind, &event, author) {
                    told += 1;
                    let delivered = self.deliver(&kind, event, author).await?;
                    if delivered != Told::All {
                        return Ok(delivered);
                    }
                    self.move_on(conversation, number).await?;
                }
            }
            self.move_on(conversation, through).await?;
            if is_last {
                return Ok(Told::All);
            }
            cursor = through;
        }
        Ok(Told::All)
    }

    /// What has happened behind `cursor`, in its order, as far as it is read at a time. A message that was said and changed is
    /// there twice: whatever the receiver has missed, it hears first that there is one.
    async fn part(&self, member: &Member, cursor: i64) -> Outcome<Part> {
        // The counter first: whatever comes after it is found the next time.
        let head = messages::head(&self.bot, member).await?;
        let full = |last: Option<i64>, count: usize| last.filter(|_| count == BATCH).unwrap_or(head);
        let said = messages::said_since(&self.bot, member, cursor, BATCH).await?;
        let mut through = full(said.last().map(|message| message.position), said.len());
        let mut events: Vec<_> = said.into_iter().map(Event::said).collect();
        if self.hears_all {
            let changed = messages::changed_since(&self.bot, member, cursor, BATCH).await?;
            through = through.min(full(changed.last().map(|message| message.revision), changed.len()));
            let changed = changed.into_iter().filter(|message| message.revision != message.position);
            events.extend(changed.map(Event::changed));
            events.sort_by_key(|event| event.number);
        }
        events.retain(|event| event.number <= through);
        Ok(Part { events, through, is_last: through == head })
    }

    /// Never what the bot has said itself. What is addressed to it is told once, and only if a person has said it: two bots
    /// that answer each other would never end.
    fn is_told(&self, kind: &str, event: &Event, author: Option<&Somebody>) -> bool {
        let Event { what, message, .. } = event;
        let is_gone = *what == What::Created && message.deleted.is_some();
        if message.sender == self.bot.account || message.note.is_some() || is_gone {
            return false;
        }
        let is_for_it = kind == "direct" || message.mentions.contains(&self.bot.account);
        self.hears_all || is_for_it && author.is_some_and(|author| !author.is_bot())
    }

    async fn deliver(&self, kind: &str, event: Event, author: Option<&Somebody>) -> Outcome<Told> {
        let Event { number, what, message } = event;
        let app = &self.bot.app;
        // The same however often it is tried, so that a receiver that has it already can tell.
        let name = format!("{}-{}-{number}", self.id, message.id);
        let seconds = app.clock.now().millis() / 1_000;
        let (id, conversation, thread) = (message.id, message.conversation, message.thread);
        let body = payload::body(&self.bot, kind, what, message, author);
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::USER_AGENT, HeaderValue::from_static("Salon"));
        let ours = [
            ("webhook-id", name.clone()),
            ("webhook-timestamp", seconds.to_string()),
            ("webhook-signature", self.secret.sign(&name, seconds, &body)),
        ];
        for (header, value) in ours {
            headers.insert(header, value.try_into().map_err(|_| Failure::Internal("a header is none"))?);
        }
        let answer = match app.outbound.post(&self.target, headers, Bytes::from(body)).await {
            Ok(answer) if answer.status.is_success() => answer,
            Ok(answer) => return Ok(Told::Refused { status: Some(answer.status.as_u16()) }),
            Err(refused) => {
                tracing::debug!(webhook = %self.id, %refused, "a receiver has taken nothing");
                return Ok(Told::Refused { status: None });
            }
        };
        if what == What::Created
            && let Some(text) = reply(&answer)
        {
            let digest = app.keyring.digest(&[b"webhook", name.as_bytes()]);
            let key = digest.first_chunk().map(|bits| ClientKey::from_random(*bits));
            let key = key.ok_or(Failure::Internal("a digest is too short"))?;
            let said = messages::send(&self.bot, conversation, key, &text, (Some(id), thread), None).await;
            if let Err(failure) = said {
                tracing::info!(webhook = %self.id, error = %failure, "what a receiver answered could not be said");
            }
        }
        Ok(Told::All)
    }

    /// It has told everything up to `position`, and is well.
    async fn move_on(&self, conversation: ConversationId, position: i64) -> Outcome<()> {
        let id = self.id;
        let change = self.bot.app.writer.change(move |tx| {
            Box::pin(async move {
                // Not for one that was removed meanwhile.
                on_engine!(tx.connection(), connection => sqlx::query(
                    "insert into webhook_cursor (webhook_id, conversation_id, position)
                     select id, $2, $3 from webhook where id = $1
                     on conflict (webhook_id, conversation_id) do update set position = excluded.position",
                )
                .bind(id.get()).bind(conversation.get()).bind(position)
                .execute(connection).await.map(drop))?;
                let now = tx.now.millis();
                on_engine!(tx.connection(), connection => sqlx::query(
                    "update webhook set held_until = $2, failures = 0, status = null, try_at = null where id = $1",
                ).bind(id.get()).bind(now + HELD).execute(connection).await.map(drop))?;
                Ok(())
            })
        });
        change.await
    }
}

/// What a receiver wants its bot to answer.
#[derive(Deserialize)]
struct Reply {
    #[serde(alias = "text")]
    body: String,
}

/// A text, or an object with a `body`; anything else says nothing.
fn reply(answer: &Answer) -> Option<String> {
    if answer.status == StatusCode::NO_CONTENT {
        return None;
    }
    let kind = answer.content_type.as_deref()?.split(';').next()?.trim().to_ascii_lowercase();
    let text = match kind.as_str() {
        "application/json" => serde_json::from_slice::<Reply>(&answer.body).ok()?.body,
        "text/plain" => String::from_utf8(answer.body.to_vec()).ok()?,
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}
