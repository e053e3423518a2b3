//! Messages that a list knows only in part, as they are when they are read where they stand.

use super::{open, talks, tell};
use crate::{
    messages::Message,
    server::{
        access::{self, Member},
        answer::Outcome,
        caller::Caller,
    },
};

/// Reads messages again that the caller may read, with all that has become of them. Where they are no longer, they stay as
/// they are.
///
/// # Errors
/// The database's own; `Seal`.
pub async fn reread<'m>(caller: &Caller, messages: impl Iterator<Item = &'m mut Message>) -> Outcome<()> {
    let mut messages: Vec<&mut Message> = messages.collect();
    let ids: Vec<i64> = messages.iter().map(|message| message.id.get()).collect();
    let mut rows = talks::rows(caller, &ids).await?;
    let mut members: Vec<Member> = Vec::new();
    let mut whole = Vec::with_capacity(messages.len());
    for message in &messages {
        let here = message.conversation;
        if !members.iter().any(|member| member.conversation() == here) {
            members.extend(access::member(caller, here).await.ok());
        }
        let member = members.iter().find(|member| member.conversation() == here);
        whole.push(match (member, rows.remove(&message.id.get())) {
            (Some(member), Some(row)) => open(caller, member, row)?,
            _ => (*message).clone(),
        });
    }
    tell(caller, &mut whole).await?;
    for (message, whole) in messages.iter_mut().zip(whole) {
        **message = whole;
    }
    Ok(())
}
