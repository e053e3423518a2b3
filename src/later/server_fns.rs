//! The border between a person's browser and what they want later.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::{
    reminders::{Remindable, Reminders},
    scheduled::{Revisable, Schedulable, Scheduled},
};
use crate::{
    border::{Call, Json},
    error::Error,
    ids::{ClientKey, ConversationId, MessageId, ScheduledId},
};

/// A message that the viewer may ask to be reminded of.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation, and for a message that is not; `Conflict` for what is deleted,
/// or was not said but done.
#[server(prefix = "/read", endpoint = "remindable", protocol = Call<GetUrl>)]
pub async fn read_remindable(
    conversation: ConversationId,
    message: MessageId,
) -> Result<Json<Remindable>, Error> {
    use crate::server::{access, caller::Caller, later::reminding};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&reminding::remindable(&caller, &member, message).await?))
}

/// Reminds the viewer of a message at a time (see [`moment::due`](super::moment::due)), and goes to where it stands. The same
/// again moves it.
///
/// # Errors
/// As [`read_remindable`]; `Invalid` for a time that cannot be, for a note that cannot be taken, and if many reminders wait
/// already; `TooFast`.
#[server(prefix = "/do", endpoint = "set_reminder", protocol = Call<PostUrl>)]
pub async fn set_reminder(
    conversation: ConversationId,
    message: MessageId,
    when: Option<String>,
    at: Option<String>,
    note: Option<String>,
) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, forms, later::reminding};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    let due = super::moment::due(when.as_deref(), at.as_deref(), caller.app.clock.now())?;
    reminding::set(&caller, &member, message, due, note.as_deref().unwrap_or_default()).await?;
    forms::go_to(&crate::conversations::message_path(conversation, message));
    Ok(())
}

/// Reminds the viewer of a message no longer. Once more changes nothing.
///
/// # Errors
/// `SignedOut`; `TooFast`.
#[server(prefix = "/do", endpoint = "remove_reminder", protocol = Call<PostUrl>)]
pub async fn remove_reminder(message: MessageId) -> Result<(), Error> {
    use crate::server::{caller::Caller, later::reminding};
    Ok(reminding::remove(&Caller::current()?, message).await?)
}

/// What the viewer will be reminded of, the next first.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/read", endpoint = "reminders", protocol = Call<GetUrl>)]
pub async fn read_reminders() -> Result<Json<Reminders>, Error> {
    use crate::server::{caller::Caller, later::reminding};
    Ok(Json::of(&reminding::reminders(&Caller::current()?).await?))
}

/// A conversation where the viewer may have something sent later.
///
/// # Errors
/// `NotFound` for everyone who is not in it; `Forbidden` where one may only read.
#[server(prefix = "/read", endpoint = "schedulable", protocol = Call<GetUrl>)]
pub async fn read_schedulable(conversation: ConversationId) -> Result<Json<Schedulable>, Error> {
    use crate::server::{access, caller::Caller, later::scheduling};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&scheduling::schedulable(&caller, &member).await?))
}

/// Has a text sent at a time (see [`moment::due`](super::moment::due)), and goes to what waits. The same again under the same
/// key stores nothing.
///
/// # Errors
/// As [`read_schedulable`]; `Invalid` for a text that cannot be sent, a time that cannot be, and if much waits already;
/// `Conflict` if something else waits under the key; `TooFast`.
#[server(prefix = "/do", endpoint = "schedule_message", protocol = Call<PostUrl>)]
pub async fn schedule_message(
    conversation: ConversationId,
    key: ClientKey,
    body: String,
    when: Option<String>,
    at: Option<String>,
) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, forms, later::scheduling};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    let due = super::moment::due(when.as_deref(), at.as_deref(), caller.app.clock.now())?;
    scheduling::schedule(&caller, &member, key, &body, due).await?;
    forms::go_to(super::scheduled::SCHEDULED);
    Ok(())
}

/// Everything that the viewer has waiting to be sent, and what was not.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/read", endpoint = "scheduled", protocol = Call<GetUrl>)]
pub async fn read_scheduled() -> Result<Json<Scheduled>, Error> {
    use crate::server::{caller::Caller, later::scheduling};
    Ok(Json::of(&scheduling::scheduled(&Caller::current()?).await?))
}

/// One message that the viewer has waiting.
///
/// # Errors
/// `NotFound` if it is not theirs, or waits no longer.
#[server(prefix = "/read", endpoint = "revisable", protocol = Call<GetUrl>)]
pub async fn read_revisable(id: ScheduledId) -> Result<Json<Revisable>, Error> {
    use crate::server::{caller::Caller, later::scheduling};
    Ok(Json::of(&scheduling::revisable(&Caller::current()?, id).await?))
}

/// Gives what waits another text and another time, and goes to what waits.
///
/// # Errors
/// As [`read_revisable`]; `Invalid` for a text that cannot be sent, and for a time that cannot be; `TooFast`.
#[server(prefix = "/do", endpoint = "revise_scheduled", protocol = Call<PostUrl>)]
pub async fn revise_scheduled(
    id: ScheduledId,
    body: String,
    when: Option<String>,
    at: Option<String>,
) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, later::scheduling};
    let caller = Caller::current()?;
    let due = super::moment::due(when.as_deref(), at.as_deref(), caller.app.clock.now())?;
    scheduling::revise(&caller, id, &body, due).await?;
    forms::go_to(super::scheduled::SCHEDULED);
    Ok(())
}

/// Sends what waits now, and goes to what else does.
///
/// # Errors
/// As [`read_revisable`]; what refuses a message; `TooFast`.
#[server(prefix = "/do", endpoint = "send_scheduled", protocol = Call<PostUrl>)]
pub async fn send_scheduled(id: ScheduledId) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, later::sending};
    sending::send_now(&Caller::current()?, id).await?;
    forms::go_to(super::scheduled::SCHEDULED);
    Ok(())
}

/// Lets go of what waits, and goes to what else does.
///
/// # Errors
/// As [`read_revisable`]; `TooFast`.
#[server(prefix = "/do", endpoint = "cancel_scheduled", protocol = Call<PostUrl>)]
pub async fn cancel_scheduled(id: ScheduledId) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, later::scheduling};
    scheduling::cancel(&Caller::current()?, id).await?;
    forms::go_to(super::scheduled::SCHEDULED);
    Ok(())
}
