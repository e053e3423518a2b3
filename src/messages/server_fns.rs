//! The border between a person's browser and what they say.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::{
    Answerable, Deletable, Editable, Message,
    forward::Forwardable,
    history::History,
    pins::Pins,
    quotes::{Messages, Quote},
    reactions::Reactions,
    saved::Saved,
};
use crate::{
    border::{Call, Json},
    error::Error,
    ids::{AccountId, ClientKey, ConversationId, MessageId},
};

/// Sends a message. Sending the same again under the same key gives the same answer and stores nothing. `sender` is
/// who wrote it, where the page knows: in the name of anybody else it is not sent, even if they share a browser.
/// `reply_to`: the message of the same conversation that it answers; `thread`: the one at the head of the thread that it is
/// said in; `draft`: the revision of the draft that it was, which goes with it.
///
/// # Errors
/// `SignedOut` if that is not who is logged in, `Invalid` for a text that cannot be sent, `NotFound` for somebody
/// else's conversation and a message that was not said in this one, `Forbidden` where one may only read, `Conflict` if the key was used for another message,
/// `TooFast`.
#[server(name = SendMessage, prefix = "/do", endpoint = "send_message", protocol = Call<PostUrl>)]
pub async fn post_message(
    conversation: ConversationId,
    key: ClientKey,
    body: String,
    sender: Option<AccountId>,
    reply_to: Option<MessageId>,
    thread: Option<MessageId>,
    draft: Option<i64>,
) -> Result<Json<Message>, Error> {
    use crate::server::{caller::Caller, forms, messages};
    let caller = Caller::current_as(sender)?;
    if reply_to.is_some() {
        // The page that answers is not the one where it then stands.
        forms::go_to(&crate::conversations::path_in(conversation, thread));
    }
    Ok(Json::of(&messages::send(&caller, conversation, key, &body, (reply_to, thread), draft).await?))
}

/// As [`post_message`], with the answer read.
///
/// # Errors
/// As [`post_message`].
pub async fn send_message(
    conversation: ConversationId,
    key: ClientKey,
    body: String,
    sender: Option<AccountId>,
    reply_to: Option<MessageId>,
    thread: Option<MessageId>,
) -> Result<Message, Error> {
    post_message(conversation, key, body, sender, reply_to, thread, None).await?.read()
}

/// A message that the viewer may answer.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation, and for a message that is not; `Forbidden` where one may only
/// read; `Conflict` for what is deleted, or was not said but done.
#[server(prefix = "/read", endpoint = "answerable", protocol = Call<GetUrl>)]
pub async fn read_answerable(
    conversation: ConversationId,
    message: MessageId,
) -> Result<Json<Answerable>, Error> {
    use crate::server::{access, caller::Caller, messages::quoting};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&quoting::answerable(&caller, &member, message).await?))
}

/// A message that the viewer may pass on, and where to.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation, and for a message that is not; `Conflict` for what is deleted,
/// or was not said but done.
#[server(prefix = "/read", endpoint = "forwardable", protocol = Call<GetUrl>)]
pub async fn read_forwardable(
    conversation: ConversationId,
    message: MessageId,
) -> Result<Json<Forwardable>, Error> {
    use crate::server::{access, caller::Caller, messages::forwarding};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&forwarding::forwardable(&caller, &member, message).await?))
}

/// Passes a message on to other conversations, and goes to the first of them. The same again under the same key stores
/// nothing.
///
/// # Errors
/// As [`read_forwardable`]; `Invalid` if no conversation is named, `TooMuch` for more than
/// [`MOST_GOALS`](super::forward::MOST_GOALS); what refuses a message in one of them, of which the others know nothing:
/// those have it.
#[server(prefix = "/do", endpoint = "forward_message", protocol = Call<PostUrl>)]
pub async fn forward_message(
    conversation: ConversationId,
    message: MessageId,
    key: ClientKey,
    #[server(default)] to: Vec<ConversationId>,
) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, forms, messages::forwarding};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    let first = forwarding::forward(&caller, &member, message, &key, to).await?;
    forms::go_to(&crate::conversations::path(first));
    Ok(())
}

/// What is shown of messages where they are answered. Those that were not said in the conversation are passed over.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation.
#[server(prefix = "/read", endpoint = "quotes", protocol = Call<GetUrl>)]
pub async fn read_quotes(
    conversation: ConversationId,
    messages: Messages,
) -> Result<Json<Vec<Quote>>, Error> {
    use crate::server::{access, caller::Caller, messages::quoting};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&quoting::quotes(&caller, &member, &messages).await?))
}

/// As [`read_quotes`], with the answer read.
///
/// # Errors
/// As [`read_quotes`].
pub async fn quotes(conversation: ConversationId, messages: Vec<MessageId>) -> Result<Vec<Quote>, Error> {
    read_quotes(conversation, Messages(messages)).await?.read()
}

/// Deletes a message for everybody, and goes back to where it stood. One's own can be brought back for a moment, until
/// which it is there for everybody else. Once more changes nothing. `sender` as with [`post_message`].
///
/// # Errors
/// `SignedOut` if that is not who is logged in; `NotFound` for everyone who is not in the conversation, and for a message
/// that is not; `Forbidden` about others for those who do not keep order there, and about those who do not rank lower;
/// `Conflict` for what was not said but done; `TooFast`.
#[server(prefix = "/do", endpoint = "delete_message", protocol = Call<PostUrl>)]
pub async fn delete_message(
    conversation: ConversationId,
    message: MessageId,
    sender: Option<AccountId>,
) -> Result<(), Error> {
    use crate::server::{
        access,
        caller::Caller,
        forms,
        messages::{deleting, retracting},
    };
    let caller = Caller::current_as(sender)?;
    let member = access::member(&caller, conversation).await?;
    if access::is_author(&caller, &member, message).await? {
        retracting::retract(&caller, &member, message).await?;
    } else {
        deleting::delete(&caller, &member, message).await?;
    }
    forms::go_to(&crate::conversations::message_path(conversation, message));
    Ok(())
}

/// Brings back a message of the viewer's own that they deleted a moment ago, and goes to where it stands.
///
/// # Errors
/// As [`delete_message`]; `Conflict` also if it is too late.
#[server(prefix = "/do", endpoint = "restore_message", protocol = Call<PostUrl>)]
pub async fn restore_message(
    conversation: ConversationId,
    message: MessageId,
    sender: Option<AccountId>,
) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, forms, messages::retracting};
    let caller = Caller::current_as(sender)?;
    let member = access::member(&caller, conversation).await?;
    retracting::restore(&caller, &member, message).await?;
    forms::go_to(&crate::conversations::message_path(conversation, message));
    Ok(())
}

/// Gives a message of the viewer's own another text, and goes to where it stands. `sender` as with [`post_message`].
///
/// # Errors
/// `SignedOut` if that is not who is logged in; `Invalid` for a text that cannot be sent; `NotFound` for everyone who is
/// not in the conversation, and for a message that is not; `Forbidden` about what others said, and where one may only
/// read; `Conflict` for what is deleted, or was not said but done; `TooFast`.
#[server(prefix = "/do", endpoint = "edit_message", protocol = Call<PostUrl>)]
pub async fn edit_message(
    conversation: ConversationId,
    message: MessageId,
    body: String,
    sender: Option<AccountId>,
) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, forms, messages::editing};
    let caller = Caller::current_as(sender)?;
    let member = access::member(&caller, conversation).await?;
    editing::edit(&caller, &member, message, &body).await?;
    forms::go_to(&crate::conversations::message_path(conversation, message));
    Ok(())
}

/// A message that the viewer may edit.
///
/// # Errors
/// As [`edit_message`], but never `TooFast`.
#[server(prefix = "/read", endpoint = "editable", protocol = Call<GetUrl>)]
pub async fn read_editable(
    conversation: ConversationId,
    message: MessageId,
) -> Result<Json<Editable>, Error> {
    use crate::server::{access, caller::Caller, messages::editing};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&editing::editable(&caller, &member, message).await?))
}

/// What a message said before it was edited; `before` a version, for further pages.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation, and for a message that is not, or is deleted.
#[server(prefix = "/read", endpoint = "history", protocol = Call<GetUrl>)]
pub async fn read_history(
    conversation: ConversationId,
    message: MessageId,
    before: Option<i64>,
) -> Result<Json<History>, Error> {
    use crate::server::{access, caller::Caller, messages::editing};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&editing::history(&caller, &member, message, before).await?))
}

/// A message that the viewer may delete, or that is deleted already.
///
/// # Errors
/// As [`delete_message`], but never `TooFast`.
#[server(prefix = "/read", endpoint = "deletable", protocol = Call<GetUrl>)]
pub async fn read_deletable(
    conversation: ConversationId,
    message: MessageId,
) -> Result<Json<Deletable>, Error> {
    use crate::server::{access, caller::Caller, messages::deleting};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&deleting::deletable(&caller, &member, message).await?))
}

/// The viewer reacts to a message, and goes to where it stands. Once more changes nothing. `sender` as with
/// [`post_message`].
///
/// # Errors
/// `SignedOut` if that is not who is logged in; `Invalid` for what is not one emoji; `NotFound` for everyone who is not in
/// the conversation, and for a message that is not; `Forbidden` where one may only read; `Conflict` for what is deleted,
/// or was not said but done; `TooMuch` if there are many different ones already; `TooFast`.
#[server(prefix = "/do", endpoint = "add_reaction", protocol = Call<PostUrl>)]
pub async fn add_reaction(
    conversation: ConversationId,
    message: MessageId,
    emoji: String,
    sender: Option<AccountId>,
) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, forms, messages::reacting};
    let caller = Caller::current_as(sender)?;
    let member = access::member(&caller, conversation).await?;
    reacting::react(&caller, &member, message, &emoji, true).await?;
    forms::go_to(&crate::conversations::message_path(conversation, message));
    Ok(())
}

/// The viewer reacts so no more, and goes to where the message stands. Once more changes nothing.
///
/// # Errors
/// As [`add_reaction`], but never `TooMuch`.
#[server(prefix = "/do", endpoint = "remove_reaction", protocol = Call<PostUrl>)]
pub async fn remove_reaction(
    conversation: ConversationId,
    message: MessageId,
    emoji: String,
    sender: Option<AccountId>,
) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, forms, messages::reacting};
    let caller = Caller::current_as(sender)?;
    let member = access::member(&caller, conversation).await?;
    reacting::react(&caller, &member, message, &emoji, false).await?;
    forms::go_to(&crate::conversations::message_path(conversation, message));
    Ok(())
}

/// Who has reacted to a message, with `emoji` or the first sign below it; `after` whom, for further pages.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation, and for a message that is not, or is deleted.
#[server(prefix = "/read", endpoint = "reactions", protocol = Call<GetUrl>)]
pub async fn read_reactions(
    conversation: ConversationId,
    message: MessageId,
    emoji: Option<String>,
    after: Option<AccountId>,
) -> Result<Json<Reactions>, Error> {
    use crate::server::{access, caller::Caller, messages::reacting};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&reacting::who(&caller, &member, message, emoji.as_deref(), after).await?))
}

/// Pins a message for everybody in its conversation, and goes to where it stands. Once more changes nothing.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation, and for a message that is not; `Forbidden` for who may not pin
/// there; `Conflict` for what is deleted, or was not said but done; `TooMuch` if many are pinned already; `TooFast`.
#[server(prefix = "/do", endpoint = "pin_message", protocol = Call<PostUrl>)]
pub async fn pin_message(conversation: ConversationId, message: MessageId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, forms, messages::pinning};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    pinning::pin(&caller, &member, message, true).await?;
    forms::go_to(&crate::conversations::message_path(conversation, message));
    Ok(())
}

/// Pins a message no longer. Once more changes nothing.
///
/// # Errors
/// As [`pin_message`], but never `TooMuch`.
#[server(prefix = "/do", endpoint = "unpin_message", protocol = Call<PostUrl>)]
pub async fn unpin_message(conversation: ConversationId, message: MessageId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, messages::pinning};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(pinning::pin(&caller, &member, message, false).await?)
}

/// What is pinned in a conversation.
///
/// # Errors
/// `NotFound` for everyone who is not in it.
#[server(prefix = "/read", endpoint = "pins", protocol = Call<GetUrl>)]
pub async fn read_pins(conversation: ConversationId) -> Result<Json<Pins>, Error> {
    use crate::server::{access, caller::Caller, messages::pinning};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&pinning::pins(&caller, &member).await?))
}

/// Saves a message for the viewer alone, and goes to where it stands. Once more changes nothing.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation, and for a message that is not; `Conflict` for what is deleted,
/// or was not said but done; `TooMuch` if they have saved many already; `TooFast`.
#[server(prefix = "/do", endpoint = "save_message", protocol = Call<PostUrl>)]
pub async fn save_message(conversation: ConversationId, message: MessageId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, forms, messages::saving};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    saving::save(&caller, &member, message).await?;
    forms::go_to(&crate::conversations::message_path(conversation, message));
    Ok(())
}

/// The viewer saves a message no longer. Once more changes nothing.
///
/// # Errors
/// `SignedOut`; `TooFast`.
#[server(prefix = "/do", endpoint = "forget_message", protocol = Call<PostUrl>)]
pub async fn forget_message(message: MessageId) -> Result<(), Error> {
    use crate::server::{caller::Caller, messages::saving};
    Ok(saving::forget(&Caller::current()?, message).await?)
}

/// What the viewer has saved, from behind a place on.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/read", endpoint = "saved", protocol = Call<GetUrl>)]
pub async fn read_saved(saved_at: Option<i64>, message: Option<MessageId>) -> Result<Json<Saved>, Error> {
    use super::saved::Place;
    use crate::{
        server::{caller::Caller, messages::saving},
        time::Timestamp,
    };
    let place = saved_at.zip(message);
    let behind = place.map(|(at, message)| Place { saved_at: Timestamp::from_millis(at), message });
    Ok(Json::of(&saving::saved(&Caller::current()?, behind).await?))
}
