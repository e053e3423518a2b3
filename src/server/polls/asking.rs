//! Posting a poll: a message like any other, with its answers stored in the same transaction.

use sqlx::QueryBuilder;

use super::place;
use crate::{
    error::{Error, Field, Why},
    ids::{ClientKey, ConversationId, MessageId},
    mentions,
    messages::Message,
    polls::{Poll, PollAnswer, Pollable, drafting::NewPoll},
    server::{
        access::{self, Member, Right},
        answer::Outcome,
        caller::Caller,
        conversations,
        crypto::{Keyring, Place},
        db::{Tx, on_engine},
        messages::posting::Post,
    },
    time::Timestamp,
};

/// What a message asks, on its way to the store.
#[derive(Debug, Clone)]
pub struct Asked {
    poll: NewPoll,
    /// In the order of the answers.
    sealed: Vec<Vec<u8>>,
}

impl Asked {
    fn new(keyring: &Keyring, message: MessageId, poll: NewPoll) -> Outcome<Self> {
        let texts = (0..).zip(poll.answers());
        let sealed =
            texts.map(|(at, text)| keyring.seal(place(message.get(), at), text)).collect::<Outcome<_>>()?;
        Ok(Self { poll, sealed })
    }

    /// As everybody sees what was asked at this moment, before anybody has voted.
    pub fn told(&self, at: Timestamp) -> Poll {
        let answers = self.poll.answers().iter().map(|text| PollAnswer { text: text.clone(), votes: 0 });
        Poll {
            answers: answers.collect(),
            several: self.poll.is_several(),
            closes: self.poll.lasts().millis().map(|lasts| at.plus(lasts)),
            ..Poll::default()
        }
    }
}

/// What the member needs for asking something.
///
/// # Errors
/// `Forbidden` where they may only read now.
pub async fn pollable(caller: &Caller, member: &Member) -> Outcome<Pollable> {
    if access::right(caller, member).await? != Right::Write {
        return Err(Error::Forbidden.into());
    }
    let about = conversations::about(caller, member).await?;
    let place = about.called(crate::server::pages::locale().words());
    Ok(Pollable { place, key: ClientKey::from_random(rand::random()) })
}

/// Asks something. The same again under the same key gives the same answer and stores nothing. Whether the caller may is
/// asked once, by the transaction that stores it.
///
/// # Errors
/// As [`messages::send`](crate::server::messages::send).
pub async fn ask(
    caller: &Caller,
    conversation: ConversationId,
    thread: Option<MessageId>,
    key: ClientKey,
    poll: NewPoll,
) -> Outcome<Message> {
    let at_most = caller.app.config.limits.message_characters;
    if poll.question().chars().count() > at_most as usize {
        return Err(Error::invalid(Field::Question, Why::TooLong { at_most }).into());
    }
    caller.app.limits.sends.take(&caller.account)?;

    let (id, keyring): (MessageId, _) = (caller.app.mint.next(), &caller.app.keyring);
    let sealed = keyring.seal(Place { table: "message", id: id.get(), version: 0 }, poll.question())?;
    let (here, head) = (conversation.get().to_be_bytes(), thread.map_or(0, MessageId::get).to_be_bytes());
    let several: &[u8] = if poll.is_several() { b"several" } else { b"one" };
    let lasts = poll.lasts().code().as_bytes();
    let mut request: Vec<&[u8]> = vec![&here, poll.question().as_bytes(), b"poll", &head, several, lasts];
    request.extend(poll.answers().iter().map(String::as_bytes));
    let post = Post {
        id,
        conversation,
        sender: caller.account,
        key,
        digest: keyring.digest(&request),
        body: poll.question().to_owned(),
        reply_to: None,
        thread,
        forwarded: false,
        draft: None,
        sealed,
        named: mentions::named(poll.question()),
        asked: Some(Asked::new(keyring, id, poll)?),
    };
    caller.app.writer.post(post).await
}

/// Stores what posts ask, which are stored themselves.
///
/// # Errors
/// The database's own.
pub async fn store(tx: &mut Tx, accepted: &[(&Post, Message)]) -> Outcome<()> {
    for (post, message) in accepted {
        let (Some(asked), Some(poll)) = (&post.asked, &message.poll) else { continue };
        let id = message.id.get();
        on_engine!(tx.connection(), connection => sqlx::query(
            "insert into poll (message_id, several, closes_at) values ($1, $2, $3)",
        )
        .bind(id).bind(i64::from(poll.several)).bind(poll.closes.map(Timestamp::millis))
        .execute(connection).await.map(drop))?;
        on_engine!(tx.connection(), connection => {
            let mut query = QueryBuilder::new("insert into poll_answer (message_id, place, body) ");
            query.push_values((0_i64..).zip(&asked.sealed), |mut row, (at, sealed)| {
                row.push_bind(id).push_bind(at).push_bind(sealed.as_slice());
            });
            query.build().execute(connection).await.map(drop)
        })?;
    }
    Ok(())
}
