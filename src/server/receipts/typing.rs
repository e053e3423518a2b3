//! That somebody is writing: passed on to those who may know, stored nowhere.

use crate::{
    error::Error,
    ids::ConversationId,
    realtime::event::Event,
    server::{
        access::{self, Right},
        answer::{Failure, Outcome},
        caller::Caller,
    },
};

/// Passes on that the caller is writing, or no longer.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation or may not write there.
pub async fn tell(caller: &Caller, conversation: ConversationId, stopped: bool) -> Outcome<()> {
    // More often than anybody types. Nothing is lost by that: the next word says the same, and the last one expires.
    if caller.app.limits.typing.take(&caller.account).is_err() {
        return Ok(());
    }
    let member = access::member(caller, conversation).await?;
    if access::right(caller, &member).await? != Right::Write {
        return Err(Failure::Refused(Error::NotFound));
    }
    let confidants = access::confidants(&caller.app.db, &member).await?;
    let typing = Event::Typing { conversation, account: caller.account, stopped };
    caller.app.hub.pass_on(conversation, caller.account, &confidants, &typing);
    Ok(())
}
