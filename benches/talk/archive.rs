//! Two conversations that have been going on for a while, one of them for years: sealed rows, made by Salon itself.

use std::ops::RangeInclusive;

use futures_util::{StreamExt, TryStreamExt, stream};
use salon::{
    conversations::Conversation,
    ids::{AccountId, ClientKey, ConversationId, MessageId},
    mentions::Named,
    messages::Message,
    server::{boot, clock::Clock, config::Config, crypto::Place, messages::posting::Post, state::AppState},
};
use sqlx::SqliteConnection;

use crate::{
    Failure, check,
    salon::Home,
    town::{Pair, Town},
};

/// Messages of the short conversation and of the long one.
pub const SHORT: i64 = 131;
pub const LONG: i64 = 200_000;

/// Posts on their way to the writer at the same time.
const AT_ONCE: usize = 256;

/// So many messages of one person, then so many of the other.
const TURN: i64 = 3;

/// The folder with both.
pub struct Archive {
    pub home: Home,
    pub short: Talk,
    pub long: Talk,
}

/// One conversation whose messages are known.
pub struct Talk {
    pub pair: Pair,
    /// In order; positions begin with 1.
    messages: Vec<Message>,
    /// The first of the pair, whose messages the second has not read.
    one: AccountId,
}

impl Archive {
    pub async fn build() -> Result<Self, Failure> {
        let Town { home, pairs } = Town::build(2).await?;
        let [short, long]: [Pair; 2] = pairs.try_into().map_err(|_| "two pairs")?;
        let mut config = Config::default();
        config.salon.listen = ([127, 0, 0, 1], 0).into();
        config.salon.data = home.data();

        let running = boot::start(config, Clock::system()).await?;
        let short = Talk::hold(&running.app, short, SHORT).await;
        let long = Talk::hold(&running.app, long, LONG).await;
        running.stop().await;

        let archive = Self { home, short: short?, long: long? };
        for talk in [&archive.short, &archive.long] {
            talk.stop_reading(&mut archive.home.rows().await?).await?;
        }
        Ok(archive)
    }
}

impl Talk {
    /// Posts through the writer, without the limits that people have.
    async fn hold(app: &AppState, pair: Pair, length: i64) -> Result<Self, Failure> {
        let conversation: ConversationId = pair.conversation.try_into()?;
        let people = people(app, conversation).await?;
        let mut messages: Vec<Message> = stream::iter(1..=length)
            .map(|number| async move {
                let post = written(app, conversation, people[usize::from(number / TURN % 2 != 0)], number)?;
                app.writer.post(post).await.map_err(|failure| Failure::from(failure.to_string()))
            })
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await?;

        messages.sort_unstable_by_key(|message| message.position);
        let whole = messages.iter().zip(1..).all(|(message, position)| message.position == position);
        check(whole && messages.len() as i64 == length, || "the posts have no order".to_owned())?;
        Ok(Self { pair, messages, one: people[0] })
    }

    pub const fn length(&self) -> i64 {
        self.messages.len() as i64
    }

    /// A position in the middle.
    pub const fn middle(&self) -> i64 {
        self.length() / 2
    }

    /// The message at a position.
    pub fn at(&self, position: i64) -> Result<&Message, Failure> {
        let message = usize::try_from(position - 1).ok().and_then(|index| self.messages.get(index));
        message.ok_or_else(|| format!("there is no message {position}").into())
    }

    /// Where somebody has stopped reading, far above the end.
    const fn read(&self) -> i64 {
        self.length() / 10
    }

    /// The first message that the second person has not read.
    pub fn first_unread(&self) -> Result<i64, Failure> {
        let mut later = self.messages.iter().filter(|message| message.position > self.read());
        let first = later.find(|message| message.sender == self.one);
        Ok(first.ok_or("everything is read")?.position)
    }

    async fn stop_reading(&self, rows: &mut SqliteConnection) -> Result<(), Failure> {
        sqlx::query("update participant set read_position = $1 where conversation_id = $2")
            .bind(self.read())
            .bind(self.pair.conversation)
            .execute(rows)
            .await?;
        Ok(())
    }

    /// The messages of `positions` stand on a page, in order, under their ids and as they were written, and no other.
    pub fn is_shown(&self, page: &str, positions: RangeInclusive<i64>) -> Result<(), Failure> {
        let shown: Vec<&str> = page
            .split(" id=\"m")
            .skip(1)
            .filter(|line| line.starts_with(|first: char| first.is_ascii_digit()))
            .collect();
        let wanted = positions.clone().count();
        check(shown.len() == wanted, || format!("{} messages instead of {wanted}", shown.len()))?;
        for (line, position) in shown.into_iter().zip(positions) {
            let message = self.at(position)?;
            let whole = line.starts_with(&format!("{}\"", message.id)) && line.contains(&message.body);
            check(whole, || format!("message {position} is not where it belongs"))?;
        }
        Ok(())
    }
}

/// Whole pages only, so that both conversations have as much to show.
pub const PAGE: i64 = Conversation::PAGE as i64;

/// What a message says, in 60 characters.
fn text(number: i64) -> String {
    format!("Message {number:06} says about as much as one says in one go.")
}

async fn people(app: &AppState, conversation: ConversationId) -> Result<[AccountId; 2], Failure> {
    let salon::server::db::Engine::Sqlite(pool) = app.db.pool() else { return Err("this is SQLite".into()) };
    let ids: Vec<i64> =
        sqlx::query_scalar("select account_id from participant where conversation_id = $1 order by 1")
            .bind(conversation.get())
            .fetch_all(pool)
            .await?;
    let [one, other]: [i64; 2] = ids.try_into().map_err(|_| "two people")?;
    Ok([one.try_into()?, other.try_into()?])
}

/// A post as the server makes one of what was typed.
fn written(
    app: &AppState,
    conversation: ConversationId,
    sender: AccountId,
    number: i64,
) -> Result<Post, Failure> {
    let (id, body): (MessageId, _) = (app.mint.next(), text(number));
    let place = Place { table: "message", id: id.get(), version: 0 };
    let sealed = app.keyring.seal(place, &body).map_err(|failure| failure.to_string())?;
    let digest = app.keyring.digest(&[&conversation.get().to_be_bytes(), body.as_bytes()]);
    let key = ClientKey::try_from(format!("bench-{conversation}-{number}"))?;
    Ok(Post {
        id,
        conversation,
        sender,
        key,
        digest,
        body,
        reply_to: None,
        thread: None,
        forwarded: false,
        sealed,
        named: Named::default(),
        draft: None,
        asked: None,
    })
}
